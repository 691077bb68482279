"""The competency questions of docs/questions.md, asked of the graph of the first article."""

import re

import pyoxigraph as ox
import pytest
from graph_drafts import ROOT

from kg import resources
from kg.service.canned import load

PAGE = (ROOT / "docs" / "questions.md").read_text("utf-8")
ROWS = re.findall(r"^\| (.+?) \| (.+?) \| `([a-z-]+)` \| (.+?) \|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def store(graph):
    made = ox.Store()
    made.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in graph)
    return made


@pytest.fixture(scope="module")
def catalogue():
    return load((resources.queries(),))


@pytest.mark.parametrize("row", ROWS, ids=[row[2] for row in ROWS])
def test_the_question_is_answered(store, catalogue, row):
    question, chinese, name, answer = row
    assert question.endswith("?")
    assert chinese.endswith("？")
    rows = store.query(catalogue.get(name).bind({}))
    found = "\n".join(" ".join(value.value for value in row if value) for row in rows)
    assert answer in found


def test_there_are_questions():
    assert len(ROWS) > 15
