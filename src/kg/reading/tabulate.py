"""The facts of one article as one CSV table (RFC 4180, UTF-8): a row a fact, its `kind` in the first column.

Kinds are section, entity, mention, observation, relation and unread; a column that a kind does not have is empty, as is
one whose value is null. Lists are sorted and joined by `|`. Beside each id stands the name of its thing, so that a row
is legible alone. `start` and `end` count code points into the decoded text; cells are never altered.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from kg.facts import Entity, Facts, Observation, Relation, Span

COLUMNS = (
    "kind", "id", "type", "name", "aliases", "subject", "subjectName", "predicate", "object", "objectName", "item",
    "itemName", "indicator", "low", "high", "comparator", "unit", "noun", "per", "period", "periodStart", "periodEnd",
    "status", "participants", "participantNames", "counts", "partOf", "reason", "start", "end", "exact", "quoteStart",
    "quoteEnd", "quote", "asserted", "origin", "confidence", "correction", "rule",
)  # fmt: skip

Cell = str | int | bool | date | None
Row = dict[str, Cell]


def to_csv(facts: Facts) -> bytes:
    """Write the table; lines end in CRLF, the first names the columns."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in _rows(facts))
    return table.getvalue().encode("utf-8")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rows(facts: Facts) -> Iterator[Row]:
    names = {entity.id: entity.name for entity in facts.entities}
    for section in facts.sections:
        yield {
            "kind": "section", "id": section.id, "type": section.level, "name": section.title,
            "start": section.start, "end": section.end,
        }  # fmt: skip
    for entity in facts.entities:
        yield from _entity(entity)
    for row in facts.observations:
        yield _observation(row, names)
    for link in facts.relations:
        yield _relation(link, names)
    for number in facts.unread:
        place = Span(start=number.start, end=number.end, exact=number.exact)
        yield {"kind": "unread", "reason": number.reason, "rule": number.rule, **_place(place)}


def _entity(entity: Entity) -> Iterator[Row]:
    yield {
        "kind": "entity", "id": entity.id, "type": _joined((entity.type, *entity.also_types), ordered=True),
        "name": entity.name, "aliases": _joined(entity.aliases), **_provenance(entity),
    }  # fmt: skip
    for span in entity.mentions:
        yield {"kind": "mention", "id": entity.id, "type": entity.type, "name": entity.name, **_place(span)}


def _observation(row: Observation, names: dict[str, str]) -> Row:
    return {
        "kind": "observation", "id": row.id, "subject": row.subject, "subjectName": names.get(row.subject or ""),
        "indicator": row.indicator, "low": row.low, "high": row.high, "comparator": row.comparator, "unit": row.unit,
        "noun": row.noun, "per": row.per, "period": row.period, "periodStart": row.period_start,
        "periodEnd": row.period_end, "status": row.status, "participants": _joined(row.participants),
        "participantNames": _joined(names.get(end, end) for end in row.participants), "counts": row.counts,
        "partOf": row.part_of, **_place(row.number), **_quote(row.evidence), **_provenance(row),
    }  # fmt: skip


def _relation(link: Relation, names: dict[str, str]) -> Row:
    return {
        "kind": "relation", "id": link.id, "subject": link.subject, "subjectName": names.get(link.subject),
        "predicate": link.predicate, "object": link.object, "objectName": names.get(link.object), "item": link.item,
        "itemName": names.get(link.item or ""), "asserted": link.asserted, **_quote(link.evidence),
        **_provenance(link),
    }  # fmt: skip


def _provenance(fact: Entity | Observation | Relation) -> Row:
    return {
        "origin": fact.origin, "confidence": fact.confidence, "correction": fact.correction, "rule": fact.rule or None
    }  # fmt: skip


def _place(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "exact": span.exact}


def _quote(span: Span) -> Row:
    return {"quoteStart": span.start, "quoteEnd": span.end, "quote": span.exact}


def _joined(values: Iterable[str], *, ordered: bool = False) -> str:
    return "|".join(values if ordered else sorted(values))
