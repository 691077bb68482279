"""What facts came and went between two builds, in words.

Facts are compared by what they say, not by their addresses: the rows of `kg.graph.views.tables_csv`, without the
columns that tell who read them. A fact whose words and ends stayed and whose values changed is a change, not a loss and
a gain.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from kg.graph.views.tables_csv import tables

Row = dict[str, str]

_KEYS = {  # what makes two rows one fact
    "things": ("thing",),
    "relations": ("subject", "relation", "object", "article", "quote"),
    "observations": ("observation",),
    "unread": ("article", "start", "end"),
}
_SILENT = {"rule", "mentions", "subjectLabel", "objectLabel", "itemLabel"}  # follow from others, or tell no fact


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One fact that came (`+`), went (`-`) or changed (`~`), with the sentence that says it."""

    table: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two builds differ: the facts that came, went or changed, in order of tables, signs and words.

    `before` and `after` are the SHA-256 of the canonical N-Quads of each; `come` and `gone` count the quads that only
    one of them holds, those of evidence, ontology and description included.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    come: int
    gone: int


def digest(nquads: bytes) -> str:
    """Return the SHA-256 of the canonical N-Quads (RDF Dataset Canonicalization 1.0): one string for one dataset."""
    return _hashed(_canonical(nquads))


def compare(before: bytes, after: bytes) -> Comparison:
    """Compare two builds (N-Quads), by their facts and as a whole."""
    old, new = _canonical(before), _canonical(after)
    changes = () if old == new else tuple(diff(before, after))
    come, gone = len(new - old), len(old - new)
    return Comparison(_hashed(old), _hashed(new), changes, come, gone)


def diff(before: bytes, after: bytes) -> list[Change]:
    """Compare two builds (N-Quads), fact by fact."""
    old, new = _tables(before), _tables(after)
    changes = [change for name in _KEYS for change in _compare(name, old[name], new[name])]
    return sorted(changes)


def _canonical(nquads: bytes) -> set[str]:
    """Return the lines of the canonical N-Quads."""
    dataset = Dataset(parse(nquads, format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {f"{quad} .\n" for quad in dataset}


def _hashed(lines: set[str]) -> str:
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def _tables(nquads: bytes) -> dict[str, list[Row]]:
    made = tables(parse(nquads, format=RdfFormat.N_QUADS))
    return {name: list(csv.DictReader(io.StringIO(made[f"{name}.csv"].decode(), newline=""))) for name in _KEYS}


def _compare(name: str, old: list[Row], new: list[Row]) -> Iterable[Change]:
    before, after = _keyed(name, old), _keyed(name, new)
    for key in before.keys() | after.keys():
        gone = [row for row in before[key] if row not in after[key]]
        come = [row for row in after[key] if row not in before[key]]
        if len(gone) == len(come) == 1:
            told = _changed(gone[0], come[0])
            if told:
                yield Change(name, "~", f"{_words(name, come[0])}: {told}")
            continue
        yield from (Change(name, "-", _words(name, row)) for row in gone)
        yield from (Change(name, "+", _words(name, row)) for row in come)


def _keyed(name: str, rows: list[Row]) -> dict[tuple[str, ...], list[Row]]:
    keyed: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        keyed[tuple(row[column] for column in _KEYS[name])].append(row)
    return keyed


def _changed(gone: Row, come: Row) -> str:
    told = [
        f"{column} {gone.get(column) or 'nothing'} → {come.get(column) or 'nothing'}"
        for column in come
        if column not in _SILENT and gone.get(column) != come.get(column)
    ]
    return ", ".join(told)


def _words(name: str, row: Row) -> str:
    quote = f" (“{row['quote']}”, {row['article']} {row['start']}–{row['end']})" if row.get("quote") else ""
    if name == "things":
        return f"{row['label']} is a {row['type'].replace('|', ' and a ')}"
    if name == "relations":
        item = f" ({row['itemLabel']})" if row["itemLabel"] else ""
        return f"{row['subjectLabel']} {row['relation']} {row['objectLabel']}{item}{quote}"
    if name == "observations":
        return f"{row['subjectLabel'] or 'nothing'}: {row['indicator']} {row['number']}{quote}"
    return f"“{row['quote']}” is not read: {row['reason']}{quote}"
