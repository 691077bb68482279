"""What is measured of one article: every measure once, in the order of the report.

"Of all" measures of observations have all annotated and all found numbers below the line, so that a number missed
or invented costs; a chain (quantity → indicator → subject) asks for everything before it too. "Of matched" measures
look only at the numbers that both have (paired one to one by overlap), so that they show one question alone:
a wrong value is a matched number whose low or high differs. "Of those stated" leaves out pairs where neither says
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, TypeVar

from kg.facts import Entity, Observation, Relation, Section, Span
from kg.reading.evaluate.agree import Judge, has_period
from kg.reading.evaluate.align import Alignment, fold, overlap, own_types, types
from kg.reading.evaluate.gold import GoldEntity, GoldObservation, GoldSection, Triple
from kg.reading.evaluate.score import Measure, Score, tally

COMPLETE = ("Enterprise", "Project", "ProjectGroup", "Programme", "Park")
"""The types that are annotated completely: a found one that is not annotated is an error."""
OTHERS = ("District", "PublicBody", "Facility", "Measure", "Product", "Industry", "Event", "System")
WORKS = frozenset({"Project", "ProjectGroup", "Product", "Park"})

Pair: TypeAlias = tuple[str, str]

_OF_ALL = {
    "number found": (Judge.place,),
    "quantity": (Judge.quantity,),
    "quantity → indicator": (Judge.quantity, Judge.indicator),
    "quantity → indicator, subject": (Judge.quantity, Judge.indicator, Judge.subject),
}
_OF_MATCHED = {
    "value": Judge.value,
    "comparator": Judge.comparator,
    "unit": Judge.unit,
    "indicator": Judge.indicator,
    "subject": Judge.subject,
    "status": Judge.status,
    "period": Judge.period,
}


AnyRelation = TypeVar("AnyRelation", bound=Relation)
Asks: TypeAlias = Callable[[Judge, GoldObservation, Observation], bool]


def measure(alignment: Alignment) -> dict[str, Measure]:
    """Take every measure of one article."""
    exact, lenient = Judge(alignment, lenient=False), Judge(alignment, lenient=True)

    def both(score: Callable[[Judge], Score]) -> Measure:
        return Measure(exact=score(exact), lenient=score(lenient))

    measures = {name: both(partial(_of_all, asked=asked)) for name, asked in _OF_ALL.items()}
    measures |= {f"{name} (of matched)": both(partial(_of_matched, asks=asks)) for name, asks in _OF_MATCHED.items()}
    measures["period (of those stated)"] = both(lambda judge: _of_stated(judge, Judge.period, has_period))
    measures["per (of those stated)"] = both(lambda judge: _of_stated(judge, Judge.per, lambda row: bool(row.per)))
    measures |= {name: Measure(exact=score, lenient=score) for name, score in _ties(alignment).items()}
    named = {kind: both(partial(_named, kind=kind)) for kind in (*COMPLETE, *OTHERS)}
    measures["names"] = sum((named[kind] for kind in COMPLETE), Measure())
    measures |= {f"names: {kind}" + "*" * (kind in OTHERS): named[kind] for kind in named}
    measures["mentions"] = both(_mentions)
    measures["relations"] = both(_stated)
    pairs = _work_pairs(alignment)
    measures["enterprise–work pairs"] = Measure(exact=pairs, lenient=pairs)
    measures["sections"] = both(_sections)
    head = _head(alignment)
    measures["title, date, source"] = Measure(exact=head, lenient=head)
    return measures


def _of_all(judge: Judge, asked: tuple[Asks, ...]) -> Score:
    right = sum(all(asks(judge, gold, found) for asks in asked) for gold, found in judge.alignment.pairs())
    return tally(*judge.alignment.counts(), right)


def _of_matched(judge: Judge, asks: Asks) -> Score:
    verdicts = [asks(judge, gold, found) for gold, found in judge.alignment.pairs()]
    return tally(len(verdicts), len(verdicts), sum(verdicts))


def _of_stated(judge: Judge, asks: Asks, states: Callable[[Observation], bool]) -> Score:
    """Score what only some say; saying nothing where that is acceptable is neither found nor missed."""
    score = Score()
    for gold, found in judge.alignment.pairs():
        agreed, said, wanted = asks(judge, gold, found), states(found), states(gold)
        score += Score(
            gold=wanted and (said or not agreed),
            found=said,
            recalled=wanted and said and agreed,
            right=said and agreed,
        )
    return score


def _ties(alignment: Alignment) -> dict[str, Score]:
    """Score what ties matched numbers to other facts; each tie is one item."""
    scores = {"participants": Score(), "counts": Score(), "part of": Score()}
    for gold, found in alignment.pairs():
        whole = alignment.observations.get(found.part_of or "")
        scores["participants"] += tied(alignment, gold.participants, found.participants)
        scores["counts"] += tied(alignment, _some(gold.counts), _some(found.counts))
        scores["part of"] += tally(
            int(gold.part_of is not None),
            int(found.part_of is not None),
            int(whole is not None and whole == gold.part_of),
        )
    return scores


def _some(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def tied(alignment: Alignment, gold: Iterable[str], found: Iterable[str]) -> Score:
    """Score two lists of entities, each entity once."""
    left, answers = list(dict.fromkeys(gold)), list(dict.fromkeys(found))
    wanted = len(left)
    for answer in answers:
        met = next((end for end in left if alignment.same(answer, end)), None)
        if met is not None:
            left.remove(met)
    return tally(wanted, len(answers), wanted - len(left))


def _named(judge: Judge, kind: str) -> Score:
    alignment = judge.alignment
    pairs = [
        (alignment.gold_entities[gold], alignment.found_entities[found]) for found, gold in alignment.entities.items()
    ]
    alike = [(gold, found) for gold, found in pairs if judge.name(gold, found) and types(gold) & types(found)]
    return Score(
        gold=sum(entity.type == kind and not entity.optional for entity in alignment.gold.entities),
        found=sum(entity.type == kind for entity in alignment.found.entities),
        recalled=sum(gold.type == kind and not gold.optional for gold, _ in alike),
        right=sum(found.type == kind for _, found in alike),
    )


def _mentions(judge: Judge) -> Score:
    """Score mentions of the completely annotated types: the same place under a type; leniently any overlap."""
    gold, found = _places(judge.alignment.gold.entities), _places(judge.alignment.found.entities)
    required = [place for place in gold if place.type in COMPLETE and not place.optional]
    answers = [place for place in found if place.type in COMPLETE]
    meets = _Place.touches if judge.lenient else _Place.equals
    return Score(
        gold=len(required),
        found=len(answers),
        recalled=sum(any(meets(place, other) for other in found) for place in required),
        right=sum(any(meets(place, other) for other in gold) for place in answers),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with what may be said of its thing."""

    span: Span
    type: str
    types: frozenset[str]
    optional: bool

    def equals(self, other: _Place) -> bool:
        return self.span == other.span and bool(self.types & other.types)

    def touches(self, other: _Place) -> bool:
        return overlap(self.span, other.span) > 0 and bool(self.types & other.types)


def _places(entities: Iterable[Entity]) -> list[_Place]:
    return [
        _Place(span, entity.type, types(entity), isinstance(entity, GoldEntity) and entity.optional)
        for entity in entities
        for span in sorted(set(entity.mentions))
    ]


def _sections(judge: Judge) -> Score:
    """Score headings: the same title or one of its `otherTitles`; leniently the same beginning.

    Where no heading is annotated at all they are not measured.
    """
    if not judge.alignment.gold.sections:
        return Score()
    missed, _ = unmet_sections(judge)
    wanted = len(judge.alignment.gold.sections)
    return tally(wanted, len(judge.alignment.found.sections), wanted - len(missed))


HEAD = ("title", "published", "source")


def _head(alignment: Alignment) -> Score:
    """Score what the page says of itself; a field that is not annotated is not measured."""
    gold, found = alignment.gold.article, alignment.found.article
    asked = [(getattr(gold, name), getattr(found, name)) for name in HEAD if getattr(gold, name) is not None]
    return tally(len(asked), sum(answer is not None for _, answer in asked), sum(map(same_head, asked)))


def same_head(pair: tuple[object, object]) -> bool:
    """Tell whether a field of the head is the same, blanks and the width of characters aside."""
    return fold(str(pair[0])) == fold(str(pair[1]))


def unmet_sections(judge: Judge) -> tuple[list[GoldSection], list[Section]]:
    """Return the annotated headings that were not found, and the found ones that are not annotated."""
    missed, invented = list(judge.alignment.gold.sections), []
    if not missed:
        return [], []
    for answer in judge.alignment.found.sections:
        met = next((section for section in missed if _same_section(judge, section, answer)), None)
        if met is None:
            invented.append(answer)
        else:
            missed.remove(met)
    return missed, invented


def _same_section(judge: Judge, gold: GoldSection, found: Section) -> bool:
    if found.end <= gold.start or gold.end <= found.start:
        return False
    titles = {fold(title) for title in (gold.title, *gold.other_titles)}
    return fold(found.title) in titles or (judge.lenient and abs(found.start - gold.start) <= 2)


def _stated(judge: Judge) -> Score:
    """Score distinct statements: the same three ends quoted twice are one."""
    gold, found = distinct(judge.alignment.gold.relations), distinct(judge.alignment.found.relations)
    required = [right for right in gold if not right.optional]
    return Score(
        gold=len(required),
        found=len(found),
        recalled=sum(any(judge.relation(right, answer) for answer in found) for right in required),
        right=sum(any(judge.relation(right, answer) for right in gold) for answer in found),
    )


def distinct(relations: Iterable[AnyRelation]) -> tuple[AnyRelation, ...]:
    """Return the first relation of each subject, predicate and object."""
    first: dict[tuple[str, str, str], AnyRelation] = {}
    for row in relations:
        first.setdefault((row.subject, row.predicate, row.object), row)
    return tuple(first.values())


def _work_pairs(alignment: Alignment) -> Score:
    """Score pairs of an enterprise and a project, group, product or park that any relation ties, either way.

    An annotated pair is recalled by the pair of one of its relation's `alternatives` too.
    """
    accepted: dict[Pair, set[Pair]] = {}
    welcome: set[Pair] = set()
    for row in alignment.gold.relations:
        pairs = _ends(row.triples(), alignment.gold_entities, types)
        welcome |= pairs
        for pair in () if row.optional else _ends((row,), alignment.gold_entities, own_types):
            accepted.setdefault(pair, set()).update(pairs)
    found = _ends(alignment.found.relations, alignment.found_entities, types)

    def met(pairs: Iterable[Pair], others: Iterable[Pair]) -> bool:
        return any(_same_pair(alignment, one, other) for one in pairs for other in others)

    return Score(
        gold=len(accepted),
        found=len(found),
        recalled=sum(met(found, pairs) for pairs in accepted.values()),
        right=sum(met((answer,), welcome) for answer in found),
    )


def _same_pair(alignment: Alignment, found: Pair, gold: Pair) -> bool:
    return alignment.same(found[0], gold[0]) and alignment.same(found[1], gold[1])


def _ends(
    relations: Iterable[Relation | Triple],
    entities: Mapping[str, Entity],
    kinds: Callable[[Entity], frozenset[str]],
) -> frozenset[Pair]:
    pairs = set()
    for row in relations:
        for firm, work in ((row.subject, row.object), (row.object, row.subject)):
            one, other = (kinds(entities[end]) if end in entities else frozenset() for end in (firm, work))
            if "Enterprise" in one and WORKS & other:
                pairs.add((firm, work))
    return frozenset(pairs)
