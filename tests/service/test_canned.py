import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import CannedQueryError, NotFoundError, ParameterError
from kg.service.canned import Catalogue, load, parse

GOOD = """\
#+ summary: People of an age
#+ summary-zh: 某一年龄的人
#+ description: Who is at least so old.
#+ description-zh: 至少这个年龄的人。
#+ tags:
#+   - people
#+ parameters:
#+   least: {label: at least, label-zh: 至少}
#+   name: {label: name, label-zh: 姓名}
#+   kind: {label: kind, label-zh: 类别, choices: "?x <urn:kind> ?value"}
#+   since: {label: since, label-zh: 自}
#+   who: {label: who, label-zh: 谁}
#+ defaults:
#+   - least: 18
#+ enumerate:
#+   - kind:
#+     - old
#+     - young
#+ chart: {x: who, y: age}
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?who ?age WHERE {
  ?who <urn:age> ?age .
  FILTER(?age >= ?_least_number)
  FILTER(COALESCE(STR(?who) = ?__name, true))
  FILTER(COALESCE("old" = ?__kind, true))
  FILTER(COALESCE(?when >= ?__since_xsd_date, true))
  FILTER(COALESCE(?who = ?__who_iri, true))
}
"""


@pytest.fixture(scope="module")
def query():
    return parse(GOOD, "people")


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    store.update("INSERT DATA { <urn:a> <urn:age> 17 . <urn:b> <urn:age> 18 . <urn:c> <urn:age> 70 }")
    return store


def ask(store, query, **values):
    return sorted(row["who"].value for row in store.query(query.bind(values)))


def test_a_file_says_all_of_itself(query):
    assert (query.summary, query.summary_zh, query.tags) == ("People of an age", "某一年龄的人", ("people",))
    assert query.columns == ("who", "age")
    assert [(p.name, p.kind, p.default, p.values) for p in query.parameters] == [
        ("least", "number", "18", ()),
        ("name", "string", None, ()),
        ("kind", "string", None, ("old", "young")),
        ("since", "date", None, ()),
        ("who", "iri", None, ()),
    ]
    assert (query.chart.x, query.chart.y) == ("who", "age")


def test_untouched_it_runs_with_its_defaults(query, store):
    assert ask(store, query) == ["urn:b", "urn:c"]


def test_values_are_bound_as_terms(query, store):
    assert ask(store, query, least="20") == ["urn:c"]
    assert ask(store, query, name="urn:b") == ["urn:b"]
    assert ask(store, query, who="urn:c", since="2020-02-29") == ["urn:c"]
    assert ask(store, query, kind="young") == []


def test_an_empty_value_is_none_given(query, store):
    assert ask(store, query, least="", name="") == ["urn:b", "urn:c"]


@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(deadline=None)
def test_no_text_ever_changes_the_question(query, store, value):
    found = ask(store, query, name=value)
    assert found == ([value] if value in {"urn:b", "urn:c"} else ["urn:b", "urn:c"] if value == "" else [])


@given(value=st.text(min_size=1, max_size=30), name=st.sampled_from(["least", "kind", "since", "who"]))
@settings(deadline=None)
def test_a_value_is_of_its_type_or_an_error_names_its_parameter(query, store, value, name):
    try:
        ask(store, query, **{name: value})
    except ParameterError as error:
        named = error.parameter
    else:
        named = name
    assert named == name


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("least", "many", "a decimal number"),
        ("least", "1e9", "a decimal number"),
        ("least", "１８", "a decimal number"),
        ("least", "9" * 40, "a decimal number"),
        ("kind", "middling", "one of old, young"),
        ("since", "2020-02-30", "a date"),
        ("since", "20200229", "a date"),
        ("who", "b c", "an absolute IRI"),
        ("who", "/id/x", "an absolute IRI"),
        ("name", "x" * 2001, "at most 2000"),
        ("name", "\ud800", "valid text"),
        ("age", "1", "no parameter 'age'"),
    ],
)
def test_a_wrong_value_is_one_clear_sentence(query, name, value, says):
    with pytest.raises(ParameterError, match=says) as caught:
        query.bind({name: value})
    assert caught.value.parameter == name


def change(old, new):
    assert old in GOOD
    return GOOD.replace(old, new, 1)


BROKEN = {
    "no decorators": ("SELECT ?x WHERE { ?x ?y ?z }", r"bad\.rq, line 1: .*its description"),
    "no YAML": (change("#+ tags:", "#+ tags: ["), r"bad\.rq, line \d+: .*no YAML"),
    "no summary": (change("#+ summary: People of an age\n", ""), r"bad\.rq, line 1: .*summary"),
    "an unknown key": (change("#+ tags:", "#+ tagz:"), r"bad\.rq, line 5: .*tagz"),
    "no SPARQL": (change("?who <urn:age> ?age .", "?who ?age ."), r"bad\.rq, line 22: .*no valid SPARQL"),
    "a bound place that takes no term": (
        change("?who <urn:age> ?age .", "BIND(1 AS ?__name)"),
        r"bad\.rq, line \d+: with its parameters bound",
    ),
    "no SELECT": (GOOD[: GOOD.index("SELECT")] + "ASK { }", r"bad\.rq.*SELECT|describe least"),
    "an undescribed parameter": (change("#+   name: {label: name, label-zh: 姓名}\n", ""), "does not describe name"),
    "a described stranger": (change("#+   who:", "#+   whom: {label: a, label-zh: b}\n#+   who:"), "describe whom"),
    "a default of another type": (change("least: 18", "least: many"), "a default or listed value is wrong"),
    "a required one without default": (change("#+ defaults:\n#+   - least: 18\n", ""), "least has no default"),
    "a reserved name": (GOOD.replace("__since_", "__page_"), "reserved"),
    "an unknown type": (GOOD.replace("_xsd_date", "_xsd_gYear"), "the type gYear"),
    "a grlc misreading": (GOOD.replace("__since_xsd_date", "__since_a_b_c"), "no parameter name"),
    "a name that begins another": (GOOD.replace("?__who_iri", "?__nameof"), "begins"),
    "no prefix for a datatype": (change("PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>", ""), "PREFIX xsd"),
    "a chart of a stranger": (change("y: age", "y: wage"), "wage is not selected"),
}


@pytest.mark.parametrize(("text", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_says_where(text, says):
    with pytest.raises(CannedQueryError, match=says):
        parse(text, "bad")


def test_a_bad_file_name_is_refused():
    with pytest.raises(CannedQueryError, match="lower-case"):
        parse(GOOD, "Bad_Name")


def test_a_folder_is_read_in_order_and_a_later_one_wins(tmp_path):
    for folder, summary in (("one", "First"), ("two", "Second")):
        (tmp_path / folder).mkdir()
        text = GOOD.replace("summary: People of an age", f"summary: {summary}")
        (tmp_path / folder / "people.rq").write_text(text, encoding="utf-8")
    (tmp_path / "one" / "other.rq").write_text(GOOD, encoding="utf-8")
    catalogue = load([tmp_path / "one", tmp_path / "two"])
    assert [(q.name, q.summary) for q in catalogue] == [("other", "People of an age"), ("people", "Second")]


def test_a_missing_folder_a_binary_file_and_an_unknown_name_are_told(tmp_path):
    with pytest.raises(CannedQueryError, match="no folder"):
        load([tmp_path / "none"])
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CannedQueryError, match=r"bad\.rq: cannot be read"):
        load([tmp_path])
    with pytest.raises(NotFoundError, match="no canned query 'x'"):
        Catalogue([]).get("x")
