"""Every number of a text has its explanation, and each explanation quotes what was recorded."""

from pathlib import Path

import pytest

from kg.facts import Entity, Facts, Observation
from kg.reading.explain import explain, render_explanations, said
from kg.reading.pipeline import extract, read_facts, read_layers

TEXT = "青禾县经济稳步增长\n2021-07-06 来源:青禾日报\n\n青禾县投资3.5亿元建设云杉科技产业园,实行24小时值守。\n"


@pytest.fixture(scope="module")
def layers():
    return read_layers(TEXT.encode(), article_id="a")


@pytest.fixture
def facts(layers):
    span = layers.article.span
    start = TEXT.index("3.5亿元")
    firm = TEXT.index("云杉科技")
    unread = tuple(row for row in read_facts(layers).unread)
    number = span(start, start + 5)
    row = Observation(
        id="o1",
        subject="e1",
        indicator="投资",
        low="350000000",
        high="350000000",
        comparator="eq",
        unit="CNY",
        number=number,
        evidence=number,
        rule="unit.CNY subject.carried",
        confidence="low",
    )
    thing = Entity(id="e1", type="Park", name="云杉科技产业园", mentions=(span(firm, firm + 7),))
    return Facts(article=layers.article.head, entities=(thing,), observations=(row,), unread=unread)


def test_a_number_that_was_read(layers, facts):
    layers.note(TEXT.index("3.5亿元"), "subject: e1, the object of 建设")
    (found,) = explain(layers, facts, at=TEXT.index("亿元"))
    assert (found.number.exact, found.outcome) == ("3.5亿元", "read as o1, with low confidence")
    reasons = {key: why for key, why in found.reasons if key}
    assert reasons["subject"] == "e1 云杉科技产业园 (Park)"
    assert reasons["value"] == "350000000 CNY, eq"
    assert reasons["because"] == "subject: e1, the object of 建设"
    assert reasons["beside it"] == "e1 云杉科技产业园 (Park)"
    assert "【3.5亿元】" in reasons["in"]
    assert found.reasons[1][0] == "value"
    assert found.reasons[2][1].startswith("unit.CNY: tables/units.toml reads “投资3亿元”")
    assert ("", "subject.carried: carried over from the clause or sentence before") in found.reasons


def test_a_number_that_was_left(layers, facts):
    (found,) = explain(layers, facts, at=TEXT.index("24小时"))
    assert found.outcome == "left unread"
    assert ("because", "round the clock") in found.reasons
    assert any("unread.round-the-clock: tables/unread.toml" in why for _, why in found.reasons)


def test_a_quantity_that_reached_nothing(layers):
    empty = Facts(article=layers.article.head)
    (found,) = explain(layers, empty, at=TEXT.index("3.5"))
    assert found.outcome == "read as a quantity, but linked to nothing"


def test_no_number_there(layers, facts):
    assert explain(layers, facts, at=0) == ()
    assert explain(layers, facts, at=10_000) == ()


def test_all_numbers_in_text_order(layers, facts):
    found = explain(layers, facts)
    assert [row.number.start for row in found] == sorted(row.number.start for row in found)
    text = render_explanations(found)
    assert text.count("left unread") == len(facts.unread)
    assert "3.5亿元 @" in text
    assert render_explanations(()) == ""


def test_every_number_of_the_article_is_explained(longsha):
    layers = read_layers(longsha.encode(), article_id="longsha")
    facts = read_facts(layers)
    found = explain(layers, facts)
    numbers = {(row.start, row.end) for row in (*layers.quantities, *layers.numbers)}
    assert numbers <= {(row.number.start, row.number.end) for row in found}


def test_every_rule_can_be_explained():
    """A new rule in code needs a line in `tables/reasons.toml`, a row of a table explains itself."""
    gold = Path(__file__).parents[1] / "gold"
    unknown = set()
    for path in gold.rglob("*.txt"):
        facts = extract(path.read_bytes(), article_id="a")
        rows = (*facts.entities, *facts.observations, *facts.relations, *facts.unread)
        unknown |= {part for row in rows for part in row.rule.split() if said(part) == part}
    assert sorted(unknown) == [], "say in tables/reasons.toml what these rules did"
