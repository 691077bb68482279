"""Words that bound a number: 近, 超 before it, 余 inside it, 以上, 左右 after it."""

from __future__ import annotations

from functools import cache
from typing import Literal

from kg.facts import Comparator
from kg.reading.rows import Row, load_rows


class ApproximatorRow(Row, frozen=True, kw_only=True):
    """Words that bound a number, where they stand and what they make of it.

    `not_after`: characters that must not stand before the word; `needs`: one of these must begin the number, or, for a
    word after it, what follows; `apart`: a verb that bounds the number but is none of its words.
    """

    place: Literal["before", "inside", "after"]
    comparator: Comparator
    words: tuple[str, ...]
    not_after: str = ""
    needs: str = ""
    apart: bool = False


@cache
def _words(place: str) -> tuple[tuple[str, ApproximatorRow], ...]:
    """The words of one place, the longest first."""
    rows = [row for row in load_rows("approximators", ApproximatorRow) if row.place == place]
    return tuple(sorted(((word, row) for row in rows for word in row.words), key=lambda pair: -len(pair[0])))


@cache
def _last_characters() -> frozenset[str]:
    """The characters in which a word before a number can end."""
    return frozenset(word[-1] for word, _ in _words("before"))


def before(folded: str, start: int) -> tuple[int, ApproximatorRow | None]:
    """Return where the bounding word before an offset begins, and its row; the offset and None where none stands."""
    stop = start - (folded[start - 1 : start] == " ")
    if folded[stop - 1 : stop] not in _last_characters():
        return start, None
    for word, row in _words("before"):
        if folded.endswith(word, 0, stop):
            begin = stop - len(word)
            if begin > 0 and folded[begin - 1] in row.not_after:
                continue
            if row.needs and folded[start : start + 1] not in tuple(row.needs):
                continue
            return start if row.apart else begin, row
    return start, None


def after(folded: str, end: int) -> tuple[int, ApproximatorRow | None]:
    """Return where the bounding word behind an offset ends, and its row."""
    for word, row in _words("after"):
        needed = not row.needs or folded[end + len(word) : end + len(word) + 1] in ("", *row.needs)
        if needed and folded.startswith(word, end):
            return end + len(word), row
    return end, None


def inside() -> ApproximatorRow:
    """Return the row of 余 and 多."""
    return _words("inside")[0][1]
