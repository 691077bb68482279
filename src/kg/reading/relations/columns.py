"""Tables of projects: the header of a column says what the thing in a cell is to the work in its row."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from kg.facts import Predicate
from kg.reading.layers import Article, Cell
from kg.reading.relations.draft import Draft
from kg.reading.relations.slots import Named, Place
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.text.folding import fold


class ColumnRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Headers of a column whose things, of the kind `of`, stand in a relation to the work of their row."""

    predicate: Predicate
    of: str
    headers: tuple[str, ...]
    reads: tuple[str, ...]


def column_rows() -> tuple[ColumnRow, ...]:
    """Return the rows of `tables/work_columns.toml`."""
    return load_rows("work_columns", ColumnRow)


def from_tables(article: Article, named: Named) -> Iterator[Draft]:
    """Yield what the tables of a text say, row by row."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in article.cells:
        rows[cell.row].append(cell)
    for cells in rows.values():
        naming = (cell for cell in cells if _header(cell) in load_words("work_columns", "work"))
        for work in [place for cell in naming for place in _in(cell, named)][:1]:
            yield from _row(cells, work, named)


def _row(cells: list[Cell], work: Place, named: Named) -> Iterator[Draft]:
    """Read one row whose work is known."""
    for cell in cells:
        row = next((row for row in column_rows() if _header(cell) in row.headers), None)
        if row is None:
            continue
        types = load_words("slots", row.of)
        start, end = min(work.start, cell.start), max(work.end, cell.end)
        for place in _in(cell, named):
            one, other = (place.entity, work.entity) if row.of == "actor" else (work.entity, place.entity)
            if place.entity.type in types:
                header = (cell.header.start, cell.header.end) if cell.header else (start, start)
                yield Draft(one, row.predicate, other, row.id, start, end, context=(header,))


def _header(cell: Cell) -> str:
    """Return the words of a column's header without what stands in brackets or blanks."""
    return fold(cell.header.exact if cell.header else "").replace(" ", "").split("(")[0]


def _in(cell: Cell, named: Named) -> Iterator[Place]:
    """Yield the things named in a cell."""
    first = bisect_left(named.outer, cell.start, key=lambda place: place.start)
    for place in named.outer[first:]:
        if place.end > cell.end:
            return
        yield place
