"""What the search index holds of a dataset: things and articles by their names, and the words that facts quote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.service.prefixes import HEADER
from kg.service.spelling import fold, pairs, spoken
from kg.store import Store

_NAMES = (
    HEADER
    + """SELECT ?thing ?type ?label ?alias WHERE {
  { SELECT ?type WHERE { ?type skos:inScheme kg:types } }
  ?thing a ?type .
  { ?thing rdfs:label ?label } UNION { ?thing skos:altLabel ?alias }
}"""
)
_ARTICLES = HEADER + "SELECT ?thing ?label WHERE { ?thing a schema:NewsArticle ; rdfs:label ?label }"
_ARTICLE = "https://schema.org/NewsArticle"
_QUOTES = (
    HEADER
    + """SELECT ?page ?text WHERE {
  { SELECT DISTINCT ?words WHERE {
    VALUES ?kind { kg:Observation kg:Statement }
    ?fact a ?kind ; prov:wasQuotedFrom ?words .
  } }
  ?words foaf:page ?page ; oa:hasSelector ?selector .
  ?selector oa:exact ?text .
}"""
)


@dataclass(frozen=True, slots=True)
class Name:
    """A thing or an article, with what it is called; the first of `labels` is shown."""

    iri: str
    type: str
    labels: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def mark(self) -> bytes:
        """What tells it from all others."""
        return _mark(self.iri, self.type, *self.labels, "", *self.aliases)

    def row(self) -> tuple[str, ...]:
        """Write its row of the index; the first three columns are searched."""
        called = [*self.labels, *self.aliases]
        return (
            " ".join(map(pairs, self.labels)),
            " ".join(map(pairs, self.aliases)),
            " ".join(map(spoken, called)),
            self.iri,
            self.type,
            self.labels[0],
            "\n".join(map(fold, called)),
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Words that a fact quotes; `page` opens the article at them."""

    page: str
    text: str

    @property
    def mark(self) -> bytes:
        """What tells them from all others."""
        return _mark(self.page, self.text)

    def row(self) -> tuple[str, ...]:
        """Write their row of the index; the first column is searched."""
        return (pairs(self.text), self.page, self.text)


@dataclass(slots=True)
class _Entry:
    types: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)


def names(store: Store) -> Iterator[Name]:
    """Read every thing and article that has a name (2 queries)."""
    entries: dict[str, _Entry] = {}
    for row in store.select(_NAMES):
        entry = entries.setdefault(row["thing"].value, _Entry())
        entry.types.add(row["type"].value)
        if "label" in row:
            entry.labels.add(row["label"].value)
        else:
            entry.aliases.add(row["alias"].value)
    for row in store.select(_ARTICLES):
        entries.setdefault(row["thing"].value, _Entry({_ARTICLE})).labels.add(row["label"].value)
    for iri, entry in entries.items():
        if entry.labels:
            yield Name(iri, min(entry.types), tuple(sorted(entry.labels)), tuple(sorted(entry.aliases)))


def quotes(store: Store) -> Iterator[Words]:
    """Read all words that a figure or a statement quotes (1 query)."""
    return (Words(row["page"].value, row["text"].value) for row in store.select(_QUOTES))


def _mark(*texts: str) -> bytes:
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
