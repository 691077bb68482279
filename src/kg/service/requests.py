"""A SPARQL request before it is evaluated: the format of its answer, and what tells the answer from others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.errors import NotAcceptableError
from kg.service.negotiation import choose
from kg.store import Dataset
from kg.store.formats import GRAPHS, JSON, SOLUTIONS, TURTLE, Format
from kg.store.lexer import form_of, may_differ


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
    """Choose the format of a query's answer.

    Raises:
        NotAcceptableError: the client takes none of the formats that this form of query is answered in.
    """
    form = form_of(text)
    offered = GRAPHS if form in {"CONSTRUCT", "DESCRIBE"} else SOLUTIONS
    chosen = choose(accept, offered)
    if chosen is None and form is not None:
        raise NotAcceptableError("This answer comes as " + ", ".join(each.media_type for each in offered) + ".")
    syntax, label = chosen or ((TURTLE if offered is GRAPHS else JSON), "")
    return Request(text, dataset, syntax, label, not may_differ(text))
