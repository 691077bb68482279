"""The CSV of `kg extract`: every fact a row, every cell as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import ArticleHead, Entity, Facts, Observation, Relation, Section, Span, UnreadNumber
from kg.reading.tabulate import COLUMNS, to_csv

HEAD = ArticleHead(id="a", title=None, published=None, source=None, sha256="0")


def span(words: str) -> Span:
    return Span(start=3, end=3 + len(words), exact=words)


def facts(words: str = "云杉科技") -> Facts:
    return Facts(
        article=HEAD,
        sections=(Section(id="s1", title=words, level=2, start=0, end=9),),
        entities=(
            Entity(id="e1", type="Enterprise", name=words, aliases=("乙", "甲"), mentions=(span(words),), rule="firm"),
            Entity(id="e2", type="Park", also_types=("Project",), name="园"),
        ),
        observations=(
            Observation(
                id="o1",
                subject="e1",
                indicator="带动就业",
                low="300",
                high=None,
                comparator="ge",
                unit="人",
                status="planned",
                participants=("e2", "e1"),
                number=span("300余人"),
                evidence=span("带动就业300余人"),
            ),
        ),
        relations=(
            Relation(id="r1", subject="e1", predicate="builds", object="e2", asserted=False, evidence=span(words)),
        ),
        unread=(UnreadNumber(start=0, end=2, exact="24", reason="round the clock", rule="clock"),),
    )


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_every_fact_is_a_row_of_its_kind():
    table = rows(to_csv(facts()))
    assert [row["kind"] for row in table] == [
        "section",
        "entity",
        "mention",
        "entity",
        "observation",
        "relation",
        "unread",
    ]
    assert all(tuple(row) == COLUMNS for row in table)


def test_cells_say_what_the_fact_says():
    _, entity, mention, park, observation, relation, unread = rows(to_csv(facts()))
    assert (entity["name"], entity["aliases"], entity["rule"]) == ("云杉科技", "乙|甲", "firm")
    assert (mention["id"], mention["start"], mention["end"], mention["exact"]) == ("e1", "3", "7", "云杉科技")
    assert park["type"] == "Park|Project"
    assert (observation["low"], observation["high"], observation["period"]) == ("300", "", "")
    assert (observation["subjectName"], observation["participants"]) == ("云杉科技", "e1|e2")
    assert (relation["objectName"], relation["asserted"], relation["quote"]) == ("园", "false", "云杉科技")
    assert (unread["reason"], unread["exact"]) == ("round the clock", "24")


def test_lines_end_as_rfc_4180_says():
    data = to_csv(facts())
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_no_facts_leave_the_head():
    assert rows(to_csv(Facts(article=HEAD))) == []
    assert to_csv(Facts(article=HEAD)).decode().rstrip("\r\n").split(",") == list(COLUMNS)


@pytest.mark.parametrize("words", ['他说"好",再\n说', "a,b", "=1+1", " 空格 ", "\r\n"])
def test_awkward_words_come_back_unchanged(words):
    assert rows(to_csv(facts(words)))[1]["name"] == words


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_any_words_come_back_unchanged(words):
    assert rows(to_csv(facts(words)))[1]["name"] == words
