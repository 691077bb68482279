"""Figures of a table's column that are parts of another of it: of the row of sums, of the row before 其中."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

import msgspec

from kg.reading.layers import Cell
from kg.reading.linking.about import RELATIVE
from kg.reading.linking.ground import Ground
from kg.reading.linking.indicators import known_end
from kg.reading.linking.linked import Linked
from kg.reading.linking.table_links import cell_of
from kg.reading.numbers.cells import lead_of
from kg.reading.vocabulary.patterns import turn

_NEARLY = Decimal("0.005")
_Rows = list[tuple[str, Linked]]


def add_up_columns(ground: Ground, done: Sequence[Linked]) -> None:
    """Make figures of a column parts of the one in the table's row of sums, else of the one before 其中."""
    columns: dict[int, _Rows] = {}
    for row in done:
        cell = cell_of(ground, row.slot)
        if cell and cell.header and row.observation.unit not in RELATIVE:
            columns.setdefault(cell.header.start, []).append((_label(ground, cell), row))
    for rows in columns.values():
        total = next((row for label, row in rows if turn("row.sum").search(label)), None)
        if total is None:
            _tie_groups(rows)
            continue
        for label, row in rows:
            if not turn("row.sum").search(label) and row.observation.unit == total.observation.unit:
                _tie(total, row)


def _label(ground: Ground, cell: Cell) -> str:
    """What the row of a cell is called, as it is written."""
    first = lead_of(ground.article, cell)
    return ground.article.folded[first.start : first.end]


def _tie(whole: Linked, part: Linked) -> None:
    """Make a figure a part of another."""
    part.observation = msgspec.structs.replace(part.observation, part_of=whole.observation.id)


def _tie_groups(rows: _Rows) -> None:
    """Tie each group of rows that 其中 opens to the row before the groups that it is of."""
    opened = [place for place, (label, _) in enumerate(rows) if turn("row.part").match(label)]
    mains = [row for _, row in rows[: next(iter(opened), 0)]]
    for place, following in pairwise([*opened, len(rows)]):
        group = rows[place:following]
        whole, size = _whole(mains, group)
        for _, row in group[:size] if whole else ():
            if whole:
                _tie(whole, row)
        mains += [row for _, row in group[size:]]


def _whole(mains: Sequence[Linked], group: _Rows) -> tuple[Linked | None, int]:
    """Return the row that a group is of, and how many rows are of the group.

    It is the last one that some of the first rows add up to, else the one right before that is no less than the first:
    then the rows up to the next known indicator are its parts as long as they are no more than it together.
    """
    sums = list(accumulate(_value(row) for _, row in group))
    alike = [row for row in reversed(mains) if row.observation.unit == group[0][1].observation.unit]
    for row in alike:
        size = next((n for n, total in enumerate(sums, 1) if n > 1 and _nearly(total, _value(row))), 0)
        if size:
            return row, size
    whole = alike[0] if alike and sums[0] <= _value(alike[0]) else None
    if whole is None:
        return None, 0
    fits = [n for n, total in enumerate(sums) if total <= _value(whole)]
    known = [n for n, (label, _) in enumerate(group) if n and known_end(label)]
    return whole, min([len(fits), *known])


def _value(row: Linked) -> Decimal:
    """The figure of a row, 0 where it is open."""
    return row.slot.quantity.low or Decimal(0)


def _nearly(one: Decimal, other: Decimal) -> bool:
    """Tell whether two sums are the same but for rounding."""
    return abs(one - other) <= _NEARLY * abs(other)
