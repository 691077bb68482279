"""Quantities become observations: each is tied to its indicator, subject, period, status, and to the set it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

import msgspec

from kg.facts import Entity, Observation, Span, Status, plain
from kg.reading.distribute import runs, shared_names
from kg.reading.ground import Ground, Place
from kg.reading.indicator_names import name_indicator
from kg.reading.indicators import Indicator
from kg.reading.layers import Article, Layers, Period
from kg.reading.patterns import turn
from kg.reading.rows import Row, load_rows
from kg.reading.slots import Slot, slots
from kg.reading.subjects import Subject, find_subject, is_count, only_where, participants
from kg.reading.table_links import cell_of, name_of_column, period_of_column, subject_of_row


class StatusRow(Row, frozen=True, kw_only=True):
    """Words that tell done from planned; see the head of the table. `money`: of sums of money only."""

    status: Status
    where: Literal["clause", "around", "list", "indicator"]
    pattern: str
    money: bool = False


@cache
def _status_rows() -> tuple[tuple[StatusRow, re.Pattern[str]], ...]:
    """The table of statuses, compiled."""
    return tuple((row, re.compile(row.pattern)) for row in load_rows("status", StatusRow))


_MONEY = ("CNY", "USD")
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
    _share_out(ground, done)
    _add_up(done)
    return tuple(_headline(row, done) for row in done)


def _share_out(ground: Ground, done: list[_Before]) -> None:
    """Give each figure under a 分别 its own name, and its own subject where as many things are named as figures."""
    for run in runs(ground.article.folded, [row.slot for row in done]):
        first = done[run.start]
        low = max(0, run.start - len(run))
        names = shared_names(first.indicator.name, len(run), [row.indicator.name for row in done[low : run.start]])
        things = first.observation.participants
        for place, index in enumerate(run):
            row = done[index]
            name = ground.unfold(names[place], row.slot.stop, row.slot.right) if names else row.observation.indicator
            subject = things[place] if len(things) == len(run) else row.observation.subject
            joint = () if len(things) == len(run) else row.observation.participants
            row.observation = msgspec.structs.replace(
                row.observation, indicator=name, subject=subject, participants=joint
            )


def _add_up(done: list[_Before]) -> None:
    """Tie counts that stand after a count and add up to it to that count as its parts (316个 = 172 + 75 + 55 + 14)."""
    counts = [row for row in done if row.group and row.slot.quantity.low is not None]
    for place, whole in enumerate(counts):
        total, parts = whole.slot.quantity.low or Decimal(0), list[_Before]()
        for row in counts[place + 1 : place + 12]:
            value = row.slot.quantity.low or Decimal(0)
            if row.observation.counts == whole.observation.counts or value >= total:
                break
            parts.append(row)
            added = sum((part.slot.quantity.low or Decimal(0) for part in parts), Decimal(0))
            if added >= total:
                if added == total and not any(part.observation.part_of for part in parts):
                    _tie(whole, parts)
                parts = []


def _tie(whole: _Before, parts: list[_Before]) -> None:
    """Make counts the parts of another."""
    for part in parts:
        part.observation = msgspec.structs.replace(
            part.observation,
            part_of=whole.observation.id,
            subject=whole.observation.counts,
            rule=f"{part.observation.rule} part.adds-up",
        )


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
    cell = cell_of(ground, slot)
    indicator = name_of_column(ground, cell) if cell else name_indicator(ground, slot, known, counted)
    subject = (
        subject_of_row(ground, slot, cell)
        if cell
        else _subject(
            ground,
            slot,
            indicator,
            _Found(counted, whole, _topic(near), near[-1].subject if near else None, _placed(ground, near)),
        )
    )
    status, status_rule = _status(ground, slot, indicator, near, subject)
    period = period_of_column(ground, cell) if cell else _period(ground, slot)
    quantity, article = slot.quantity, ground.article
    classifier = quantity.unit.removesuffix(quantity.noun or "")
    observation = Observation(
        id=f"o{slot.index + 1}",
        subject=subject.entity,
        indicator=ground.unfold(indicator.name, slot.stop, slot.right),
        low=None if quantity.low is None else plain(quantity.low),
        high=None if quantity.high is None else plain(quantity.high),
        comparator=quantity.comparator,
        unit=ground.unfold(quantity.unit if indicator.counted else classifier, slot.stop, slot.right),
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


def _placed(ground: Ground, near: list[_Before]) -> Place | None:
    """The subject of the last figure, as if it were named there."""
    if not near or near[-1].subject.entity not in ground.entities:
        return None
    entity, number = ground.entities[near[-1].subject.entity], near[-1].slot.quantity
    return Place(number.start, number.end, entity.id, entity.type)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of a figure's set: the set that it counts, the figure of which it is a part, the set before it."""

    counted: Place | None
    whole: _Before | None
    topic: Place | None
    last: Subject | None
    before: Place | None


def _subject(ground: Ground, slot: Slot, indicator: Indicator, found: _Found) -> Subject:
    """The owner of a set, the set of a part, else what the words give."""
    whole = found.whole.observation.counts if found.whole else None
    projects = is_count(slot) and (slot.quantity.noun or "").endswith("项目")
    if whole is None and (found.counted or projects):
        return _owner(ground, slot)
    if whole and is_count(slot):
        return Subject(whole, "subject.part")
    goes_on = indicator.rule == "indicator.last" and slot.left > slot.clause
    if found.last and (goes_on or indicator.rule == "indicator.growth-of-last"):
        return found.last
    return find_subject(ground, slot, indicator, None if found.counted else found.topic, found.before)


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
    parts = [row for row in sets if row.observation.part_of]
    if len(parts) > 1 and near[-2:] == parts[-2:] and parts[-1].observation.part_of == parts[-2].observation.part_of:
        return next((row.group for row in sets if row.observation.id == parts[-1].observation.part_of), None)
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
    announced = ground.planned_from is not None and slot.quantity.start > ground.planned_from
    if announced and not turn("plan.done").search(texts["list"]):
        return "planned", "status.announced"
    for row, pattern in _status_rows():
        if pattern.search(texts[row.where]) and not (row.money and slot.quantity.unit not in _MONEY):
            return row.status, row.id
    kind = ground.entities[subject.entity].type if subject.entity in ground.entities else None
    if kind == "Project" and indicator.row is not None and not turn("project.standing").search(texts["list"]):
        return "planned", "status.of-project"
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
