"""A sentence folded for the verb frames: each named thing, list of things, figure and period becomes one character.

"和盛食品公司投资1.2亿元建设冷却肉项目" is folded to "E投资#建设P", where E, # and P stand for characters of the private
use area, one for each type of thing. A frame is then a short pattern, and every place in it leads back to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from kg.facts import Entity, EntityType
from kg.reading.layers import Layers
from kg.reading.rows import load_words

_TYPES: tuple[EntityType, ...] = get_args(EntityType)
_MARK = dict(zip(_TYPES, map(chr, range(0xE000, 0xE000 + len(_TYPES))), strict=True))
FIGURE, PERIOD = "\ue020", "\ue021"
ANY_SLOT = f"{_MARK[_TYPES[0]]}-{_MARK[_TYPES[-1]]}"
_OVERLAID: frozenset[EntityType] = frozenset({"ProjectGroup", "Measure"})
_AFTER_PLACE: frozenset[EntityType] = frozenset({"District", "Park", "Facility", "PublicBody", "Enterprise"})
_SHOWN: frozenset[EntityType] = frozenset({"Enterprise", "Project", "Park", "Product", "Facility", "System"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is named; `inside` are the things that its name names besides."""

    start: int
    end: int
    entity: Entity
    inside: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a frame: a thing or the things of a list, and the stretch that names them.

    `standin` tells a word that stands for a thing named before (该公司), `counted_by` the group that counts the list,
    `more` that the list goes on beyond the things named (等).
    """

    start: int
    end: int
    members: tuple[Entity, ...]
    standin: bool = False
    counted_by: Entity | None = None
    more: bool = False

    @property
    def mark(self) -> str:
        """The character that stands for it."""
        return _MARK[self.members[0].type]

    def of(self, kind: str) -> tuple[Entity, ...]:
        """Return the members that a kind of end takes."""
        types = frozenset(load_words("slots", kind))
        return tuple(row for row in self.members if row.type in types or types.intersection(row.also_types))


@dataclass(frozen=True, slots=True)
class Named:
    """Where the things of a text are named: those that stand for themselves, those inside longer names, and stretches.

    `outer` are the places that frames see, `inner` the (inside, outside) pairs, `stretches` those of the groups and
    measures that hold other names. All are in text order.
    """

    outer: tuple[Place, ...]
    inner: tuple[tuple[Place, Place], ...]
    stretches: tuple[Place, ...]


def named(layers: Layers, entities: Sequence[Entity]) -> Named:
    """Sort the mentions of a text by what holds what."""
    things = {entity.id: entity for entity in entities}
    spans = {(span.start, span.end, entity.id) for entity in entities for span in entity.mentions}
    spans |= {(row.start, row.end, row.entity) for row in layers.mentions if row.entity in things}
    ordered = sorted(spans, key=lambda span: (span[0], -span[1], span[2]))
    places = [Place(start, end, things[name]) for start, end, name in ordered]
    stretches = tuple(place for place, held in _holding(places) if held)
    overlaid = frozenset((place.start, place.end, place.entity.id) for place in stretches)
    outer: list[Place] = []
    inner: list[tuple[Place, Place]] = []
    for place in places:
        if (place.start, place.end, place.entity.id) in overlaid:
            continue
        if outer and place.start < outer[-1].end:
            if place.end <= outer[-1].end and place.entity is not outer[-1].entity:
                inner.append((place, outer[-1]))
            continue
        outer.append(place)
    inside: dict[int, tuple[Entity, ...]] = {}
    for held, holder in inner:
        inside[holder.start] = (*inside.get(holder.start, ()), held.entity)
    complete = (Place(row.start, row.end, row.entity, inside.get(row.start, ())) for row in outer)
    return Named(tuple(complete), tuple(inner), stretches)


def _holding(places: Sequence[Place]) -> Iterator[tuple[Place, bool]]:
    """Yield each group or measure with whether its stretch holds the name of a firm, a work or a thing made."""
    for index, place in enumerate(places):
        if place.entity.type not in _OVERLAID:
            continue
        inside = (other for other in _following(places, index + 1, place.end))
        yield (
            place,
            any(
                other.entity.type in _SHOWN and (other.start, other.end) != (place.start, place.end) for other in inside
            ),
        )


def _following(places: Sequence[Place], first: int, end: int) -> Iterator[Place]:
    for index in range(first, min(first + 40, len(places))):
        if places[index].start >= end:
            return
        if places[index].end <= end:
            yield places[index]


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence folded: `text` has one character for each slot, `starts` and `ends` lead back, `slots` by position."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    slots: dict[int, Slot]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets into the article of a stretch that is not empty."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class _Piece:
    mark: str
    start: int
    end: int
    slot: Slot | None = None


def fold_pieces(
    text: str, start: int, end: int, slots: Iterable[Slot], figures: Iterable[tuple[int, int, str]]
) -> Folded:
    """Fold a stretch of text: `slots` win over `figures`, which are (start, end, mark)."""
    taken = [_Piece(slot.mark, slot.start, slot.end, slot) for slot in slots]
    covered = {at for piece in taken for at in range(piece.start, piece.end)}
    taken += [_Piece(mark, low, high) for low, high, mark in figures if low not in covered and high - 1 not in covered]
    pieces: list[_Piece] = []
    at = start
    for piece in sorted(taken, key=lambda piece: piece.start):
        if piece.start < at:
            continue
        pieces += [_Piece(text[place], place, place + 1) for place in range(at, piece.start)]
        pieces.append(piece)
        at = piece.end
    pieces += [_Piece(text[place], place, place + 1) for place in range(at, end)]
    return _folded(_listed(_quoted(_placed(pieces))))


def _folded(pieces: Sequence[_Piece]) -> Folded:
    return Folded(
        "".join(piece.mark for piece in pieces),
        tuple(piece.start for piece in pieces),
        tuple(piece.end for piece in pieces),
        {index: piece.slot for index, piece in enumerate(pieces) if piece.slot is not None},
    )


def _placed(pieces: list[_Piece]) -> list[_Piece]:
    """Let a name take the districts right before it (齐齐哈尔市龙沙区, 册亨县巧马工业园)."""
    kept: list[_Piece] = []
    for piece in pieces:
        start = piece.start
        if piece.slot is not None and piece.slot.members[0].type in _AFTER_PLACE:
            while kept and kept[-1].mark == _MARK["District"] and kept[-1].end == start:
                start = kept.pop().start
        kept.append(_Piece(piece.mark, start, piece.end, piece.slot))
    return kept


def _quoted(pieces: list[_Piece]) -> list[_Piece]:
    """Let a slot take the quotation marks right around it."""
    kept: list[_Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        after = pieces[index + 1].mark if index + 1 < len(pieces) else ""
        if piece.slot is not None and kept and (kept[-1].mark, after) in {("“", "”"), ("《", "》")}:
            opening = kept.pop()
            piece = _Piece(piece.mark, opening.start, pieces[index + 1].end, piece.slot)
            index += 1
        kept.append(piece)
        index += 1
    return kept


def _listed(pieces: list[_Piece]) -> list[_Piece]:
    """Join the names of a list to one slot, with what counts or classes them behind it."""
    whole = "".join(piece.mark for piece in pieces)
    kept: list[_Piece] = []
    at = 0
    for match in _list_pattern().finditer(whole):
        held = [piece.slot for piece in pieces[match.start() : match.end()] if piece.slot is not None]
        joined = _joined(pieces[match.start()].start, pieces[match.end() - 1].end, held, more="等" in match.group())
        kept += pieces[at : match.start()]
        kept.append(_Piece(pieces[match.start()].mark, joined.start, joined.end, joined))
        at = match.end()
    return kept + pieces[at:]


def _joined(start: int, end: int, held: Sequence[Slot], *, more: bool) -> Slot:
    """Join the slots of a list; a group at its end counts the others and is none of them."""
    last = held[-1].members[-1]
    counts = last.type == "ProjectGroup" and any(row.type != "ProjectGroup" for slot in held for row in slot.members)
    things = {row.id: row for slot in held for row in slot.members if not counts or row is not last}
    return Slot(start, end, tuple(things.values()), held[0].standin, last if counts else None, more)


@cache
def _list_pattern() -> re.Pattern[str]:
    """Two names or more of one kind, then what counts them; or one name with 等 behind it."""
    separator = "|".join(load_words("slots", "separators"))
    tail = f"(?:{'|'.join(load_words('slots', 'tails'))})(?!化|龙头|链|集群)"
    word = f"[^,;。、{ANY_SLOT}]"
    count = f"(?:等|等等)?(?:{FIGURE}|[一两二三四五六七八九十]+[家个项条大])(?:{word}{{0,10}}?(?:{tail}))?"
    behind = f"(?:{count}|等(?:{word}{{0,8}}?(?:{tail}))?)"
    group = _MARK["ProjectGroup"]
    lists = []
    for kind in load_words("slots", "lists"):
        marks = "".join(_MARK[name] for name in _TYPES if name in load_words("slots", kind))
        optional = "?" if kind == "plan" else ""
        described = f"(?:{word}{{0,22}}(?:企业|公司|集团|的|强))?" if kind in {"firm", "installation"} else ""
        rest = f"(?:{word}{{1,4}}?)?" if kind == "good" else f"(?:\\([^(){ANY_SLOT}]{{0,24}}\\))?"
        unnamed = f"(?:、{word}{{1,10}})?" if kind in {"firm", "installation"} else ""
        more = f"(?:{rest}{FIGURE}?{unnamed}(?:{separator}){optional}{described}[{marks}])"
        lists.append(f"[{marks}]{more}+(?:等?{group}|{behind})?")
        lists.append(f"[{marks}](?:{more}*(?:,[{marks}]){{2,40}}{more}*)(?:等?{group}|{behind})")
        lists.append(f"[{marks}](?:等{count}|等[^,;。、{ANY_SLOT}{FIGURE}的]{{0,8}}?(?:{tail}))")
    return re.compile("|".join(lists))


def marks(kind: str) -> str:
    """Return the characters that stand for things of a kind, for a character class."""
    return "".join(_MARK[name] for name in _TYPES if name in load_words("slots", kind))
