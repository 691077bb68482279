"""Tables of a cell a line whose rows are numbered: 序号 heads the first column, and every row begins with its number.

The numbers tell where rows begin, so that a cell may hold anything, sentences too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.reading.rows import load_words
from kg.reading.text.lines import Line
from kg.reading.text.shapes import Grid, cell_kind

_NUMBER = re.compile(r"\d{1,3}")
_LEAST_ROWS = 2
_NARROWEST = 3
_WIDEST = 12


def numbered(lines: Sequence[Line], folded: str, at: int) -> Grid | None:
    """Return the numbered table whose header begins at a line, None where none does."""
    if not _is_head(folded, lines[at]):
        return None
    width = next((step for step in range(_NARROWEST, _WIDEST + 1) if _serial(lines, folded, at + step) is not None), 0)
    first = _serial(lines, folded, at + width) if width else None
    if first is None:
        return None
    rows = 0
    while _serial(lines, folded, at + width * (rows + 1)) == first + rows:
        rows += 1
    end = min(at + width * (rows + 1), len(lines))
    if rows < _LEAST_ROWS:
        return None
    cells = [(line.start, line.end) for line in lines[at:end]]
    nothing = (cells[-1][1],) * 2
    cells += [nothing] * (width * (rows + 1) - len(cells))
    body = tuple(tuple(cells[width * row : width * (row + 1)]) for row in range(1, rows + 1))
    prose = frozenset(line.number for line in lines[at:end] if not cell_kind(folded, (line.start, line.end)))
    return Grid(at, end - 1, tuple(cells[:width]), body, prose)


def _is_head(folded: str, line: Line) -> bool:
    return folded[line.start : line.end] in load_words("cells", "serials")


def _serial(lines: Sequence[Line], folded: str, at: int) -> int | None:
    """The number that is all of a line, None where the line holds anything else."""
    match = _NUMBER.fullmatch(folded, lines[at].start, lines[at].end) if at < len(lines) else None
    return int(match.group()) if match else None
