"""Quantities become observations: each is tied to its indicator, subject, period, status, and to the set it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.facts import Entity, Observation, Span, Status, plain
from kg.reading.ground import Ground, Place
from kg.reading.indicator_names import name_indicator
from kg.reading.indicators import Indicator
from kg.reading.layers import Article, Layers, Period
from kg.reading.rows import Row, load_rows
from kg.reading.slots import Slot, slots
from kg.reading.subjects import Subject, find_subject, is_count, participants


class StatusRow(Row, frozen=True, kw_only=True):
    """Words that tell done from planned; see the head of the table."""

    status: Status
    where: Literal["clause", "list", "indicator"]
    pattern: str


@cache
def _status_rows() -> tuple[tuple[StatusRow, re.Pattern[str]], ...]:
    """The table of statuses, compiled."""
    return tuple((row, re.compile(row.pattern)) for row in load_rows("status", StatusRow))


@dataclass(slots=True)
class _Before:
    """What the figures so far leave for the next."""

    slot: Slot
    indicator: Indicator
    observation: Observation
    group: Place | None


def link_observations(layers: Layers, entities: Sequence[Entity]) -> tuple[Observation, ...]:
    """Tie every quantity of the layers to what it measures and what it is about.

    `entities` have their mentions, project groups and measures included. One observation a quantity, in text order.
    """
    ground = Ground(layers, entities)
    done: list[_Before] = []
    for slot in slots(layers.article, layers.quantities):
        done.append(_link(ground, layers, slot, done))
    return tuple(row.observation for row in done)


def _link(ground: Ground, layers: Layers, slot: Slot, done: list[_Before]) -> _Before:
    """Link one figure in the light of those before it."""
    last = done[-1] if done and done[-1].slot.quantity.start >= slot.quantity.start - 300 else None
    counted = _counted(ground, slot)
    indicator = name_indicator(ground, slot, [row.indicator for row in done[-6:]] if last else [], counted)
    topic = _topic(slot, done, counted)
    subject = find_subject(ground, slot, indicator, topic)
    whole = _whole(ground, slot, done)
    if counted:
        subject = _owner(ground, slot, subject, whole, counted)
    elif whole and is_count(slot) and whole.observation.counts:
        subject = Subject(whole.observation.counts, "subject.part")
    status, status_rule = _status(ground, slot, indicator)
    period = _period(ground, slot)
    quantity = slot.quantity
    text = layers.article
    context = _context(text, slot, subject, period)
    joint = participants(ground, slot) if not counted else ()
    observation = Observation(
        id=f"o{slot.index + 1}",
        subject=subject.entity,
        indicator=indicator.name,
        low=None if quantity.low is None else plain(quantity.low),
        high=None if quantity.high is None else plain(quantity.high),
        comparator=quantity.comparator,
        unit=quantity.unit,
        noun=quantity.noun,
        per=quantity.per or _per(text.folded, slot),
        period=text.text[period.start : period.end] if period else None,
        period_start=period.begins if period else None,
        period_end=period.ends if period else None,
        status=status,
        participants=joint,
        counts=counted.entity if counted else None,
        part_of=whole.observation.id if whole else None,
        number=text.span(quantity.start, quantity.end),
        evidence=_evidence(text.folded, text.text, slot),
        context=context,
        rule=" ".join(
            [quantity.rule, *indicator.rules, subject.rule, status_rule, period.rule if period else ""]
        ).strip(),
        confidence="high" if subject.certain and indicator.name else "low",
    )
    return _Before(slot, indicator, observation, counted)


def _counted(ground: Ground, slot: Slot) -> Place | None:
    """The set whose size a number is: a group whose mention holds it."""
    if not is_count(slot):
        return None
    return next(
        (place for place in ground.around(slot.quantity.start, slot.quantity.end) if place.type == "ProjectGroup"), None
    )


def _topic(slot: Slot, done: list[_Before], counted: Place | None) -> Place | None:
    """The group that the figures of this sentence, or the sentence before, were about."""
    if counted:
        return None
    for row in reversed(done[-8:]):
        if row.group and slot.quantity.start - row.slot.quantity.start < 200:
            return row.group
    return None


def _owner(ground: Ground, slot: Slot, subject: Subject, whole: _Before | None, counted: Place) -> Subject:
    """The number of a set belongs to the larger set, else to the place or park that has the set."""
    if whole and whole.observation.counts:
        return Subject(whole.observation.counts, "subject.part")
    places = [
        place
        for place in ground.outermost(slot.stop, slot.quantity.start)
        if place.type in ("District", "Park") and place.start < counted.start
    ]
    if places:
        return Subject(places[-1].entity, "subject.has-set", places[-1])
    return Subject(ground.acting, "subject.acting-place")


def _whole(ground: Ground, slot: Slot, done: list[_Before]) -> _Before | None:
    """The count of which this one is a stated part: 其中 …, or 29项实事完成22项."""
    quantity = slot.quantity
    if not is_count(slot) or quantity.low is None:
        return None
    folded = ground.article.folded
    for row in reversed(done[-8:]):
        other = row.slot.quantity
        between = folded[other.end : quantity.start]
        if "。" in between or "\n" in between or other.low is None:
            return None
        if other.unit[:1] != quantity.unit[:1] or other.low <= quantity.low or row.observation.part_of:
            continue
        if "其中" in between or ":" in between or "(" in between or _PART.fullmatch(between[len(other.noun or "") :]):
            return row
    return None


_PART = re.compile(
    r"[,、]?(?:已|已经|全部|均|实现)?(?:完成|开工|开复工|复工|投产|竣工|建成|拆除|落地|签约|续建|入库|交付|办结|整改到位|通车)[^\d]{0,4}"
)


def _status(ground: Ground, slot: Slot, indicator: Indicator) -> tuple[Status, str]:
    """Planned, under way or done."""
    folded = ground.article.folded
    texts = {
        "clause": folded[slot.clause : slot.quantity.start],
        "list": folded[slot.stop : slot.quantity.start],
        "indicator": indicator.name,
    }
    for row, pattern in _status_rows():
        if pattern.search(texts[row.where]):
            return row.status, row.id
    return "actual", "status.default"


def _period(ground: Ground, slot: Slot) -> Period | None:
    """The last period of the sentence before the number, in the stretch that no semicolon or full stop ends."""
    return next(reversed(ground.periods_within(slot.stop, slot.quantity.start)), None)


_PER_WORD = re.compile(
    r"(?:(?P<one>每|单)(?P<what>[个家户人名套台亩辆吨件条栋间位公斤平方米]{1,3})|(?P<mean>人|户|亩|村|地)均)[^,。;]{0,12}$"
)


def _per(folded: str, slot: Slot) -> str | None:
    """What the figure is for one of: 单套售价, 人均收入."""
    match = _PER_WORD.search(folded, slot.clause, slot.quantity.start)
    return (match["what"] or match["mean"]) if match else None


def _evidence(folded: str, text: str, slot: Slot) -> Span:
    """The clause from its first word to the end of the number and its noun."""
    start = slot.clause
    while start < slot.quantity.start and folded[start] in " 、,":
        start += 1
    end = slot.quantity.end + len(slot.quantity.noun or "")
    return Span(start=start, end=end, exact=text[start:end])


def _context(article: Article, slot: Slot, subject: Subject, period: Period | None) -> tuple[Span, ...]:
    """Where the subject and the period stand when the evidence does not hold them."""
    spans = {(place.start, place.end) for place in (subject.place, period) if place}
    outside = sorted(span for span in spans if not slot.clause <= span[0] <= span[1] <= slot.quantity.end)
    return tuple(article.span(start, end) for start, end in outside)
