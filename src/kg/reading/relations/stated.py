"""What sentences state: every frame that fits a folded sentence, its lists spread, its dropped ends carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.facts import Confidence, Entity
from kg.reading.relations.draft import Draft
from kg.reading.relations.ends import Ends, find_ends, says_all
from kg.reading.relations.frames import Frame, fitting
from kg.reading.relations.sentences import Read, clause_start
from kg.reading.rows import load_words

_AND = ("、", "和", "与", "及")


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
            ends = find_ends(read, frame, match, acting)
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


def _drafts(read: Read, frame: Frame, match: re.Match[str], ends: Ends) -> Iterator[Draft]:
    """Yield one draft for each pair of ends; with 分别 and lists of one length the first goes with the first."""
    whole = frame.dropped is not None or says_all(match.group())
    opening = clause_start(read.folded.text, match.start()) if whole else match.start()
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


def _pairs(read: Read, match: re.Match[str], ends: Ends) -> Iterator[tuple[Entity, Entity]]:
    """Yield each subject with each object; with 分别 the first goes with the first, as far as the lists are known.

    Of an open list that a group counts ("A、B等15个项目") a body that is no firm has the group.
    """
    opening = read.folded.text[clause_start(read.folded.text, match.start()) : match.start()]
    apart = "分别" in match.group() or opening.rstrip("与同和跟").endswith("分别")
    if apart and len(ends.subjects) == len(ends.objects) > 1:
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


def _confidence(match: re.Match[str], ends: Ends) -> Confidence:
    defaulted = ends.carried is None and "s" not in match.re.groupindex
    return "low" if defaulted or _words("open").search(match.group()) else "high"


def _is_undone(text: str, match: re.Match[str]) -> bool:
    """Tell whether the clauses of a match deny what they say."""
    start = clause_start(text, match.start())
    if _words("undone_before").search(text, start, match.end()):
        return True
    high = min(match.end() + 20, len(text))
    ends = [place for place in (text.find(mark, match.end(), high) for mark in ",;:。!?") if place >= 0]
    return _words("undone").search(text, start, min(ends, default=high)) is not None


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(load_words("slots", key)))
