"""Linking the figure of a cell: its header names it, its row's first cell is what it is about."""

from __future__ import annotations

import re

from kg.reading.about import Subject
from kg.reading.cells import read_column
from kg.reading.ground import FIRMS, PLACES, WORKS, Ground, Place
from kg.reading.indicators import Indicator, known, shorten, trim
from kg.reading.layers import Cell, Period
from kg.reading.patterns import turn
from kg.reading.slots import Slot

_ABOVE = 240
_FAR = 20_000
_SHORT = 4


def cell_of(ground: Ground, slot: Slot) -> Cell | None:
    """Return the cell that holds a figure, None outside tables or in a table without header."""
    if slot.sentence.kind != "table":
        return None
    cell = ground.cell_at(slot.quantity.start)
    return cell if cell and cell.header else None


def name_of_column(ground: Ground, cell: Cell) -> Indicator:
    """Name the figures of a column by its header, those of a row that is about no thing by its first cell too."""
    folded = ground.article.folded
    column = read_column(ground.article, cell)
    start, end = (cell.header.start, cell.header.end) if cell.header else (0, 0)
    words = column.name if column else re.sub(r"\(.*?\)", "", folded[start:end])
    for period in ground.periods_within(start, end):
        if period.rule != "period.year-of":
            words = words.replace(folded[period.start : period.end], "", 1)
    words = words.replace(" ", "")
    label = _measure_of_row(ground, cell)
    if label:
        name = label if turn("header.value").search(words) else label + words
        return Indicator(name, known(label), "indicator.row")
    name, row = shorten(trim(words) if len(words) > _SHORT else words)
    return Indicator(name or words, row, row.id if row else "indicator.column")


def _measure_of_row(ground: Ground, cell: Cell) -> str:
    """What the first cell of a row measures (粮食产量 | 万吨 | 80.3), nothing where it names a thing or a sum."""
    row = ground.row_of(cell)
    head = row[0].header if row and row[0].column == 0 else None
    if head is None or not turn("header.measures").search(ground.between(head.start, head.end)):
        return ""
    if any(place.type in WORKS | FIRMS | PLACES for place in ground.within(row[0].start, row[0].end)):
        return ""
    return ground.between(row[0].start, row[0].end).replace(" ", "").lstrip("#一二三四五六七八九十、.:其中1234567890")


def subject_of_row(ground: Ground, slot: Slot, cell: Cell) -> Subject:
    """What the row is about: the thing in its first cell; for a sum, the set that the text above counts."""
    start, first = _label_of(ground, slot, cell)
    label = ground.article.folded[start:first]
    wanted = WORKS | FIRMS | PLACES
    places = [place for place in ground.outermost(start, first) if place.type in wanted]
    if places:
        return Subject(places[0].entity, "subject.row", places[0])
    group = _set_above(ground, slot, label)
    if group:
        return Subject(group.entity, "subject.table-set", group)
    return Subject(ground.acting, "subject.acting-place", certain=False)


def _label_of(ground: Ground, slot: Slot, cell: Cell) -> tuple[int, int]:
    """Where the first cell of a row stands; where a row is not one line, the first one without figures."""
    start = slot.sentence.start
    end = ground.article.folded.find("|", start, slot.quantity.start)
    if end > start:
        return start, end
    row = [other for other in ground.row_of(cell) if other.start < cell.start]
    words = [other for other in row if not any(map(str.isdecimal, ground.between(other.start, other.end)))]
    return (words[0].start, words[0].end) if words else (start, cell.start)


def _set_above(ground: Ground, slot: Slot, label: str) -> Place | None:
    """The set that a label names (州直 of 州直项目), or that a sum is of."""
    start = slot.sentence.start
    groups = [place for place in ground.within(max(0, start - _FAR), start) if place.type == "ProjectGroup"]
    plain = re.sub(r"\s", "", label)
    named = [place for place in groups if plain and plain in ground.exact(place)]
    found = named or (groups if turn("row.sum").search(plain) else [])
    return found[0] if found else None


def period_of_column(ground: Ground, cell: Cell) -> Period | None:
    """The period of the header, else of the caption above the table."""
    if cell.header is None:
        return None
    own = ground.periods_within(cell.header.start, cell.header.end)
    folded = ground.article.folded
    line = folded.rfind("\n", 0, cell.header.start) + 1
    caption = max(folded.rfind("。", 0, line) + 1, line - _ABOVE, 0)
    above = ground.periods_within(caption, line)
    return next(iter(own), None) or next(reversed([period for period in above if "day" not in period.rule]), None)
