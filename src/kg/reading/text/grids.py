"""Tables whose rows are not their lines: a cell a line, all rows on one line, cells that single blanks part.

Pages lose their tables' lines when they are saved as text. What is left is a run of cells in which rows of one shape
follow one another, a label first; the labels before the first such row are the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.text.lines import Line
from kg.reading.text.serial import numbered
from kg.reading.text.shapes import FIGURE, Grid, cell_kind, fits, rows_of_shape
from kg.reading.text.upright import Upright

_WORD = re.compile(r"[^ ]+")
_LEAST_ROWS = 2
_LEAST_LINES = 3
_WIDEST = 15
_LONGEST = 60


def find_grids(lines: Sequence[Line], folded: str) -> Iterator[Grid]:
    """Yield the tables in text order; none holds a line that is no cell."""
    at, upright = 0, Upright(lines, folded)
    while at < len(lines):
        barred = _barred(folded, lines[at])
        grid = _stream(lines, folded, at) if barred else numbered(lines, folded, at)
        grid = grid or (None if barred else _spaced(lines, folded, at) or upright.table(at))
        if grid:
            yield grid
        at = grid.last + 1 if grid else _bars_end(lines, folded, at) if barred else at + 1


def _bars_end(lines: Sequence[Line], folded: str, at: int) -> int:
    """The first line behind a run of lines with bars."""
    end = at
    while end < len(lines) and _barred(folded, lines[end]):
        end += 1
    return end


def _barred(folded: str, line: Line) -> bool:
    return folded.find("|", line.start, line.end) >= 0


def _stream(lines: Sequence[Line], folded: str, at: int) -> Grid | None:
    """A run of lines with bars, read as one stream of cells; None where each of its rows is a line."""
    cells = [
        (number, cell)
        for number in range(at, _bars_end(lines, folded, at))
        for cell in _barred_cells(folded, lines[number])
    ]
    spans = [cell for _, cell in cells]
    kinds = [cell_kind(folded, cell) for cell in spans]
    for start in range(2, len(kinds) - 1):
        for width in range(2, min(start, _WIDEST) + 1):
            if kinds[start - width] != "label":
                break
            rows = rows_of_shape(kinds, start, width)
            if rows < _LEAST_ROWS:
                continue
            firsts = range(start, start + width * rows, width)
            own = [{number for number, _ in cells[first : first + width]} for first in firsts]
            if all(len(numbers) == 1 for numbers in own) and len(set.union(*own)) == rows:
                return None
            body = tuple(tuple(spans[first : first + width]) for first in firsts)
            header = tuple(spans[start - width : start])
            return Grid(cells[start - width][0], cells[start + width * rows - 1][0], header, body)
    return None


def _barred_cells(folded: str, line: Line) -> Iterator[tuple[int, int]]:
    """Yield the cells of a line, without the blanks around them and the bars at its ends; a lone bar is none."""
    start, end = line.start, line.end
    if folded[start:end] == "|":
        return
    start += folded[start] == "|"
    end -= end > start and folded[end - 1] == "|"
    place = start
    while place <= end:
        stop = folded.find("|", place, end)
        stop = end if stop < 0 else stop
        inner = folded[place:stop]
        left = place + len(inner) - len(inner.lstrip())
        yield left, max(left, place + len(inner.rstrip()))
        place = stop + 1


def _spaced(lines: Sequence[Line], folded: str, at: int) -> Grid | None:
    """Lines of a label and figures, a blank between, under a line of as many words."""
    header = _words(folded, lines[at])
    if len(header) < _LEAST_ROWS or any(cell_kind(folded, cell) != "label" for cell in header):
        return None
    rows: list[tuple[tuple[int, int], ...]] = []
    for line in lines[at + 1 :]:
        cells = _words(folded, line)
        kinds = [cell_kind(folded, cell) for cell in cells]
        if not fits(kinds, ["label", *["value"] * (len(header) - 1)]) or not FIGURE.match(folded, cells[-1][0]):
            break
        rows.append(tuple(cells))
    return Grid(at, at + len(rows), tuple(header), tuple(rows)) if len(rows) >= _LEAST_LINES else None


def _words(folded: str, line: Line) -> list[tuple[int, int]]:
    """The stretches between the blanks of a short line without bars."""
    if line.end - line.start > _LONGEST or _barred(folded, line):
        return []
    return [match.span() for match in _WORD.finditer(folded, line.start, line.end)]
