"""Units and classifiers: what a number is of, read at the place where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.reading.rows import Row, load_rows


class UnitRow(Row, frozen=True, kw_only=True):
    """A unit of measure: `token` of the contract's closed list and how many of it one is (`factor`).

    `spelled`: also after a numeral in characters (两公里, but 四方 is no volume).
    """

    token: str
    factor: str
    spellings: tuple[str, ...]
    not_before: str = ""
    spelled: bool = True


class ClassifierRow(Row, frozen=True, kw_only=True):
    """Words that count.

    `cue` is what the words before the number must match for it to be a quantity, else it is unread for `reason`;
    a row with a reason and no cue never states a quantity. `token` replaces the word as unit. A row with a `pattern`
    instead of words tells a noun that is counted with no classifier (3万农村居民).
    """

    words: tuple[str, ...]
    spelled: bool
    noun: bool
    not_before: str = ""
    token: str = ""
    cue: str = ""
    reason: str = ""
    pattern: str = ""


_LATIN = re.compile("[A-Za-z]")
_OR = re.compile(r"\((?P<other>[\u4e00-\u9fff]{1,2})\)")
_NUMERAL = re.compile(r"(?<![\d万亿])(?<!\d\s)[〇一二两三四五六七八九十百千][〇一二两三四五六七八九十百千万亿]*")


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit in the text: where it ends, its token, and what one of it is in the base unit."""

    end: int
    token: str
    factor: Decimal
    measured: bool
    row: UnitRow | ClassifierRow


@dataclass(frozen=True, slots=True)
class _Entry:
    """One spelling in the index."""

    word: str
    token: str
    factor: Decimal
    not_before: str
    row: UnitRow | ClassifierRow


@cache
def _index() -> dict[str, tuple[_Entry, ...]]:
    """Every spelling by its first character, the longest first."""
    entries = [
        _Entry(word, row.token, Decimal(row.factor), row.not_before, row)
        for row in load_rows("units", UnitRow)
        for word in row.spellings
    ]
    entries += [
        _Entry(word, row.token or word, Decimal(1), row.not_before, row)
        for row in load_rows("classifiers", ClassifierRow)
        for word in row.words
    ]
    words = [entry.word for entry in entries]
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise ValueError(f"units.toml and classifiers.toml have {'、'.join(twice)} twice; keep one.")
    index: dict[str, list[_Entry]] = {}
    for entry in sorted(entries, key=lambda entry: -len(entry.word)):
        index.setdefault(entry.word[0], []).append(entry)
    return {first: tuple(rows) for first, rows in index.items()}


def read_unit(folded: str, start: int, *, spelled: bool = False) -> UnitHit | None:
    """Return the longest unit or classifier that begins at an offset, one blank or line break before it allowed.

    `spelled` says that the number is written in characters: then classifiers that make ordinals or idioms are out.
    """
    start += folded[start : start + 1] in (" ", "\n")
    for entry in _index().get(folded[start : start + 1], ()):
        end = start + len(entry.word)
        if not folded.startswith(entry.word, start):
            continue
        if entry.not_before and folded[end : end + 1] in tuple(entry.not_before):
            continue
        if entry.word.isascii() and entry.word[-1].isalpha() and _LATIN.match(folded, end):
            continue
        if spelled and not entry.row.spelled:
            continue
        other = _OR.match(folded, end) if entry.token == entry.word else None
        if other and any(row.word == other["other"] for row in _index().get(other["other"][0], ())):
            return UnitHit(other.end(), folded[start : other.end()], entry.factor, measured=False, row=entry.row)
        return UnitHit(end, entry.token, entry.factor, isinstance(entry.row, UnitRow), entry.row)
    return None


@cache
def _patterns() -> tuple[tuple[ClassifierRow, re.Pattern[str]], ...]:
    """The rows that tell a counted noun without a classifier, compiled."""
    return tuple((row, re.compile(row.pattern)) for row in load_rows("classifiers", ClassifierRow) if row.pattern)


def noun_alone(folded: str, start: int) -> str | None:
    """Return the noun that begins at an offset and may be counted with no classifier, None where none does."""
    found = (pattern.match(folded, start) for _, pattern in _patterns())
    return next((match.group() for match in found if match), None)


def read_noun_alone(folded: str, start: int, *, spelled: bool = False) -> UnitHit | None:
    """Return the empty unit of a number that a counted noun follows with no classifier (81万农村人口, 两项目).

    `spelled` says that the number is written in characters.
    """
    found = next((row for row, pattern in _patterns() if row.spelled == spelled and pattern.match(folded, start)), None)
    return UnitHit(start, "", Decimal(1), measured=False, row=found) if found else None


@cache
def cue(row: ClassifierRow) -> re.Pattern[str] | None:
    """Return what must stand before the number for the row to count, None where anything may."""
    return re.compile(row.cue) if row.cue else None


def counting_numerals(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where numerals in characters stand that order or count: behind 第, or before a unit or classifier."""
    for numeral in _NUMERAL.finditer(folded):
        end = numeral.end() + (folded[numeral.end() : numeral.end() + 1] in ("余", "多", "几"))
        if folded[numeral.start() - 1 : numeral.start()] == "第" or read_unit(folded, end) is not None:
            yield numeral.span()
