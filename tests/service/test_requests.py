"""What is decided of a query before it is evaluated."""

import pytest

from kg.errors import NotAcceptableError
from kg.service.requests import request_for
from kg.store import Dataset

LOOK_UP = "SELECT ?o { <urn:s> <urn:known> ?o }"


@pytest.mark.parametrize(
    ("text", "repeatable"),
    [
        (LOOK_UP, True),
        ("SELECT ?knowledge { ?knowledge ?brand ?o }", True),
        ("SELECT (now() AS ?n) {}", False),
        ("SELECT * { ?s ?p ?o } ORDER BY RAND()", False),
        ("SELECT (STRUUID() AS ?n) {}", False),
        (r"SELECT (\u004eOW() AS ?n) {}", False),
        (LOOK_UP + "#" * 200_000, False),
    ],
)
def test_only_what_surely_is_answered_alike_again_is_kept(text, repeatable):
    assert request_for(text, Dataset(), None).repeatable is repeatable


def test_a_query_is_answered_in_a_format_of_its_form():
    assert request_for(LOOK_UP, Dataset(), "text/csv").content_type == "text/csv; charset=utf-8"
    assert request_for("ASK {}", Dataset(), "text/turtle, text/csv;q=0.1").syntax.name == "csv"
    with pytest.raises(NotAcceptableError):
        request_for(LOOK_UP, Dataset(), "text/turtle")


def test_answers_of_another_version_or_format_have_another_key():
    one, other = (request_for(LOOK_UP, Dataset(), accept) for accept in ("text/csv", "application/sparql-results+json"))
    assert len({one.key("1"), one.key("2"), other.key("1")}) == 3
