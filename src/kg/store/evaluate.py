"""Asking an Oxigraph store that is in this process: queries to bytes, failures to the project's errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError, QuerySyntaxError, RefusedError, StoreError
from kg.store.base import Dataset, Query
from kg.store.formats import Format
from kg.store.merging import merged

_POSITION = re.compile(r"^(?:error|Parser error)? ?at (\d+):(\d+): *", re.IGNORECASE)


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what the engine raises into the project's errors, each one clear sentence."""
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(str(error)) from None
    except RuntimeError as error:
        raise QueryError(f"The query cannot be evaluated: {error}.") from None
    except ValueError as error:
        raise QueryError(f"The query cannot be evaluated: {error}.") from None
    except OSError as error:
        if "HTTP" in str(error):
            raise RefusedError("The service fetches nothing: SERVICE and LOAD are refused.") from None
        raise StoreError(f"The store cannot be read or written: {error}.") from None


def syntax_error(message: str) -> QuerySyntaxError:
    """Take line and column, which count from 1, out of the engine's message."""
    found = _POSITION.match(message)
    if not found:
        return QuerySyntaxError(f"This does not parse: {message}.")
    line, column = int(found[1]), int(found[2])
    rest = message[found.end() :]
    return QuerySyntaxError(f"This does not parse at line {line}, column {column}: {rest}.", line=line, column=column)


def evaluate(store: ox.Store, query: Query, syntax: Format) -> bytes:
    """Evaluate a query and write the whole answer in `syntax`.

    Raises:
        TypeError: the syntax is not of the kind that the query's form answers in.
    """
    with engine_errors():
        store, query = merged(store, query)
        dataset = query.dataset
        results = store.query(
            query.text,
            base_iri=query.base,
            default_graph=_default(dataset),
            named_graphs=_graphs(dataset.named),
            substitutions={ox.Variable(name): term for name, term in query.bindings.items()} or None,
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
