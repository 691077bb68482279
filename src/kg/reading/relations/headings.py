"""Measures and the programmes they serve: the heading that a measure stands under, else the acting district."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from kg.facts import Entity, Section, Span
from kg.reading.layers import Article
from kg.reading.relations.draft import Draft
from kg.reading.relations.slots import Named, Place

_CLAUSE = 120
_HEADS = frozenset({"Programme", "Measure"})


def under_headings(
    article: Article, named: Named, entities: Sequence[Entity], acting: Entity | None, pursued: AbstractSet[str]
) -> Iterator[Draft]:
    """Yield the programme of each measure, and the programme that a heading's own one is part of.

    `pursued` are the ids of what a sentence says is carried out: a programme among them is part of its heading's.
    """
    heads = _heads(article.sections, named)
    parents = _parents(article.sections)
    for section, head in heads.items():
        above = _above(section, parents, heads)
        if above is not None and above.entity is not head.entity:
            yield _part(head.entity, above, head.start, head.end)
    for entity in entities:
        if (entity.type != "Measure" and entity.id not in pursued) or not entity.mentions:
            continue
        mention = min(entity.mentions)
        served = _served(article, mention, entity, heads)
        start, end = _clause(article, mention)
        if served is not None:
            yield _part(entity, served, start, end)
        elif acting is not None and entity.type == "Measure":
            yield Draft(
                acting, "implements", entity, "measure-of-district", start, end, asserted=False, confidence="low"
            )


def _part(entity: Entity, head: Place, start: int, end: int) -> Draft:
    """A measure serves its heading's programme; a programme under a heading is part of the heading's, by inference."""
    context = ((head.start, head.end),)
    if entity.type == "Measure":
        return Draft(entity, "partOfProgramme", head.entity, "measure-under-heading", start, end, context=context)
    return Draft(entity, "partOf", head.entity, "heading-under-heading", start, end, asserted=False, context=context)


def _heads(sections: Sequence[Section], named: Named) -> dict[str, Place]:
    """Map each section to the programme or measure that its heading names."""
    places = sorted((*named.outer, *named.stretches), key=lambda place: (place.start, -place.end))
    heads: dict[str, Place] = {}
    at = 0
    for section in sorted(sections, key=lambda section: section.start):
        while at < len(places) and places[at].start < section.start:
            at += 1
        end = section.start + len(section.title)
        inside = (place for place in places[at : at + 8] if place.end <= end and place.entity.type in _HEADS)
        head = next(inside, None)
        if head is not None:
            heads[section.id] = head
    return heads


def _parents(sections: Sequence[Section]) -> dict[str, Section | None]:
    """Map each section to the one that holds it."""
    parents: dict[str, Section | None] = {}
    opened: list[Section] = []
    for section in sorted(sections, key=lambda section: (section.start, section.level)):
        while opened and (opened[-1].level >= section.level or opened[-1].end <= section.start):
            opened.pop()
        parents[section.id] = opened[-1] if opened else None
        opened.append(section)
    return parents


def _above(section: str, parents: dict[str, Section | None], heads: dict[str, Place]) -> Place | None:
    """Return the nearest heading above a section that names a programme."""
    parent = parents.get(section)
    while parent is not None and parent.id not in heads:
        parent = parents.get(parent.id)
    return heads[parent.id] if parent is not None else None


def _served(article: Article, mention: Span, entity: Entity, heads: dict[str, Place]) -> Place | None:
    """Return the heading that a measure's first mention stands under, its own heading apart."""
    holding = [row for row in article.sections if row.start <= mention.start < row.end]
    for section in sorted(holding, key=lambda row: (-row.level, -row.start)):
        head = heads.get(section.id)
        if head is not None and head.entity.id != entity.id and head.entity.type == "Programme":
            return head
    return None


def _clause(article: Article, mention: Span) -> tuple[int, int]:
    """Return the clause that holds a mention."""
    low, high = max(mention.start - _CLAUSE, 0), min(mention.end + _CLAUSE, len(article.folded))
    start = max(low, *(article.folded.rfind(mark, low, mention.start) + 1 for mark in ",;:。!?\n"))
    ends = [place for mark in ",;:。!?\n" if (place := article.folded.find(mark, mention.end, high)) >= 0]
    while start < mention.start and article.folded[start].isspace():
        start += 1
    return start, min(ends, default=mention.end)
