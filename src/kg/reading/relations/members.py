"""Groups and their members: lists that a group's stretch holds or a count ends, and what "其中" takes out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, takewhile

from kg.facts import Entity
from kg.reading.layers import Article
from kg.reading.relations.discourse import clauses, head_of
from kg.reading.relations.draft import Draft
from kg.reading.relations.sentences import Read
from kg.reading.relations.slots import Folded, Named, Place, Slot, marks
from kg.reading.rows import load_words

_PLACES = frozenset({"Park", "Facility"})
_JOINING = frozenset("、和与及等")
_MEMBERS = frozenset({"Project", "Park", "Facility", "ProjectGroup"})


def members(article: Article, named: Named, sentences: Sequence[Read]) -> Iterator[Draft]:
    """Yield what belongs to which group."""
    for stretch in named.stretches:
        if stretch.entity.type == "ProjectGroup":
            yield from _held(article, stretch, named)
    for read in sentences:
        for slot in read.folded.slots.values():
            if slot.counted_by is not None:
                yield from _belong(slot.members, slot.counted_by, "listed-in-group", slot.start, slot.end)
    yield from _taken_out(sentences)


def _held(article: Article, stretch: Place, named: Named) -> Iterator[Draft]:
    """The works inside a group's stretch are its members; works begun or continued are built by it."""
    first = bisect_left(named.outer, stretch.start, key=lambda place: place.start)
    inside = [
        place.entity
        for place in takewhile(lambda place: place.start < stretch.end, islice(named.outer, first, None))
        if place.end <= stretch.end
        and place.entity.type in _MEMBERS
        and (place.entity.type not in _PLACES or _is_listed(article.folded, place))
    ]
    begun = article.folded.startswith(load_words("slots", "begun"), stretch.start, stretch.end)
    for thing in {row.id: row for row in inside}.values():
        if thing.id == stretch.entity.id:
            continue
        if begun:
            yield Draft(stretch.entity, "builds", thing, "begun-in-group", stretch.start, stretch.end)
        else:
            yield Draft(thing, "partOf", stretch.entity, "listed-in-group", stretch.start, stretch.end)


def _is_listed(text: str, place: Place) -> bool:
    """Tell whether a name is one of a list, not where the list's works stand."""
    return text[place.end : place.end + 1] in _JOINING or text[place.start - 1 : place.start] in _JOINING


def _belong(things: Sequence[Entity], group: Entity, rule: str, start: int, end: int) -> Iterator[Draft]:
    for thing in things:
        if thing.id != group.id and thing.type in _MEMBERS:
            yield Draft(thing, "partOf", group, rule, start, end)


def _taken_out(sentences: Sequence[Read]) -> Iterator[Draft]:
    """Yield the parts behind "其中" and "在…个项目中": what their clauses speak of is a part of the group before."""
    last: Slot | None = None
    paragraph = -1
    for read in sentences:
        if read.sentence.paragraph != paragraph:
            last, paragraph = None, read.sentence.paragraph
        whole: Slot | None = None
        folded = read.folded
        fresh, lasting = True, False
        restricted = _restricted().match(folded.text) is not None
        for start, end in clauses(folded):
            if folded.text[start - 1 : start] == ";":
                fresh, whole = True, whole if lasting else None
            opening = _within().match(folded.text, start, end)
            if opening is not None:
                whole = folded.slots[opening.start("g")] if opening["g"] else last
                lasting = opening["g"] is not None
            told = whole is not None and not folded.text.startswith(("包括", "包含", "主要有"), start)
            head = _head(folded, start, end) if told else None
            if whole is not None and head is not None and head is not whole and _is_part(head, fresh=fresh):
                yield from _belong(head.members, whole.members[0], "part-of-group", head.start, head.end)
            fresh = fresh and (head is None or opening is not None)
            for at in range(start, end):
                slot = folded.slots.get(at)
                if slot is not None and slot.members[0].type == "ProjectGroup" and whole is None and not restricted:
                    last = slot


def _head(folded: Folded, start: int, end: int) -> Slot | None:
    """Return what a clause speaks of, or the group that it counts first (谋划专项债券项目33个)."""
    head = head_of(folded, start, end)
    first = next((folded.slots[at] for at in range(start, end) if at in folded.slots), None)
    return first if head is None and first is not None and first.members[0].type == "ProjectGroup" else head


def _is_part(head: Slot, *, fresh: bool) -> bool:
    """Tell whether what a clause speaks of is a part of a group: any group, of works the first of a stretch."""
    return all(row.type == "ProjectGroup" or (fresh and row.type == "Project") for row in head.members)


@cache
def _restricted() -> re.Pattern[str]:
    """A sentence that speaks of a part of what was named before: 此次签约的项目中."""
    return re.compile("[^,;。]{0,16}项目(?:中|里),")


@cache
def _within() -> re.Pattern[str]:
    """What opens a clause that takes something out of a group."""
    return re.compile(f"其中|在?(?P<g>[{marks('group')}])(?:中|里|当中)")
