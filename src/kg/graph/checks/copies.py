"""Triples of pyoxigraph as rdflib sees them, for pySHACL: rdflib walks the graph, Oxigraph answers its queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rdflib
from oxrdflib import OxigraphStore
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple
from rdflib import BNode, URIRef
from rdflib import Literal as Text
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.memory import Memory
from rdflib.query import Result
from rdflib.term import Node

from kg.errors import ValidationError


class _Queried(Memory):
    """A store in memory that leaves SPARQL to Oxigraph, which holds the same triples."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__()
        store = Store()
        store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)
        self._engine = OxigraphStore(store=store)

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: str, **_: Any) -> Result:  # noqa: ARG002, N803 – rdflib's names
        return self._engine.query(query, initNs, initBindings, str(DATASET_DEFAULT_GRAPH_ID))


def queried(triples: Iterable[Triple]) -> rdflib.Graph:
    """Copy triples into a graph of rdflib that Oxigraph answers the queries of."""
    held = tuple(triples)
    return to_rdflib(held, _Queried(held))


def to_rdflib(triples: Iterable[Triple], store: Memory | str = "default") -> rdflib.Graph:
    """Copy triples into a graph of rdflib."""
    graph, known = rdflib.Graph(store, bind_namespaces="none"), _Terms()
    add = graph.store.add  # Graph.add checks every term again
    for t in triples:
        add((known(t.subject), known(t.predicate), known(t.object)), graph)
    return graph


class _Terms:
    """Each pyoxigraph term as one rdflib term."""

    def __init__(self) -> None:
        self._known: dict[object, Node] = {}

    def __call__(self, value: object) -> Node:
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = _term(value)
        return found


def _term(value: object) -> Node:
    if isinstance(value, NamedNode):
        return URIRef(value.value)
    if isinstance(value, BlankNode):
        return BNode(value.value)
    if not isinstance(value, Literal):
        raise ValidationError(f"A term of the graph is no IRI and no literal: {value}.")
    if value.language:
        return Text(value.value, lang=value.language)
    plain = value.datatype.value.endswith("#string")
    return Text(value.value, datatype=URIRef(value.datatype.value), normalize=False) if not plain else Text(value.value)
