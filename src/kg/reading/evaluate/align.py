"""Which of the found facts answers which annotated one.

Observations are paired one to one by the place of their numbers, entities by their names, by the number that
counts them and by the places of their mentions. Nothing here judges: a pair may still differ in everything else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from kg.facts import Entity, EntityType, Facts, Observation, Span
from kg.reading.evaluate.gold import GoldEntity, GoldFacts, GoldObservation, decimal

SPAN_NAMED: tuple[EntityType, ...] = ("Measure", "ProjectGroup")
_QUOTES = str.maketrans("", "", "“”‘’\"'《》〈〉「」『』")

Row = TypeVar("Row")
Other = TypeVar("Other")
Scored: TypeAlias = tuple[tuple[float, ...], str, str]
"""How well two facts fit, with the found one's id and the annotated one's."""


def fold(name: str) -> str:
    """Fold what two careful annotators may write differently: width, case, spaces and quotation marks."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().translate(_QUOTES).split())


def overlap(one: Span, other: Span) -> float:
    """Return the Jaccard overlap of two spans: 0 apart, 1 the same."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start) or 1)


def own_types(entity: Entity) -> frozenset[str]:
    """Return the type and the additional types."""
    return frozenset((entity.type, *entity.also_types))


def types(entity: Entity) -> frozenset[str]:
    """Return the own types and, of an annotated entity, the equally acceptable ones."""
    return own_types(entity).union(entity.other_types if isinstance(entity, GoldEntity) else ())


def heads(entity: Entity) -> frozenset[str]:
    """Return the fullest name, of an annotated entity also the equally acceptable ones, folded."""
    others = entity.other_names if isinstance(entity, GoldEntity) else ()
    return frozenset(fold(form) for form in (entity.name, *others))


def forms(entity: Entity) -> frozenset[str]:
    """Return all names and aliases, folded."""
    return heads(entity) | frozenset(fold(form) for form in entity.aliases)


def same_bounds(one: Observation, other: Observation) -> bool:
    """Tell whether both bounds are the same numbers, an open one equal to an open one only."""
    return (decimal(one.low), decimal(one.high)) == (decimal(other.low), decimal(other.high))


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairing of one article.

    `observations` and `entities` map found ids to annotated ids, one to one; `groups` are the pairs of found and
    annotated ids that one number counts.
    """

    gold: GoldFacts
    found: Facts
    observations: Mapping[str, str]
    entities: Mapping[str, str]
    gold_entities: dict[str, GoldEntity]
    found_entities: dict[str, Entity]
    gold_observations: dict[str, GoldObservation]
    groups: frozenset[tuple[str, str]]

    def counted(self, gold: Entity, found: Entity) -> bool:
        """Tell whether one and the same number counts both."""
        return (found.id, gold.id) in self.groups

    def pairs(self) -> Iterator[tuple[GoldObservation, Observation]]:
        """Yield (annotated, found) for each required number found by both, in text order of the found."""
        for found in self.found.observations:
            gold = self.gold_observations.get(self.observations.get(found.id, ""))
            if gold is not None and not gold.optional:
                yield gold, found

    def counts(self) -> tuple[int, int]:
        """Return how many numbers are annotated and how many found, the optional ones left out of both."""
        optional = {row.id for row in self.gold.observations if row.optional}
        met = sum(name in optional for name in self.observations.values())
        return len(self.gold.observations) - len(optional), len(self.found.observations) - met

    def same(self, found: str | None, gold: str | None) -> bool:
        """Tell whether a found entity is an annotated one.

        It is where the pairing says so, or where the extraction made two things of one: a name or alias in
        common under a common type, or, for things that bear no name (measures, groups), overlapping mentions.
        """
        if found is None or gold is None:
            return found is gold
        if self.entities.get(found) == gold:
            return True
        one, other = self.found_entities.get(found), self.gold_entities.get(gold)
        if one is None or other is None or not types(one) & types(other):
            return False
        return bool(forms(one) & forms(other)) or (
            one.type in SPAN_NAMED and (self.counted(other, one) or _meet(one.mentions, other.mentions) > 0)
        )


def align(gold: GoldFacts, found: Facts) -> Alignment:
    """Pair the facts of one article."""
    observations = pair_observations(gold.observations, found.observations)
    counted = {row.counts: row.id for row in gold.observations if row.counts}
    groups = frozenset(
        (row.counts, name)
        for row in found.observations
        for name, number in counted.items()
        if row.counts and observations.get(row.id) == number
    )
    return Alignment(
        gold,
        found,
        observations,
        pair_entities(gold.entities, found.entities, groups),
        {row.id: row for row in gold.entities},
        {row.id: row for row in found.entities},
        {row.id: row for row in gold.observations},
        groups,
    )


def pair_observations(gold: Sequence[Observation], found: Sequence[Observation]) -> dict[str, str]:
    """Pair numbers that overlap: the largest overlap first, the same bounds where several share a place."""
    scored: list[Scored] = [
        ((overlap(right.number, answer.number), same_bounds(right, answer)), answer.id, right.id)
        for right, answer in _overlapping(gold, found, lambda row: row.number)
    ]
    return _one_to_one(scored)


def pair_entities(
    gold: Sequence[Entity], found: Sequence[Entity], groups: frozenset[tuple[str, str]]
) -> dict[str, str]:
    """Pair things; the strongest kinship first.

    That is: the same name; each name among the other's forms; one number that counts both (`groups`); any form in
    common; mentions that overlap, under a common type.
    """
    scored: list[Scored] = []
    for answer in found:
        for right in gold:
            common = bool(types(answer) & types(right))
            kinship = _kinship(right, answer, counted=(answer.id, right.id) in groups)
            meeting = _meet(answer.mentions, right.mentions)
            if kinship or (meeting > 0 and common):
                scored.append(((kinship, common, meeting), answer.id, right.id))
    return _one_to_one(scored)


def _kinship(gold: Entity, found: Entity, *, counted: bool) -> int:
    if fold(found.name) in heads(gold):
        return 4
    if named_alike(gold, found):
        return 3
    if counted and gold.type == found.type:
        return 2
    return int(bool(forms(gold) & forms(found)))


def named_alike(gold: Entity, found: Entity) -> bool:
    """Tell whether the names are equal, or each is among the other's forms: then only the choice of head differs."""
    return fold(found.name) in heads(gold) or (fold(found.name) in forms(gold) and bool(heads(gold) & forms(found)))


def _meet(some: Iterable[Span], others: Sequence[Span]) -> float:
    return max((overlap(one, other) for one in some for other in others), default=0.0)


def _overlapping(gold: Sequence[Row], found: Sequence[Row], span: Callable[[Row], Span]) -> Iterator[tuple[Row, Row]]:
    """Yield the pairs that overlap, in time linear in their number."""
    rights, first = sorted(gold, key=lambda row: (span(row).start, span(row).end)), 0
    longest = max((span(row).end - span(row).start for row in rights), default=0)
    for answer in sorted(found, key=lambda row: (span(row).start, span(row).end)):
        while first < len(rights) and span(rights[first]).start + longest <= span(answer).start:
            first += 1
        for right in rights[first:]:
            if span(right).start >= span(answer).end:
                break
            if span(right).end > span(answer).start:
                yield right, answer


def _one_to_one(scored: list[Scored]) -> dict[str, str]:
    """Take the best pairs first, each end once; equal scores in the order given."""
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, answer, right in sorted(scored, key=lambda row: row[0], reverse=True):
        if answer not in pairs and right not in taken:
            pairs[answer] = right
            taken.add(right)
    return pairs
