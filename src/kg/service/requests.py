"""A SPARQL request before it is evaluated: what is refused, and the format of its answer."""

from __future__ import annotations

import hashlib
import uuid
from contextlib import suppress
from dataclasses import dataclass

from kg.errors import (
    BusyError,
    NotAcceptableError,
    NotFoundError,
    QueryError,
    QuerySyntaxError,
    RefusedError,
    TimeLimitError,
    TooLargeError,
)
from kg.service.negotiation import choose
from kg.store import STORE_DATASET, Dataset, Store
from kg.store.formats import GRAPHS, JSON, SOLUTIONS, TURTLE, Format
from kg.store.lexer import Look, look, prologue_end
from kg.store.using import without_service, without_silent_loads

MAX_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Request:
    """A query that may be evaluated; `label` is the media type that its answer is sent under."""

    text: str
    dataset: Dataset
    syntax: Format
    label: str
    repeatable: bool

    @property
    def content_type(self) -> str:
        """The answer's Content-Type; text is always UTF-8."""
        return f"{self.label}; charset=utf-8"

    def key(self, version: str) -> str:
        """Return what tells this answer from every other: a strong validator (RFC 9110 §8.8.1)."""
        parts = (version, self.label, self.text, repr(self.dataset.default), repr(self.dataset.named))
        return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def request_for(text: str, dataset: Dataset, accept: str | None) -> Request:
    """Check a query's text and choose its answer's format.

    Raises:
        TooLargeError: it nests too deep.
        NotAcceptableError: the client takes none of the formats that this form of query is answered in.
    """
    seen = refuse_depth(text)
    offered = GRAPHS if seen.form in {"CONSTRUCT", "DESCRIBE"} else SOLUTIONS
    chosen = choose(accept, offered)
    if chosen is None and seen.form is not None:
        raise NotAcceptableError("This answer comes as " + ", ".join(each.media_type for each in offered) + ".")
    syntax, label = chosen or ((TURTLE if offered is GRAPHS else JSON), "")
    return Request(text, dataset, syntax, label, not seen.chance)


def refuse_depth(text: str) -> Look:
    """Look at a text; refuse one that nests too deep for a parser.

    Raises:
        TooLargeError: it does.
    """
    seen = look(text)
    if seen.depth > MAX_DEPTH:
        raise TooLargeError(f"The text nests {seen.depth} levels deep; {MAX_DEPTH} are allowed.")
    return seen


def refuse_service(store: Store, text: str, base: str) -> None:
    """Refuse a query that says SERVICE, after making sure that it is one.

    Raises:
        QuerySyntaxError: it does not parse.
        RefusedError: it would fetch something.
    """
    if look(text).fetches is None:
        return
    asked = request_for(without_service(text), STORE_DATASET, None)
    with suppress(TimeLimitError, BusyError, NotFoundError):
        store.query(asked.text, syntax=asked.syntax, base=base)
    raise RefusedError("SERVICE is refused: this service asks no other.")


def refuse_load(store: Store, text: str, base: str) -> str:
    """Return an update that loads nothing: LOAD SILENT does nothing, as it may (SPARQL 1.1 Update §3.1.4).

    Raises:
        QuerySyntaxError: it does not parse.
        RefusedError: it says LOAD, or SERVICE.
    """
    refuse_depth(text)
    text = without_silent_loads(text)
    if look(text).fetches is None:
        return text
    # An operation that fails stands before the others: the text is parsed whole, and nothing of it is done.
    at, failing = prologue_end(text), f"DROP GRAPH <urn:uuid:{uuid.uuid4()}> ; "
    try:
        store.update(text[:at] + failing + text[at:], base=base)
    except QuerySyntaxError as error:
        raise _moved(error, text, at, len(failing)) from None
    except QueryError:
        pass
    raise RefusedError("LOAD and SERVICE are refused: this service fetches nothing from elsewhere.")


def _moved(error: QuerySyntaxError, text: str, at: int, length: int) -> QuerySyntaxError:
    """Return the error at its place in `text`, into which `length` characters were put at `at` on one line."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    if error.line != line or error.column is None or error.column <= column:
        return error
    place = max(error.column - length, column)
    message = str(error).replace(f"column {error.column}:", f"column {place}:", 1)
    return QuerySyntaxError(message, line=error.line, column=place)
