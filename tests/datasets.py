"""Datasets for the tests of queries and pages: the gold of the first article, and drafts of a few sentences."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from kg import resources
from kg.facts import from_json
from kg.graph.building import infer
from kg.graph.places.places import load_places
from kg.graph.populate.populate import Source, populate
from kg.graph.rdf import ontology
from kg.graph.rdf.triples import Triples
from kg.store import Store, open_store

TESTS = Path(__file__).resolve().parent
sys.path.append(str(TESTS / "graph"))

from graph_drafts import BASE, Draft, second_draft  # noqa: E402 - the drafts of the graph's tests serve here too

__all__ = ["BASE", "Draft", "empty_store", "gold_source", "gold_store", "nquads_of", "second_draft", "store_of"]


@cache
def _ontology():
    return tuple(ontology.load(resources.ontology()))


@cache
def _places():
    return load_places(resources.reference())


@cache
def gold_source() -> Source:
    text = (TESTS.parent / "data" / "articles" / "longsha-2020-08-27.txt").read_bytes().decode("utf-8")
    return Source(text, from_json((TESTS / "gold" / "longsha-2020-08-27.json").read_bytes()))


def nquads_of(*sources: Source, base: str = BASE) -> bytes:
    graph: Triples = populate(sources, base_iri=base, places=_places(), ontology=_ontology()).triples
    graph.update(_ontology())
    rules = infer.load_rules(resources.ontology() / "rules")
    graph.update(infer.infer(graph, rules, base_iri=base))
    return graph.nquads()


@cache
def _gold_nquads() -> bytes:
    return nquads_of(gold_source(), second_draft().source())


def store_of(*sources: Source) -> Store:
    store = open_store("memory:")
    store.replace_default(nquads_of(*sources))
    return store


def gold_store() -> Store:
    """Both articles: the gold of the first, and the draft that shares its district and two firms."""
    store = open_store("memory:")
    store.replace_default(_gold_nquads())
    return store


def empty_store() -> Store:
    return open_store("memory:")
