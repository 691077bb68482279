"""The files of `queries/` run unchanged in grlc, and answer there what they answer here."""

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from datasets import gold_store
from kg import resources
from kg.service.canned import load
from kg.store.formats import N_QUADS

CATALOGUE = {query.name: query for query in load([resources.queries()])}
VALUES = {
    "string": "planned",
    "number": "100000000",
    "integer": "2",
    "date": "2020-06-30",
    "boolean": "true",
    "iri": "https://w3id.org/district-kg/id/none",
}


@pytest.fixture(scope="module")
def gquery(tmp_path_factory):
    here = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("grlc"))  # it reads a config.ini from where it is imported
    try:
        from grlc import gquery  # noqa: PLC0415
    finally:
        os.chdir(here)
    return gquery


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    store.bulk_load(gold_store().export(syntax=N_QUADS), format=ox.RdfFormat.N_QUADS)
    return store


def samples(query):
    return {p.name: (p.values[0] if p.values else VALUES[p.kind]) for p in query.parameters}


@pytest.mark.parametrize("name", CATALOGUE)
def test_grlc_reads_the_decorators(gquery, name):
    query = CATALOGUE[name]
    read = gquery.get_metadata(query.text, "")
    assert (read["type"], read["summary"], read["description"]) == ("SelectQuery", query.summary, query.description)
    assert read["tags"] == list(query.tags)
    assert set(read["parameters"]) == {parameter.name for parameter in query.parameters}
    for parameter in query.parameters:
        there = read["parameters"][parameter.name]
        assert there["required"] is not parameter.slot.optional
        assert str(there.get("default", parameter.default)) == str(parameter.default)
        assert there.get("enum", []) == sorted(parameter.values)


@pytest.mark.parametrize("name", CATALOGUE)
def test_grlc_asks_the_same_question(gquery, store, name):
    query = CATALOGUE[name]
    read = gquery.get_metadata(query.text, "")
    given = {parameter.name: parameter.default or "" for parameter in query.parameters}
    for values in (given, *({**given, key: value} for key, value in samples(query).items())):
        text = gquery.rewrite_query(read["query"], read["parameters"], values)
        there = [tuple(row) for row in store.query(text)]
        assert there == [tuple(row) for row in store.query(query.bind(values))], values


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_file_is_valid_sparql_as_it_stands(store, name):
    assert store.query(CATALOGUE[name].text) is not None
