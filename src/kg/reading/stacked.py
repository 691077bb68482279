"""Tables that a page gives one cell a line, each closed by a bar; lone bars part the rows, else their shape tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Place = tuple[int, int]

_CELL = re.compile(r"[^|。;]{1,30}?\s*\|")
_BAR = "|"
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_SHORTEST = 8
_WIDEST = 16
_ROWS = 2
_REGULAR = 0.9


def stacked_runs(folded: str, lines: Sequence[Place]) -> Iterator[range]:
    """Yield the runs of lines that are such a table; `lines` are their places in the folded text, in order."""
    first = 0
    while first < len(lines):
        last = first
        while last < len(lines) and _is_cell(folded, lines[last]):
            last += 1
        if last - first >= _SHORTEST and stacked_rows(folded, lines[first:last]):
            yield range(first, last)
        first = last + 1


def stacked_rows(folded: str, lines: Sequence[Place]) -> list[list[Place]]:
    """Return the cells of such a table row by row, the header first; nothing where no shape fits."""
    groups: list[list[Place]] = [[]]
    for start, end in lines:
        if folded[start:end] == _BAR:
            groups.append([])
        else:
            groups[-1].append((start, start + len(folded[start:end].removesuffix(_BAR).rstrip())))
    rows = [group for group in groups if group]
    if len(rows) > 1:
        told = [row for row in rows if len(row) == len(rows[0])]
        fits = len(rows[0]) > 1 and len(told) > _ROWS and not any(_is_figure(folded, cell) for cell in rows[0])
        return told if fits else []
    cells = rows[0] if rows else []
    opening = next((place for place, cell in enumerate(cells) if _is_figure(folded, cell)), 0)
    for width in (opening - 1, opening):
        if 1 < width <= _WIDEST and _is_regular(folded, cells, width):
            return [cells[place : place + width] for place in range(0, len(cells) - width + 1, width)]
    return []


def _is_cell(folded: str, line: Place) -> bool:
    """Tell whether a line is one cell or a lone bar."""
    return folded[line[0] : line[1]] == _BAR or _CELL.fullmatch(folded, *line) is not None


def _is_figure(folded: str, cell: Place) -> bool:
    """Tell whether a cell holds a bare number."""
    return _FIGURE.fullmatch(folded, *cell) is not None


def _is_regular(folded: str, cells: Sequence[Place], width: int) -> bool:
    """Tell whether rows of a width have figures in the same columns, and one column that has none."""
    body = [_is_figure(folded, cell) for cell in cells[width:]]
    rows = [body[place : place + width] for place in range(0, len(body) - width + 1, width)]
    if len(rows) < _ROWS:
        return False
    columns = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return min(columns) <= 1 - _REGULAR and all(not 1 - _REGULAR < share < _REGULAR for share in columns)
