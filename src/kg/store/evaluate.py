"""Asking an Oxigraph store that is in this process: queries to bytes, failures to the project's errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError, QuerySyntaxError, RefusedError, StoreError
from kg.store.base import Query
from kg.store.formats import Format

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
    dataset = query.dataset
    with engine_errors():
        results = store.query(
            query.text,
            base_iri=query.base,
            default_graph=_graphs(dataset.default, dataset.named),
            named_graphs=_graphs(dataset.named, dataset.default),
            substitutions={ox.Variable(name): term for name, term in query.bindings.items()} or None,
        )
        if isinstance(results, ox.QueryTriples) != (syntax.kind == "graph"):
            raise TypeError(f"The answer to this query cannot be written as {syntax.media_type}.")
        body = results.serialize(format=syntax.engine)  # type: ignore[arg-type]
    assert body is not None  # noqa: S101  # bytes wherever no output is named
    return body


def _graphs(names: tuple[str, ...] | None, others: tuple[str, ...] | None) -> list[Any] | None:
    if names is None:
        return [] if others is not None else None
    return [ox.NamedNode(name) for name in dict.fromkeys(names)]
