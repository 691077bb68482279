"""Tables of which a page keeps one cell a line and nothing else: no bar, no blank tells where a row ends.

A run of short lines is such a table where rows of one shape follow one another in it, or where its header has a column
of units: then a row may lack its unit or its last figures, and still begins with the next label.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.reading.rows import load_words
from kg.reading.text.lines import Line
from kg.reading.text.shapes import Grid, cell_kind, is_unit, rows_of_shape
from kg.reading.vocabulary.patterns import turn

_LEAST_CELLS = 9
_LEAST_ROWS = 3
_NARROWEST = 3
_WIDEST = 12
_HEAD = 12


class Upright:
    """The runs of short lines of one text, each looked at once."""

    def __init__(self, lines: Sequence[Line], folded: str) -> None:
        self._lines, self._folded = lines, folded
        self._seen = 0

    def table(self, at: int) -> Grid | None:
        """Return the first table of the run of short lines that begins at a line, None where it holds none."""
        if at < self._seen:
            return None
        kinds = self._run(at)
        self._seen = at + len(kinds) + 1
        if len(kinds) < _LEAST_CELLS or "value" not in kinds:
            return None
        return self._with_units(at, kinds) or self._regular(at, kinds) or self._under_heads(at, kinds)

    def _run(self, at: int) -> list[str]:
        """The kinds of the cells in the run of lines that begins here; a line of prose or with bars ends it."""
        kinds: list[str] = []
        for number in range(at, len(self._lines)):
            line = self._lines[number]
            kind = "" if "|" in self._folded[line.start : line.end] else cell_kind(self._folded, (line.start, line.end))
            if not kind:
                break
            kinds.append(kind)
        return kinds

    def _words(self, at: int) -> str:
        return self._folded[self._lines[at].start : self._lines[at].end]

    def _cell(self, at: int) -> tuple[int, int]:
        return self._lines[at].start, self._lines[at].end

    def _with_units(self, at: int, kinds: Sequence[str]) -> Grid | None:
        """A table whose header has a column of units, rows of any length below it."""
        names = load_words("cells", "units")
        heads = [at + place for place in range(1, len(kinds)) if self._words(at + place) in names]
        first = next((at + place for place, kind in enumerate(kinds) if kind == "value"), at)
        unit = max((head for head in heads if head < first), default=at)
        body = first - 1
        if unit == at or body - unit < 1 or any(head > first for head in heads):
            return None
        width = body - unit + 1
        rows: list[tuple[tuple[int, int], ...]] = []
        place = body
        while place < at + len(kinds) and kinds[place - at] == "label":
            row, place = self._row(at, kinds, place, width)
            if len(row) == 1:
                break
            rows.append(self._filled(row, width))
        header = tuple(self._cell(number) for number in range(unit - 1, body))
        last = place - 1
        return Grid(unit - 1, last, header, tuple(rows)) if len(rows) >= _LEAST_ROWS else None

    def _row(self, at: int, kinds: Sequence[str], place: int, width: int) -> tuple[list[int], int]:
        """The lines of one row, -1 where its unit is missing, and the line behind them."""
        row = [place]
        place += 1
        if place < at + len(kinds) and is_unit(self._words(place)):
            row.append(place)
            place += 1
        elif place < at + len(kinds) and kinds[place - at] == "value":
            row.append(-1)
        while place < at + len(kinds) and kinds[place - at] in ("value", "blank") and len(row) < width:
            row.append(place)
            place += 1
        return row, place

    def _filled(self, row: Sequence[int], width: int) -> tuple[tuple[int, int], ...]:
        """The cells of a row, what it lacks as nothing behind its label."""
        nothing = (self._cell(row[0])[1],) * 2
        cells = [self._cell(number) if number >= 0 else nothing for number in row]
        return tuple(cells + [nothing] * (width - len(cells)))

    def _regular(self, at: int, kinds: Sequence[str]) -> Grid | None:
        """A table of rows of one length under a header of as many short labels."""
        first = next(place for place, kind in enumerate(kinds) if kind == "value")
        for start in range(max(_NARROWEST, first - 2), first):
            for width in range(_NARROWEST, min(start, _WIDEST) + 1):
                heads = range(at + start - width, at + start)
                if any(kinds[number - at] != "label" or len(self._words(number)) > _HEAD for number in heads):
                    break
                rows = rows_of_shape(kinds, start, width)
                if rows >= _LEAST_ROWS:
                    cells = [self._cell(at + place) for place in range(start, start + rows * width)]
                    body = tuple(tuple(cells[row * width : (row + 1) * width]) for row in range(rows))
                    return Grid(heads[0], at + start + rows * width - 1, tuple(map(self._cell, heads)), body)
        return None

    def _under_heads(self, at: int, kinds: Sequence[str]) -> Grid | None:
        """A table of labels with as many figures each as heads stand before the first; lone labels part its rows.

        A head may be broken over two lines (总量, below it its unit in brackets).
        """
        first = next(place for place, kind in enumerate(kinds) if kind == "value") - 1
        figures = next((n for n, kind in enumerate(kinds[first + 1 :]) if kind == "label"), 0)
        heads = self._heads(at, kinds, first)
        if first < 1 or kinds[first] != "label" or not 0 < figures <= len(heads):
            return None
        rows, last, place = [], first, first
        while place < len(kinds) and kinds[place] == "label":
            row = kinds[place + 1 : place + 1 + figures]
            if len(row) == figures and "label" not in row:
                rows.append(tuple(self._cell(at + number) for number in range(place, place + 1 + figures)))
                last, place = place + figures, place + figures
            place += 1
        header = heads[-figures:]
        corner = heads[-figures - 1] if len(heads) > figures else (header[0][0],) * 2
        told = figures > 1 or any(self._folded[end - 1] == ")" for _, end in header)
        if not told or len(rows) < _LEAST_ROWS:
            return None
        return Grid(at + first - 1, at + last, (corner, *header), tuple(rows))

    def _heads(self, at: int, kinds: Sequence[str], first: int) -> list[tuple[int, int]]:
        """The labels right before the first row, what is broken over two lines taken together."""
        heads: list[tuple[int, int]] = []
        broken = False
        for place in range(first - 1, -1, -1):
            if kinds[place] != "label" or len(heads) > _WIDEST:
                break
            start, end = self._cell(at + place)
            below = heads.pop(0) if broken else None
            heads.insert(0, (start, below[1] if below else end))
            above = self._words(at + place - 1) if place else ""
            broken = below is None and bool(turn("header.broken").search(f"{above}|{self._words(at + place)}"))
        return heads
