"""What is measured of one article: every measure once, in the order of the report.

"Of all" measures of observations have all annotated and all found numbers below the line, so that a number missed
or invented costs; a chain (quantity → indicator → subject) asks for everything before it too. "Of matched" measures
look only at the numbers that both have (paired one to one by overlap), so that they show one question alone:
a wrong value is a matched number whose low or high differs. "Of those stated" leaves out pairs where neither says
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from kg.facts import Entity, Facts, Observation, Relation
from kg.reading.evaluate.agree import Judge, has_period
from kg.reading.evaluate.align import Alignment, types
from kg.reading.evaluate.score import Measure, Score, of_sets, tally

COMPLETE = ("Enterprise", "Project", "ProjectGroup", "Programme", "Park")
"""The types that are annotated completely: a found one that is not annotated is an error."""
OTHERS = ("District", "PublicBody", "Facility", "Measure", "Product", "Industry", "Event", "System")
WORKS = frozenset({"Project", "ProjectGroup", "Product", "Park"})

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
    measures["mentions"] = _mentions(alignment)
    measures["relations"] = both(_stated)
    pairs = _work_pairs(alignment)
    measures["enterprise–work pairs"] = Measure(exact=pairs, lenient=pairs)
    return measures


def _of_all(judge: Judge, asked: tuple[Callable[[Judge, Observation, Observation], bool], ...]) -> Score:
    right = sum(all(asks(judge, gold, found) for asks in asked) for gold, found in judge.alignment.pairs())
    return tally(len(judge.alignment.gold.observations), len(judge.alignment.found.observations), right)


def _of_matched(judge: Judge, asks: Callable[[Judge, Observation, Observation], bool]) -> Score:
    verdicts = [asks(judge, gold, found) for gold, found in judge.alignment.pairs()]
    return tally(len(verdicts), len(verdicts), sum(verdicts))


def _of_stated(
    judge: Judge, asks: Callable[[Judge, Observation, Observation], bool], states: Callable[[Observation], bool]
) -> Score:
    pairs = list(judge.alignment.pairs())
    return tally(
        sum(states(gold) for gold, _ in pairs),
        sum(states(found) for _, found in pairs),
        sum(states(gold) and states(found) and asks(judge, gold, found) for gold, found in pairs),
    )


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
    alike = [(gold, found) for gold, found in pairs if judge.name(gold, found)]
    return Score(
        gold=_of_type(alignment.gold, kind),
        found=_of_type(alignment.found, kind),
        recalled=sum(gold.type == kind and kind in types(found) for gold, found in alike),
        right=sum(found.type == kind and kind in types(gold) for gold, found in alike),
    )


def _of_type(facts: Facts, kind: str) -> int:
    return sum(entity.type == kind for entity in facts.entities)


def _mentions(alignment: Alignment) -> Measure:
    """Mentions of the completely annotated types: the same place and type; leniently any overlap under a type."""
    gold, found = _places(alignment.gold.entities), _places(alignment.found.entities)
    return Measure(
        exact=of_sets(gold, found),
        lenient=Score(
            gold=len(gold),
            found=len(found),
            recalled=sum(_touched(place, found) for place in gold),
            right=sum(_touched(place, gold) for place in found),
        ),
    )


def _places(entities: Iterable[Entity]) -> frozenset[tuple[str, int, int]]:
    return frozenset(
        (entity.type, span.start, span.end)
        for entity in entities
        if entity.type in COMPLETE
        for span in entity.mentions
    )


def _touched(place: tuple[str, int, int], others: Iterable[tuple[str, int, int]]) -> bool:
    kind, start, end = place
    return any(kind == other and start < stop and begin < end for other, begin, stop in others)


def _stated(judge: Judge) -> Score:
    """Score distinct statements: the same three ends quoted twice are one."""
    gold, found = distinct(judge.alignment.gold.relations), distinct(judge.alignment.found.relations)
    return Score(
        gold=len(gold),
        found=len(found),
        recalled=sum(any(judge.relation(right, answer) for answer in found) for right in gold),
        right=sum(any(judge.relation(right, answer) for right in gold) for answer in found),
    )


def distinct(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Return the first relation of each subject, predicate and object."""
    first: dict[tuple[str, str, str], Relation] = {}
    for row in relations:
        first.setdefault((row.subject, row.predicate, row.object), row)
    return tuple(first.values())


def _work_pairs(alignment: Alignment) -> Score:
    """Score pairs of an enterprise and a project, group, product or park that any relation ties, either way."""
    gold = _ends(alignment.gold.relations, alignment.gold_entities)
    found = _ends(alignment.found.relations, alignment.found_entities)

    def same(answer: tuple[str, str], right: tuple[str, str]) -> bool:
        return alignment.same(answer[0], right[0]) and alignment.same(answer[1], right[1])

    return Score(
        gold=len(gold),
        found=len(found),
        recalled=sum(any(same(answer, right) for answer in found) for right in gold),
        right=sum(any(same(answer, right) for right in gold) for answer in found),
    )


def _ends(relations: Iterable[Relation], entities: dict[str, Entity]) -> frozenset[tuple[str, str]]:
    pairs = set()
    for row in relations:
        for firm, work in ((row.subject, row.object), (row.object, row.subject)):
            kinds = [types(entities[end]) if end in entities else frozenset() for end in (firm, work)]
            if "Enterprise" in kinds[0] and WORKS & kinds[1]:
                pairs.add((firm, work))
    return frozenset(pairs)
