"""Linking the figure of a cell: its header names it, its row's first cell is what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts import Span, Status
from kg.reading.layers import Cell, Period
from kg.reading.linking.about import Subject
from kg.reading.linking.ground import FIRMS, PLACES, WORKS, Ground, Place
from kg.reading.linking.indicators import Indicator, change, known, known_end, shorten, trim
from kg.reading.linking.slots import Slot
from kg.reading.numbers.cells import label_of, lead_of, read_column, row_of, words_over
from kg.reading.vocabulary.patterns import turn

_ABOVE = 240
_FAR = 20_000
_SHORT = 4
_TOLD = 40
_FIRST = 6
_CLAUSE = 12
_WORDS = re.compile("[\u4e00-\u9fff]{2}")


def cell_of(ground: Ground, slot: Slot) -> Cell | None:
    """Return the cell that holds a figure, None outside tables or in a table without header."""
    if slot.sentence.kind != "table":
        return None
    cell = ground.cell_at(slot.quantity.start)
    return cell if cell and cell.header else None


def told_in_words(ground: Ground, slot: Slot, cell: Cell) -> bool:
    """Tell whether a cell tells its figures in words (建设标准化厂房3万平方米,购置设备200台)."""
    return _WORDS.search(ground.between(max(cell.start, slot.quantity.start - _TOLD), slot.quantity.start)) is not None


def name_of_column(ground: Ground, cell: Cell) -> Indicator:
    """Name the figures of a column by its header, of a table of indicators by their row and the header."""
    words = _words_of_column(ground, cell)
    label = _indicator_of_row(ground, cell) or _statistic_of_row(ground, cell, words)
    label = label or _said_by_row(ground, cell, words)
    if label:
        return _of_row(ground, cell, label, words)
    if not words:
        words = _titled(ground, cell) or label_of(ground.article, cell)
        return Indicator(words, known(words), "indicator.table")
    name, row = shorten(trim(words) if len(words) > _SHORT else words)
    return Indicator(name or words, row, row.id if row else "indicator.column")


def _titled(ground: Ground, cell: Cell) -> str:
    """What the title of a table says that all of its figures are (表1 上半年,全区规上工业产值增速)."""
    start = cell.header.start if cell.header else cell.start
    title = turn("table.title").search(ground.between(max(0, start - _ABOVE), start))
    return title["name"] if title else ""


def _words_of_column(ground: Ground, cell: Cell) -> str:
    """What the header of a column says, without its unit, its period and the blanks in it."""
    folded = ground.article.folded
    start, end = (cell.header.start, cell.header.end) if cell.header else (0, 0)
    column = read_column(ground.article, cell)
    words = column.name if column else re.sub(r"\(.*?\)", "", folded[start:end])
    for period in ground.periods_within(start, end):
        if period.rule != "period.year-of":
            words = words.replace(folded[period.start : period.end], "", 1)
    words, over = re.sub(r"\s", "", words), re.sub(r"\(.*?\)|\s", "", words_over(ground.article, cell))
    own = words.removeprefix(over)
    return over if over and turn("header.bare").search(own) else over + own


def _indicator_of_row(ground: Ground, cell: Cell) -> str:
    """What the row is called where it is an indicator: no thing stands in its first cell, and the header says so."""
    first = lead_of(ground.article, cell)
    label = trim(label_of(ground.article, cell)) or label_of(ground.article, cell)
    if first == cell or _things(ground, first) or turn("row.sum").search(label):
        return ""
    head = ground.article.folded[first.header.start : first.header.end] if first.header else ""
    return label if known_end(label) or turn("header.indicators").search(head) else ""


def _statistic_of_row(ground: Ground, cell: Cell, words: str) -> str:
    """What a row tells the growth of, where the head of the first column is a statistic (工业产值 | 本月 | 增长%)."""
    first = lead_of(ground.article, cell)
    if first == cell or first.header is None or not turn("header.growth").search(words) or _things(ground, first):
        return ""
    head = re.sub(r"\s", "", ground.article.folded[first.header.start : first.header.end])
    return label_of(ground.article, cell) + head if known_end(head) else ""


def _said_by_row(ground: Ground, cell: Cell, words: str) -> str:
    """What a row is called where its columns only say how much (总量, 比上年同期增长), and no title what of."""
    first = lead_of(ground.article, cell)
    if first == cell or _things(ground, first) or _titled(ground, cell):
        return ""
    grown = turn("header.growth").search(words)
    base = next((one for one in reversed(row_of(ground.article, cell)) if _is_amount(ground, one, cell)), None)
    said = _words_of_column(ground, base) if grown and base else words
    label = label_of(ground.article, cell)
    bare = turn("header.bare").search(said) and not turn("row.sum").search(label)
    return label if bare and not turn("label.thing").search(label) else ""


def _of_row(ground: Ground, cell: Cell, label: str, words: str) -> Indicator:
    """Name a figure by its row: 粮食 in the column 产量 is 粮食产量, its 比上年增长% 粮食产量比上年增长."""
    grown = turn("header.growth").search(words)
    if not grown:
        aimed = turn("header.planned").search(words)
        name = label + words if aimed else label if _says_no_more(label, words) else label + words
        return Indicator(name, known(name), "indicator.row")
    base = next((one for one in reversed(row_of(ground.article, cell)) if _is_amount(ground, one, cell)), None)
    of_base = _words_of_column(ground, base) if base else ""
    name = label if _says_no_more(label, of_base) else label + of_base
    kind = re.sub(r"[±+\-%()]", "", words)
    kind = kind + "增长" if kind.endswith(("同比", "环比", "年", "期")) else kind or "增长"
    return Indicator(change(name, kind), known(name), "indicator.row-growth")


def _is_amount(ground: Ground, one: Cell, cell: Cell) -> bool:
    """Tell whether a cell before another in its row holds what the other says the growth of."""
    before = 0 < one.column < cell.column
    return before and not turn("header.growth").search(_words_of_column(ground, one))


def _says_no_more(label: str, words: str) -> bool:
    """Tell whether the header of a column of amounts adds nothing to what its row is called."""
    return (
        not words
        or bool(known_end(label))
        or turn("header.bare").search(words) is not None
        or label.endswith(words)
        or (label.endswith("量") and words.endswith("产量"))
    )


def _things(ground: Ground, cell: Cell) -> list[Place]:
    """The works, firms and places that a cell names."""
    return [place for place in ground.outermost(cell.start, cell.end) if place.type in WORKS | FIRMS | PLACES]


def subject_of_row(ground: Ground, cell: Cell) -> Subject:
    """What the row is about: the work that a cell names, else the thing in its first; for a sum, the set above it."""
    first = lead_of(ground.article, cell)
    places = _works_named(ground, cell) or (_things(ground, first) if first != cell else [])
    places = [place for place in places if not _is_only_where(place, first)]
    if places:
        return Subject(places[0].entity, "subject.row", places[0])
    label = ground.article.folded[first.start : first.end] if first != cell else ""
    group = _set_above(ground, first.start, label)
    if group:
        return Subject(group.entity, "subject.table-set", group)
    return Subject(ground.acting, "subject.acting-place", certain=False)


def _is_only_where(place: Place, first: Cell) -> bool:
    """Tell whether a place or a standing thing is but a small part of a cell that says what is done there."""
    small = 2 * (place.end - place.start) < first.end - first.start
    return small and place.type in ("District", "Facility") and first.end - first.start > _CLAUSE


def _works_named(ground: Ground, cell: Cell) -> list[Place]:
    """The works that are all that one of the row's first cells holds, before a figure's."""
    before = (one for one in row_of(ground.article, cell)[:_FIRST] if one.start < cell.start)
    named = (
        place for one in before for place in _things(ground, one) if (place.start, place.end) == (one.start, one.end)
    )
    return [place for place in named if place.type in WORKS]


def evidence_of_cell(ground: Ground, slot: Slot, cell: Cell) -> Span:
    """The row from its first cell to the figure."""
    return ground.article.span(row_of(ground.article, cell)[0].start, slot.quantity.end + len(slot.quantity.noun or ""))


def context_of_cell(ground: Ground, cell: Cell, context: Sequence[Span]) -> tuple[Span, ...]:
    """The header of the column beside what else says whose figure it is, in text order, but for what the row holds."""
    start = row_of(ground.article, cell)[0].start
    spans = {(span.start, span.end): span for span in (*context, *([cell.header] if cell.header else []))}
    return tuple(spans[place] for place in sorted(spans) if not start <= place[0] < cell.end)


def _set_above(ground: Ground, start: int, label: str) -> Place | None:
    """The set above an offset that a label names (州直 of 州直项目), or that a sum is of."""
    groups = [place for place in ground.within(max(0, start - _FAR), start) if place.type == "ProjectGroup"]
    plain = re.sub(r"\s", "", label)
    named = [place for place in groups if plain and plain in ground.exact(place)]
    found = named or (groups if turn("row.sum").search(plain) else [])
    return found[0] if found else None


def status_of_column(ground: Ground, cell: Cell) -> tuple[Status, str] | None:
    """Tell planned from done by the header (区目标, 完成投资额), None where it says neither."""
    header = ground.article.folded[cell.header.start : cell.header.end] if cell.header else ""
    if turn("header.planned").search(header) or turn("header.contents").search(header):
        return "planned", "status.column"
    done = turn("header.done").search(header) or turn("header.growth").search(header) or _indicator_of_row(ground, cell)
    return ("actual", "status.column") if done else None


def period_of_column(ground: Ground, cell: Cell) -> Period | None:
    """The period of the header, else of the caption above the table."""
    if cell.header is None:
        return None
    own = ground.periods_within(cell.header.start, cell.header.end)
    folded = ground.article.folded
    first = lead_of(ground.article, cell).header or cell.header
    line = folded.rfind("\n", 0, min(first.start, cell.header.start)) + 1
    caption = max(folded.rfind("。", 0, line) + 1, line - _ABOVE, 0)
    above = ground.periods_within(caption, line)
    return next(iter(own), None) or next(reversed([period for period in above if "day" not in period.rule]), None)
