"""Figures in the cells of a table: the unit stands in the column's header, or in the line above the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.facts import Span
from kg.reading.layers import Article, Cell, Quantity
from kg.reading.numerals import read_numeral, read_scale
from kg.reading.patterns import turn
from kg.reading.units import read_unit

_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_BRACKET = re.compile(r"\(([^()]{1,12})\)")
_CAPTION = re.compile(r"单位\s*:\s*([^\n|)]{1,30})")
_ABOVE = 200


@dataclass(frozen=True, slots=True)
class Column:
    """What a column counts: its header without unit, the unit's token, and what one is in the base unit."""

    header: Span
    name: str
    token: str
    factor: Decimal


def cell_quantities(article: Article) -> Iterator[Quantity]:
    """Yield the bare numbers of cells whose column says what they are in."""
    columns: dict[tuple[int, int], Column | None] = {}
    for cell in article.cells:
        figure = _FIGURE.fullmatch(article.folded, cell.start, cell.end)
        if not figure or cell.header is None:
            continue
        key = (cell.header.start, cell.column)
        if key not in columns:
            columns[key] = read_column(article, cell)
        column, numeral = columns[key], read_numeral(article.folded, cell.start)
        if column is not None and numeral is not None and numeral.end == cell.end:
            value = numeral.value * column.factor
            yield Quantity(cell.start, cell.end, value, value, "eq", column.token, None, None, "cell.column-unit")


def read_column(article: Article, cell: Cell) -> Column | None:
    """Return what the column of a cell counts, None where neither header nor caption says it."""
    if cell.header is None:
        return None
    header = article.folded[cell.header.start : cell.header.end]
    name = _BRACKET.sub("", header)
    bracket = _BRACKET.search(header)
    caption = _CAPTION.search(article.folded, max(0, cell.header.start - _ABOVE), cell.header.start)
    written = [bracket[1]] if bracket else re.split(r"[、,;/ ]", caption[1]) if caption else []
    for words in written:
        scale, end, _ = read_scale(words, 0)
        unit = read_unit(words, end)
        if unit and unit.end == len(words.rstrip()) and (bracket or _suits(name, unit.token)):
            return Column(cell.header, name, unit.token, scale * unit.factor)
    return Column(cell.header, name, "个", Decimal(1)) if turn("header.counts").search(name) else None


def _suits(name: str, token: str) -> bool:
    """Tell whether a unit of the caption is that of a column: money for 投资, a classifier for 个数."""
    if turn("header.counts").search(name):
        return token in ("个", "项", "户", "家", "人", "件")
    return token in ("CNY", "USD") and turn("header.money").search(name) is not None
