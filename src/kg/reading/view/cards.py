"""One card a fact: what it says, the words that state it, the rule that read it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from kg.facts import Entity, Facts, Observation, Relation, Span
from kg.reading.view.segments import unread_id

_SIGNS = {"eq": "", "approx": "≈ ", "ge": "≥ ", "le": "≤ ", "range": ""}


@dataclass(frozen=True, slots=True)
class Card:
    """A fact as one reads it.

    `title` and `rows` are plain text, `links` lead to other cards (id and words); `before`, `words`, `after` are the
    quote, with what it is about in the middle; `tags` are short remarks; `anchored` tells whether the text shows it.
    """

    id: str
    kind: str
    title: str
    value: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    before: str = ""
    words: str = ""
    after: str = ""
    tags: tuple[str, ...] = field(default=())
    rule: str = ""
    anchored: bool = True


def cards(facts: Facts) -> dict[str, list[Card]]:
    """Make the cards, in four lists: figures, names, relations, unread numbers; the first three in text order."""
    things = {entity.id: entity for entity in facts.entities}
    about: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in facts.observations:
        about[row.subject or ""].append((row.id, f"{row.indicator} {row.number.exact}"))
    for link in facts.relations:
        for end in dict.fromkeys((link.subject, link.object)):
            about[end].append((link.id, _sentence(link, things)))
    return {
        "figures": [_figure(row, things) for row in sorted(facts.observations, key=lambda row: row.number.start)],
        "names": [_name(entity, about[entity.id]) for entity in sorted(facts.entities, key=_first)],
        "relations": [_relation(link, things) for link in sorted(facts.relations, key=lambda row: row.evidence.start)],
        "unread": [
            Card(id=unread_id(place), kind="unread", title=row.exact, rows=(("reason", row.reason),), rule=row.rule)
            for place, row in enumerate(facts.unread)
        ],
    }


def _first(entity: Entity) -> tuple[int, str]:
    return (min(entity.mentions).start if entity.mentions else 0, entity.name)


def _figure(row: Observation, things: dict[str, Entity]) -> Card:
    before, words, after = _quote(row.evidence, row.number)
    ends = (("subject", (row.subject,)), ("participants", row.participants), ("counts", (row.counts,)))
    return Card(
        id=row.id,
        kind="quantity",
        title=row.indicator,
        value=row.number.exact,
        rows=_filled(
            ("value", _value(row)),
            ("per", row.per),
            ("period", _period(row)),
            ("status", row.status),
            ("correction", row.correction),
        ),
        links=tuple((key, linked) for key, ids in ends if (linked := _linked(ids, things)))
        + ((("part of", ((row.part_of, row.part_of),)),) if row.part_of else ()),
        before=before,
        words=words,
        after=after,
        tags=_tags(row.origin, row.confidence),
        rule=row.rule,
    )


def _value(row: Observation) -> str:
    bounds = [_digits(bound) for bound in dict.fromkeys((row.low, row.high)) if bound is not None]
    return f"{_SIGNS[row.comparator]}{'–'.join(bounds)} {row.unit}"


def _digits(bound: str) -> str:
    whole, point, rest = bound.partition(".")
    return f"{Decimal(whole):,}{point}{rest}"


def _period(row: Observation) -> str | None:
    if row.period is None and row.period_start is None and row.period_end is None:
        return None
    dates = f"{row.period_start or '…'} – {row.period_end or '…'}" if row.period_start or row.period_end else ""
    return " ".join(filter(None, (row.period, dates and f"({dates})")))


def _name(entity: Entity, about: list[tuple[str, str]]) -> Card:
    return Card(
        id=entity.id,
        kind=entity.type,
        title=entity.name,
        rows=_filled(
            ("aliases", "、".join(entity.aliases)),
            ("also", "、".join(entity.also_types)),
            ("correction", entity.correction),
        ),
        links=(("facts", tuple(about)),) if about else (),
        tags=_tags(entity.origin, entity.confidence),
        rule=entity.rule,
        anchored=bool(entity.mentions),
    )


def _relation(link: Relation, things: dict[str, Entity]) -> Card:
    ends = (("subject", link.subject), ("object", link.object), ("item", link.item))
    return Card(
        id=link.id,
        kind="relation",
        title=_sentence(link, things),
        rows=_filled(("correction", link.correction)),
        links=tuple((key, linked) for key, end in ends if (linked := _linked((end,), things))),
        words=link.evidence.exact,
        tags=(*_tags(link.origin, link.confidence), *(() if link.asserted else ("inferred",))),
        rule=link.rule,
    )


def _sentence(link: Relation, things: dict[str, Entity]) -> str:
    ends = (things[end].name if end in things else end for end in (link.subject, link.object))
    return f" {link.predicate} ".join(ends)


def _linked(ids: tuple[str | None, ...], things: dict[str, Entity]) -> tuple[tuple[str, str], ...]:
    return tuple((name, things[name].name) for name in ids if name is not None and name in things)


def _filled(*rows: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in rows if value)


def _tags(origin: str, confidence: str) -> tuple[str, ...]:
    return tuple(tag for tag, shown in ((origin, origin != "stated"), ("low confidence", confidence == "low")) if shown)


def _quote(evidence: Span, number: Span) -> tuple[str, str, str]:
    """Return the evidence as what stands before the number, the number, and what stands after it."""
    start, end = number.start - evidence.start, number.end - evidence.start
    if start >= 0 and end <= len(evidence.exact):
        return evidence.exact[:start], evidence.exact[start:end], evidence.exact[end:]
    return "", evidence.exact, ""
