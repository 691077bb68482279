"""分别: figures that stand together, each for one of the things named together before them.

A、B分别完成3亿元和5亿元 gives each figure its own name; …分别增长100%和80% gives each growth its own base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from kg.reading.indicators import change, is_change
from kg.reading.slots import Slot

_SPLIT = re.compile(r"、|和|与|及|以及")


class Named(Protocol):
    """A figure in its place with the name of its indicator."""

    @property
    def slot(self) -> Slot: ...

    @property
    def name(self) -> str: ...


def runs(folded: str, slots: Sequence[Slot]) -> Iterator[range]:
    """Yield the runs of figures of one clause and unit with nothing but 、 or 和 between them, under a 分别."""
    first = 0
    while first < len(slots):
        last = first
        while last + 1 < len(slots) and _joined(folded, slots[last], slots[last + 1]):
            last += 1
        clause = folded[slots[first].clause : slots[first].quantity.start]
        if last > first and ("分别" in clause or "各" in clause or len(_SPLIT.split(clause)) == last - first + 1):
            yield range(first, last + 1)
        first = last + 1


def _joined(folded: str, one: Slot, other: Slot) -> bool:
    """Tell whether two figures stand together."""
    between = folded[one.quantity.end : other.quantity.start]
    same = one.quantity.unit == other.quantity.unit and one.sentence == other.sentence
    return same and re.fullmatch(r"\s?(?:、|和|与|及|以及|,)\s?", between) is not None


def shared_names(name: str, count: int, before: Sequence[str]) -> tuple[str, ...] | None:
    """Return a name for each of `count` figures that share one name, None where it names them all alike.

    `before` are the names of the figures before the run, the last one last: what growths are of.
    """
    grown = is_change(name)
    if grown and len(before) >= count and before[-1].startswith(grown["base"] or before[-1]):
        return tuple(change(base, grown["kind"]) for base in before[-count:])
    parts = _SPLIT.split(name)
    if len(parts) != count:
        return None
    head = re.match(r"(?:高于|低于|快于|占|比|完成|实现|新增|发放|建设|投入|增加)", parts[0])
    tail = re.search(r"(?:增长|下降|增速|完成|增加值|收入|产量|产值|面积|投资|同比增长|数|率)$", parts[-1])
    front, end = head.group() if head else "", tail.group() if tail and not head else ""
    return tuple(
        ("" if part.startswith(front) else front) + part + ("" if part.endswith(end) else end) for part in parts
    )
