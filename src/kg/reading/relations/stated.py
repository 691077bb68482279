"""What sentences state: every frame that fits a folded sentence, its lists spread, its dropped ends carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.facts import Confidence, Entity
from kg.reading.relations.draft import Draft
from kg.reading.relations.frames import End, Frame, fitting
from kg.reading.relations.openings import openings
from kg.reading.relations.sentences import Read
from kg.reading.relations.slots import ANY_SLOT, Slot
from kg.reading.rows import load_words

_CLAUSE = 80
_ALL = re.compile("均|都|全部|分别|双双|纷纷|一同|同时|相继|先后|陆续")
_AND = ("、", "和", "与", "及")
_ENDS: tuple[tuple[End, str], ...] = (("S", "s"), ("O", "o"), ("I", "i"))


def stated(read: Read, acting: Entity | None) -> Iterator[Draft]:
    """Yield what the frames read in a sentence, the rows in file order."""
    if not read.folded.slots:
        return
    taken: set[tuple[str, int]] = set()
    for frame in fitting(read.folded.text):
        for match in _matches(read, frame):
            place = (frame.row.predicate, match.end())
            if frame.dropped is not None and place in taken:
                continue
            ends = _ends(read, frame, match, acting)
            if ends is not None and not _is_undone(read.folded.text, match):
                taken.add(place)
                yield from _drafts(read, frame, match, ends)


def _matches(read: Read, frame: Frame) -> Iterator[re.Match[str]]:
    """Yield where a pattern fits: anywhere, or with a dropped end where a verb may begin, never twice over a place."""
    if frame.dropped is None:
        yield from frame.pattern.finditer(read.folded.text)
        return
    for clause in read.clauses:
        if frame.row.titled and not clause.titled:
            continue
        last = 0
        for at in clause.openings:
            match = frame.pattern.match(read.folded.text, at) if at >= last else None
            if match is not None:
                yield match
                last = match.end()


@dataclass(frozen=True, slots=True)
class _Ends:
    subjects: tuple[Entity, ...]
    objects: tuple[Entity, ...]
    items: tuple[Entity, ...]
    carried: Slot | None


def _ends(read: Read, frame: Frame, match: re.Match[str], acting: Entity | None) -> _Ends | None:
    """Return the things at the ends of a match, None where one is missing."""
    carried: Slot | None = None
    found: dict[End, tuple[Entity, ...]] = {"I": ()}
    groups = match.re.groupindex
    for end, name in _ENDS:
        if name in groups:
            found[end] = _spread(read, frame, match, end, name)
    if frame.dropped is not None:
        carried = _latest(read, frame, match) if frame.row.latest else _topic(read, match)
        things = carried.of(frame.kind(frame.dropped)) if carried is not None else ()
        if carried is not None and carried.start < read.sentence.start and len(things) > 1:
            things = ()
        if "v" in groups and match.string.startswith("的", match.end("v")) and not (carried and carried.of("firm")):
            return None
        if frame.row.acting and frame.dropped == "S" and not (carried and _acts(carried, things, read)):
            carried, things = None, _acting(read, match, acting)
        found[frame.dropped] = things
    if _is_beside(read, match) or _is_of_another(read, match):
        found["S"] = tuple(row for row in found["S"] if row.type == "Enterprise")
    if not found.get("S") or not found.get("O") or (frame.row.item and not found["I"]):
        return None
    return _Ends(found["S"], found["O"], found["I"], carried)


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
    low = max(match.start() - _CLAUSE, 0)
    places = (at for at in range(match.start() - 1, low, -1) if at in read.folded.slots)
    before = (read.folded.slots[at] for at in places if read.folded.text[at - 1 : at] not in {"在", "于"})
    kind = frame.kind(frame.dropped or "S")
    return next((slot for slot in before if slot.of(kind)), None) or _topic(read, match)


@cache
def _relative_head() -> re.Pattern[str]:
    return re.compile(f"的[^{ANY_SLOT},;:。、]{{0,10}}?[{ANY_SLOT}]")


def _acts(carried: Slot, things: Sequence[Entity], read: Read) -> bool:
    """Tell whether not the district acts, but what the sentence itself speaks of."""
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
    if at != match.start() or not _ALL.search(folded.text, at, match.end()):
        return things
    start = _clause_start(folded.text, at)
    places = (folded.slots[place] for place in range(start, at) if place in folded.slots)
    before = [row for slot in places if slot.mark == folded.text[at] for row in slot.of(kind)]
    return tuple({row.id: row for row in (*before, *things)}.values())


def _drafts(read: Read, frame: Frame, match: re.Match[str], ends: _Ends) -> Iterator[Draft]:
    """Yield one draft for each pair of ends; with 分别 and lists of one length the first goes with the first."""
    whole = frame.dropped is not None or _ALL.search(match.group()) is not None
    opening = _clause_start(read.folded.text, match.start()) if whole else match.start()
    start, end = read.folded.span(opening, match.end())
    if ends.carried is not None and read.is_near(ends.carried, match.start()):
        start = min(start, ends.carried.start)
    for one, other in _pairs(read, match, ends):
        yield Draft(
            subject=one,
            predicate=frame.row.predicate,
            object=other,
            item=ends.items[0] if ends.items else None,
            rule=frame.row.id,
            start=start,
            end=end,
            confidence=_confidence(match, ends),
        )


def _pairs(read: Read, match: re.Match[str], ends: _Ends) -> Iterator[tuple[Entity, Entity]]:
    """Yield each subject with each object; with 分别 the first goes with the first, as far as the lists are known.

    Of an open list that a group counts ("A、B等15个项目") a body that is no firm has the group.
    """
    if "分别" in match.group() and len(ends.subjects) == len(ends.objects) > 1:
        yield from zip(ends.subjects, ends.objects, strict=True)
        return
    if "分别" in match.group() and len(ends.objects) == 1 and read.folded.text.startswith(_AND, match.end()):
        yield ends.subjects[0], ends.objects[0]
        return
    group = _open_group(read, match)
    for one in ends.subjects:
        for other in (group,) if group is not None and one.type != "Enterprise" else ends.objects:
            yield one, other


def _open_group(read: Read, match: re.Match[str]) -> Entity | None:
    """Return the group that counts an open list of works in the object's place."""
    slot = read.folded.slots[match.start("o")] if "o" in match.re.groupindex else None
    if slot is None or not slot.of("site"):
        return None
    if slot.counted_by is not None and slot.more:
        return slot.counted_by
    return read.group(slot) if slot.more else None


def _confidence(match: re.Match[str], ends: _Ends) -> Confidence:
    defaulted = ends.carried is None and "s" not in match.re.groupindex
    return "low" if defaulted or _words("open").search(match.group()) else "high"


def _clause_start(text: str, at: int) -> int:
    low = max(at - _CLAUSE, 0)
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in ",;:。!?"))


def _is_undone(text: str, match: re.Match[str]) -> bool:
    """Tell whether the clauses of a match deny what they say."""
    start = _clause_start(text, match.start())
    if _words("undone_before").search(text, start, match.end()):
        return True
    high = min(match.end() + 20, len(text))
    ends = [place for place in (text.find(mark, match.end(), high) for mark in ",;:。!?") if place >= 0]
    return _words("undone").search(text, start, min(ends, default=high)) is not None


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(load_words("slots", key)))
