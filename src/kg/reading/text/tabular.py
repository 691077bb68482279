"""Rows of `|`-separated or aligned cells, each cell with its column's header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def read_cells(lines: list[Line], folded: str, text: str, grids: Iterable[Grid] = ()) -> tuple[Cell, ...]:
    """Return the cells of every table, row by row; `row` counts over the whole file, an empty cell keeps its column.

    `grids` are the tables whose rows are not their lines.
    """
    cells: list[Cell] = []
    header: list[tuple[int, int]] = []
    parts: list[tuple[int, int]] = []
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
        if line.number != before + 1:
            header, parts = places if heads else [], []
        else:
            header, parts = _next_header(header, parts, places, folded, heads=heads)
        for column, (start, end) in enumerate(places):
            head = header[column] if column < len(header) and header is not places else None
            span = Span(start=head[0], end=head[1], exact=text[head[0] : head[1]]) if head else None
            if start < end:
                cells.append(Cell(start, end, row, column, span))
        row, before = row + 1, line.number
    return tuple(cells)


def _filled(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cells that hold anything."""
    return [(start, end) for start, end in places if start < end]


def _next_header(header: Places, parts: Places, places: Places, folded: str, *, heads: bool) -> tuple[Places, Places]:
    """The header and the parts of its second cell behind a further line of a table; `heads`: it holds no figure.

    A caption alone in its line is no header where a fuller line without figures follows.
    """
    if heads:
        if len(_filled(header)) == 1 < len(_filled(places)):
            return places, parts
        if header and not parts and 1 < len(_filled(places)) < len(_filled(header)):
            return header, _filled(places)
    if parts and header is not parts:
        spread = _spread(_filled(header), parts, len(_filled(places)))
        return spread, spread
    return (header if heads or not header else _shifted(header, places, folded)), parts


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
