"""Finding things, articles and quotes by any part of a name: an SQLite FTS5 index that follows the dataset.

The index of a service is one file beside its engine, for all its processes; every other store has one of its own, in a
temporary file. When the dataset has changed, the index reads its names and quotes again and writes what came and went.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from kg.errors import BusyError, StoreError
from kg.service import indexed
from kg.service.indexed import Name, Words
from kg.service.spelling import expression, fold
from kg.service.versions import version_of
from kg.store import Store
from kg.store.engine.client import EngineStore

MOST = 50
_PATIENCE = 30.0  # seconds that a search waits while another one, or another process, brings the index up to date
_BUSY = "The index of all names is still being made; try again in a moment."
# A name weighs more than an alias, an alias more than pinyin.
_FIND = """SELECT thing, label, type, called FROM names
WHERE names MATCH ? ORDER BY bm25(names, 10, 6, 4), length(label), thing"""
_QUOTE = "SELECT page, text FROM quotes WHERE quotes MATCH ? ORDER BY bm25(quotes), length(text), page"
_TABLES = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS names USING fts5(name, alias, pinyin,
  thing UNINDEXED, type UNINDEXED, label UNINDEXED, called UNINDEXED,
  tokenize = "unicode61 remove_diacritics 0", detail = full)""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS quotes USING fts5(quote, page UNINDEXED, text UNINDEXED,
  tokenize = "unicode61 remove_diacritics 0")""",
    "CREATE TABLE IF NOT EXISTS marks (kind TEXT, mark BLOB, place INTEGER, PRIMARY KEY (kind, mark)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS about (version TEXT)",
)
_REMOVE = {"names": "DELETE FROM names WHERE rowid = ?", "quotes": "DELETE FROM quotes WHERE rowid = ?"}
_ADD = {
    "names": """INSERT INTO names (rowid, name, alias, pinyin, thing, type, label, called)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
    "quotes": "INSERT INTO quotes (rowid, quote, page, text) VALUES (?, ?, ?, ?)",
}


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


class Index:
    """A full-text index; safe to ask from several threads, and where it has a file from several processes.

    Raises:
        StoreError: this Python's SQLite has no FTS5, or the file cannot be written.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._lock = Lock()
        self._made = False
        with _told():
            self._database = sqlite3.connect(
                file or "", timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._database.execute("PRAGMA synchronous = OFF")  # it is made again at the next start

    def follow(self, store: Store) -> None:
        """Bring it up to the version of the dataset that the store has now (3 queries where that is a new one).

        Raises:
            BusyError: another is at it, and takes long.
        """
        with self._held(), _told():
            self._prepare()
            if self._version() == version_of(store):
                return
            with self._changing():
                version = version_of(store)
                if self._version() != version:  # nobody else has done it meanwhile
                    self._write(indexed.names(store), indexed.quotes(store))
                    self._database.execute("DELETE FROM about")
                    self._database.execute("INSERT INTO about VALUES (?)", (version,))

    def names(self, text: str, *, most: int = MOST, either: bool = False) -> list[Hit]:
        """Return things and articles by name, the best first; `either` asks for one of the words, not all."""
        rows = self._ask(_FIND, text, 4 * most, either=either)
        wanted = fold(text.strip())
        rows.sort(key=lambda row: (wanted not in row[3].split("\n"), not row[3].startswith(wanted)))
        return [Hit(*row[:3]) for row in rows[:most]]

    def quotes(self, text: str, *, most: int = MOST) -> list[QuoteHit]:
        """Return quoted words that hold the text, the best first."""
        return [QuoteHit(*row) for row in self._ask(_QUOTE, text, most)]

    def _ask(self, sql: str, text: str, most: int, *, either: bool = False) -> list[tuple[str, ...]]:
        match = expression(text, either=either)
        if not match:
            return []
        with self._held(), _told():
            return self._database.execute(f"{sql} LIMIT {most:d}", (match,)).fetchall()

    def _prepare(self) -> None:
        if not self._made:
            with self._changing():
                for table in _TABLES:
                    self._database.execute(table)
            self._made = True

    def _version(self) -> str | None:
        row: tuple[str] | None = self._database.execute("SELECT version FROM about").fetchone()
        return None if row is None else row[0]

    def _write(self, names: Iterable[Name], quotes: Iterable[Words]) -> None:
        tables: tuple[tuple[str, Iterable[Name | Words]], ...] = (("names", names), ("quotes", quotes))
        for kind, told in tables:
            known = dict(self._database.execute("SELECT mark, place FROM marks WHERE kind = ?", (kind,)).fetchall())
            now = {each.mark: each for each in told}
            gone = [mark for mark in known if mark not in now]
            self._database.executemany(_REMOVE[kind], ((known[mark],) for mark in gone))
            self._database.executemany("DELETE FROM marks WHERE kind = ? AND mark = ?", ((kind, mark) for mark in gone))
            fresh = list(enumerate((mark for mark in now if mark not in known), max(known.values(), default=0) + 1))
            self._database.executemany(_ADD[kind], ((place, *now[mark].row()) for place, mark in fresh))
            self._database.executemany("INSERT INTO marks VALUES (?, ?, ?)", ((kind, mark, at) for at, mark in fresh))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Change all or nothing, one process at a time."""
        self._database.execute("BEGIN IMMEDIATE")
        with self._database:
            yield

    @contextmanager
    def _held(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=_PATIENCE):
            raise BusyError(_BUSY, retry_after=5)
        try:
            yield
        finally:
            self._lock.release()


_kept: WeakKeyDictionary[Store, Index] = WeakKeyDictionary()
_keeping = Lock()


def index(store: Store) -> Index:
    """Return the index of a store, up to date.

    Raises:
        StoreError: it cannot be written, or this Python's SQLite has no FTS5.
        BusyError: it is being made, and that takes long.
    """
    with _keeping:
        found = _kept.get(store)
        if found is None:
            found = _kept[store] = Index(store.folder / "search.sqlite" if isinstance(store, EngineStore) else None)
    found.follow(store)
    return found


@contextmanager
def _told() -> Iterator[None]:
    """Turn what SQLite has to say into a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise BusyError(_BUSY, retry_after=5) from None
        if "no such module" in str(error):
            raise StoreError(f"Searching needs an SQLite with FTS5, which this Python lacks: {error}.") from None
        raise StoreError(f"The index for searching cannot be written or read: {error}.") from None
