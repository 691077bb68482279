"""Whatever a parameter of a canned query holds, the question stays the same question, or it is a 400 that names it."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from datasets import gold_store
from kg import resources
from kg.errors import ParameterError
from kg.service.canned import load as load_queries
from kg.settings import load
from kg.store.lexer import tokens
from kg.web import create_app

PLACES = [(query, parameter) for query in load_queries([resources.queries()]) for parameter in query.parameters]
SAMPLES = {"number": "1", "decimal": "1", "integer": "1", "date": "2020-01-01", "boolean": "true", "iri": "urn:x:y"}
SHARP = st.text(st.sampled_from(list("\"'\\{}<>#?$_uU0022DBn\n\r\t ;.&|^`@:龙🏭\u2028\x00")), max_size=40)
ATTACKS = st.sampled_from(
    [
        '" } UNION { ?s ?p ?o } #',
        "\\u0022 } ; DROP ALL #",
        "urn:x:y> } INSERT DATA { <a:a> <b:b> <c:c",
        "1 } SELECT * { ?s ?p ?o",
        "''' \"\"\" \\",
        "true) || (true",
        '2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> } #',
    ]
)
VALUES = SHARP | ATTACKS | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def kinds(text):
    return [token.kind for token in tokens(text)]


def shape(query, parameter):
    sample = parameter.values[0] if parameter.values else SAMPLES.get(parameter.kind, "x")
    return kinds(query.bind({parameter.name: sample}))


SHAPES = {(query.name, parameter.name): shape(query, parameter) for query, parameter in PLACES}


def check(place, value):
    query, parameter = place
    assume(value)
    found, refused = [], ""
    try:
        found = kinds(query.bind({parameter.name: value}))
    except ParameterError as error:
        refused = error.parameter
    assert refused == parameter.name or found == SHAPES[query.name, parameter.name]


@given(st.sampled_from(PLACES), VALUES)
def test_no_value_changes_what_is_asked(place, value):
    check(place, value)


@pytest.mark.full
@given(st.sampled_from(PLACES), VALUES)
@settings(max_examples=100_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_no_value_of_a_hundred_thousand_changes_what_is_asked(place, value):
    check(place, value)


@pytest.fixture(scope="module")
def client():
    return create_app(load({}), gold_store()).test_client()


@given(place=st.sampled_from(PLACES), value=VALUES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_value_is_answered_or_named(client, place, value):
    query, parameter = place
    answer = client.get(f"/queries/{query.name}.csv", query_string={parameter.name: value})
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert answer.json["parameter"] == parameter.name
    page = client.get(f"/queries/{query.name}", query_string={parameter.name: value}, headers={"Accept": "text/html"})
    assert page.status_code == answer.status_code
