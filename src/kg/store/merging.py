"""Several graphs as one default graph: their RDF merge (SPARQL 1.1 Query §13.2.1), in which a triple stands once.

The engine joins the graphs of several FROM clauses without merging them, so that a triple of two graphs answers twice.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pyoxigraph as ox

from kg.store.base import Dataset, Query
from kg.store.lexer import look, tokens, unescape

DEFAULT = ox.DefaultGraph()


def merged(store: ox.Store, query: Query) -> tuple[ox.Store, Query]:
    """Return a store and a query that answer as `query` on `store` would if the engine merged graphs."""
    dataset = query.dataset
    if not dataset:
        if look(query.text).graphs < 2:
            return store, query
        dataset = dataset_of(query)
    if len(set(dataset.default or ())) < 2:
        return store, query
    copy = ox.Store()
    for name in dict.fromkeys(dataset.default or ()):
        copy.extend(
            ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT)
            for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name))
        )
    for name in dict.fromkeys(dataset.named or ()):
        graph = ox.NamedNode(name)
        if store.contains_named_graph(graph):
            copy.add_graph(graph)
            copy.extend(store.quads_for_pattern(None, None, None, graph))
    return copy, Query(query.text, query.bindings, Dataset(None, dataset.named or ()), query.base)


def dataset_of(query: Query) -> Dataset:
    """Return the graphs that the FROM clauses of a query name, resolved against its own prefixes and base."""
    text = unescape(query.text)
    listed = list(tokens(text))
    start = next((token.start for token in listed if token.is_word("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), 0)
    clauses: dict[bool, list[str]] = {False: [], True: []}
    for index, (here, after) in enumerate(pairwise(listed)):
        if here.is_word("FROM"):
            named = after.is_word("NAMED")
            clauses[named].append(listed[index + 1 + named].text)
    return Dataset(*(_resolve(text[:start], clauses[named], query.base) for named in (False, True)))


def _resolve(prologue: str, names: list[str], base: str | None) -> tuple[str, ...]:
    rows: Any = ox.Store().query(f"{prologue} SELECT ?g {{ VALUES ?g {{ {' '.join(names)} }} }}", base_iri=base)
    return tuple(row["g"].value for row in rows)
