"""What is refused of a request before it is evaluated: too deep a text, and one that would fetch something.

It is looked at where it is evaluated, under the same limits, so that no text, however odd, holds up a server.
"""

from __future__ import annotations

import uuid

import pyoxigraph as ox

from kg.errors import QueryError, QuerySyntaxError, RefusedError, TooLargeError
from kg.store.failures import engine_errors
from kg.store.lexer import DEEPEST, Look, look, prologue_end
from kg.store.using import without_service, without_silent_loads


def refuse_query(text: str, base: str | None) -> None:
    """Refuse a query that nests too deep, or says SERVICE (after making sure that it is one).

    Raises:
        TooLargeError: it nests too deep for a parser.
        QuerySyntaxError: it says SERVICE and does not parse.
        RefusedError: it would fetch something.
    """
    if _refuse_depth(text).fetches is None:
        return
    asked = without_service(text)
    with engine_errors(asked):
        ox.Store().query(asked, base_iri=base)
    raise RefusedError("SERVICE is refused: this service asks no other.")


def allowed_update(text: str, base: str | None) -> str:
    """Return an update that loads nothing: LOAD SILENT does nothing, as it may (SPARQL 1.1 Update §3.1.4).

    Raises:
        TooLargeError: it nests too deep for a parser.
        QuerySyntaxError: it says LOAD or SERVICE and does not parse.
        RefusedError: it would fetch something.
    """
    _refuse_depth(text)
    text = without_silent_loads(text)
    if look(text).fetches is None:
        return text
    check_update(text, base)
    raise RefusedError("LOAD and SERVICE are refused: this service fetches nothing from elsewhere.")


def check_update(text: str, base: str | None) -> None:
    """Parse an update, and do nothing of it.

    Raises:
        TooLargeError: it nests too deep for a parser.
        QuerySyntaxError: it does not parse.
    """
    _refuse_depth(text)
    # An operation that fails stands before the others: the text is parsed whole, and nothing of it is done.
    at, failing = prologue_end(text), f"DROP GRAPH <urn:uuid:{uuid.uuid4()}> ; "
    asked = text[:at] + failing + text[at:]
    try:
        with engine_errors(asked):
            ox.Store().update(asked, base_iri=base)
    except QuerySyntaxError as error:
        raise _moved(error, text, at, len(failing)) from None
    except QueryError:
        pass


def _refuse_depth(text: str) -> Look:
    seen = look(text)
    if seen.depth > DEEPEST:
        raise TooLargeError(f"The text nests more than {DEEPEST} levels deep.")
    return seen


def _moved(error: QuerySyntaxError, text: str, at: int, length: int) -> QuerySyntaxError:
    """Return the error at its place in `text`, into which `length` characters were put at `at` on one line."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    if error.line != line or error.column is None or error.column <= column:
        return error
    place = max(error.column - length, column)
    values = {name: value for name, value in error.values.items() if name not in {"line", "column"}}
    return QuerySyntaxError(error.template, line=error.line, column=place, **values)
