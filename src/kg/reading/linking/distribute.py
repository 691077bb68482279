"""分别: figures that stand together, each for one of the things named together before them.

A、B分别完成3亿元和5亿元 gives each figure its own name; …分别增长100%和80% gives each growth its own base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from kg.facts import Observation
from kg.reading.layers import Article, Period
from kg.reading.linking.about import MONEY
from kg.reading.linking.ground import Ground
from kg.reading.linking.indicators import is_change, trim
from kg.reading.linking.linked import Linked
from kg.reading.linking.shared import shared_names, split_names
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import turn


def share_out(ground: Ground, done: Sequence[Linked]) -> None:
    """Give each figure under a 分别 its own name, and its own subject or period where as many are named as figures."""
    before: tuple[str, ...] = ()
    for run in runs(ground.article.folded, [row.slot for row in done]):
        first, low = done[run.start], max(0, run.start - len(run))
        names = shared_names(first.indicator.name, len(run), [row.indicator.name for row in done[low : run.start]])
        names = names or _named_by_last(done[run.start : run.stop])
        things = first.observation.participants or _places(ground, first.slot)
        told = turn("each.again").match(ground.between(first.slot.clause, first.slot.quantity.start))
        if not things and told and run.start and done[run.start - 1].slot.stop == first.slot.stop:
            things = before
        before = things
        times = ground.periods_within(first.slot.clause, first.slot.quantity.start)
        for place, row in enumerate(done[run.start : run.stop]):
            if names:
                name = ground.unfold(names[place], row.slot.stop, row.slot.right)
                row.observation = msgspec.structs.replace(row.observation, indicator=name)
            if len(things) == len(run):
                row.observation = msgspec.structs.replace(row.observation, subject=things[place], participants=())
            if len(times) == len(run):
                row.observation = _at(ground.article, row.observation, times[place])


def _named_by_last(run: Sequence[Linked]) -> tuple[str, ...] | None:
    """The noun behind the last of several sums, which is of them all (分别给予5万、10万、20万元奖励)."""
    last = run[-1]
    behind = last.indicator.rule == "indicator.noun-behind" and last.slot.quantity.unit in MONEY
    return (last.indicator.name,) * len(run) if behind and run[0].indicator.rule != last.indicator.rule else None


def _places(ground: Ground, slot: Slot) -> tuple[str, ...]:
    """The districts that a clause names together before its 分别 (顺庆区、南部县分别完成投资)."""
    places = [row for row in ground.outermost(slot.clause, slot.quantity.start) if row.type == "District"]
    apart = (ground.between(one.end, other.start) for one, other in pairwise(places))
    told = places and turn("list.each").match(ground.between(places[-1].end, slot.quantity.start))
    return tuple(row.entity for row in places) if told and all(turn("list.joint").match(gap) for gap in apart) else ()


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
        told = "分别" in clause or "各" in clause or len(split_names(clause)) == last - first + 1
        if last > first and (told or _is_bare_change(clause)):
            yield range(first, last + 1)
        first = last + 1


def _is_bare_change(clause: str) -> bool:
    """Tell whether a clause says only how the figures before it changed (同比下降37.9%和36.9%)."""
    changed = is_change(trim(clause))
    return changed is not None and changed["base"] in ("", "增速", "增幅", "降幅")


def _joined(folded: str, one: Slot, other: Slot) -> bool:
    """Tell whether two figures stand together; 分别 may hold animals of several kinds together (头, 只)."""
    between = folded[one.quantity.end : other.quantity.start]
    counts = all(row.quantity.rule.startswith("classifier.") for row in (one, other))
    apart = counts and "分别" in folded[one.clause : one.quantity.start]
    same = (apart or one.quantity.unit == other.quantity.unit) and one.sentence == other.sentence
    joint = "、|和|与|及|以及|," if "分别" in folded[one.clause : one.quantity.start] else "、|和|与|及|以及"
    return same and re.fullmatch(rf"\s?(?:{joint})\s?", between) is not None
