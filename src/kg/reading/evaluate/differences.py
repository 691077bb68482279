"""Where the found facts differ from the annotated ones: every difference with its quote, and its kind.

Kinds are worded so that equal mistakes count together: "subject: District instead of Project".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.facts import Base, Entity, Facts, Observation, Relation, Section, Span
from kg.reading.evaluate.agree import Judge, has_period
from kg.reading.evaluate.align import Alignment, fold, types
from kg.reading.evaluate.gold import GoldObservation
from kg.reading.evaluate.measures import COMPLETE, HEAD, distinct, same_head, tied, unmet_sections

_NONE = "none"


class Difference(Base, frozen=True, kw_only=True):
    """One difference; `start` is the offset of the fact in the text, `rule` what read the found one."""

    article: str
    kind: str
    start: int
    quote: str
    gold: str
    found: str
    rule: str = ""


def differences(article: str, alignment: Alignment) -> list[Difference]:
    """List every difference of one article, in text order."""
    judge = Judge(alignment, lenient=False)
    rows = [
        *_numbers(article, judge),
        *_unmatched_numbers(article, alignment),
        *_names(article, judge),
        *_relations(article, judge),
        *_sections(article, judge),
        *_head(article, alignment),
    ]
    return sorted(rows, key=lambda row: (row.start, row.kind, row.gold, row.found))


def _numbers(article: str, judge: Judge) -> Iterator[Difference]:
    for gold, found in judge.alignment.pairs():
        for kind, right, answer in _faults(judge, gold, found):
            yield Difference(
                article=article,
                kind=kind,
                start=gold.number.start,
                quote=gold.evidence.exact,
                gold=f"{gold.number.exact} · {right}",
                found=f"{found.number.exact} · {answer}",
                rule=found.rule,
            )


def _faults(judge: Judge, gold: GoldObservation, found: Observation) -> Iterator[tuple[str, str, str]]:
    if not judge.place(gold, found):
        yield "number: cut differently", gold.number.exact, found.number.exact
    if not judge.value(gold, found):
        yield "value: wrong", _bounds(gold), _bounds(found)
    for field in ("comparator", "unit", "status"):
        right, answer = str(getattr(gold, field)), str(getattr(found, field))
        if not getattr(judge, field)(gold, found):
            yield f"{field}: {answer} instead of {right}", right, answer
    if not judge.indicator(gold, found):
        near = Judge(judge.alignment, lenient=True).indicator(gold, found)
        yield "indicator: " + ("cut differently" if near else "another"), gold.indicator, found.indicator
    if not judge.subject(gold, found):
        yield _subject_fault(judge.alignment, gold, found)
    if not judge.period(gold, found):
        yield _period_fault(gold, found), _period(gold), _period(found)
    if not judge.per(gold, found):
        yield "per: differs", str(gold.per), str(found.per)
    yield from _tie_faults(judge.alignment, gold, found)


def _bounds(row: Observation) -> str:
    return f"{row.low}…{row.high} {row.comparator}"


def _subject_fault(alignment: Alignment, gold: GoldObservation, found: Observation) -> tuple[str, str, str]:
    right = alignment.gold_entities.get(gold.subject or "")
    answer = alignment.found_entities.get(found.subject or "")
    kinds = (answer.type if answer else _NONE), (right.type if right else _NONE)
    other = "another " if kinds[0] == kinds[1] else ""
    return f"subject: {other}{kinds[0]} instead of {kinds[1]}", _label(right), _label(answer)


def _period_fault(gold: GoldObservation, found: Observation) -> str:
    if not has_period(found):
        return "period: none instead of a stated one"
    return "period: other dates" if has_period(gold) else "period: one where none is stated"


def _period(row: Observation) -> str:
    return f"{row.period} {row.period_start}…{row.period_end}" if has_period(row) else _NONE


def _tie_faults(alignment: Alignment, gold: GoldObservation, found: Observation) -> Iterator[tuple[str, str, str]]:
    for field in ("participants", "counts"):
        rights, answers = _ids(getattr(gold, field)), _ids(getattr(found, field))
        score = tied(alignment, rights, answers)
        if (score.right, score.right) != (score.gold, score.found):
            yield (
                f"{field}: {'missed' if score.right < score.gold else 'too many'}",
                "、".join(_label(alignment.gold_entities.get(end)) for end in rights) or _NONE,
                "、".join(_label(alignment.found_entities.get(end)) for end in answers) or _NONE,
            )
    if alignment.observations.get(found.part_of or "") != gold.part_of or bool(found.part_of) != bool(gold.part_of):
        yield "part of: differs", gold.part_of or _NONE, found.part_of or _NONE


def _ids(value: tuple[str, ...] | str | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _label(entity: Entity | None) -> str:
    return f"{entity.name} ({entity.type})" if entity else _NONE


def _unmatched_numbers(article: str, alignment: Alignment) -> Iterator[Difference]:
    met = set(alignment.observations.values())
    for gold in alignment.gold.observations:
        if gold.id not in met and not gold.optional:
            reason = _reason(alignment.found, gold.number)
            kind = f"quantity missed: left unread ({reason})" if reason else "quantity missed"
            yield _one_sided(article, kind, gold, missed=True)
    for found in alignment.found.observations:
        if found.id not in alignment.observations:
            yield _one_sided(article, "quantity invented", found, missed=False)


def _reason(found: Facts, number: Span) -> str | None:
    return next((row.reason for row in found.unread if row.start < number.end and number.start < row.end), None)


def _one_sided(article: str, kind: str, row: Observation, *, missed: bool) -> Difference:
    label = f"{row.number.exact} · {row.indicator}"
    return Difference(
        article=article,
        kind=kind,
        start=row.number.start,
        quote=row.evidence.exact,
        gold=label if missed else _NONE,
        found=_NONE if missed else label,
        rule=row.rule,
    )


def _names(article: str, judge: Judge) -> Iterator[Difference]:
    alignment, met = judge.alignment, set(judge.alignment.entities.values())
    for right in alignment.gold.entities:
        if right.id not in met and not right.optional:
            yield _name(article, f"{right.type} missed", right, None)
    for answer in alignment.found.entities:
        matched = alignment.gold_entities.get(alignment.entities.get(answer.id, ""))
        if matched is None:
            if answer.type in COMPLETE:
                yield _name(article, f"{answer.type} invented", None, answer)
        elif not types(matched) & types(answer):
            yield _name(article, f"type: {answer.type} instead of {matched.type}", matched, answer)
        elif not judge.name(matched, answer):
            yield _name(article, f"{matched.type} {_cut(matched, answer)}", matched, answer)


def _cut(gold: Entity, found: Entity) -> str:
    right, answer = fold(gold.name), fold(found.name)
    if answer in right:
        return "name too short"
    return "name too long" if right in answer else "name differs"


def _name(article: str, kind: str, gold: Entity | None, found: Entity | None) -> Difference:
    entity = gold or found
    first = min(entity.mentions, default=None) if entity else None
    return Difference(
        article=article,
        kind=f"name: {kind}",
        start=first.start if first else 0,
        quote=first.exact if first else "",
        gold=_label(gold),
        found=_label(found),
        rule=found.rule if found else "",
    )


def _relations(article: str, judge: Judge) -> Iterator[Difference]:
    alignment, near = judge.alignment, Judge(judge.alignment, lenient=True)
    rights, answers = distinct(alignment.gold.relations), distinct(alignment.found.relations)
    for right in rights:
        if not right.optional and not any(judge.relation(right, answer) for answer in answers):
            other = next((answer for answer in answers if near.relation(right, answer)), None)
            kind = f"{other.predicate} instead of {right.predicate}" if other else f"{right.predicate} missed"
            yield _relation(article, kind, alignment, right, other)
    for answer in answers:
        if not any(near.relation(right, answer) for right in rights):
            yield _relation(article, f"{answer.predicate} invented", alignment, None, answer)


def _relation(
    article: str, kind: str, alignment: Alignment, gold: Relation | None, found: Relation | None
) -> Difference:
    evidence = (gold or found).evidence  # type: ignore[union-attr]  # one of the two is given
    return Difference(
        article=article,
        kind=f"relation: {kind}",
        start=evidence.start,
        quote=evidence.exact,
        gold=_statement(gold, alignment.gold_entities),
        found=_statement(found, alignment.found_entities),
        rule=found.rule if found else "",
    )


def _statement(row: Relation | None, entities: Mapping[str, Entity]) -> str:
    return f"{_label(entities.get(row.subject))} {row.predicate} {_label(entities.get(row.object))}" if row else _NONE


def _sections(article: str, judge: Judge) -> Iterator[Difference]:
    missed, invented = unmet_sections(judge)
    for section in missed:
        yield _heading(article, "missed", section, gold=section.title, found=_NONE)
    for answer in invented:
        yield _heading(article, "invented", answer, gold=_NONE, found=answer.title)


def _heading(article: str, kind: str, section: Section, *, gold: str, found: str) -> Difference:
    return Difference(
        article=article, kind=f"heading: {kind}", start=section.start, quote=section.title, gold=gold, found=found
    )


def _head(article: str, alignment: Alignment) -> Iterator[Difference]:
    for name in HEAD:
        pair = getattr(alignment.gold.article, name), getattr(alignment.found.article, name)
        if pair[0] is not None and not same_head(pair):
            yield Difference(
                article=article, kind=f"head: {name} differs", start=0, quote="", gold=str(pair[0]), found=str(pair[1])
            )
