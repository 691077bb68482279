"""The shapes of tables: what kind of thing a cell holds, and how many rows of one shape follow one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.reading.vocabulary.units import read_unit

FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_NONE = re.compile(r"[-—–/.…]*")
_LABEL = 30
_PERIOD = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}月|[上下]半年|全年)?|\d{1,2}(?:[-—~至]\d{1,2})?月份?|第?[一二三四]季度|[上下]半年"
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its first and last line by number, its header's cells, its rows of cells; each cell a stretch.

    `prose` are the numbers of those of its lines that are written in sentences: they are read as such.
    """

    first: int
    last: int
    header: tuple[tuple[int, int], ...]
    rows: tuple[tuple[tuple[int, int], ...], ...]
    prose: frozenset[int] = frozenset()


def cell_kind(folded: str, cell: tuple[int, int]) -> str:
    """Tell a cell: a figure or a unit is a value, a dash or nothing a blank; what is too long is no label either."""
    words = folded[slice(*cell)]
    if _NONE.fullmatch(words):
        return "blank"
    if _PERIOD.fullmatch(words):
        return "label"
    figure = FIGURE.match(words)
    rest = words[figure.end() :] if figure else words
    if (figure and not rest) or is_unit(rest):
        return "value"
    return "label" if len(words) <= _LABEL and "。" not in words else ""


def is_unit(words: str) -> bool:
    """Tell whether words are a unit and nothing else (亿元)."""
    scaled = words.lstrip("百千万亿")
    unit = read_unit(scaled, 0) if scaled else None
    return unit is not None and unit.end == len(scaled)


def rows_of_shape(kinds: Sequence[str], start: int, width: int) -> int:
    """How many rows of one shape follow one another: a label first, a figure somewhere, in each column one kind."""
    shape, rows = kinds[start : start + width], 0
    if shape[0] != "label" or "value" not in shape:
        return 0
    while fits(kinds[start + rows * width : start + (rows + 1) * width], shape):
        rows += 1
    return rows


def fits(row: Sequence[str], shape: Sequence[str]) -> bool:
    """Tell whether a row has a shape; a cell may be empty, but for its first."""
    return row[:1] == shape[:1] and len(row) == len(shape) and all(map(_alike, row, shape))


def _alike(kind: str, other: str) -> bool:
    return kind == other or "blank" in (kind, other)
