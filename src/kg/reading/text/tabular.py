"""Rows of `|`-separated or aligned cells, each cell with its column's header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.facts import Span
from kg.reading.layers import Cell
from kg.reading.text.lines import Line
from kg.reading.text.shapes import Grid

_RULE = re.compile(r"^[\s|:+-]+$")
_ALIGNED = re.compile(r"[^\t ]+(?: [^\t ]+)*")
_FIGURE = re.compile(r"^[\d.,+\-%\s]+$")

Places: TypeAlias = list[tuple[int, int]]
"""Where the cells of a line stand."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The header of a table: its cells, the parts of one of them, and what stands over each where it has two rows."""

    cells: Places
    parts: Places = field(default_factory=list)
    over: Places = field(default_factory=list)

    def spans(self, column: int, text: str) -> tuple[Span | None, Span | None]:
        """The header of a column and the one over it."""
        return _span(self.cells, column, text), _span(self.over, column, text)


def _span(places: Places, column: int, text: str) -> Span | None:
    """Quote the cell of a column, None where there is none."""
    if column >= len(places):
        return None
    start, end = places[column]
    return Span(start=start, end=end, exact=text[start:end])


def read_cells(lines: list[Line], folded: str, text: str, grids: Iterable[Grid] = ()) -> tuple[Cell, ...]:
    """Return the cells of every table, row by row; `row` counts over the whole file, an empty cell keeps its column.

    `grids` are the tables whose rows are not their lines.
    """
    cells: list[Cell] = []
    head = _Head([])
    row, before = 0, -2
    begun, last = {grid.first: grid for grid in grids}, -1
    for line in lines:
        grid = begun.get(line.number)
        if grid:
            cells += _grid_cells(grid, row, text)
            row, last, before = row + 1 + len(grid.rows), grid.last, -2
        if line.number <= last:
            continue
        if line.kind != "table" or _RULE.match(folded[line.start : line.end]):
            before = line.number if line.kind == "table" else before
            continue
        places = _places(folded, line)
        heads = not any(_FIGURE.match(folded[start:end]) for start, end in places)
        last_head = head
        head = (
            _Head(places if heads else [])
            if line.number != before + 1
            else _next_head(head, places, folded, heads=heads)
        )
        heading = heads and head is not last_head
        for column, (start, end) in enumerate(places):
            above, over = (None, None) if heading else head.spans(column, text)
            if start < end:
                cells.append(Cell(start, end, row, column, above, over))
        row, before = row + 1, line.number
    return tuple(cells)


def _filled(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cells that hold anything."""
    return [(start, end) for start, end in places if start < end]


def _next_head(head: _Head, places: Places, folded: str, *, heads: bool) -> _Head:
    """The header of a table behind a further line of it; `heads`: that line holds no figure.

    A caption alone in its line is no header where a fuller line without figures follows.
    """
    if heads:
        if len(_filled(head.cells)) == 1 < len(_filled(places)):
            return _Head(places)
        if not head.over and len(_filled(head.cells)) < len(head.cells) and (below := _below(head.cells, places)):
            return below
        if head.cells and not head.parts and 1 < len(_filled(places)) < len(_filled(head.cells)):
            return _Head(head.cells, _filled(places))
    if head.parts and head.cells is not head.parts:
        spread = _spread(_filled(head.cells), head.parts, len(_filled(places)))
        return _Head(spread, spread)
    return head if heads or not head.cells else _Head(_shifted(head.cells, places, folded), head.parts, head.over)


def _below(header: Places, places: Places) -> _Head | None:
    """Put a second row of headers under the first, whose empty cells say how far each reaches, None if it fits not."""
    last = max((column for column, (start, end) in enumerate(header) if start < end), default=0)
    row = places if len(places) == len(header) else [places[0], *places]
    header = header[: max(len(row), last + 1)]
    if len(row) != len(header) or len(_filled(places)) < len(_filled(header)):
        return None
    over, cells, reaching = [], [], header[0]
    for column, (upper, lower) in enumerate(zip(header, row, strict=True)):
        reaching = upper if upper[0] < upper[1] else reaching
        split = column > 0 and lower[0] < lower[1]
        cells.append(lower if split else reaching)
        over.append(reaching)
    return _Head(cells, over=over)


def _shifted(header: Places, places: Places, folded: str) -> Places:
    """Move a header to the right that has no cell over the labels: one cell fewer than its rows, none empty before."""
    row, heads = _filled(places), _filled(header)
    labelled = places[0] == row[0] and not _FIGURE.match(folded[slice(*row[0])])
    if len(heads) + 1 != len(row) or header[: len(heads)] != heads or not labelled:
        return header
    return [(heads[0][0], heads[0][0]), *heads]


def _spread(header: Places, parts: Places, width: int) -> Places:
    """Put the parts of a header's second cell into its place (实绩 over 绝对值 and 增幅), if rows have as many."""
    return [*header[:1], *parts, *header[2:]] if len(header) + len(parts) - 1 == width else header


def _grid_cells(grid: Grid, row: int, text: str) -> Iterator[Cell]:
    """The cells of a table whose rows are not its lines, its header as the first row."""
    heads = [Span(start=start, end=end, exact=text[start:end]) for start, end in grid.header]
    for number, places in enumerate((grid.header, *grid.rows)):
        for column, (start, end) in enumerate(places):
            if start < end:
                yield Cell(start, end, row + number, column, heads[column] if number else None)


def _places(folded: str, line: Line) -> list[tuple[int, int]]:
    """Where the cells of a line stand, without the blanks around them."""
    start, end = line.start, line.end
    if "|" not in folded[start:end]:
        return [match.span() for match in _ALIGNED.finditer(folded, start, end)]
    start += folded[start] == "|"
    spans, place = [], start
    while place <= end:
        stop = folded.find("|", place, end)
        stop = end if stop < 0 else stop
        inner = folded[place:stop]
        left = place + len(inner) - len(inner.lstrip())
        spans.append((left, max(left, place + len(inner.rstrip()))))
        place = stop + 1
    return spans
