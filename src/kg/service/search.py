"""Finding things, articles and quotes by any part of a name: an SQLite FTS5 index beside the store.

FTS5 knows no Chinese words, so a text is indexed as its overlapping pairs of characters ("龙沙区" → 龙沙 沙区 区) and
a search asks for the pairs of its own words as a phrase: every stretch of two characters or more is found exactly, a
single one as a prefix. Traditional characters are folded to simplified ones. Pinyin is indexed from each syllable on,
in full and as initials.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from threading import Lock

import opencc
from pypinyin import Style, lazy_pinyin

from kg.errors import StoreError
from kg.service.prefixes import HEADER
from kg.service.versions import per_version
from kg.store import Store

MOST = 50
_LONGEST_QUERY = 200
_SPOKEN = 24  # a clause of more characters is no name that anyone types in pinyin
_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_NAMES = (
    HEADER
    + """SELECT ?thing ?type ?property ?text WHERE {
  ?type skos:inScheme kg:types .
  ?thing a ?type ; ?property ?text .
  FILTER(?property IN (rdfs:label, skos:altLabel))
}
ORDER BY ?thing ?property ?text"""
)
_ARTICLES = HEADER + "SELECT ?thing ?text WHERE { ?thing a schema:NewsArticle ; rdfs:label ?text } ORDER BY ?thing"
_QUOTES = (
    HEADER
    + """SELECT DISTINCT ?page ?text WHERE {
  ?fact prov:wasQuotedFrom ?words ; a ?kind .
  VALUES ?kind { kg:Observation kg:Statement }
  ?words foaf:page ?page ; oa:hasSelector ?selector .
  ?selector oa:exact ?text .
}
ORDER BY ?page"""
)
# A name weighs more than an alias, an alias more than pinyin.
_FIND = """SELECT thing, label, type, called FROM names
WHERE names MATCH ? ORDER BY bm25(names, 10, 6, 4), length(label), thing"""
_TABLES = """
CREATE VIRTUAL TABLE names USING fts5(name, alias, pinyin,
  thing UNINDEXED, type UNINDEXED, label UNINDEXED, called UNINDEXED,
  tokenize = "unicode61 remove_diacritics 0", detail = full);
CREATE VIRTUAL TABLE quotes USING fts5(quote, page UNINDEXED, text UNINDEXED,
  tokenize = "unicode61 remove_diacritics 0");
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing or an article found; `type` is the IRI of its type."""

    iri: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """Words of an article found; `page` opens the article at them."""

    page: str
    text: str


@dataclass(slots=True)
class _Entry:
    labels: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)


class Index:
    """The full-text index of one version of the dataset, in memory; safe to ask from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            self._database.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            raise StoreError(f"Searching needs an SQLite with FTS5, which this Python lacks: {error}.") from None

    def fill(self, names: Iterable[tuple[str, ...]], quotes: Iterable[tuple[str, ...]]) -> None:
        """Add rows; each begins with its indexed columns."""
        self._database.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?)", names)
        self._database.executemany("INSERT INTO quotes VALUES (?, ?, ?)", quotes)

    def names(self, text: str, *, most: int = MOST, either: bool = False) -> list[Hit]:
        """Return things and articles by name, the best first; `either` asks for one of the words, not all."""
        rows = self._ask(_FIND, text, 4 * most, either=either)
        wanted = fold(text.strip())
        rows.sort(key=lambda row: (wanted not in row[3].split("\n"), not row[3].startswith(wanted)))
        return [Hit(*row[:3]) for row in rows[:most]]

    def quotes(self, text: str, *, most: int = MOST) -> list[QuoteHit]:
        """Return quoted words that hold the text, the best first."""
        sql = "SELECT page, text FROM quotes WHERE quotes MATCH ? ORDER BY bm25(quotes), length(text), page"
        return [QuoteHit(*row) for row in self._ask(sql, text, most)]

    def _ask(self, sql: str, text: str, most: int, *, either: bool = False) -> list[tuple[str, ...]]:
        match = expression(text, either=either)
        if not match:
            return []
        with self._lock:
            return self._database.execute(f"{sql} LIMIT {most:d}", (match,)).fetchall()


@per_version
def index(store: Store) -> Index:
    """Index the dataset (3 queries for each of its versions)."""
    found = Index()
    found.fill(
        _names(store),
        ((_pairs(row["text"].value), row["page"].value, row["text"].value) for row in store.select(_QUOTES)),
    )
    return found


def expression(text: str, *, either: bool = False) -> str:
    """Write the FTS5 query for what a person typed; empty where there is nothing to look for."""
    parts = []
    for run in _RUNS.findall(fold(text[:_LONGEST_QUERY])):
        if run.isascii() or len(run) == 1:
            parts.append(f'"{run}" *')
        else:
            parts.append('"' + " ".join(run[place : place + 2] for place in range(len(run) - 1)) + '"')
    return (" OR " if either else " AND ").join(parts)


def fold(text: str) -> str:
    """Return a text as it is compared: one width, lower case, simplified characters."""
    return str(_simplify().convert(unicodedata.normalize("NFKC", text))).lower()


def spoken(name: str) -> str:
    """Return the pinyin of a name from each of its syllables on, in full and as initials."""
    if len(name) > _SPOKEN:
        return ""
    full = [part for part in lazy_pinyin(name, errors="default") if part.strip()]
    first = [part for part in lazy_pinyin(name, style=Style.FIRST_LETTER, errors="default") if part.strip()]
    starts = [
        *("".join(full[place:]) for place in range(len(full))),
        *("".join(first[place:]) for place in range(len(first))),
    ]
    return " ".join(dict.fromkeys(starts)).lower()


@cache
def _simplify() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _pairs(text: str) -> str:
    """Write a text as its runs of Latin letters and digits, and the pairs of its other characters."""
    return " ".join(
        run if run.isascii() else " ".join(run[place : place + 2] for place in range(len(run)))
        for run in _RUNS.findall(fold(text))
    )


def _names(store: Store) -> Iterator[tuple[str, ...]]:
    entries: dict[str, _Entry] = {}
    for row in store.select(_NAMES):
        entry = entries.setdefault(row["thing"].value, _Entry())
        entry.types.add(row["type"].value)
        texts = entry.labels if row["property"].value.endswith("#label") else entry.aliases
        if row["text"].value not in texts:
            texts.append(row["text"].value)
    for row in store.select(_ARTICLES):
        entries[row["thing"].value] = _Entry([row["text"].value], [], {"https://schema.org/NewsArticle"})
    for iri, entry in entries.items():
        if entry.labels:
            called = [*entry.labels, *entry.aliases]
            yield (
                " ".join(map(_pairs, entry.labels)),
                " ".join(map(_pairs, entry.aliases)),
                " ".join(map(spoken, called)),
                iri,
                min(entry.types),
                entry.labels[0],
                "\n".join(map(fold, called)),
            )
