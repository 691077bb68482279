"""Where the verb of a clause may begin: behind the adverbs, figures, periods and phrases that open it."""

from __future__ import annotations

import re
from functools import cache

from kg.reading.relations.slots import ANY_SLOT, FIGURE, PERIOD
from kg.reading.rows import load_words

_MARK = ",;:。!?|\n"


def openings(text: str, start: int, end: int) -> tuple[int, ...]:
    """Return every place where a clause may go on behind words that change nothing, its beginning first.

    "目前已在A投资" may go on at 目前, 已, 在 and 投资; at most sixty places are followed.
    """
    known = {start}
    pending = [start]
    while pending and len(known) < 60:
        at = pending.pop()
        for place in (*_words(text, at, end), *_phrases(text, at, end)):
            if place not in known:
                known.add(place)
                pending.append(place)
    return tuple(sorted(known))


def _words(text: str, at: int, end: int) -> list[int]:
    """Return where a word that changes nothing, a figure, a period or a bracket ends."""
    if at < end and text[at] in f'{FIGURE}{PERIOD}“”"() ':
        return [at + 1]
    light, longest = _light()
    return [at + size for size in range(1, longest + 1) if at + size <= end and text[at : at + size] in light]


@cache
def _light() -> tuple[frozenset[str], int]:
    words = frozenset(load_words("slots", "light"))
    return words, max(map(len, words))


def _phrases(text: str, at: int, end: int) -> list[int]:
    """Return where a phrase that says where, when, for whom or by what means may end."""
    places: list[int] = []
    for pattern, ranging in _phrase_patterns():
        match = pattern.match(text, at, end)
        if match is not None:
            places += range(match.start("rest") + 1, match.end() + 1) if ranging else [match.end()]
    return places


@cache
def _phrase_patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The patterns of phrases; a ranging one may end anywhere in its rest."""
    other = f"[^{ANY_SLOT}{re.escape(_MARK)}]"
    when = "后|时|中|下|以来|起|期间|之际|基础上"
    return (
        (re.compile(f"(?:在|于|赴|到)[{ANY_SLOT}](?P<rest>){other}{{0,20}}"), True),
        (re.compile(f"(?:在|于|赴|到)[{ANY_SLOT}]"), False),
        (re.compile(f"(?:在|自|从|经|经过|于|随着){other}{{1,12}}?(?:{when})"), False),
        (re.compile(f"(?:在|于|自|从){PERIOD}"), False),
        (re.compile(f"(?:为|对|向|给)(?P<rest>){other}{{1,14}}"), True),
        (re.compile(f"(?:整合|利用|借助|依托|通过|投入|争取|筹集|以)(?P<rest>){other}{{1,12}}"), True),
    )
