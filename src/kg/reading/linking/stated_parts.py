"""Sums and sizes that a text states as parts of the one before: 总投资5亿元,其中甲项目3亿元、乙项目2亿元.

Counts have rules of their own (`sets`); a rate is part of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from kg.reading.linking.about import RELATIVE
from kg.reading.linking.ground import Ground
from kg.reading.linking.linked import Linked
from kg.reading.vocabulary.patterns import turn

_BACK = 12
_TAIL = 2
_SHORT = 4
_WORD = "其中"


def tie_stated(ground: Ground, done: Sequence[Linked]) -> None:
    """Tie each figure behind 其中, and those that stand beside it in its list, to the figure that they are parts of."""
    for index, row in enumerate(done):
        if row.part_of or row.group or row.slot.quantity.unit in RELATIVE or not _is_measure(row):
            continue
        opened = ground.between(row.slot.sentence.start, row.slot.quantity.start).rfind(_WORD)
        if opened < 0:
            continue
        whole = _whole(ground, done[max(0, index - _BACK) : index], row, row.slot.sentence.start + opened)
        if whole:
            row.observation = msgspec.structs.replace(row.observation, part_of=whole.observation.id)


def _whole(ground: Ground, near: Sequence[Linked], row: Linked, opened: int) -> Linked | None:
    """Return the figure before 其中 that another behind it is a part of: of its unit, greater, in its paragraph."""
    alike = [other for other in near if _alike(other, row)]
    before = [other for other in alike if other.slot.quantity.start < opened]
    beside = [other for other in alike if other.slot.quantity.start > opened]
    far = opened > row.slot.sentence.start + 1
    before = [other for other in before if not far or other.slot.sentence == row.slot.sentence]
    named = [other for other in before if other.observation.indicator == row.observation.indicator]
    whole = next(reversed(named or before), None)
    if whole is None or (beside and not _goes_on(ground, beside, row, whole)):
        return None
    told = ground.between(opened + len(_WORD), row.slot.quantity.start)
    if turn("part.of-year").match(told):
        return None
    first = not beside and not turn("part.apart").search(told)
    total = sum((other.slot.quantity.low or Decimal(0) for other in (*beside, row)), Decimal(0))
    fits = total <= (whole.slot.quantity.low or Decimal(0))
    return whole if (first or beside) and fits else None


def _is_measure(row: Linked) -> bool:
    """Tell whether a figure is a sum or a size, in a unit of the table, and no count."""
    return row.slot.quantity.rule.startswith(("unit.", "approx.")) and row.slot.quantity.low is not None


def _alike(other: Linked, row: Linked) -> bool:
    """Tell whether two figures of a paragraph are in one unit, and what is planned no part of what is done."""
    same = other.slot.quantity.unit == row.slot.quantity.unit and other.slot.quantity.low is not None
    planned = row.observation.status == "planned" and other.observation.status == "actual"
    return same and not planned and other.slot.sentence.paragraph == row.slot.sentence.paragraph


def _goes_on(ground: Ground, beside: Sequence[Linked], row: Linked, whole: Linked) -> bool:
    """Tell whether a figure stands beside the last part in a list: behind 、 or a semicolon, with no comma."""
    last = beside[-1]
    between = ground.between(last.slot.quantity.end, row.slot.quantity.start)
    one, other = last.observation.indicator, row.observation.indicator
    named = one[-_TAIL:] == other[-_TAIL:] or (max(len(one), len(other)) <= _SHORT and one[-1:] == other[-1:])
    return named and last.part_of == whole.observation.id and bool(turn("part.beside").fullmatch(between))
