"""How names, quotes and what people type are written for the search index.

FTS5 knows no Chinese words, so a text is indexed as its overlapping pairs of characters ("龙沙区" → 龙沙 沙区 区) and
a search asks for the pairs of its own words as a phrase: every stretch of two characters or more is found exactly, a
single one as a prefix. Traditional characters are folded to simplified ones. Pinyin is indexed from each syllable on,
in full and as initials.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc
from pypinyin import lazy_pinyin

_LONGEST_QUERY = 200
_SPOKEN = 24  # a clause of more characters is no name that anyone types in pinyin
_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_UNSPOKEN = "\0"


def expression(text: str, *, either: bool = False) -> str:
    """Write the FTS5 query for what a person typed; empty where there is nothing to look for."""
    parts = []
    for run in _RUNS.findall(fold(text[:_LONGEST_QUERY])):
        if run.isascii() or len(run) == 1:
            parts.append(f'"{run}" *')
        else:
            parts.append('"' + " ".join(run[place : place + 2] for place in range(len(run) - 1)) + '"')
    return (" OR " if either else " AND ").join(parts)


def fold(text: str) -> str:
    """Return a text as it is compared: one width, lower case, simplified characters."""
    return str(_simplify().convert(unicodedata.normalize("NFKC", text))).lower()


def pairs(text: str) -> str:
    """Write a text as its runs of Latin letters and digits, and the pairs of its other characters."""
    return " ".join(
        run if run.isascii() else " ".join(run[place : place + 2] for place in range(len(run)))
        for run in _RUNS.findall(fold(text))
    )


@lru_cache(maxsize=4096)  # the same names stand in many articles
def spoken(name: str) -> str:
    """Return the pinyin of a name from each of its syllables on, in full and as initials."""
    if len(name) > _SPOKEN:
        return ""
    parts = lazy_pinyin(name, errors=lambda other: _UNSPOKEN + other)
    full = [said for part in parts if (said := part.removeprefix(_UNSPOKEN)).strip()]
    first = [
        part[1:] if part.startswith(_UNSPOKEN) else part[0] for part in parts if part.removeprefix(_UNSPOKEN).strip()
    ]
    starts = [
        *("".join(full[place:]) for place in range(len(full))),
        *("".join(first[place:]) for place in range(len(first))),
    ]
    return " ".join(dict.fromkeys(starts)).lower()


@cache
def _simplify() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
