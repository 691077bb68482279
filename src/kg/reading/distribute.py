"""分别: figures that stand together, each for one of the things named together before them.

A、B分别完成3亿元和5亿元 gives each figure its own name; …分别增长100%和80% gives each growth its own base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from kg.facts import Observation
from kg.reading.ground import Ground
from kg.reading.indicators import change, is_change
from kg.reading.layers import Article, Period
from kg.reading.linked import Linked
from kg.reading.slots import Slot

_TURNED = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{2,})(?:收入\|支出|支出\|收入|出口\|进口|进口\|出口|产量\|产值|产量\|销量)"
)
_SPLIT = re.compile(r"、|和|与|及|以及")


def share_out(ground: Ground, done: Sequence[Linked]) -> None:
    """Give each figure under a 分别 its own name, and its own subject or period where as many are named as figures."""
    for run in runs(ground.article.folded, [row.slot for row in done]):
        first, low = done[run.start], max(0, run.start - len(run))
        names = shared_names(first.indicator.name, len(run), [row.indicator.name for row in done[low : run.start]])
        things = first.observation.participants
        times = ground.periods_within(first.slot.clause, first.slot.quantity.start)
        for place, row in enumerate(done[run.start : run.stop]):
            if names:
                name = ground.unfold(names[place], row.slot.stop, row.slot.right)
                row.observation = msgspec.structs.replace(row.observation, indicator=name)
            if len(things) == len(run):
                row.observation = msgspec.structs.replace(row.observation, subject=things[place], participants=())
            if len(times) == len(run):
                row.observation = _at(ground.article, row.observation, times[place])


def _at(article: Article, observation: Observation, period: Period) -> Observation:
    """Give a figure another period."""
    return msgspec.structs.replace(
        observation,
        period=article.text[period.start : period.end],
        period_start=period.begins,
        period_end=period.ends,
    )


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


def _whole(parts: list[str]) -> list[str]:
    """Complete what is said once for both: 一般公共预算收入和支出."""
    pair = _TURNED.match("|".join(parts))
    return [parts[0], pair["head"] + parts[1]] if pair and len(parts) == 2 else parts


def shared_names(name: str, count: int, before: Sequence[str]) -> tuple[str, ...] | None:
    """Return a name for each of `count` figures that share one name, None where it names them all alike.

    `before` are the names of the figures before the run, the last one last: what growths are of.
    """
    grown = is_change(name)
    alike = len(set(before[-count:])) == 1 and len(_SPLIT.split(name)) == count
    if grown and len(before) >= count and not alike and before[-1].startswith(grown["base"] or before[-1]):
        return tuple(change(base, grown["kind"]) for base in before[-count:])
    parts = _whole(_SPLIT.split(name))
    if len(parts) != count:
        return None
    head = re.match(r"(?:高于|低于|快于|占|比|完成|实现|新增|发放|建设|投入|增加)", parts[0])
    tail = re.search(r"(?:增长|下降|增速|完成|增加值|收入|产量|产值|面积|投资|同比增长|占比|比重|数|率)$", parts[-1])
    front, end = head.group() if head else "", tail.group() if tail and not head else ""
    return tuple(
        ("" if part.startswith(front) else front) + part + ("" if part.endswith(end) else end) for part in parts
    )
