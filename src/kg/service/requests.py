"""A SPARQL request before it is evaluated: what is refused, and the format of its answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.errors import NotAcceptableError, RefusedError, TooLargeError
from kg.service.negotiation import choose
from kg.store import Dataset
from kg.store.formats import GRAPHS, JSON, SOLUTIONS, TURTLE, Format
from kg.store.lexer import look

MAX_DEPTH = 200
# An answer to a query with one of these differs from call to call.
_UNREPEATABLE = frozenset({"NOW", "RAND", "UUID", "STRUUID"})


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
        RefusedError: it would fetch something.
        TooLargeError: it nests too deep.
        NotAcceptableError: the client takes none of the formats that this form of query is answered in.
    """
    seen = look(text)
    refuse_fetches(text)
    offered = GRAPHS if seen.form in {"CONSTRUCT", "DESCRIBE"} else SOLUTIONS
    chosen = choose(accept, offered)
    if chosen is None and seen.form is not None:
        raise NotAcceptableError("This answer comes as " + ", ".join(each.media_type for each in offered) + ".")
    syntax, label = chosen or ((TURTLE if offered is GRAPHS else JSON), "")
    return Request(text, dataset, syntax, label, seen.words.isdisjoint(_UNREPEATABLE))


def refuse_fetches(text: str) -> None:
    """Refuse a query or an update that would make the engine fetch something, or that nests too deep.

    Raises:
        RefusedError: it says SERVICE or LOAD.
        TooLargeError: it nests too deep.
    """
    seen = look(text)
    if seen.depth > MAX_DEPTH:
        raise TooLargeError(f"The text nests {seen.depth} levels deep; {MAX_DEPTH} are allowed.")
    if seen.fetches:
        raise RefusedError(f"{seen.fetches} is refused: this service fetches nothing from elsewhere.")
