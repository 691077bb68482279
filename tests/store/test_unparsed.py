"""What is said of a query that does not parse: the place, and what is wrong there in words."""

import pyoxigraph as ox
import pytest

from kg.errors import QuerySyntaxError
from kg.store.failures import engine_errors
from kg.store.refusing import allowed_update, refuse_query


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("SELECT ?l { ?e a kg:Firm }", "the prefix kg: is not declared", (1, 18)),
        ("SELECT ?l {\n ?e 企业:名 ?l .\n}", "the prefix 企业: is not declared", (2, 5)),
        ("ASK { ?x :bar ?z }", "the prefix : is not declared", (1, 10)),
        ("PREFIX a: <x:> SELECT ?l { ?e b:c a:d }", "the prefix b: is not declared", (1, 31)),
        ("SELECT * {", "the text ends here", (1, 11)),
        ("", "the text ends here", (1, 1)),
        ("SELECT ?a { ?a ?b [ } LIMIT x", "} LIMIT x cannot stand here", (1, 21)),
        ("SELECT ?z (COUNT(?y) AS ?n) {?x ?y ?z}", "The SELECT contains a variable that is unbound", (1, 39)),
        ("SELECT ?x { BIND(1 AS ?x) BIND(2 AS ?x) }", "bound twice", (1, 42)),
        ("SELECT ?x { ?x ?y " + "[ ] " * 40, "…", None),
    ],
)
def test_the_place_and_the_fault_are_told(text, said, place):
    with pytest.raises(QuerySyntaxError, match="This does not parse at line") as caught, engine_errors(text):
        ox.Store().query(text)
    assert said in str(caught.value)
    assert "u{" not in str(caught.value)
    assert place is None or (caught.value.line, caught.value.column) == place


@pytest.mark.parametrize("text", ["ASK { ?s <http://x/> }", 'ASK { ?s ?p "a:b }', "PREFIX a: <b> ASK { a:b }"])
def test_no_prefix_is_missed_that_is_declared_or_none(text):
    with pytest.raises(QuerySyntaxError) as caught, engine_errors(text):
        ox.Store().query(text)
    assert "is not declared" not in str(caught.value)


def test_of_an_upload_the_parser_has_the_word():
    with pytest.raises(QuerySyntaxError, match="line 1") as caught, engine_errors():
        list(ox.parse("<a> <b> .", format=ox.RdfFormat.TURTLE, base_iri="http://x/"))
    assert "the text ends here" not in str(caught.value)


def test_a_query_that_would_fetch_is_told_the_same():
    with pytest.raises(QuerySyntaxError, match="the prefix kg: is not declared"):
        refuse_query("SELECT * { SERVICE <http://x/> { ?s a kg:Firm } }", None)
    with pytest.raises(QuerySyntaxError, match="line 1, column 34: the prefix kg: is not declared"):
        allowed_update("LOAD <http://x/> ; DELETE WHERE {kg:a ?p ?o}", None)
