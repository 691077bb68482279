"""Quantities become observations: each is tied to its indicator, subject, period, status, and to the set it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from kg.facts import Entity, Observation, Span, Status, plain
from kg.reading.ground import Ground, Place
from kg.reading.indicator_names import name_indicator
from kg.reading.indicators import Indicator
from kg.reading.layers import Article, Layers, Period
from kg.reading.patterns import turn
from kg.reading.rows import Row, load_rows
from kg.reading.slots import Slot, slots
from kg.reading.subjects import Subject, find_subject, is_count, only_where, participants


class StatusRow(Row, frozen=True, kw_only=True):
    """Words that tell done from planned; see the head of the table."""

    status: Status
    where: Literal["clause", "around", "list", "indicator"]
    pattern: str


@cache
def _status_rows() -> tuple[tuple[StatusRow, re.Pattern[str]], ...]:
    """The table of statuses, compiled."""
    return tuple((row, re.compile(row.pattern)) for row in load_rows("status", StatusRow))


_NEAR = 300


@dataclass(slots=True)
class _Before:
    """What the figures so far leave for the next."""

    slot: Slot
    indicator: Indicator
    subject: Subject
    observation: Observation
    group: Place | None


def link_observations(layers: Layers, entities: Sequence[Entity]) -> tuple[Observation, ...]:
    """Tie every quantity of the layers to what it measures and what it is about.

    `entities` have their mentions, project groups and measures included. One observation a quantity, in text order.
    """
    ground = Ground(layers, entities)
    done: list[_Before] = []
    for slot in slots(layers.article, layers.quantities):
        done.append(_link(ground, slot, done))
    return tuple(_headline(row, done) for row in done)


def _headline(row: _Before, done: list[_Before]) -> Observation:
    """A bare figure in a heading says what the text below says of the same figure."""
    observation = row.observation
    if observation.indicator or row.slot.sentence.kind == "body":
        return observation
    for other in done:
        body, same = other.observation, _value(other.observation) == _value(observation)
        if same and body.indicator and other.slot.sentence.kind == "body":
            return msgspec.structs.replace(
                observation, indicator=body.indicator, subject=body.subject, status=body.status, confidence="low"
            )
    return observation


def _value(observation: Observation) -> tuple[str | None, str | None, str]:
    """What two mentions of one figure have in common."""
    return observation.low, observation.high, observation.unit


def _link(ground: Ground, slot: Slot, done: list[_Before]) -> _Before:
    """Link one figure in the light of those before it."""
    near = [row for row in done[-6:] if row.slot.quantity.start >= slot.quantity.start - _NEAR]
    counted = _counted(ground, slot)
    whole = _whole(ground, slot, near)
    known = tuple((row.indicator, row.slot.quantity.unit) for row in near)
    indicator = name_indicator(ground, slot, known, counted)
    subject = _subject(ground, slot, indicator, _Found(counted, whole, _topic(near), near[-1].subject if near else None))
    status, status_rule = _status(ground, slot, indicator, near, subject)
    period = _period(ground, slot)
    quantity, article = slot.quantity, ground.article
    classifier = quantity.unit.removesuffix(quantity.noun or "")
    observation = Observation(
        id=f"o{slot.index + 1}",
        subject=subject.entity,
        indicator=unfold(indicator.name, article, slot),
        low=None if quantity.low is None else plain(quantity.low),
        high=None if quantity.high is None else plain(quantity.high),
        comparator=quantity.comparator,
        unit=unfold(quantity.unit if indicator.counted else classifier, article, slot),
        noun=quantity.noun if indicator.counted else None,
        per=quantity.per or _per(article.folded, slot),
        period=article.text[period.start : period.end] if period else None,
        period_start=period.begins if period else None,
        period_end=period.ends if period else None,
        status=status,
        participants=participants(ground, slot) if not counted else (),
        counts=counted.entity if counted else None,
        part_of=whole.observation.id if whole else None,
        number=article.span(quantity.start, quantity.end),
        evidence=_evidence(article, slot),
        context=_context(article, slot, subject, period),
        rule=" ".join([quantity.rule, indicator.rule, subject.rule, status_rule, *([period.rule] if period else [])]),
        confidence="high" if subject.certain and indicator.name else "low",
    )
    return _Before(slot, indicator, subject, observation, counted)


def unfold(name: str, article: Article, slot: Slot) -> str:
    """Write a name of folded words with the article's own characters."""
    low, high = slot.stop, slot.right
    pairs = zip(article.folded[low:high], article.text[low:high], strict=True)
    own = {folded: written for folded, written in pairs if folded != written}
    return "".join(own.get(word, word) for word in name)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of a figure's set: the set that it counts, the figure of which it is a part, the set before it."""

    counted: Place | None
    whole: _Before | None
    topic: Place | None
    last: Subject | None


def _subject(ground: Ground, slot: Slot, indicator: Indicator, found: _Found) -> Subject:
    """The owner of a set, the set of a part, else what the words give."""
    whole = found.whole.observation.counts if found.whole else None
    projects = is_count(slot) and (slot.quantity.noun or "").endswith("项目")
    if whole is None and (found.counted or projects):
        return _owner(ground, slot)
    if whole and is_count(slot):
        return Subject(whole, "subject.part")
    if indicator.rule == "indicator.last" and slot.left > slot.clause and found.last:
        return found.last
    return find_subject(ground, slot, indicator, None if found.counted else found.topic)


def _counted(ground: Ground, slot: Slot) -> Place | None:
    """The set whose size a number is: a group whose mention holds it."""
    if not is_count(slot):
        return None
    return next(
        (place for place in ground.around(slot.quantity.start, slot.quantity.end) if place.type == "ProjectGroup"), None
    )


def _topic(near: list[_Before]) -> Place | None:
    """The set that the last counting figure counted; a part of a set only where the whole had its own money already."""
    sets = [row for row in near if row.group]
    if sets and sets[-1].observation.part_of and len(sets) > 1:
        whole = next((row for row in sets if row.observation.id == sets[-1].observation.part_of), None)
        if whole and not any(row.observation.subject == whole.observation.counts and not row.group for row in near):
            between = [row for row in near if row.slot.quantity.start > sets[-1].slot.quantity.start]
            return sets[-1].group if between else whole.group
    return sets[-1].group if sets else None


def _owner(ground: Ground, slot: Slot) -> Subject:
    """The number of a set belongs to the place or park that has the set."""
    places = [
        place
        for place in ground.outermost_of(("District", "Park"), slot.stop, slot.quantity.start)
        if place.end <= slot.quantity.start and not only_where(ground, place) and not ground.inside_name(place)
    ]
    if places:
        return Subject(places[-1].entity, "subject.has-set", places[-1])
    return Subject(ground.acting, "subject.acting-place")


def _whole(ground: Ground, slot: Slot, near: list[_Before]) -> _Before | None:
    """The count of which this one is a stated part: 其中 …, or 29项实事完成22项."""
    quantity, folded = slot.quantity, ground.article.folded
    if not is_count(slot) or quantity.low is None:
        return None
    for row in reversed(near):
        other = row.slot.quantity
        between = folded[other.end + len(other.noun or "") : quantity.start]
        if "。" in between or "\n" in between:
            return None
        alike = other.unit[:1] == quantity.unit[:1] and other.low is not None and other.low > quantity.low
        if alike and row.observation.part_of is None and _is_part(between, folded[quantity.end : slot.right]):
            return row
    return None


def _is_part(between: str, behind: str) -> bool:
    """Tell by the words between two counts and behind the second that it is a part of the first."""
    if turn("part.named").search(between) or turn("part.verb").match(between):
        return True
    return len(between) < 16 and bool(turn("part.behind").match(behind))


def _status(
    ground: Ground, slot: Slot, indicator: Indicator, near: list[_Before], subject: Subject
) -> tuple[Status, str]:
    """Planned, under way or done; the size of what is to be built goes with the money planned for it."""
    folded = ground.article.folded
    texts = {
        "clause": folded[slot.clause : slot.quantity.start],
        "around": folded[slot.clause : slot.right],
        "list": folded[slot.stop : slot.quantity.start],
        "indicator": indicator.name,
    }
    for row, pattern in _status_rows():
        if pattern.search(texts[row.where]):
            return row.status, row.id
    kind = ground.entities[subject.entity].type if subject.entity in ground.entities else None
    for other in reversed(near):
        same = other.observation.subject == subject.entity and other.slot.sentence == slot.sentence
        if same and kind in ("Project", "Park", "Facility") and "status.investment" in other.observation.rule:
            return "planned", "status.with-investment"
    return "actual", "status.default"


def _period(ground: Ground, slot: Slot) -> Period | None:
    """The last period before the number that no semicolon or full stop parts from it, else one in its clause behind it.

    The day when something is finished is no period of the figures in the clauses behind.
    """
    folded = ground.article.folded
    for period in reversed(ground.periods_within(slot.stop, slot.quantity.start)):
        if period.rule == "period.year-of" and period.start < slot.left:
            continue
        finished = turn("period.of-completion").match(folded[period.end : period.end + 12])
        if not finished or period.start >= slot.clause:
            return period
    return next(iter(ground.periods_within(slot.quantity.end, slot.right)), None)


def _per(folded: str, slot: Slot) -> str | None:
    """What the figure is for one of: 单套售价, 人均收入."""
    match = turn("per").search(folded[slot.clause : slot.quantity.start])
    return (match["one"] or match["mean"]) if match else None


def _evidence(article: Article, slot: Slot) -> Span:
    """The clause from its first word to the end of the number and its noun."""
    start = slot.clause
    while start < slot.quantity.start and article.folded[start] in " 、,":
        start += 1
    return article.span(start, slot.quantity.end + len(slot.quantity.noun or ""))


def _context(article: Article, slot: Slot, subject: Subject, period: Period | None) -> tuple[Span, ...]:
    """Where the subject and the period stand when the evidence does not hold them."""
    spans = {(place.start, place.end) for place in (subject.place, period) if place}
    outside = sorted(span for span in spans if not slot.clause <= span[0] <= span[1] <= slot.quantity.end)
    return tuple(article.span(start, end) for start, end in outside)
