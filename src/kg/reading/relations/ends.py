"""What stands at the ends of a match: the things of its slots, and for a dropped end what the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.facts import Entity
from kg.reading.relations.frames import End, Frame
from kg.reading.relations.openings import openings
from kg.reading.relations.sentences import Read, clause_start
from kg.reading.relations.slots import ANY_SLOT, Slot
from kg.reading.rows import load_words

_BACK = 80
_ENDS: tuple[tuple[End, str], ...] = (("S", "s"), ("O", "o"), ("I", "i"))


@dataclass(frozen=True, slots=True)
class Ends:
    """The things at the ends of a match; `carried` is the topic that fills a dropped end, if one does."""

    subjects: tuple[Entity, ...]
    objects: tuple[Entity, ...]
    items: tuple[Entity, ...]
    carried: Slot | None


def find_ends(read: Read, frame: Frame, match: re.Match[str], acting: Entity | None) -> Ends | None:
    """Return the things at the ends of a match, None where one is missing."""
    carried: Slot | None = None
    found: dict[End, tuple[Entity, ...]] = {"I": ()}
    groups = match.re.groupindex
    for end, name in _ENDS:
        if name in groups:
            found[end] = _spread(read, frame, match, end, name)
    if frame.dropped is not None:
        carried, found[frame.dropped] = _dropped(read, frame, match, acting)
    if frame.row.predicate == "builds" and "S" in found and frame.kind("S") == "actor":
        found["S"] = tuple(row for row in found["S"] if row.type != "Project")
    if _is_beside(read, match) or _is_of_another(read, match):
        found["S"] = tuple(row for row in found["S"] if row.type == "Enterprise")
    if not found.get("S") or not found.get("O") or (frame.row.item and not found["I"]):
        return None
    return Ends(found["S"], found["O"], found["I"], carried)


def _dropped(
    read: Read, frame: Frame, match: re.Match[str], acting: Entity | None
) -> tuple[Slot | None, tuple[Entity, ...]]:
    """Return what fills the end that the text drops: of the topic what its kind takes, else the acting district.

    Several things are not carried into another sentence, and "建设的B" without a firm before it has no subject.
    """
    topic = _latest(read, frame, match) if frame.row.latest else _topic(read, match)
    things = topic.of(frame.kind(frame.dropped or "S")) if topic is not None else ()
    if topic is not None and topic.start < read.sentence.start and len(things) > 1:
        things = ()
    if (
        frame.dropped == "S"
        and "v" in match.re.groupindex
        and match.string.startswith("的", match.end("v"))
        and not (topic and topic.of("firm"))
    ):
        return None, ()
    if frame.row.acting and frame.dropped == "S" and not (topic and _acts(topic, things, read)):
        return None, _acting(read, match, acting)
    return topic, things


def _is_beside(read: Read, match: re.Match[str]) -> bool:
    """Tell whether the subject stands behind 与: then it acts only where it is a firm."""
    at = match.start("s") if "s" in match.re.groupindex else 0
    return at > 0 and read.folded.text[at - 1] in "与同跟"


def _is_of_another(read: Read, match: re.Match[str]) -> bool:
    """Tell whether a district only begins what acts (深圳前海资本): something else stands before the verb."""
    groups = match.re.groupindex
    at = match.start("s") if {"s", "v"} <= groups.keys() else -1
    if at < 0 or match.start("v") < at or not read.folded.slots[at].of("district"):
        return False
    verb, text = match.start("v"), read.folded.text
    return verb not in openings(text, at + 1, verb) and not text.startswith(load_words("slots", "offices"), at + 1)


def _topic(read: Read, match: re.Match[str]) -> Slot | None:
    """Return what the text speaks of where a match begins; of a relative clause it is the head (年产10万个车厢的B)."""
    head = _relative_head().match(read.folded.text, match.end())
    return read.folded.slots[head.end() - 1] if head is not None else read.clause(match.start()).topic


def _latest(read: Read, frame: Frame, match: re.Match[str]) -> Slot | None:
    """Return what was named last before a match of the kind that its dropped end takes."""
    low = max(match.start() - _BACK, 0)
    places = (at for at in range(match.start() - 1, low, -1) if at in read.folded.slots)
    before = (read.folded.slots[at] for at in places if read.folded.text[at - 1 : at] not in {"在", "于"})
    kind = frame.kind(frame.dropped or "S")
    return next((slot for slot in before if slot.of(kind)), None) or _topic(read, match)


@cache
def _relative_head() -> re.Pattern[str]:
    return re.compile(f"的[^{ANY_SLOT},;:。、]{{0,10}}?[{ANY_SLOT}]")


def _acts(carried: Slot, things: Sequence[Entity], read: Read) -> bool:
    """Tell whether it is not the district that acts, but what the sentence itself speaks of."""
    return carried.start >= read.sentence.start and bool(things or carried.of("firm") or carried.of("work"))


def _acting(read: Read, match: re.Match[str], acting: Entity | None) -> tuple[Entity, ...]:
    """Return the acting district, unless a heading only names what follows or a group builds its own members."""
    slot = read.folded.slots[match.start("o")]
    silent = acting is None or read.sentence.kind == "heading" or read.group(slot) is not None
    return () if silent or acting is None else (acting,)


def _spread(read: Read, frame: Frame, match: re.Match[str], end: End, name: str) -> tuple[Entity, ...]:
    """Return the things of a slot, and where "all" stands behind it those before it in its clause too."""
    folded, at, kind = read.folded, match.start(name), frame.kind(end)
    things = folded.slots[at].of(kind)
    if at != match.start() or not says_all(folded.text[at : match.end()]):
        return things
    start = clause_start(folded.text, at)
    places = (folded.slots[place] for place in range(start, at) if place in folded.slots)
    before = [row for slot in places if slot.mark == folded.text[at] for row in slot.of(kind)]
    return tuple({row.id: row for row in (*before, *things)}.values())


def says_all(text: str) -> bool:
    """Tell whether a stretch says that all do something (均, 相继)."""
    return any(word in text for word in load_words("slots", "all"))
