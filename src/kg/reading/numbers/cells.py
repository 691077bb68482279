"""Figures in the cells of a table: the unit stands in the column's header, in its row, or above the table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.facts import Span
from kg.reading.layers import Article, Cell, Quantity
from kg.reading.numbers.numerals import read_numeral, read_scale
from kg.reading.text.shapes import is_unit
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.units import read_unit

_FIGURE = re.compile(r"(?P<sign>-?)\d[\d,]*(?:\.\d+)?")
_BRACKET = re.compile(r"\(([^()]{1,12})\)")
_CAPTION = re.compile(r"单位\s*:\s*([^\n|)]{1,30})")
_PART = re.compile(r"^(?:其中|[#*])\s*:?\s*")
_ABOVE = 200
_UP = 12
_SERIAL = re.compile(r"\(?\d{1,3}[.、)]?")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column counts: its header without unit, the unit's token, and what one is in the base unit."""

    header: Span
    name: str
    token: str
    factor: Decimal
    per: str | None = None


def row_of(article: Article, cell: Cell) -> tuple[Cell, ...]:
    """Return the cells of a cell's row, itself included; they stand side by side."""
    first = last = bisect_right(article.cells, cell.start, key=lambda one: one.start) - 1
    while first > 0 and article.cells[first - 1].row == cell.row:
        first -= 1
    while last + 1 < len(article.cells) and article.cells[last + 1].row == cell.row:
        last += 1
    return article.cells[first : last + 1]


def lead_of(article: Article, cell: Cell) -> Cell:
    """Return the cell that says what a cell's row is about: the first that is more than a serial number."""
    row = row_of(article, cell)
    serial = len(row) > 1 and _SERIAL.fullmatch(article.folded, row[0].start, row[0].end)
    return row[1] if serial and row[1].start < cell.start else row[0]


def label_of(article: Article, cell: Cell) -> str:
    """Return what a cell's row is called, blanks left out; a part is called after its whole where it only classes it.

    其中:规模以上 under 工业总产值 is 规模以上工业总产值, 其中:稻谷 under 粮食 is 稻谷.
    """
    label = re.sub(r"\([^()]{1,8}\)|\[\d{1,2}\]$", "", _label(article, lead_of(article, cell)))
    part = _PART.sub("", label)
    if part == label or not turn("label.classes").fullmatch(part):
        return part
    above = lead_of(article, cell)
    for _ in range(_UP):
        above = _row_above(article, above)
        whole = _label(article, above)
        if above.header is None or not _PART.match(whole):
            return part + whole if above.header else part
    return part


def _label(article: Article, first: Cell) -> str:
    """The words of a row's first cell without the blanks in them."""
    return re.sub(r"\s", "", article.folded[first.start : first.end])


def _row_above(article: Article, first: Cell) -> Cell:
    """The first cell of the row above, the same cell where it is the topmost."""
    place = bisect_right(article.cells, row_of(article, first)[0].start, key=lambda one: one.start) - 2
    return lead_of(article, article.cells[place]) if place >= 0 else first


def cell_quantities(article: Article) -> Iterator[Quantity]:
    """Yield the bare numbers of cells whose column or row says what they are in."""
    for cell in article.cells:
        figure = _FIGURE.fullmatch(article.folded, cell.start, cell.end)
        if not figure or cell.header is None or cell.column == 0:
            continue
        numeral = read_numeral(article.folded, figure.end("sign"))
        column = read_column(article, cell) if numeral and numeral.end == cell.end else None
        if column is not None and numeral is not None:
            value = numeral.value * column.factor * (-1 if figure["sign"] else 1)
            yield Quantity(cell.start, cell.end, value, value, "eq", column.token, None, column.per, "cell.column-unit")


def words_over(article: Article, cell: Cell) -> str:
    """Return what stands over the header of a column in a table with two rows of headers, else nothing."""
    over = cell.over if cell.over and cell.header and cell.over.start != cell.header.start else None
    return article.folded[over.start : over.end] if over else ""


def read_column(article: Article, cell: Cell) -> Column | None:
    """Return what the column of a cell counts, None where neither header, row nor caption says it."""
    if cell.header is None:
        return None
    header = words_over(article, cell) + article.folded[cell.header.start : cell.header.end]
    name = _BRACKET.sub("", header)
    bracket = _BRACKET.search(header)
    percent = bracket is not None and bracket[1] == "%"
    if percent or (turn("header.growth").search(name) and not bracket):
        return Column(cell.header, name, "percent", Decimal(1))
    if name.endswith("百分点"):
        return Column(cell.header, name, "pp", Decimal(1))
    caption = _CAPTION.search(article.folded, max(0, cell.header.start - _ABOVE), cell.header.end)
    stated = _unit_of_label(article, cell) or ([bracket[1]] if bracket else _units_of_row(article, cell))
    written = stated or (re.split(r"[、,;/ ]", caption[1].strip()) if caption else [])
    label = label_of(article, cell)
    for whole in written:
        words, _, per = whole.partition("/") if stated else (whole, "", "")
        scale, end, _ = read_scale(words, 0)
        unit = read_unit(words, end)
        suits = unit is not None and (
            bool(stated) or _suits(name, unit.token) or _of_amounts(name, label, unit.token, len(written))
        )
        if unit and unit.end == len(words.rstrip()) and suits:
            return Column(cell.header, name, unit.token, scale * unit.factor, per.strip() or None)
    counted = turn("header.counts").search(name)
    return Column(cell.header, name, counted["one"] or "个", Decimal(1)) if counted else None


def _unit_of_label(article: Article, cell: Cell) -> list[str]:
    """The unit in a bracket that ends what the row is called: 固定资产投资(亿元)."""
    bracket = re.search(r"\(([^()]{1,6})\)$", _label(article, lead_of(article, cell)))
    return [bracket[1]] if bracket and is_unit(bracket[1]) else []


def _units_of_row(article: Article, cell: Cell) -> list[str]:
    """The unit that a cell of the row holds and nothing else."""
    words = (article.folded[other.start : other.end].strip() for other in row_of(article, cell)[1:])
    return [word for word in words if is_unit(word)][:1]


def _of_amounts(name: str, label: str, token: str, units: int) -> bool:
    """Tell whether the caption's unit is that of a column of amounts: the only one, or what its row asks for."""
    if not turn("header.amount").search(name):
        return False
    return units == 1 or _suits(label, token)


def _suits(name: str, token: str) -> bool:
    """Tell whether a unit of the caption is that of a column: money for 投资, a classifier for 个数."""
    if turn("header.counts").search(name):
        return token in ("个", "项", "户", "家", "人", "件")
    return token in ("CNY", "USD") and turn("header.money").search(name) is not None
