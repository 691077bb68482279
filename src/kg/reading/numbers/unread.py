"""The account of numbers that state no quantity: dates, ordinals, names, thresholds, each with its reason."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from kg.facts import Entity, EntityType
from kg.reading.layers import Article, Layers, Number, Period, Quantity
from kg.reading.rows import Row, load_rows
from kg.reading.vocabulary.gazetteer import known_places, stems

_DIGITS = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_LINE = re.compile("[^\n]+")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LETTERS = re.compile(r"(?:[^\W\d_][^\n]*?){12}")
_KANA = re.compile("[\u3041-\u3096][^\n]*?" * 4)
_DATED = re.compile(
    r"半年|第?[\d〇一二两三四五六七八九十](?:.*[\d〇一二两三四五六七八九十])?[年月日号度份季旬]{0,2}", re.DOTALL
)

_NAMED: frozenset[EntityType] = frozenset({"Enterprise", "PublicBody", "District"})
_NUMERAL = re.compile("[一二三四五六七八九十百千万]")


class UnreadRow(Row, frozen=True, kw_only=True):
    """A pattern whose number is no quantity.

    The groups `n` to `n4`, else the whole match, are left unread. A row that `yields` gives way to a quantity
    read at the same place.
    """

    reason: str
    pattern: str
    yields: bool = False


@cache
def _rows() -> tuple[tuple[UnreadRow, re.Pattern[str]], ...]:
    """The table of reasons, compiled."""
    return tuple((row, re.compile(row.pattern)) for row in load_rows("unread", UnreadRow))


def find_unread(article: Article, periods: tuple[Period, ...]) -> tuple[list[Number], list[Number]]:
    """Return the numbers that are surely no quantities, in text order and apart, and those that yield to one."""
    dates = [number for period in periods for number in _dates(article.folded, period)]
    firm = (
        dates
        + list(_in_places(article.folded))
        + [number for row, pattern in _rows() if not row.yields for number in _matches(article, row, pattern)]
    )
    firm += [*_foreign(article.folded), *_markup(article)]
    soft = [number for row, pattern in _rows() if row.yields for number in _matches(article, row, pattern)]
    return apart(firm), apart(soft)


def _foreign(folded: str) -> Iterator[Number]:
    """The numbers of lines in another language: a dozen letters and no Chinese character, or several kana."""
    japanese = _KANA.search(folded) is not None
    for line in _LINE.finditer(folded):
        words = line.group()
        if (japanese and _KANA.search(words)) or (not _HAN.search(words) and _LETTERS.search(words)):
            for run in _DIGITS.finditer(folded, line.start(), line.end()):
                yield Number(run.start(), run.end(), "in another language", "unread.foreign")


def _markup(article: Article) -> Iterator[Number]:
    """The numbers in the markup of a page, which folding blanks out."""
    for run in _DIGITS.finditer(article.text):
        if article.folded[run.start()].isspace():
            yield Number(run.start(), run.end(), "markup of the page", "unread.markup")


@cache
def _numbered_places() -> AhoCorasick:
    """The places of the reference table that have a numeral in their name (七台河市), in full or by a long stem."""
    names = known_places() | {stem for stem in stems() if len(stem) > 2}
    return AhoCorasick(sorted(name for name in names if _NUMERAL.search(name)))


def _in_places(folded: str) -> Iterator[Number]:
    """The numerals in the names of places."""
    for _, start, end in _numbered_places().find_matches_as_indexes(folded, overlapping=True):
        yield Number(start, end, "part of a name", "unread.place-name")


def take_from_names(layers: Layers, entities: Iterable[Entity]) -> None:
    """Move the quantities that the name of a firm, a body or a place holds to the numbers left unread."""
    spans = sorted(
        {(mention.start, mention.end) for entity in entities if entity.type in _NAMED for mention in entity.mentions}
    )
    held = [quantity for quantity in layers.quantities if _held(spans, quantity)]
    if held:
        layers.quantities = tuple(quantity for quantity in layers.quantities if quantity not in held)
        numbers = [Number(row.start, row.end, "part of a name", "unread.in-name") for row in held]
        layers.numbers = tuple(sorted((*layers.numbers, *numbers), key=lambda number: number.start))


def _held(spans: list[tuple[int, int]], quantity: Quantity) -> bool:
    """Tell whether one of the spans holds a quantity."""
    place = bisect_right(spans, (quantity.start, sys.maxsize))
    return any(quantity.end <= end for _, end in spans[max(0, place - 3) : place])


def _dates(folded: str, period: Period) -> Iterator[Number]:
    """The digits of a period."""
    match = _DATED.search(folded, period.start, period.end)
    if match:
        reason = "date" if period.rule in ("period.day", "period.month-day") else "period"
        yield Number(match.start(), match.end(), reason, period.rule)


def _matches(article: Article, row: UnreadRow, pattern: re.Pattern[str]) -> Iterator[Number]:
    """The spans of one row."""
    for match in pattern.finditer(article.folded):
        named = [name for name in ("n", "n2", "n3", "n4") if name in pattern.groupindex and match[name] is not None]
        start, end = match.span(named[0]) if named else match.span()
        if start < end:
            yield Number(start, end, row.reason, row.id)


def apart(numbers: Iterable[Number]) -> list[Number]:
    """Keep the longer of two that overlap, in text order."""
    kept: list[Number] = []
    for number in sorted(numbers, key=lambda number: (number.start, -number.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
        elif number.end > kept[-1].end and number.end - number.start > kept[-1].end - kept[-1].start:
            kept[-1] = number
    return kept


def leftovers(folded: str, taken: Iterable[tuple[int, int]]) -> Iterator[Number]:
    """Yield every run of digits that lies in no span of `taken` (in text order, apart)."""
    spans = list(taken)
    place = 0
    for run in _DIGITS.finditer(folded):
        while place < len(spans) and spans[place][1] <= run.start():
            place += 1
        start = run.start()
        while place < len(spans) and spans[place][0] < run.end():
            yield from _rest(folded, start, min(spans[place][0], run.end()))
            start = max(start, spans[place][1])
            if spans[place][1] > run.end():
                break
            place += 1
        yield from _rest(folded, start, run.end())


def _rest(folded: str, start: int, end: int) -> Iterator[Number]:
    """The digits of what is left of a run."""
    for part in re.finditer(r"\d+(?:[.,]\d+)*", folded[max(start, 0) : max(end, start)]):
        yield Number(start + part.start(), start + part.end(), "number without unit", "unread.no-unit")
