"""What a text has just been speaking of: words that stand for a thing named before, and subjects carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.facts import Entity, EntityType
from kg.reading.names.anaphora import AnaphorRow
from kg.reading.relations.frames import frame_verbs
from kg.reading.relations.slots import ANY_SLOT, Folded, Place, Slot
from kg.reading.rows import Row, load_rows, load_words

_CLAUSE_END = ",;:。!?|\n"
_LEAD = 30
_KEPT = 12
_SMALL = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


class StandinRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that stand for a thing of these types named before; `name` is the thing meant in `yes`."""

    types: tuple[EntityType, ...]
    after: tuple[str, ...] = ()
    several: tuple[str, ...]
    name: str


@dataclass(slots=True)
class Discourse:
    """What was named so far.

    `latest` are the things of each type in the order named, `fresh` those of this sentence; `topic` is what is spoken
    of, `title` the name that was the whole sentence before.
    """

    latest: dict[EntityType, list[Entity]] = field(default_factory=dict)
    fresh: list[Entity] = field(default_factory=list)
    topic: Slot | None = None
    title: Slot | None = None

    def name(self, thing: Entity) -> None:
        """Take note of a thing named."""
        self.fresh.append(thing)
        for kind in (thing.type, *thing.also_types):
            row = self.latest.setdefault(kind, [])
            row[:] = [*(other for other in row if other is not thing), thing][-_KEPT:]

    def last(self, types: Sequence[EntityType], count: int = 1) -> tuple[Entity, ...]:
        """Return the things of these types named last, none where fewer were named.

        For one, a firm that opened the sentence comes first, else what was named last in the sentence, else the topic.
        """
        if count == 1:
            here = [row for row in self.fresh if row.type in types]
            about = [row for row in self.topic.members if row.type in types] if self.topic else []
            if here or len(about) == 1:
                return (here[0] if here and "Enterprise" in types else here[-1] if here else about[0],)
        known = [row for kind in types for row in self.latest.get(kind, [])]
        return tuple(known[-count:]) if len(known) >= count else ()

    def called(self, types: Sequence[EntityType], word: str) -> tuple[Entity, ...]:
        """Return the park named last whose name ends in a word (小镇 of 德清地理信息小镇), none for other things."""
        parks = self.latest.get("Park", []) if "Park" in types and len(word) > 1 else []
        return tuple(row for row in parks if row.name.endswith(word))[-1:]


def with_standins(text: str, start: int, end: int, places: Sequence[Place], said: Discourse) -> Iterator[Slot]:
    """Yield the slots of a sentence from left to right: what is named in it, and the words that stand for a thing."""
    at = 0
    for match in _standin_pattern().finditer(text, start, end):
        while at < len(places) and places[at].start < match.end():
            yield _name(places[at], said)
            at += 1
        if at and places[at - 1].end > match.start():
            continue
        slot = _standin(match, said)
        if slot is not None:
            yield slot
    for place in places[at:]:
        yield _name(place, said)


def _name(place: Place, said: Discourse) -> Slot:
    for entity in (*place.inside, place.entity):
        said.name(entity)
    return Slot(place.start, place.end, (place.entity,))


def _standin(match: re.Match[str], said: Discourse) -> Slot | None:
    """Resolve a word to the thing or things it stands for."""
    row = standin_rows()[int((match.lastgroup or "r0")[1:].partition("_")[0])]
    counted = re.match("[两二三四五六七八九十]", match.group())
    members = said.last(row.types, _SMALL[counted.group()] if counted else 1)
    members = said.called(row.types, match.group()) or members
    return Slot(match.start(), match.end(), members, standin=True) if members else None


@cache
def standin_rows() -> tuple[StandinRow, ...]:
    """Return the rows of `tables/standins.toml`."""
    return load_rows("standins", StandinRow)


@cache
def _standin_pattern() -> re.Pattern[str]:
    """One pattern for all rows: what a word stands for is told by the group that matched."""
    behind = "|".join(f"(?<={word})" for word in load_words("standins", "behind"))
    verbal = "|".join(sorted(load_words("standins", "verbal"), key=len, reverse=True))
    opening = rf"(?:(?<=[{re.escape(_CLAUSE_END)} ])|\A)"
    parts = []
    for index, row in enumerate(standin_rows()):
        if (anywhere := _anaphors(row, opens=False)) != "":
            parts.append(f"(?P<r{index}_a>{anywhere})")
        parts.append(f"(?P<r{index}_n>[两二三四五六七八九][家个](?:{'|'.join(row.several)})(?!的))")
        if (opened := _anaphors(row, opens=True)) != "":
            parts.append(f"(?P<r{index}_s>{opening}(?:{opened})(?={verbal}))")
        if row.after:
            parts.append(
                f"(?P<r{index}_b>(?:{behind})(?:{'|'.join(row.after)})(?![\u4e00-\u9fff](?<![内后发建投并以的和])))"
            )
    return re.compile("|".join(parts))


def _anaphors(row: StandinRow, *, opens: bool) -> str:
    """Return the words of `tables/anaphora.toml` for things of a row's types, as alternatives."""
    rows = (other for other in load_rows("anaphora", AnaphorRow) if not other.acting and other.opens == opens)
    return "|".join(word for other in rows if other.types[0] in row.types for word in other.words)


def clauses(folded: Folded) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a folded sentence as (start, end) positions, closing mark not included."""
    start = 0
    for match in re.finditer(f"[{re.escape(_CLAUSE_END)}]", folded.text):
        yield start, match.start()
        start = match.end()
    if start < len(folded.text):
        yield start, len(folded.text)


def head_of(folded: Folded, start: int, end: int) -> Slot | None:
    """Return what a clause leaves as subject for the next: "A建设的B占地…" speaks of B, "县里引进A" of A.

    None where it names no subject.
    """
    places = [at for at in range(start, min(end, start + _LEAD)) if at in folded.slots]
    pivot = next((at for at in places if _is_pivot(folded, start, at, end)), None)
    if pivot is not None:
        return folded.slots[pivot]
    return _subject(folded, start, end, places)


def _subject(folded: Folded, start: int, end: int, places: Sequence[int]) -> Slot | None:
    """Return the first thing of a clause or the head that it belongs to, unless a verb stands before it."""
    if not places:
        return None
    at, before = places[0], folded.text[start : places[0]]
    head = _head(folded, at, end)
    if head != at and before.endswith(load_words("slots", "by_means")):
        return None
    if head == at and before.endswith((*load_words("slots", "oblique"), *load_words("slots", "beside"))):
        return _subject(folded, at + 1, end, places[1:]) if before.endswith(("在", "于")) else None
    if before.endswith("、") and before.startswith(load_words("slots", "oblique")):
        return None
    if not before.endswith("的") and any(verb in before for verb in frame_verbs()):
        return None
    return folded.slots[head]


def _head(folded: Folded, at: int, end: int) -> int:
    """Return the position of the head that a slot belongs to: the last of a chain of relative clauses."""
    while (relative := _relative_pattern().match(folded.text, at + 1, end)) is not None:
        at = relative.end() - 1
    return at


def _is_pivot(folded: Folded, start: int, at: int, end: int) -> bool:
    """Tell whether a firm or a programme that is no subject here is the one of what follows."""
    text, slot = folded.text, folded.slots[at]
    if slot.of("programme"):
        return text.endswith(load_words("slots", "drafted"), start, at)
    if not slot.of("firm"):
        return False
    beside = text.endswith(load_words("slots", "beside"), start, at)
    signed = beside and any(word in text[at:end] for word in load_words("slots", "signed"))
    return signed or text.endswith(load_words("slots", "pivots"), start, at)


@cache
def _relative_pattern() -> re.Pattern[str]:
    """A relative clause up to its head: 投资3亿元建设的B."""
    where = f"(?:在|于|到)[{ANY_SLOT}]"
    return re.compile(f"(?:[^{ANY_SLOT},;:。]|{where}){{0,16}}?的[^{ANY_SLOT},;:。的]{{0,8}}?[{ANY_SLOT}]")
