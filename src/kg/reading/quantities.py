"""Quantities: numerals with their scales, bounds and units, before anything is known of what they are about.

Everything that a number can be is in the tables `units`, `classifiers`, `approximators` and `unread`; time is linear in the
length of the text, every look to the left or right of a number being bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.facts import Comparator
from kg.reading import approximators
from kg.reading.approximators import ApproximatorRow
from kg.reading.layers import Article, Number, Period, Quantity
from kg.reading.nouns import counted_noun
from kg.reading.numerals import ARABIC, SPELLED, Numeral, read_numeral
from kg.reading.periods import find_periods
from kg.reading.unread import apart, find_unread, leftovers
from kg.reading.units import ClassifierRow, UnitHit, cue, read_unit

_CANDIDATE = re.compile(rf"百分之|千分之|{ARABIC}|{SPELLED}")
_RANGE = re.compile(r"\s?(?:[-—–~至到]{1,2})\s?(?=[\d〇一二两三四五六七八九十百千万])")
_LIST = re.compile(r"\s?(?:、|和|及|与|以及|,)\s?(?=\d)")
_PER = re.compile(r"\s?[/每]\s?")
_SIGN = re.compile(r"(?<![\d\w%])-$")
_LOOK_BACK = 16


@dataclass(frozen=True, slots=True)
class _Draft:
    """A quantity as first read: its numerals, its unit, and what bounds it."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    ranged: bool
    more: bool
    unit: UnitHit
    after: ApproximatorRow | None
    per: str | None
    spelled: bool


def find_quantities(
    article: Article, periods: tuple[Period, ...] | None = None
) -> tuple[tuple[Quantity, ...], tuple[Number, ...]]:
    """Return the quantities and the numbers left unread, each in text order.

    Every run of digits, and every numeral in characters that counts or orders, lies in exactly one span of the two.
    """
    firm, soft = find_unread(article, find_periods(article) if periods is None else periods)
    quantities: list[Quantity] = []
    refused: list[Number] = []
    for found in _scan(article.folded, firm):
        if isinstance(found, Number):
            refused.append(found)
        else:
            quantities.append(found)
    taken = {(quantity.start, quantity.end) for quantity in quantities}
    spans = sorted(taken)
    numbers = apart(_outside(firm + refused + _outside(soft, spans), spans))
    spans = sorted(taken | {(number.start, number.end) for number in numbers})
    numbers += leftovers(article.folded, spans)
    return tuple(quantities), tuple(sorted(numbers, key=lambda number: number.start))


def _outside(numbers: list[Number], spans: list[tuple[int, int]]) -> list[Number]:
    """Those that touch none of the spans; both in any order, the spans apart."""
    kept: list[Number] = []
    place = 0
    ordered = sorted(spans)
    for number in sorted(numbers, key=lambda number: number.start):
        while place < len(ordered) and ordered[place][1] <= number.start:
            place += 1
        if place == len(ordered) or ordered[place][0] >= number.end:
            kept.append(number)
    return kept


def _scan(folded: str, firm: list[Number]) -> Iterator[Quantity | Number]:
    """Walk over the candidates from left to right, skipping what is surely no quantity."""
    position, place = 0, 0
    while match := _CANDIDATE.search(folded, position):
        start = match.start()
        while place < len(firm) and firm[place].end <= start:
            place += 1
        if place < len(firm) and firm[place].start <= start:
            position = max(firm[place].end, start + 1)
            continue
        wall = firm[place].start if place < len(firm) else len(folded)
        drafts = _read(folded, start, wall)
        if not drafts:
            position = match.end()
            continue
        for draft in drafts:
            yield _judge(folded, draft)
        position = max(drafts[-1].end, match.end())


def _read(folded: str, start: int, wall: int) -> list[_Draft]:
    """Read what begins at a candidate: one quantity, or a bare list whose last member carries the unit."""
    percent = re.compile("百分之|千分之").match(folded, start)
    if percent:
        return _per_hundred(folded, start, percent.end())
    draft = _read_one(folded, start)
    if draft:
        return [draft] if draft.end <= wall or draft.start < wall else []
    numeral = read_numeral(folded, start)
    if numeral is None or numeral.spelled:
        return []
    joint = _LIST.match(folded, numeral.end)
    if not joint or joint.end() >= wall:
        return []
    rest = _read(folded, joint.end(), wall)
    if not rest or rest[0].spelled or "," in joint.group() and len(rest) == 1 and not rest[0].unit.measured:
        return []
    first = rest[0]
    scale = _scale_of(folded, first) if numeral.scaled == 1 else Decimal(1)
    value = numeral.value * scale * first.unit.factor
    return [
        replace(first, start=start, end=numeral.end, low=value, high=value, ranged=False, more=False, after=None),
        *rest,
    ]


def _scale_of(folded: str, draft: _Draft) -> Decimal:
    """The scale word of the number that a bare one stands before in a list (3、5亿元)."""
    numeral = read_numeral(folded, draft.start)
    return numeral.scaled if numeral else Decimal(1)


def _per_hundred(folded: str, start: int, place: int) -> list[_Draft]:
    """百分之二十."""
    numeral = read_numeral(folded, place)
    unit = read_unit("%", 0)
    if numeral is None or unit is None:
        return []
    value = numeral.value if folded[start] == "百" else numeral.value / 10
    end, after = approximators.after(folded, numeral.end)
    return [_Draft(start, end, value, value, False, numeral.more, unit, after, None, False)]  # noqa: FBT003


def _read_one(folded: str, start: int) -> _Draft | None:
    """Read one number or range with its unit."""
    first = read_numeral(folded, start)
    if first is None:
        return None
    unit = read_unit(folded, first.end, spelled=first.spelled)
    low, high, last = first.value, first.value, first
    sep = _RANGE.match(folded, unit.end if unit else first.end)
    second = read_numeral(folded, sep.end()) if sep else None
    ranged = False
    if second is not None:
        other = read_unit(folded, second.end, spelled=second.spelled)
        if other and (unit is None or unit.token == other.token):
            low, high, ranged = _range(first, second, unit, other)
            unit, last = (other, second) if ranged else (unit, last)
    if unit is None:
        return None
    more, end = last.more, unit.end
    per, end = _per(folded, end)
    end, after = approximators.after(folded, end)
    return _Draft(start, end, low * unit.factor, high * unit.factor, ranged, more, unit, after, per, first.spelled)


def _range(first: Numeral, second: Numeral, unit: UnitHit | None, other: UnitHit) -> tuple[Decimal, Decimal, bool]:
    """The bounds of a range; a bare lower one shares the scale of the upper where that makes sense (2-3万)."""
    low, high = first.value, second.value
    if unit is None and first.scaled == 1 and second.scaled > 1 and low < high / second.scaled:
        low *= second.scaled
    if unit is not None and unit.factor != other.factor:
        low = low * unit.factor / other.factor
    return (low, high, True) if low < high else (first.value, first.value, False)


def _per(folded: str, end: int) -> tuple[str | None, int]:
    """What the figure is for one of: 吨/年, 元/亩."""
    slash = _PER.match(folded, end)
    if slash:
        unit = read_unit(folded, slash.end())
        if unit and unit.end - slash.end() <= 3:
            return folded[slash.end() : unit.end].strip(), unit.end
    return None, end


def _judge(folded: str, draft: _Draft) -> Quantity | Number:
    """Tell a quantity from an ordinal or a span of years, and bound it."""
    row = draft.unit.row
    if isinstance(row, ClassifierRow) and row.reason:
        wanted = cue(row)
        if wanted is None or not wanted.search(folded, max(0, draft.start - _LOOK_BACK), draft.start):
            return Number(draft.start, draft.end, row.reason, row.id if wanted is None else f"{row.id}:no-cue")
    start, before = approximators.before(folded, draft.start)
    comparator, rules = _comparator(draft, before)
    noun = counted_noun(folded, draft.end) if isinstance(row, ClassifierRow) and row.noun and not draft.per else None
    return Quantity(
        start=start,
        end=draft.end,
        low=None if comparator == "le" else draft.low,
        high=None if comparator == "ge" else draft.high,
        comparator=comparator,
        unit=draft.unit.token + (noun or ""),
        noun=noun,
        per=draft.per,
        rule=" ".join([row.id, *rules]),
    )


def _comparator(draft: _Draft, before: ApproximatorRow | None) -> tuple[Comparator, list[str]]:
    """以上 wins over everything, then 以下, then 余, then what stands before; a range is a range."""
    rows = [row for row in (draft.after, approximators.inside() if draft.more else None, before) if row]
    if draft.ranged and not any(row.comparator in ("ge", "le") for row in rows):
        return "range", [row.id for row in rows]
    for wanted in ("ge", "le", "approx"):
        for row in rows:
            if row.comparator == wanted:
                return row.comparator, [row.id for row in rows]
    return "eq", []
