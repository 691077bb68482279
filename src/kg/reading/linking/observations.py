"""Quantities become observations: each is tied to its indicator, subject, period, status, and to the set it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from kg.facts import Entity, Observation, Span, plain
from kg.reading.layers import Article, Cell, Layers, Period
from kg.reading.linking.about import RELATIVE, SUBJECTS, Subject, describes_work, is_count, only_where, opens
from kg.reading.linking.distribute import share_out
from kg.reading.linking.ground import Ground, Place
from kg.reading.linking.indicator_names import name_indicator
from kg.reading.linking.indicators import Indicator, classless
from kg.reading.linking.linked import Linked, subject_place
from kg.reading.linking.sets import add_up, counted_set, owner_of_set, topic_set, whole_count
from kg.reading.linking.slots import Slot, slots
from kg.reading.linking.stated_parts import tie_stated
from kg.reading.linking.statuses import of_period, read_status
from kg.reading.linking.subjects import behind, find_subject, participants
from kg.reading.linking.table_links import (
    cell_of,
    context_of_cell,
    evidence_of_cell,
    name_of_column,
    period_of_column,
    status_of_column,
    subject_of_row,
    told_in_words,
)
from kg.reading.linking.table_parts import add_up_columns
from kg.reading.numbers.unread import take_from_names
from kg.reading.vocabulary.patterns import turn

_MONEY = ("CNY", "USD")
_LOOK_BACK = 12
_NEAR = 300
_NEXT = 3
_Value = tuple[str | None, str | None, str]


def link_observations(layers: Layers, entities: Sequence[Entity]) -> tuple[Observation, ...]:
    """Tie every quantity of the layers to what it measures and what it is about.

    `entities` have their mentions, project groups and measures included. One observation a quantity, in text order;
    the quantities that a name holds are moved to `layers.numbers` first.
    """
    take_from_names(layers, entities)
    ground = Ground(layers, entities)
    done: list[Linked] = []
    for slot in slots(layers.article, layers.quantities):
        near = [row for row in done[-_LOOK_BACK:] if row.slot.quantity.start >= slot.quantity.start - _NEAR]
        done.append(_link(ground, slot, near))
    share_out(ground, done)
    add_up(ground, done)
    add_up_columns(ground, done)
    tie_stated(ground, done)
    sums = _first_of([row for row in done if _states_own_sum(ground, row)])
    told = _first_of([row for row in done if row.slot.sentence.kind == "body" and row.observation.indicator])
    for row in done:
        ahead = ground.between(row.slot.quantity.end, row.slot.right)
        _take_from_text(row, {} if turn("behind.of").match(ahead) else sums, told)
        _explain(layers, ground, row)
    return tuple(row.observation for row in done)


def _link(ground: Ground, slot: Slot, near: Sequence[Linked]) -> Linked:
    """Link one figure in the light of those before it."""
    counted, whole, cell = counted_set(ground, slot), whole_count(ground, slot, near), cell_of(ground, slot)
    if cell and not told_in_words(ground, slot, cell):
        indicator = name_of_column(ground, cell)
    else:
        before = tuple((row.indicator, row.slot.quantity.unit) for row in near)
        indicator = name_indicator(ground, slot, before, counted)
    if cell:
        subject, period = subject_of_row(ground, cell), period_of_column(ground, cell)
    else:
        subject, period = _subject(ground, slot, indicator, _Ties(counted, whole, near)), _period(ground, slot)
    of_column = status_of_column(ground, cell) if cell else None
    status, status_rule = (
        of_column or of_period(ground, slot, period) or read_status(ground, slot, indicator, subject, near)
    )
    rules = [slot.quantity.rule, indicator.rule, subject.rule, status_rule, period.rule if period else ""]
    context = _context(ground.article, slot, subject, period)
    observation = msgspec.structs.replace(
        _measured(ground, slot, indicator, cell),
        subject=subject.entity,
        status=status,
        period=ground.article.text[period.start : period.end] if period else None,
        period_start=period.begins if period else None,
        period_end=period.ends if period else None,
        participants=participants(ground, slot) if not (counted or _in_name(ground, slot)) else (),
        counts=counted.entity if counted else None,
        part_of=whole.observation.id if whole else None,
        context=context_of_cell(ground, cell, context) if cell else context,
        rule=" ".join(filter(None, rules)),
        confidence="high" if subject.certain and not _unnamed(indicator) else "low",
    )
    return Linked(slot, indicator, subject, observation, counted)


def _measured(ground: Ground, slot: Slot, indicator: Indicator, cell: Cell | None) -> Observation:
    """The figure itself: its bounds, its unit, its words."""
    quantity, article = slot.quantity, ground.article
    noun = classless(quantity.noun) if indicator.counted and quantity.noun else None
    unit = quantity.unit.removesuffix(quantity.noun or "") + (noun or "")
    return Observation(
        id=f"o{slot.index + 1}",
        subject=None,
        indicator=ground.unfold(indicator.name, slot.stop, slot.right),
        low=None if quantity.low is None else plain(quantity.low),
        high=None if quantity.high is None else plain(quantity.high),
        comparator=quantity.comparator,
        unit=ground.unfold(unit, slot.stop, slot.right),
        noun=None if noun is None else ground.unfold(noun, slot.stop, slot.right),
        per=quantity.per or (None if quantity.unit in RELATIVE else _per(ground, slot)),
        number=article.span(quantity.start, quantity.end),
        evidence=evidence_of_cell(ground, slot, cell) if cell else _evidence(article, slot),
    )


@dataclass(frozen=True, slots=True)
class _Ties:
    """What a count is tied to: the set that it counts, the count of which it is a part, the figures before it."""

    counted: Place | None
    whole: Linked | None
    near: Sequence[Linked]


def _subject(ground: Ground, slot: Slot, indicator: Indicator, ties: _Ties) -> Subject:
    """The owner of a set, the set of a part, the subject of the figure it goes on from, else what the words give."""
    larger = ties.whole.observation.counts if ties.whole else None
    works = is_count(slot) and (slot.quantity.noun or "").endswith("项目") and not _in_name(ground, slot)
    if larger is None and (ties.counted or works):
        return owner_of_set(ground, slot, ties.near)
    if larger and is_count(slot):
        return _other_place(ground, slot) or Subject(larger, "subject.part")
    last = ties.near[-1] if ties.near else None
    goes_on = indicator.rule == "indicator.last" and slot.left > slot.clause and not _has_own_place(ground, slot)
    if last and last.slot.sentence == slot.sentence and indicator.rule == "indicator.share":
        return last.subject
    own = behind(ground, slot) if goes_on and slot.quantity.unit in _MONEY else None
    same = goes_on or indicator.rule == "indicator.growth-of-last"
    same = same or (last is not None and _is_joint_still(ground, slot, last))
    if last and (same or _is_part(ground, slot, last) or _is_rate_of(ground, slot, last)):
        return own or last.subject
    topic = None if ties.counted else topic_set(ground, slot, ties.near)
    return find_subject(ground, slot, indicator, topic, subject_place(ground, last))


def _has_own_place(ground: Ground, slot: Slot) -> bool:
    """Tell whether a figure stands right behind the place that it is of (仪陇县34个、营山县32个)."""
    own = ground.within(slot.left, slot.quantity.start)
    return any(place.type == "District" and place.end == slot.quantity.start for place in own)


def _other_place(ground: Ground, slot: Slot) -> Subject | None:
    """The place within the acting one that a part of a set is told of (其中,南部县签约12个)."""
    acting = ground.acting_at(slot.quantity.start)
    for place in ground.outermost(slot.clause, slot.quantity.start):
        other = place.type == "District" and place.entity != acting and opens(ground, place)
        if other and not only_where(ground, place):
            return Subject(place.entity, "subject.clause", place)
    return None


def _is_part(ground: Ground, slot: Slot, last: Linked) -> bool:
    """Tell whether a figure is a stated part of the one before it (果园7万亩,其中核桃6万亩), no other thing named."""
    same = last.slot.stop == slot.stop and last.slot.quantity.unit == slot.quantity.unit
    told = same and ground.between(slot.clause, slot.quantity.start).startswith("其中")
    return told and not any(place.type in SUBJECTS for place in ground.within(slot.clause, slot.quantity.start))


def _is_joint_still(ground: Ground, slot: Slot, last: Linked) -> bool:
    """Tell whether a figure goes on from one of several things, no other named (甲、乙项目总投资8亿元,占地90亩)."""
    joint = bool(last.observation.participants) and last.slot.stop == slot.stop and not is_count(slot)
    return joint and not any(place.type in SUBJECTS for place in ground.within(last.slot.quantity.end, slot.right))


def _is_rate_of(ground: Ground, slot: Slot, last: Linked) -> bool:
    """Tell whether a figure is the rate of the count right before it (企业108家,已复工92家,复工率85.2%)."""
    counted = last.slot.stop == slot.stop and is_count(last.slot) and last.part_of is not None
    near = counted and slot.clause - last.slot.quantity.end <= _NEXT + len(last.slot.quantity.noun or "")
    own = ground.between(slot.clause, slot.quantity.start)
    return near and bool(turn("rate.of-whole").search(own))


def _in_name(ground: Ground, slot: Slot) -> bool:
    """Tell whether a figure stands in the name of a work."""
    return ground.names_work(slot.quantity.start, slot.quantity.end)


def _period(ground: Ground, slot: Slot) -> Period | None:
    """The last period before the number that no semicolon or full stop parts from it, else one in its clause behind it.

    The day when something is finished is no period of the figures in the clauses behind.
    """
    at_present = turn("period.at-present").match(ground.between(slot.clause, slot.quantity.start))
    for period in reversed(ground.periods_within(slot.stop, slot.quantity.start)):
        if at_present and period.start < slot.clause:
            return None
        of_goal = period.start < slot.left or period.begins is None or slot.quantity.unit == "percent"
        if period.rule == "period.year-of" and of_goal:
            continue
        since = ground.between(period.end, slot.quantity.start)
        if period.start < slot.clause and (turn("after.completion").search(since) or _is_attribute(ground, period)):
            continue
        if _is_of_base(ground, slot, period):
            continue
        behind = ground.between(period.end, period.end + 12)
        finished = turn("period.of-completion").match(behind)
        if turn("period.until-completion").match(behind) or (
            period.start < slot.clause and describes_work(ground, slot)
        ):
            continue
        if not finished or period.start >= slot.clause:
            return period
        if turn("completion.to-come").search(ground.between(slot.stop, period.start)):
            return None
    after = ground.periods_within(slot.quantity.end, slot.right)
    return after[0] if after and not describes_work(ground, slot) else None


def _is_of_base(ground: Ground, slot: Slot, period: Period) -> bool:
    """Tell whether a period is of what a figure was before it became what it is (由2005年的32平方米提高到40平方米)."""
    from_it = ground.between(max(0, period.start - 1), period.start) in ("由", "从")
    return from_it and bool(turn("change.past").search(ground.between(period.end, slot.quantity.start)))


def _is_attribute(ground: Ground, period: Period) -> bool:
    """Tell whether a year only says which things its clause is about (接收2014年度退伍士兵49人,发放…)."""
    return bool(turn("period.attribute").search(ground.between(max(0, period.start - 6), period.start)))


def _per(ground: Ground, slot: Slot) -> str | None:
    """What the figure is for one of: 单套售价, 人均收入."""
    match = turn("per").search(ground.between(slot.clause, slot.quantity.start))
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


def _take_from_text(row: Linked, sums: Mapping[_Value, Linked], told: Mapping[_Value, Linked]) -> None:
    """Let a bare figure in a heading, and money without a stated subject, be what the text says of the same figure.

    `sums` are the first figures of each value that are stated of a project or a set, `told` those with an indicator.
    """
    own = row.observation
    if not row.subject.certain and own.unit in _MONEY and (same := sums.get(_value(own))):
        own = row.observation = msgspec.structs.replace(own, subject=same.observation.subject, confidence="low")
    if not _unnamed(row.indicator) or row.slot.sentence.kind == "body":
        return
    if other := told.get(_value(own)):
        said = other.observation
        row.observation = msgspec.structs.replace(
            own, indicator=said.indicator, subject=said.subject, status=said.status, confidence="low"
        )


def _first_of(rows: Sequence[Linked]) -> dict[_Value, Linked]:
    """Return the first figure of each value."""
    return {_value(row.observation): row for row in reversed(rows)}


def _states_own_sum(ground: Ground, row: Linked) -> bool:
    """Tell whether a figure is stated as a project's or a set's own."""
    thing = ground.entities.get(row.subject.entity or "")
    return row.subject.certain and thing is not None and thing.type in ("Project", "ProjectGroup")


def _unnamed(indicator: Indicator) -> bool:
    """Tell whether only the unit named a figure."""
    return indicator.rule.startswith("unit-name.") or indicator.rule == "indicator.number"


def _value(observation: Observation) -> _Value:
    """What two mentions of one figure have in common."""
    return observation.low, observation.high, observation.unit


def _explain(layers: Layers, ground: Ground, row: Linked) -> None:
    """Note which things of the stretch before a figure were not taken for its subject."""
    chosen = {row.observation.subject, row.observation.counts, *row.observation.participants}
    places = ground.outermost(row.slot.stop, row.slot.quantity.start)
    passed = dict.fromkeys(place.entity for place in places if place.entity not in chosen)
    if passed:
        layers.note(
            row.slot.quantity.start,
            "subject: passed over " + ", ".join(f"{name} {ground.entities[name].name}" for name in passed),
        )
