"""Facts to build graphs from: the gold of the first article, and a second article written for these tests."""

from __future__ import annotations

import pytest
from graph_drafts import BASE, GOLD, second_draft

from kg import resources
from kg.facts import from_json
from kg.graph.building import infer
from kg.graph.places.places import load_places
from kg.graph.populate.populate import Source, populate
from kg.graph.rdf import ontology
from kg.graph.rdf.triples import Triples


@pytest.fixture(scope="session")
def first(longsha) -> Source:
    return Source(longsha, from_json(GOLD.read_bytes()))


@pytest.fixture(scope="session")
def second() -> Source:
    return second_draft().source()


@pytest.fixture(scope="session")
def places():
    return load_places(resources.reference())


@pytest.fixture(scope="session")
def terms():
    return tuple(ontology.load(resources.ontology()))


@pytest.fixture(scope="session")
def rules():
    return tuple(infer.load_rules(resources.ontology() / "rules"))


@pytest.fixture(scope="session")
def make(places, terms, rules):
    """Make a graph of sources: populated, with the ontology, inferred."""

    def made(*sources: Source, base: str = BASE, whole: bool = True, **more) -> Triples:
        graph = populate(sources, base_iri=base, places=places, ontology=terms, **more).triples
        if whole:
            graph.update(terms)
            graph.update(infer.infer(graph, rules, base_iri=base))
        return graph

    return made


@pytest.fixture(scope="session")
def graph(make, first) -> Triples:
    """The whole graph of the first article; copy it before changing it."""
    return make(first)
