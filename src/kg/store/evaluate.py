"""Asking an Oxigraph store that is in this process: queries to bytes."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from kg.store.base import Dataset, Query
from kg.store.failures import engine_errors
from kg.store.formats import Format
from kg.store.merging import merged
from kg.store.refusing import refuse_query
from kg.store.standard.evaluating import Functions, as_standard, tried


def evaluate(store: ox.Store, query: Query, syntax: Format) -> bytes:
    """Evaluate a query and write the whole answer in `syntax`.

    Raises:
        TooLargeError, RefusedError: the query nests too deep, or asks for a fetch.
        TypeError: the syntax is not of the kind that the query's form answers in.
    """
    refuse_query(query.text, query.base)
    with engine_errors(query.text):
        store, query = merged(store, query)
        text = as_standard(store, query).text
        return tried(lambda each, functions: _written(store, query, each, functions, syntax), text, query.text)


def _written(store: ox.Store, query: Query, text: str, functions: Functions | None, syntax: Format) -> bytes:
    results = store.query(
        text,
        base_iri=query.base,
        default_graph=_default(query.dataset),
        named_graphs=_graphs(query.dataset.named),
        substitutions={ox.Variable(name): term for name, term in query.bindings.items()} or None,
        custom_functions=functions,  # type: ignore[arg-type]
    )
    if isinstance(results, ox.QueryTriples) != (syntax.kind == "graph"):
        raise TypeError(f"The answer to this query cannot be written as {syntax.media_type}.")
    body = results.serialize(format=syntax.engine)  # type: ignore[arg-type]
    assert body is not None  # noqa: S101  # bytes wherever no output is named
    return body


def _default(dataset: Dataset) -> list[Any] | None:
    """Return what the engine is told of the default graph; None leaves it to the query's text."""
    if dataset.default is None and dataset.named is not None:
        return [ox.DefaultGraph()]
    return _graphs(dataset.default)


def _graphs(names: tuple[str, ...] | None) -> list[Any] | None:
    return None if names is None else [ox.NamedNode(name) for name in dict.fromkeys(names)]
