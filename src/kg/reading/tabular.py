"""Rows of `|`-separated or aligned cells, each cell with its column's header."""

from __future__ import annotations

import re

from kg.facts import Span
from kg.reading.layers import Cell
from kg.reading.lines import Line

_RULE = re.compile(r"^[\s|:+-]+$")
_CELL = re.compile(r"[^|\t ]+(?: [^|\t ]+)*")
_FIGURE = re.compile(r"^[\d.,+\-%\s]+$")


def read_cells(lines: list[Line], folded: str, text: str) -> tuple[Cell, ...]:
    """Return the cells of every table, row by row; `row` counts over the whole file."""
    cells: list[Cell] = []
    header: list[tuple[int, int]] = []
    row, before = 0, -2
    for line in lines:
        if line.kind != "table" or _RULE.match(folded[line.start : line.end]):
            before = line.number if line.kind == "table" else before
            continue
        places = [
            (line.start + cell.start(), line.start + cell.end())
            for cell in _CELL.finditer(folded[line.start : line.end])
        ]
        if line.number != before + 1:
            header = [] if any(_FIGURE.match(folded[start:end]) for start, end in places) else places
        for column, (start, end) in enumerate(places):
            head = header[column] if column < len(header) and header is not places else None
            span = Span(start=head[0], end=head[1], exact=text[head[0] : head[1]]) if head else None
            cells.append(Cell(start, end, row, column, span))
        row, before = row + 1, line.number
    return tuple(cells)
