"""Groups and their members: lists that a group's stretch holds or that a count ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, takewhile

from kg.facts import Entity
from kg.reading.layers import Article
from kg.reading.relations.draft import Draft
from kg.reading.relations.parts import MEMBERS, belong, taken_out
from kg.reading.relations.sentences import Read
from kg.reading.relations.slots import ANY_SLOT, Named, Place, marks
from kg.reading.rows import load_words

_PLACES = frozenset({"Park", "Facility"})
_JOINING = frozenset("、和与及等")


def members(article: Article, named: Named, sentences: Sequence[Read]) -> Iterator[Draft]:
    """Yield what belongs to which group."""
    for stretch in named.stretches:
        if stretch.entity.type == "ProjectGroup":
            yield from _held(article, stretch, named)
    for read in sentences:
        for slot in read.folded.slots.values():
            if slot.counted_by is not None:
                yield from belong(slot.members, slot.counted_by, "listed-in-group", slot.start, slot.end)
                for firm in slot.of("firm"):
                    yield Draft(firm, "involves", slot.counted_by, "firm-in-group", slot.start, slot.end)
    yield from taken_out(sentences)


def further(sentences: Sequence[Read], stated: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the members that go on over commas behind the first: 分别是总投资5亿元的A项目,总投资3亿元的B项目."""
    first = [draft for draft in stated if draft.rule == "group-members"]
    for read in sentences:
        inside = [draft for draft in first if read.sentence.start <= draft.start < read.sentence.end]
        if inside:
            last = max(inside, key=lambda draft: draft.end)
            group = last.object if last.predicate == "partOf" else last.subject
            at = bisect_left(read.folded.ends, last.end) + 1
            while (match := _next_member().match(read.folded.text, at)) is not None:
                slot = read.folded.slots[match.end() - 1]
                yield from belong(slot.members, group, "group-members", slot.start, slot.end)
                at = match.end()


@cache
def _next_member() -> re.Pattern[str]:
    """A comma and the next work of a list, what is put into it before it allowed."""
    return re.compile(f"(?:\\([^()]*\\))?[,;](?:[^{ANY_SLOT},;。:]{{2,24}}?的)?[{marks('member')}](?=[,;。(])")


def enumerated(sentences: Sequence[Read]) -> Iterator[Draft]:
    """Yield the members of a list behind a colon, one work a point: 8个项目分别是:A投资3亿元建设B项目;C项目."""
    group: Entity | None = None
    paragraph = -1
    for read in sentences:
        text, slots = read.folded.text, read.folded.slots
        group = group if read.sentence.paragraph == paragraph else None
        paragraph = read.sentence.paragraph
        at = 0
        for colon in _colon().finditer(text):
            group = _last_group(read, at, colon.start()) or group
            at = colon.end()
            for start, end in _points(text, at):
                place = next(
                    (place for place in range(start, end) if place in slots and slots[place].of("scheme")), None
                )
                if group is not None and place is not None:
                    slot = slots[place]
                    yield from belong(slot.of("scheme"), group, "listed-behind-colon", slot.start, slot.end)
                elif group is not None and start in slots and slots[start].of("firm"):
                    slot = slots[start]
                    for firm in slot.of("firm"):
                        yield Draft(group, "involves", firm, "firm-behind-colon", slot.start, slot.end)
        group = _last_group(read, at, len(text)) or group


def owned(sentences: Sequence[Read]) -> Iterator[Draft]:
    """Yield the members of a list of firms' own works: 20项项目投产,包括A公司的B项目、C公司的D项目等."""
    group: Entity | None = None
    paragraph = -1
    for read in sentences:
        group = group if read.sentence.paragraph == paragraph else None
        paragraph = read.sentence.paragraph
        for match in _owned_list().finditer(read.folded.text):
            whole = _last_group(read, 0, match.start()) or group
            for at in range(match.start("list"), match.end("list")):
                slot = read.folded.slots.get(at)
                if whole is not None and slot is not None and slot.of("scheme"):
                    yield from belong(slot.of("scheme"), whole, "owned-members", slot.start, slot.end)
        group = _last_group(read, 0, len(read.folded.text)) or group


@cache
def _owned_list() -> re.Pattern[str]:
    """Behind 包括 or 其中, two works or more, each with the firm that has it."""
    one = f"[{marks('firm')}]的[^{ANY_SLOT},;。:、]{{0,6}}[{marks('project_site')}]"
    return re.compile(f"(?:包括|包含|主要有|分别是|分别为|其中)(?P<list>{one}(?:(?:、|和|及|以及){one})+)")


def _last_group(read: Read, start: int, end: int) -> Entity | None:
    """Return the group named last in a stretch of a folded sentence."""
    places = (at for at in range(end - 1, start - 1, -1) if at in read.folded.slots)
    groups = (read.folded.slots[at].of("group") for at in places)
    last = next((found[-1] for found in groups if found), None)
    single = last is not None and last.name.startswith(("1个", "1项", "一个", "一项"))
    return None if single else last


def _points(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the points of a list: what ";" sets apart."""
    while start < len(text):
        end = text.find(";", start)
        end = end if end >= 0 else len(text)
        yield start, end
        start = end + 1


@cache
def _colon() -> re.Pattern[str]:
    return re.compile("(?:分别|具体|主要|依次)?(?:是|为|有|包括|如下|即):|^其中(?=[\ue000-\ue00f])")


def _held(article: Article, stretch: Place, named: Named) -> Iterator[Draft]:
    """The works inside a group's stretch are its members; works begun or continued are built by it."""
    first = bisect_left(named.outer, stretch.start, key=lambda place: place.start)
    inside = [
        place.entity
        for place in takewhile(lambda place: place.start < stretch.end, islice(named.outer, first, None))
        if place.end <= stretch.end
        and place.entity.type in MEMBERS
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
