"""Rows of `|`-separated or aligned cells, each cell with its column's header."""

from __future__ import annotations

import re

from kg.facts import Span
from kg.reading.layers import Cell
from kg.reading.lines import Line
from kg.reading.stacked import stacked_rows, stacked_runs

_RULE = re.compile(r"^[\s|:+-]+$")
_ALIGNED = re.compile(r"[^\t ]+(?: [^\t ]+)*")
_FIGURE = re.compile(r"^[\d.,+\-%\s]+$")


def read_cells(lines: list[Line], folded: str, text: str) -> tuple[Cell, ...]:
    """Return the cells of every table, row by row; `row` counts over the whole file, an empty cell keeps its column."""
    cells: list[Cell] = []
    header: list[tuple[int, int]] = []
    row, before = 0, -2
    stacked = {run.start: run for run in stacked_runs(folded, [(line.start, line.end) for line in lines])}
    inside = {number for run in stacked.values() for number in run}
    for line in lines:
        if run := stacked.get(line.number):
            rows = stacked_rows(folded, [(lines[number].start, lines[number].end) for number in run])
            cells += _of_stacked(rows, row, text)
            row += len(rows)
        if line.number in inside:
            continue
        if line.kind != "table" or _RULE.match(folded[line.start : line.end]):
            before = line.number if line.kind == "table" else before
            continue
        places = _places(folded, line)
        if line.number != before + 1:
            header = [] if any(_FIGURE.match(folded[start:end]) for start, end in places) else places
        for column, (start, end) in enumerate(places):
            head = header[column] if column < len(header) and header is not places else None
            span = Span(start=head[0], end=head[1], exact=text[head[0] : head[1]]) if head else None
            if start < end:
                cells.append(Cell(start, end, row, column, span))
        row, before = row + 1, line.number
    return tuple(cells)


def _of_stacked(rows: list[list[tuple[int, int]]], first: int, text: str) -> list[Cell]:
    """The cells of a table that stands one cell a line; the first row is the header."""
    heads = [Span(start=start, end=end, exact=text[start:end]) for start, end in rows[0]]
    return [
        Cell(start, end, first + number, column, heads[column] if number else None)
        for number, row in enumerate(rows)
        for column, (start, end) in enumerate(row)
        if start < end
    ]


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
