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
_UNIT_HEADS = ("单位", "计量单位")


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
    units: dict[int, str] = {}
    for cell in article.cells:
        if cell.header and article.folded[cell.header.start : cell.header.end].replace(" ", "") in _UNIT_HEADS:
            units[cell.row] = article.folded[cell.start : cell.end]
        figure = _FIGURE.fullmatch(article.folded, cell.start, cell.end)
        if not figure or cell.header is None:
            continue
        key = (cell.header.start, cell.column)
        if key not in columns:
            columns[key] = read_column(article, cell)
        column, numeral = (
            columns[key] or _of_row(cell.header, units.get(cell.row)),
            read_numeral(article.folded, cell.start),
        )
        if column is not None and numeral is not None and numeral.end == cell.end:
            value = numeral.value * column.factor
            yield Quantity(cell.start, cell.end, value, value, "eq", column.token, None, None, "cell.column-unit")


def _of_row(header: Span, written: str | None) -> Column | None:
    """Return what a cell counts whose row says it in a column of units (粮食产量 | 万吨 | 80.3)."""
    scale, end, _ = read_scale(written, 0) if written else (Decimal(1), 0, "")
    unit = read_unit(written, end) if written else None
    fits = unit and written and unit.end == len(written.rstrip())
    return Column(header, header.exact, unit.token, scale * unit.factor) if unit and fits else None


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
    counted = turn("header.counts").search(name)
    return Column(cell.header, name, counted["one"] or "个", Decimal(1)) if counted else None


def _suits(name: str, token: str) -> bool:
    """Tell whether a unit of the caption is that of a column: money for 投资, a classifier for 个数."""
    if turn("header.counts").search(name):
        return token in ("个", "项", "户", "家", "人", "件")
    return token in ("CNY", "USD") and turn("header.money").search(name) is not None
