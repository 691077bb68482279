"""The text cut where any mark begins or ends, so that marks may nest and cross as they please.

Two sorts of marks: a leaf (a number, a period, a name) is what one clicks on, a ground (a measure, a piece of
evidence, a heading) lies under it. Every offset counts code points into the untouched text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.facts import Facts
from kg.reading.layers import Article, Period

_GROUNDS = ("Measure", "ProjectGroup")
_KINDS = {"title": "title", "heading": "heading", "furniture": "furniture", "byline": "byline", "table": "row"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that belongs to the fact `fact` (None: to none) and to the layer `layer`."""

    start: int
    end: int
    layer: str
    fact: str | None
    leaf: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that no mark begins or ends within.

    `link` is the fact of the shortest leaf over it; `first` tells where that leaf begins; `layers` are what is seen:
    of names that hold each other the innermost; `facts` are all facts whose marks or evidence cover it.
    """

    text: str
    layers: tuple[str, ...]
    facts: tuple[str, ...]
    link: str | None
    first: bool


def marks(article: Article, facts: Facts, periods: Iterable[Period]) -> list[Mark]:
    """Collect what there is to see of an article."""
    found = [Mark(row.start, row.end, _KINDS[row.kind], None, False) for row in article.sentences if row.kind in _KINDS]  # noqa: FBT003
    for entity in facts.entities:
        leaf = entity.type not in _GROUNDS
        layer = f"name {entity.type}" if leaf else f"ground {entity.type}"
        found += [Mark(span.start, span.end, layer, entity.id, leaf) for span in entity.mentions]
    for row in facts.observations:
        found.append(Mark(row.number.start, row.number.end, "quantity", row.id, leaf=True))
        found += [Mark(span.start, span.end, "evidence", row.id, leaf=False) for span in (row.evidence, *row.context)]
    for link in facts.relations:
        found += [
            Mark(span.start, span.end, "evidence", link.id, leaf=False) for span in (link.evidence, *link.context)
        ]
    found += [Mark(row.start, row.end, "period", None, leaf=False) for row in periods]
    found += [Mark(row.start, row.end, "unread", unread_id(place), leaf=True) for place, row in enumerate(facts.unread)]
    return found


def unread_id(place: int) -> str:
    """Name an unread number, which has no id of its own, by its place in the list."""
    return f"u{place + 1}"


def segments(text: str, found: Sequence[Mark]) -> Iterator[Segment]:
    """Cut the text; time grows with the number of marks, not with the text times the marks."""
    opening = sorted((mark for mark in found if mark.start < mark.end), key=lambda mark: (mark.start, mark.end))
    borders = sorted({0, len(text), *(edge for mark in opening for edge in (mark.start, mark.end))})
    active: list[Mark] = []
    place = 0
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.end > start]
        while place < len(opening) and opening[place].start <= start:
            active.append(opening[place])
            place += 1
        yield _segment(text[start:end], active, start)


def _segment(text: str, active: Sequence[Mark], start: int) -> Segment:
    leaves = sorted((mark for mark in active if mark.leaf), key=lambda mark: (mark.end - mark.start, mark.layer))
    shown = [mark for mark in active if not mark.leaf]
    shown += [mark for mark in leaves if mark.layer == "unread"]
    shown += [mark for mark in leaves if mark.layer != "unread"][:1]
    return Segment(
        text=text,
        layers=tuple(sorted({layer for mark in shown for layer in mark.layer.split()})),
        facts=tuple(sorted({mark.fact for mark in active if mark.fact is not None})),
        link=leaves[0].fact if leaves else None,
        first=bool(leaves) and leaves[0].start == start,
    )
