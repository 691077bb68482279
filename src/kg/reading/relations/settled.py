"""Firms of a park told point by point: 园区已入驻的企业有A,…;B投资…;C, or 园内企业61户。其中,A…;B…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.facts import Entity
from kg.reading.relations.draft import Draft
from kg.reading.relations.sentences import Read
from kg.reading.relations.slots import ANY_SLOT, FIGURE, marks
from kg.reading.rows import load_words

_RULE = "settled-points"
_NEAR = 24


def settled(sentences: Sequence[Read]) -> Iterator[Draft]:
    """Yield each firm that opens a point of such a list, in the park that the list is of."""
    park: Entity | None = None
    for read in sentences:
        counted, park = park, None
        text = read.folded.text
        begun = _begun().search(text)
        if begun is not None:
            yield from _points(read, _last_park(read, begun.start()), begun.end())
        elif counted is not None and text.startswith(load_words("slots", "of_these")):
            yield from _points(read, counted, 0)
        if _counted().search(text) is not None:
            park = _last_park(read, len(text))


def _points(read: Read, park: Entity | None, start: int) -> Iterator[Draft]:
    """Yield the firms that open the points of a sentence, the point that an offset lies in the first."""
    text, at = read.folded.text, read.folded.text.rfind(";", 0, start) + 1
    while park is not None and at < len(text):
        opening = _opening().match(text, max(at, start))
        slot = read.folded.slots[opening.end() - 1] if opening is not None else None
        for firm in slot.of("firm") if slot is not None else ():
            yield Draft(firm, "locatedIn", park, _RULE, slot.start if slot else 0, slot.end if slot else 0)
        at = text.find(";", max(at, start)) + 1 or len(text)


def _last_park(read: Read, end: int) -> Entity | None:
    """Return the park named last before a position of a sentence, else the one that the sentence speaks of."""
    places = (read.folded.slots[at] for at in range(end - 1, -1, -1) if at in read.folded.slots)
    parks = [row for slot in places for row in slot.of("park")]
    topic = read.clause(max(end - 1, 0)).topic
    parks += topic.of("park") if topic is not None else ()
    return parks[0] if parks else None


@cache
def _begun() -> re.Pattern[str]:
    """How a list of firms that came to a park begins: 已入驻的企业有."""
    came, listing = ("|".join(load_words("slots", key)) for key in ("came", "listing"))
    return re.compile(f"(?:{came})[^,。;{ANY_SLOT}]{{0,10}}(?:企业|公司)[^,。;{ANY_SLOT}]{{0,8}}(?:{listing})")


@cache
def _counted() -> re.Pattern[str]:
    """Firms counted in a park: 园内投产企业61户."""
    inside = f"(?:内|{'|'.join(load_words('slots', 'came'))}|现有|拥有)[^,。;{ANY_SLOT}]{{0,8}}"
    return re.compile(f"{inside}(?:(?:企业|公司){FIGURE}|{FIGURE}[^,。;{ANY_SLOT}]{{0,6}}(?:企业|公司))")


@cache
def _opening() -> re.Pattern[str]:
    """The words before the firm that opens a point, what is put into it among them."""
    return re.compile(f"[^;。{ANY_SLOT}]{{0,{_NEAR}}}[{marks('firm')}]")
