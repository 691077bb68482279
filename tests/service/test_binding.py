import re

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.service.binding import bind, check_iri, read_slot, variables, write_term

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SHARP = st.text(st.sampled_from(list("\"'\\{}<>#?$_uU0022DBn\n\r\t ;.&|^`@:龙🏭\u2028\x00")), max_size=40)
ANY = TEXT | SHARP


@given(ANY)
def test_a_string_comes_out_of_the_engine_as_it_went_in(value):
    query = bind("SELECT ?x WHERE { BIND(?__v AS ?x) }", {"__v": ox.Literal(value)})
    assert [row[0].value for row in ox.Store().query(query)] == [value]


@pytest.mark.full
@given(ANY)
@settings(max_examples=100_000, deadline=None, database=None)
def test_no_value_of_a_hundred_thousand_changes_the_question(value):
    """The query that holds the value in two places still asks for one row, and gets the value back in it."""
    query = bind("SELECT ?x WHERE { BIND(?__v AS ?x) FILTER(?x = ?__v) }", {"__v": ox.Literal(value)})
    assert [row[0].value for row in ox.Store().query(query)] == [value]


@given(ANY)
def test_a_bound_query_has_the_same_tokens_around_the_term(value):
    query = 'SELECT ?x WHERE { ?x ?p ?_v . # ?_v\n FILTER(?x = "?_v") }'
    before, _, after = query.partition("?_v")
    bound = bind(query, {"_v": ox.Literal(value)})
    assert bound == before + write_term(ox.Literal(value)) + after
    ox.Store().query(bound)


@given(SHARP)
def test_no_value_closes_its_string_for_a_parser_that_expands_escapes_first(value):
    """SPARQL 1.1, 19.2: `\\uXXXX` may be expanded over the whole query before it is read; rdflib does."""
    written = write_term(ox.Literal(value))
    assert "\n" not in written
    assert "\r" not in written
    expanded = _expand(written)
    assert [match for match, _ in variables(f"{expanded} ?end")] == ["end"]


def _expand(text):
    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _char, text)


def _char(match):
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


@given(ANY)
def test_an_iri_is_whole_or_refused(value):
    try:
        iri = check_iri(value)
    except ValueError:
        return
    assert not set('<>"{}|^`\\ \n') & set(iri)


@pytest.mark.parametrize(
    ("variable", "slot"),
    [
        ("_name", ("name", False, "string", None)),
        ("__name", ("name", True, "string", None)),
        ("_place_iri", ("place", False, "iri", None)),
        ("__least_number", ("least", True, "number", None)),
        ("__from_xsd_date", ("from", True, "date", None)),
        ("_label_zh", ("label", False, "string", "zh")),
        ("_label_literal", ("label", False, "string", None)),
    ],
)
def test_parameters_are_named_as_in_grlc(variable, slot):
    assert read_slot(variable)[1:] == slot


def test_an_ordinary_variable_is_no_parameter():
    assert read_slot("name") is None


@pytest.mark.parametrize("variable", ["_", "__", "_a_b_c_d", "_龙", "_x_dc_date", "___x"])
def test_a_variable_that_grlc_would_misread_is_refused(variable):
    with pytest.raises(ValueError, match="parameter name"):
        read_slot(variable)


def test_variables_in_strings_comments_and_iris_are_none():
    query = """SELECT ?a WHERE { <http://x/?b> ?p "?c", '''?d ' ''' , \"\"\"?e " \"\"\" . # ?f
    FILTER(?a < ?g && ?a > ?h) }"""
    assert [name for name, _ in variables(query)] == ["a", "p", "a", "g", "a", "h"]


def test_language_and_datatype_are_written_out():
    assert write_term(ox.Literal("龙", language="zh")) == '"龙"@zh'
    day = ox.Literal("2020-08-27", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    assert write_term(day) == '"2020-08-27"^^<http://www.w3.org/2001/XMLSchema#date>'
