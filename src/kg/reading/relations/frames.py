"""Verb frames: rows of `tables/frames.toml`, compiled to patterns over folded sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from kg.facts import Predicate
from kg.reading.relations.slots import ANY_SLOT, FIGURE, PERIOD, marks
from kg.reading.rows import Row, load_rows, load_words

End = Literal["S", "O", "I"]
_STOP = ",;:。!?|\n"


class FrameRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A verb frame; `reads` are the relations of `yes` as "subject predicate object [item]"."""

    predicate: Predicate
    subject: str
    object: str
    item: str = ""
    acting: bool = False
    latest: bool = False
    titled: bool = False
    verbs: tuple[str, ...]
    patterns: tuple[str, ...]
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern of a row; `dropped` is the end that the text leaves out, None where it has all.

    With a dropped end the pattern begins where the words at the opening of a clause end (see `openings`).
    """

    row: FrameRow
    pattern: re.Pattern[str]
    dropped: End | None

    def kind(self, end: End) -> str:
        """Return the kind of thing that stands in an end."""
        return {"S": self.row.subject, "O": self.row.object, "I": self.row.item}[end]


@cache
def frame_rows() -> tuple[FrameRow, ...]:
    """Return the rows of `tables/frames.toml`."""
    return load_rows("frames", FrameRow)


@cache
def frame_verbs() -> frozenset[str]:
    """Return all verbs of `tables/frames.toml`."""
    return frozenset(verb for row in frame_rows() for verb in row.verbs)


@cache
def frames() -> tuple[Frame, ...]:
    """Compile every pattern as it stands, and where its first end may be dropped, without it; under a title only so."""
    found: list[Frame] = []
    for row in frame_rows():
        for pattern in row.patterns:
            if not row.titled:
                found.append(Frame(row, _compile(row, pattern), None))
            if pattern[0] in "SO" and pattern[1] in "…~":
                found.append(Frame(row, _compile(row, pattern[2:]), "S" if pattern[0] == "S" else "O"))
    return tuple(found)


def fitting(text: str) -> Iterator[Frame]:
    """Yield the frames of which a verb is in a text."""
    rows, automaton = _verbs()
    found = {name for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True) for name in rows[index]}
    yield from (frame for frame in frames() if frame.row.id in found)


@cache
def _verbs() -> tuple[tuple[frozenset[str], ...], AhoCorasick]:
    """The rows of each verb, and the automaton over the verbs."""
    verbs = sorted(frame_verbs())
    rows = (frozenset(row.id for row in frame_rows() if verb in row.verbs) for verb in verbs)
    return tuple(rows), AhoCorasick(verbs)


def _compile(row: FrameRow, pattern: str) -> re.Pattern[str]:
    verbs = "|".join(sorted(row.verbs, key=len, reverse=True))
    word = f"[^{ANY_SLOT}{re.escape(_STOP)}()]"
    where = f"(?:在|于|到|来|赴)[{marks('place')}]|\\([^()]{{0,20}}\\)"
    parts = {
        "I": f"(?P<i>[{marks(row.item)}])" if row.item else "I",
        "V": f"(?P<v>{verbs})",
        "…": f"(?!、)(?:{word}|{where}){{0,22}}?",
        "…V": f"(?:(?!、){word}|{where}){{0,22}}?",
        "~": f"(?:{word}{{0,12}}?|{word}{{0,4}}[{ANY_SLOT}](?:旗下|下属|所属)的?(?:全资)?(?:子公司|企业)?)",
        "P": PERIOD,
        "F": FIGURE,
        "A": f"[{ANY_SLOT}]",
    }
    written = ""
    for before, sign, after in zip(" " + pattern, pattern, pattern[1:] + " ", strict=False):
        kind = {"S": row.subject, "O": row.object}.get(sign)
        part = parts["…V"] if before + sign + after == "S…V" else parts.get(sign, sign)
        written += _end(sign.lower(), kind, before) if kind else part
    return re.compile(written)


def _end(name: str, kind: str, before: str) -> str:
    """The pattern of an end by the sign before it.

    What begins a pattern stands behind no preposition and is no word for a firm (陕西企业). Behind … a district or
    another member of a list may come first, and what is no place does not stand behind 在 and its like.
    """
    slot = f"(?P<{name}>[{marks(kind)}])"
    if before == " ":
        return f"{_not_oblique()}{slot}(?:(?<=[{marks('firm')}])企业|(?!企业|公司|客商|商会))"
    if before != "…":
        return slot
    words = f"[^{ANY_SLOT}{re.escape(_STOP)}、]"
    other = f"(?:[{ANY_SLOT}]{words}{{0,6}}?(?:、|和|与|及|以及){words}{{0,8}}?)??"
    place = marks("district")
    if place in marks(kind) or kind == "park":
        return other + slot
    return f"{other}(?:[{place}]的?)?(?<![在从由被把])(?<!(?<!致力)(?<!专注)于){slot}"


@cache
def _not_oblique() -> str:
    """What keeps a name behind a preposition from opening a pattern."""
    words = load_words("slots", "oblique")
    single = "".join(word for word in words if len(word) == 1)
    return f"(?<![{single}])" + "".join(f"(?<!{word})" for word in words if len(word) > 1)
