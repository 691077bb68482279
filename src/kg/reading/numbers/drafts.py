"""A number as first read: its numerals, its unit, and what bounds it; one, a range, or a list that shares a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.reading.numbers.numerals import DIGITS, Numeral, read_numeral
from kg.reading.vocabulary import approximators
from kg.reading.vocabulary.approximators import ApproximatorRow
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.units import UnitHit, read_noun_alone, read_unit

_RANGE = re.compile(r"\s?(?:[-—–~至到]{1,2})\s?(?=[\d一二两三四五六七八九十百千万])")
_LIST = re.compile(r"\s?(?:、|和|及|与|以及|,)\s?-?(?=\d)")
_CHANGED = re.compile(
    r"(?:户|人|个|家|元)?(?:增加|提高|增长|发展|扩大|扩展|提升|上升|减少|下降|降低|调整|缩短|压缩|增|升|降)(?:到|至|为)了?(?=\d)"
)
_MEMBERS = 12
_MANY = 10
_THOUSANDS = 10_000
_TENTH = re.compile("[一二三四五六七八九](?=[和、,。;及与以]|$)")
_YEARS = (1900, 2100)
_SHARES = re.compile(r"(?<![\d:.])(\d{1,2}(?:\.\d+)?):(\d{1,2}(?:\.\d+)?):(\d{1,2}(?:\.\d+)?)(?![\d:.])")
_MONEY = re.compile(
    r"(?:投资|资金|产值|收入|税收|金额|总额|投入|融资|贷款|资产|利润|补贴|估值|市值|销售额|价值|基金|资本|债券|存款|营收|税金|货款|工资|奖金|分红|租金)"
    r"(?:[约达近超为额过破了到]|已经|已|将|可|不低于|不少于|不超过|超过|达到|突破){0,4}$"
    r"|元(?:提增|增|升|提|减|降)[^,。;:、\d]{0,2}[到至]$"
)
_PER = re.compile(r"\s?[/每]\s?")
_HALVED = ("year", "month", "hour", "day")
_HALF = re.compile("半(?![年月日天夜数山径途导])")
_A_HALF = re.compile("个半(?=小时|月|钟头)")
_POINTS = re.compile(r"个(?=(?:、|和|及|与)\s?\d[\d.]*\s?个?百分点)")
_PAIR = re.compile(
    r"(?<![〇一二两三四五六七八九十百千万亿\d第])(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])"
    r"[十百千万亿](?![〇一二三四五六七八九])"
)


@dataclass(frozen=True, slots=True)
class Draft:
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


def read_drafts(folded: str, start: int, wall: int, before: int = 0) -> list[Draft]:
    """Read what begins at a candidate: one quantity, or a bare list whose last member carries the unit."""
    shares = _SHARES.match(folded, start)
    if shares:
        return _structure(shares)
    if points := _points(folded, start):
        return [points]
    draft = _per_hundred(folded, start) or _read_pair(folded, start) or _read_one(folded, start)
    if draft:
        return [draft]
    return _bare_list(folded, start, wall, before + 1) if before < _MEMBERS else []


def _points(folded: str, start: int) -> Draft | None:
    """Read a number of percentage points of which only the next of its list says so: 5个、8.5个百分点."""
    numeral, unit = read_numeral(folded, start), read_unit("百分点", 0)
    told = _POINTS.match(folded, numeral.end) if numeral and not numeral.spelled else None
    if numeral is None or unit is None or told is None:
        return None
    end = numeral.end + 1
    return Draft(
        start,
        end,
        numeral.value,
        numeral.value,
        ranged=False,
        more=False,
        unit=replace(unit, end=end),
        after=None,
        per=None,
        spelled=False,
    )


def _bare_list(folded: str, start: int, wall: int, before: int) -> list[Draft]:
    """Numbers without unit before one that has it (0.8、0.3个百分点): they share it, and a scale of theirs."""
    numeral = read_numeral(folded, start)
    if numeral is None or numeral.spelled:
        return []
    changed = _CHANGED.match(folded, numeral.end)
    joint = changed or _LIST.match(folded, numeral.end)
    if not joint or joint.end() >= wall:
        return []
    rest = read_drafts(folded, joint.end(), wall, before)
    if not rest or rest[0].spelled or ("," in joint.group() and len(rest) == 1 and not rest[0].unit.measured):
        return []
    first = rest[0]
    scale = _scale_of(folded, first) if numeral.scaled == 1 and not changed else Decimal(1)
    value = numeral.value * scale * first.unit.factor
    return [
        replace(first, start=start, end=numeral.end, low=value, high=value, ranged=False, more=False, after=None),
        *rest,
    ]


def _structure(shares: re.Match[str]) -> list[Draft]:
    """The three shares of 三次产业结构 25.7:26.8:47.5, each in percent; nothing where they do not add up to 100."""
    unit = read_unit("%", 0)
    values = [Decimal(share) for share in shares.groups()]
    if unit is None or not 99 <= sum(values) <= 101:
        return []
    return [
        Draft(
            *shares.span(place), value, value, ranged=False, more=False, unit=unit, after=None, per=None, spelled=False
        )
        for place, value in enumerate(values, 1)
    ]


def _scale_of(folded: str, draft: Draft) -> Decimal:
    """The scale word of the number that a bare one stands before in a list (3、5亿元)."""
    numeral = read_numeral(folded, draft.start)
    return numeral.scaled if numeral else Decimal(1)


def _per_hundred(folded: str, start: int) -> Draft | None:
    """百分之二十."""
    unit, numeral = read_unit("%" if folded[start] == "百" else "‰", 0), read_numeral(folded, start + 3)
    if folded[start : start + 3] not in ("百分之", "千分之") or numeral is None or unit is None:
        return None
    value, more = numeral.value, numeral.more
    end, after = approximators.after(folded, numeral.end)
    return Draft(start, end, value, value, ranged=False, more=more, unit=unit, after=after, per=None, spelled=False)


def _read_pair(folded: str, start: int) -> Draft | None:
    """Read two neighbouring digits before one scale, which bound a number: 三四百人 is 300 to 400."""
    pair = _PAIR.match(folded, start)
    low = read_numeral(folded, start + 1) if pair else None
    unit = read_unit(folded, low.end, spelled=True) if low else None
    if pair is None or low is None or unit is None or DIGITS[pair["high"]] - DIGITS[pair["low"]] != 1:
        return None
    end, after = approximators.after(folded, unit.end)
    per, end = _per(folded, end)
    high = low.value * unit.factor
    return Draft(
        start,
        end,
        high / DIGITS[pair["high"]] * DIGITS[pair["low"]],
        high,
        ranged=True,
        more=False,
        unit=unit,
        after=after,
        per=per,
        spelled=True,
    )


def _read_one(folded: str, start: int) -> Draft | None:
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
        implied = _implied_money(folded, first) or _implied_people(folded, last)
        unit = implied or (read_noun_alone(folded, last.end, spelled=last.spelled) if _is_many(last) else None)
    if unit is None:
        return None
    if unit.row.id == "unit.tenths" and (tenth := _TENTH.match(folded, unit.end)):
        low, high, unit = (
            low + (part := Decimal(DIGITS[tenth.group()]) / 10),
            high + part,
            replace(unit, end=tenth.end()),
        )
    half, unit = _half(folded, last, unit)
    low, high = low + half, high + half
    more, end = last.more or "多" in folded[last.end : unit.end], unit.end
    per, end = _per(folded, end)
    end, after = approximators.after(folded, end)
    return Draft(start, end, low * unit.factor, high * unit.factor, ranged, more, unit, after, per, first.spelled)


def _half(folded: str, numeral: Numeral, unit: UnitHit) -> tuple[Decimal, UnitHit]:
    """Read the half of a span of time behind its unit (一年半) or within it (两个半月): what it adds, and the unit."""
    within = _A_HALF.match(folded, numeral.end)
    halved = read_unit(folded, within.end()) if within else None
    if halved is not None:
        return Decimal("0.5"), halved
    behind = _HALF.match(folded, unit.end) if unit.token in _HALVED else None
    return (Decimal("0.5"), replace(unit, end=behind.end())) if behind else (Decimal(0), unit)


def _is_many(numeral: Numeral) -> bool:
    """Tell whether a number is surely no year and no mark of order: it may count with no classifier."""
    bare = numeral.scaled == 1 and not numeral.more
    return numeral.spelled or (not bare or (numeral.value >= _MANY and not _YEARS[0] <= numeral.value < _YEARS[1]))


def _implied_money(folded: str, numeral: Numeral) -> UnitHit | None:
    """总投资1.8亿 is money: a number in 万 or 亿 with no unit, right behind a word for money."""
    words = is_money(folded, numeral.start) or folded.startswith("大关", numeral.end)
    if (
        (numeral.spelled and not words)
        or folded[numeral.start - 1 : numeral.start] == "量"
        or numeral.scaled < (10_000 if words else 100_000_000)
    ):
        return None
    unit = read_unit("元", 0)
    return replace(unit, end=numeral.end) if unit else None


def is_money(folded: str, start: int) -> bool:
    """Tell whether the words right before an offset are for money."""
    return _MONEY.search(folded, max(0, start - 12), start) is not None


def _implied_people(folded: str, numeral: Numeral) -> UnitHit | None:
    """总人口54万 is people: a number in 万 with no unit, right behind a word for people."""
    many = numeral.scaled >= 10_000 or (not numeral.spelled and numeral.value >= _THOUSANDS)
    told = turn("people.before").search(folded, max(0, numeral.start - 12), numeral.start) if many else None
    unit = read_unit("人次" if told["times"] else "人", 0) if told else None
    return replace(unit, end=numeral.end) if unit else None


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
