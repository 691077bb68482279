"""The tables of names as the steps use them: kinds of words, suffixes that end a name, one automaton over them.

Everything here is loaded once; the knowledge itself stands in `tables/words.toml` and `tables/suffixes.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from kg.facts import EntityType
from kg.reading.rows import Row, load_rows

Need = Literal[
    "specific",
    "work",
    "firm",
    "works",
    "office",
    "brand",
    "brand end",
    "quote",
    "plan",
    "title",
    "told",
    "words",
    "phase",
]


class WordRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one kind; `name` is what must be read from `yes`, `other` what must be read from `no`."""

    kind: str
    words: tuple[str, ...]
    name: str
    other: str


class SuffixRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that end a name of a type; `name` is what must be read from `yes`, nothing by this row from `no`.

    `needs` is what must stand before the suffix: something `specific`; what names a `work`; a `firm`'s own part, or a
    `works`' brand; the place or level of an `office`; a `brand` of two to four characters that no dictionary knows
    (鹏力科技), at `brand end` with the end of a phrase behind it (联享农业); a `quote` (“四个集中”战略); for a `plan` a
    quote, or a verb such as 实施 before the name; for a `title` 《》; two words that are `told`; or any `words`.
    """

    type: EntityType
    suffixes: tuple[str, ...]
    name: str
    needs: Need = "specific"


@dataclass(frozen=True, slots=True)
class Hit:
    """A suffix in the text: offsets and the row it stands in."""

    start: int
    end: int
    row: SuffixRow


@cache
def word_kinds() -> dict[str, str]:
    """Map each word of `tables/words.toml` to its kind; a word stands in one row only."""
    kinds: dict[str, str] = {}
    for row in load_rows("words", WordRow):
        for word in row.words:
            if word in kinds:
                raise ValueError(f"tables/words.toml has {word} twice; keep it in one row.")
            kinds[word] = row.kind
    return kinds


def suffix_hits(text: str) -> Iterator[Hit]:
    """Yield the suffixes in a text, at each end only the longest, in the order of their ends."""
    rows, automaton = _suffixes()
    best: dict[int, tuple[int, int]] = {}
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if end not in best or start < best[end][0]:
            best[end] = (start, index)
    for end in sorted(best):
        start, index = best[end]
        yield Hit(start, end, rows[index])


@cache
def suffix_rows() -> tuple[SuffixRow, ...]:
    """Return the rows of `tables/suffixes.toml`."""
    return load_rows("suffixes", SuffixRow)


@cache
def _suffixes() -> tuple[tuple[SuffixRow, ...], AhoCorasick]:
    """The row of each pattern, and the automaton over the patterns."""
    pairs = [(row, suffix) for row in suffix_rows() for suffix in row.suffixes]
    words = [suffix for _, suffix in pairs]
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise ValueError(f"tables/suffixes.toml has {', '.join(twice)} twice; keep each in one row.")
    return tuple(row for row, _ in pairs), AhoCorasick(words)
