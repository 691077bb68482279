"""A perfect reading scores 1 everywhere; each kind of mistake lowers just the measures it belongs to."""

import datetime as dt
import json

import msgspec
import pytest
from annotated_sample import FACTS, TEXT
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.facts import Entity, Facts, Span, from_json
from kg.reading.evaluate import evaluate, evaluate_article, render_json, render_text
from kg.reading.evaluate.gold import Gold, GoldFacts

replace = msgspec.structs.replace

CHAIN = {"quantity", "quantity → indicator", "quantity → indicator, subject"}


def scored(annotated, facts):
    return evaluate(annotated.folder, lambda *_, **__: facts)


def lowered(report):
    return {name for name, measure in report.measures.items() if measure.exact.f1 not in (None, 1.0)}


def change(facts: Facts, kind: str, name: str, /, **fields: object) -> Facts:
    rows = getattr(facts, kind)
    return replace(facts, **{kind: tuple(replace(row, **fields) if row.id == name else row for row in rows)})


def without(facts: Facts, kind: str, *names: str) -> Facts:
    return replace(facts, **{kind: tuple(row for row in getattr(facts, kind) if row.id not in names)})


def test_a_perfect_reading_scores_one_everywhere(annotated):
    report = scored(annotated, annotated.facts)
    assert {measure.exact.f1 for measure in report.measures.values()} <= {None, 1.0}
    assert {measure.lenient.f1 for measure in report.measures.values()} <= {None, 1.0}
    assert report.confusions == ()
    article = report.articles[0]
    assert (article.wrong_spans, article.unaccounted, article.failure) == ((), (), None)


MISTAKES = {
    "a wrong value": (("observations", "o2", {"low": "1", "high": "1"}), CHAIN | {"value (of matched)"}),
    "an open bound closed": (("observations", "o4", {"high": "300"}), CHAIN | {"value (of matched)"}),
    "a wrong comparator": (("observations", "o5", {"comparator": "eq"}), CHAIN | {"comparator (of matched)"}),
    "a wrong unit": (("observations", "o5", {"unit": "kg"}), CHAIN | {"unit (of matched)"}),
    "a wrong indicator": (
        ("observations", "o5", {"indicator": "油料"}),
        {"quantity → indicator", "quantity → indicator, subject", "indicator (of matched)"},
    ),
    "a wrong subject": (
        ("observations", "o2", {"subject": "d"}),
        {"quantity → indicator, subject", "subject (of matched)"},
    ),
    "no subject": (
        ("observations", "o5", {"subject": None}),
        {"quantity → indicator, subject", "subject (of matched)"},
    ),
    "a wrong status": (("observations", "o4", {"status": "actual"}), {"status (of matched)"}),
    "a wrong period": (
        ("observations", "o1", {"period_end": dt.date(2021, 7, 6)}),
        {"period (of matched)", "period (of those stated)"},
    ),
    "a lost period": (
        ("observations", "o5", {"period": None, "period_end": None}),
        {"period (of matched)", "period (of those stated)"},
    ),
    "an invented period": (
        ("observations", "o4", {"period": "今年", "period_start": dt.date(2021, 1, 1)}),
        {"period (of matched)", "period (of those stated)"},
    ),
    "a lost per": (("observations", "o6", {"per": None}), {"per (of those stated)"}),
    "a lost participant": (("observations", "o4", {"participants": ("f",)}), {"participants"}),
    "a lost count": (("observations", "o3", {"counts": None}), {"counts"}),
    "a lost whole": (("observations", "o3", {"part_of": None}), {"part of"}),
    "another whole": (("observations", "o3", {"part_of": "o2"}), {"part of"}),
    "a shorter number": (
        ("observations", "o5", {"number": Span(start=117, end=120, exact="4.2")}),
        {"number found"},
    ),
    "a wrong predicate": (("relations", "r1", {"predicate": "develops"}), {"relations"}),
    "a turned relation": (("relations", "r1", {"subject": "l", "object": "f"}), {"relations"}),
    "a wrong heading": (("sections", "s1", {"title": "经济"}), {"sections"}),
    "a shortened name": (("entities", "p", {"name": "智能传感器项目", "aliases": ()}), {"names", "names: Project"}),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_lowers_just_its_measures(annotated, mistake):
    (kind, name, fields), measures = MISTAKES[mistake]
    report = scored(annotated, change(annotated.facts, kind, name, **fields))
    assert lowered(report) == measures
    assert report.confusions


def test_what_the_page_says_of_itself_is_measured(annotated):
    head = replace(annotated.facts.article, published=dt.date(2021, 7, 7))
    report = scored(annotated, replace(annotated.facts, article=head))
    assert lowered(report) == {"title, date, source"}
    assert "head: published differs" in {row.kind for row in report.confusions}


def test_headings_that_nobody_annotated_are_not_measured(annotated, document):
    document["sections"] = []
    annotated.write(document)
    report = scored(annotated, annotated.facts)
    assert report.measures["sections"].exact.f1 is None
    assert report.confusions == ()


def test_a_number_missed_costs_recall_only(annotated):
    report = scored(annotated, without(annotated.facts, "observations", "o5"))
    quantity = report.measures["quantity"].exact
    assert (quantity.precision, quantity.recall) == (1.0, 5 / 6)
    assert report.articles[0].unaccounted == ("117–120 4.2",)
    assert "quantity missed" in {row.kind for row in report.confusions}


def test_a_missed_number_that_was_left_unread_says_why(annotated):
    number = annotated.facts.observations[4].number
    left = msgspec.convert({**msgspec.to_builtins(number), "reason": "a date"}, type(annotated.facts.unread[0]))
    facts = replace(without(annotated.facts, "observations", "o5"), unread=(*annotated.facts.unread, left))
    report = scored(annotated, facts)
    assert report.articles[0].unaccounted == ()
    assert "quantity missed: left unread (a date)" in {row.kind for row in report.confusions}


def test_a_number_invented_costs_precision_only(annotated):
    date = annotated.facts.unread[0]
    year = Span(start=date.start, end=date.start + 4, exact="2021")
    invented = replace(annotated.facts.observations[5], id="o9", number=year)
    facts = replace(annotated.facts, observations=(*annotated.facts.observations, invented))
    report = scored(annotated, facts)
    quantity = report.measures["quantity"].exact
    assert (quantity.precision, quantity.recall) == (6 / 7, 1.0)
    assert [row.split()[1] for row in report.articles[0].unaccounted] == ["2021"]


def test_an_entity_missed_takes_its_mentions_and_relations(annotated):
    report = scored(annotated, without(annotated.facts, "entities", "f"))
    assert {"names", "names: Enterprise", "mentions", "enterprise–work pairs"} <= lowered(report)
    assert report.measures["names: Enterprise"].exact.recall == 0.0
    assert report.measures["names: Project"].exact.f1 == 1.0


def test_an_invented_entity_counts_only_where_annotation_is_complete(annotated):
    mention = Span(start=0, end=3, exact="青禾县")
    for kind, wrong in (("Enterprise", {"names", "names: Enterprise", "mentions"}), ("Event", {"names: Event*"})):
        entity = Entity(id="x", type=kind, name="无中生有", mentions=(mention,))
        report = scored(annotated, replace(annotated.facts, entities=(*annotated.facts.entities, entity)))
        assert lowered(report) == wrong
        assert bool(report.confusions) == (kind == "Enterprise")


def test_a_type_confusion_is_named(annotated):
    report = scored(annotated, change(annotated.facts, "entities", "f", type="Product"))
    assert "name: type: Product instead of Enterprise" in {row.kind for row in report.confusions}
    assert {"names", "names: Enterprise", "names: Product*"} <= lowered(report)


def test_equally_acceptable_answers_are_right(annotated):
    facts = change(annotated.facts, "observations", "o2", indicator="投资总额")
    facts = change(facts, "observations", "o3", subject="d")
    facts = change(facts, "observations", "o6", period=None, period_end=None)
    facts = change(facts, "relations", "r2", subject="p", predicate="partOf", object="g")
    facts = change(facts, "entities", "p", name="智能传感器项目", aliases=("云杉科技智能传感器项目",))
    report = scored(annotated, facts)
    assert lowered(report) == set()
    assert report.confusions == ()


def test_what_is_optional_is_right_if_found_and_no_miss_if_not(annotated):
    facts = without(without(annotated.facts, "relations", "r4"), "entities", "z")
    report = scored(annotated, facts)
    assert lowered(report) == set()
    assert report.confusions == ()


def test_an_optional_number_is_left_out_of_every_count(annotated, document):
    document["observations"][5]["optional"] = True
    annotated.write(document)
    wrong = change(annotated.facts, "observations", "o6", low="300", high="300", subject="f")
    for facts in (annotated.facts, wrong, without(annotated.facts, "observations", "o6")):
        report = scored(annotated, facts)
        assert lowered(report) == set()
        assert report.confusions == ()
        score = report.measures["number found"].exact
        assert (score.gold, score.found) == (5, 5)


@pytest.mark.parametrize("field", ["otherUnits", "otherStatuses", "otherPeriods"])
def test_other_answers_of_the_annotation_are_right(annotated, document, field):
    fields = {
        "otherUnits": ("unit", "公斤"),
        "otherStatuses": ("status", "ongoing"),
        "otherPeriods": ("period", "如今"),
    }
    name, answer = fields[field]
    document["observations"][4][field] = [answer]
    annotated.write(document)
    assert lowered(scored(annotated, change(annotated.facts, "observations", "o5", **{name: answer}))) == set()


def test_an_alternative_relation_is_right(annotated, document):
    document["relations"][0]["alternatives"] = [{"subject": "d", "predicate": "builds", "object": "l"}]
    annotated.write(document)
    facts = change(annotated.facts, "relations", "r1", subject="d", predicate="builds")
    assert "relations" not in lowered(scored(annotated, facts))


def test_lenient_scores_forgive_what_exact_ones_do_not(annotated):
    facts = change(annotated.facts, "observations", "o1", unit="个", indicator="签约项目数")
    report = scored(annotated, change(facts, "entities", "p", name="智能传感器项目", aliases=()))
    for name in ("unit (of matched)", "indicator (of matched)", "quantity", "names: Project"):
        assert report.measures[name].exact.f1 < 1.0
        assert report.measures[name].lenient.f1 == 1.0


def test_spans_that_differ_from_the_text_are_listed(annotated):
    wrong = Span(start=0, end=2, exact="别的")
    report = scored(annotated, change(annotated.facts, "observations", "o5", evidence=wrong))
    assert report.articles[0].wrong_spans == ("0–2 别的",)
    assert "spans that differ from the text: 1" in render_text(report)


def test_a_refused_article_counts_as_nothing_found(annotated):
    def refuse(*_, **__):
        raise ArticleError("The file is binary.")

    report = evaluate(annotated.folder, refuse)
    assert report.articles[0].failure == "The file is binary."
    assert report.measures["quantity"].exact.recall == 0.0
    assert "not read: qinghe: The file is binary." in render_text(report)


def test_counts_add_up_over_articles(annotated):
    (annotated.folder / "b.txt").write_bytes((annotated.folder / "qinghe.txt").read_bytes())
    (annotated.folder / "b.json").write_bytes((annotated.folder / "qinghe.json").read_bytes())
    report = scored(annotated, without(annotated.facts, "observations", "o5"))
    assert [row.name for row in report.articles] == ["b", "qinghe"]
    assert report.measures["quantity"].exact.gold == 12
    assert report.mean_f1("quantity") == report.articles[0].measures["quantity"].exact.f1
    assert "F1 by article" in render_text(report)


def test_the_listing_shows_each_difference_with_its_quote(annotated):
    report = scored(annotated, change(annotated.facts, "observations", "o2", subject="d"))
    text = render_text(report, differences=True)
    assert "1×  subject: District instead of ProjectGroup" in text
    assert "qinghe: 1 differences" in text
    assert "“总投资36.5亿元”" in text


def test_the_json_form_holds_every_score(annotated):
    report = scored(annotated, without(annotated.facts, "observations", "o5"))
    document = json.loads(render_json(report))
    assert document["measures"]["quantity"]["exact"]["recall"] == pytest.approx(5 / 6)
    assert document["confusions"][0]["examples"]
    assert document["articles"][0]["unaccounted"] == ["117–120 4.2"]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_lenient_score_is_never_below_the_exact_one(annotated, mistake):
    (kind, name, fields), _ = MISTAKES[mistake]
    report = scored(annotated, change(annotated.facts, kind, name, **fields))
    for measure in report.measures.values():
        assert measure.lenient.right >= measure.exact.right
        assert measure.lenient.recalled >= measure.exact.recalled


@settings(deadline=None)
@given(st.data())
def test_whatever_is_left_out_never_costs_precision(data):

    whole = from_json(json.dumps(FACTS).encode())
    gone = data.draw(st.sets(st.sampled_from([row.id for row in whole.observations])))
    facts = without(whole, "observations", *gone)
    facts = replace(facts, observations=tuple(replace(row, part_of=None) for row in facts.observations))
    gold = Gold("x", b"", TEXT, msgspec.json.decode(json.dumps(FACTS).encode(), type=GoldFacts))
    quantity = evaluate_article(gold, lambda *_, **__: facts).measures["quantity"].exact
    assert quantity.right == quantity.found == 6 - len(gone)
    assert quantity.gold == 6
