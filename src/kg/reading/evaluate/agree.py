"""When a found fact agrees with the annotated one: one question, one method, judged exactly or leniently."""

from __future__ import annotations

from dataclasses import dataclass

from kg.facts import Entity, Observation, Relation
from kg.reading.evaluate.align import SPAN_NAMED, Alignment, fold, forms, named_alike, overlap, same_bounds
from kg.reading.evaluate.gold import GoldEntity, GoldObservation, GoldRelation, Triple, decimal


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges pairs of one article's facts, the annotated one first."""

    alignment: Alignment
    lenient: bool

    def place(self, gold: GoldObservation, found: Observation) -> bool:
        """Exactly the same words as number; leniently any overlap."""
        return self.lenient or gold.number == found.number

    def value(self, gold: GoldObservation, found: Observation) -> bool:
        """Both bounds the same; leniently one bound in common ("200余" read as 200)."""
        if same_bounds(gold, found):
            return True
        bounds = {decimal(gold.low), decimal(gold.high)} & {decimal(found.low), decimal(found.high)}
        return self.lenient and bool(bounds - {None})

    def comparator(self, gold: GoldObservation, found: Observation) -> bool:
        """Tell whether the comparators are the same."""
        return gold.comparator == found.comparator

    def unit(self, gold: GoldObservation, found: Observation) -> bool:
        """The annotated unit or one of its `otherUnits`; leniently the classifier with or without its noun."""
        answer, accepted = fold(found.unit), {fold(unit) for unit in (gold.unit, *gold.other_units)}
        if answer in accepted:
            return True
        return self.lenient and any(_begins(answer, unit) for unit in accepted)

    def quantity(self, gold: GoldObservation, found: Observation) -> bool:
        """Value, comparator and unit; leniently the value alone."""
        if self.lenient:
            return self.value(gold, found)
        return self.value(gold, found) and self.comparator(gold, found) and self.unit(gold, found)

    def indicator(self, gold: GoldObservation, found: Observation) -> bool:
        """The annotated indicator or one of its `otherNames`; leniently one that contains it or is contained."""
        answer = fold(found.indicator)
        accepted = {fold(name) for name in (gold.indicator, *gold.other_names)}
        if answer in accepted:
            return True
        return self.lenient and bool(answer) and any(name and (answer in name or name in answer) for name in accepted)

    def subject(self, gold: GoldObservation, found: Observation) -> bool:
        """The annotated subject or one of its `otherSubjects` (ids or names); leniently also a participant."""
        if self.alignment.same(found.subject, gold.subject):
            return True
        answer = self.alignment.found_entities.get(found.subject or "")
        if answer is None:
            return False
        accepted = (*gold.other_subjects, *(gold.participants if self.lenient else ()))
        return any(self.alignment.same(answer.id, other) or fold(other) in forms(answer) for other in accepted)

    def status(self, gold: GoldObservation, found: Observation) -> bool:
        """Planned, actual or ongoing as annotated, or one of its `otherStatuses`."""
        return found.status in (gold.status, *gold.other_statuses)

    def period(self, gold: GoldObservation, found: Observation) -> bool:
        """Same first and last day, the same words where neither is dated; leniently stretches that overlap.

        One of `otherPeriods` is right by its words; None among them accepts that no period is given.
        """
        if not has_period(found) and None in gold.other_periods:
            return True
        if found.period is not None and fold(found.period) in {fold(other) for other in gold.other_periods if other}:
            return True
        if not (has_dates(gold) or has_dates(found)):
            return fold(gold.period or "") == fold(found.period or "")
        if (gold.period_start, gold.period_end) == (found.period_start, found.period_end):
            return True
        return self.lenient and has_dates(gold) and has_dates(found) and _meet_in_time(gold, found)

    def per(self, gold: GoldObservation, found: Observation) -> bool:
        """Tell whether both are for one of the same thing, or neither is."""
        return fold(gold.per or "") == fold(found.per or "")

    def name(self, gold: GoldEntity, found: Entity) -> bool:
        """Each name is among the other's forms, that is: the fullest form is known.

        A measure or a group bears no name: one mention must be the same, or one number count both.
        Leniently any form in common, one contained in the other, or mentions that overlap.
        """
        meetings = [overlap(one, other) for one in gold.mentions for other in found.mentions]
        span_named = gold.type in SPAN_NAMED and (1.0 in meetings or self.alignment.counted(gold, found))
        if span_named or named_alike(gold, found):
            return True
        contained = any(one in other or other in one for one in forms(gold) for other in forms(found))
        return self.lenient and (any(meetings) or contained)

    def relation(self, gold: GoldRelation, found: Relation) -> bool:
        """Same ends, predicate and direction; leniently the same ends, whatever stands between them.

        One of its `alternatives` is as good as the relation. A group that `builds` its member and a member that is
        `partOf` it say the same.
        """
        return any(self._triple(triple, found) for triple in gold.triples())

    def _triple(self, gold: Relation | Triple, found: Relation) -> bool:
        same = self.alignment.same
        straight = same(found.subject, gold.subject) and same(found.object, gold.object)
        crossed = same(found.subject, gold.object) and same(found.object, gold.subject)
        if self.lenient:
            return straight or crossed
        if {gold.predicate, found.predicate} == {"builds", "partOf"}:
            return crossed
        return straight and gold.predicate == found.predicate


def has_dates(observation: Observation) -> bool:
    """Tell whether a period was worked out, at one end at least."""
    return bool(observation.period_start or observation.period_end)


def has_period(observation: Observation) -> bool:
    """Tell whether any period is stated, in words or dates."""
    return observation.period is not None or has_dates(observation)


def _meet_in_time(one: Observation, other: Observation) -> bool:
    return not any(
        first.period_end and second.period_start and first.period_end < second.period_start
        for first, second in ((one, other), (other, one))
    )


def _begins(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))
