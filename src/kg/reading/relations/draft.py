"""A relation in the making, and how drafts become facts: each statement once, with its evidence and its context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.facts import Confidence, Entity, Predicate, Relation, Span
from kg.reading.layers import Article


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands between two things, where it is written and by which row; `context` are offsets too."""

    subject: Entity
    predicate: Predicate
    object: Entity
    rule: str
    start: int
    end: int
    item: Entity | None = None
    asserted: bool = True
    confidence: Confidence = "high"
    context: tuple[tuple[int, int], ...] = ()


_ONE_OF: frozenset[Predicate] = frozenset({"builds", "establishes", "operates", "involves", "implements", "produces"})


def distinct(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield each statement once, stated before implied ones; at one pair of ends one place states one thing."""
    seen: set[tuple[str, Predicate, str]] = set()
    pairs: dict[frozenset[str], list[Draft]] = {}
    for draft in sorted(drafts, key=lambda row: not row.asserted):
        name = (draft.subject.id, draft.predicate, draft.object.id)
        ends = frozenset((draft.subject.id, draft.object.id))
        if len(ends) == 1 or name in seen or any(_shadows(other, draft) for other in pairs.get(ends, ())):
            continue
        seen.add(name)
        pairs.setdefault(ends, []).append(draft)
        yield draft


def _shadows(kept: Draft, draft: Draft) -> bool:
    """Tell whether a kept draft says all that another would: implied beside stated, or a second reading of a place."""
    if not draft.asserted:
        return draft.predicate == "involves" or kept.predicate in {draft.predicate, "partOf"}
    meets = kept.start < draft.end and draft.start < kept.end
    return meets and {kept.predicate, draft.predicate} <= _ONE_OF


def facts(article: Article, drafts: Iterable[Draft]) -> tuple[Relation, ...]:
    """Number the drafts in the order of their evidence and quote the text."""
    ordered = sorted(
        distinct(drafts), key=lambda row: (row.start, row.end, row.subject.id, row.predicate, row.object.id)
    )
    return tuple(_fact(article, draft, f"r{number}") for number, draft in enumerate(ordered, 1))


def _fact(article: Article, draft: Draft, name: str) -> Relation:
    things = [draft.subject, draft.object, *([draft.item] if draft.item else [])]
    named = {_named_before(thing, draft) for thing in things} | {article.span(*place) for place in draft.context}
    return Relation(
        id=name,
        rule=draft.rule,
        origin="stated" if draft.asserted else "inferred",
        confidence=draft.confidence,
        subject=draft.subject.id,
        predicate=draft.predicate,
        object=draft.object.id,
        item=draft.item.id if draft.item else None,
        asserted=draft.asserted,
        evidence=article.span(draft.start, _closed(article.folded, draft.start, draft.end)),
        context=tuple(sorted(span for span in named if span is not None)),
    )


def _closed(text: str, start: int, end: int) -> int:
    """Return the end of a quote with the closing mark behind it, where the quote opens one."""
    for opening, closing in ("“”", "《》", "()"):
        if text.startswith(closing, end) and text.count(opening, start, end) > text.count(closing, start, end):
            return end + 1
    return end


def _named_before(thing: Entity, draft: Draft) -> Span | None:
    """Return the mention that names a thing which the evidence itself does not: the last before it, else the first."""
    if not thing.mentions or any(draft.start <= span.start and span.end <= draft.end for span in thing.mentions):
        return None
    spans = sorted(thing.mentions)
    return spans[max(bisect_right(spans, draft.start, key=lambda span: span.start) - 1, 0)]
