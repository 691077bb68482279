"""Quantities: numerals with their scales, bounds and units, before anything is known of what they are about.

Everything that a number can be is in the tables `units`, `classifiers`, `approximators` and `unread`; time is linear in
the length of the text, every look to the left or right of a number being bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.facts import Comparator
from kg.reading import approximators
from kg.reading.approximators import ApproximatorRow
from kg.reading.behind import noun_beyond
from kg.reading.cells import cell_quantities
from kg.reading.layers import Article, Number, Period, Quantity
from kg.reading.nouns import counted_noun
from kg.reading.numerals import ARABIC, DIGITS, SCALES, SPELLED, Numeral, read_numeral
from kg.reading.periods import find_periods
from kg.reading.units import ClassifierRow, UnitHit, counting_numerals, cue, read_unit
from kg.reading.unread import apart, find_unread, leftovers

_CANDIDATE = re.compile(rf"百分之|千分之|{ARABIC}|{SPELLED}")
_RANGE = re.compile(r"\s?(?:[-—–~至到]{1,2})\s?(?=[\d一二两三四五六七八九十百千万])")
_LIST = re.compile(r"\s?(?:、|和|及|与|以及|,)\s?(?=\d)")
_MEMBERS = 12
_SHARES = re.compile(r"(?<![\d:.])(\d{1,2}(?:\.\d+)?):(\d{1,2}(?:\.\d+)?):(\d{1,2}(?:\.\d+)?)(?![\d:.])")
_MONEY = re.compile(
    r"(?:投资|资金|产值|收入|税收|金额|总额|投入|融资|贷款|资产|利润|补贴|估值|市值|销售额|价值)[约达近超为额]{0,2}$"
)
_BUILT = re.compile(r"(?:建设|新建|建成|兴建|建|开办|设立|改造)$")
_COUNTED_BEFORE = re.compile(r"[\d两二三四五六七八九十](?P<unit>[个家座栋幢所处条套台间])[^,;。:、]{1,10}(?:、|和|及)$")
_PER = re.compile(r"\s?[/每]\s?")
_DESCRIBING = ("层", "m", "kW", "MW", "kWh", "马力", "英寸", "GB", "千伏安")
_TOTAL = re.compile(r"(?:总装机(?:容量|规模)?|装机容量|总长度?|总里程)[约达为近]{0,2}$")
_THING = re.compile(r"(?:以上|以下|级|的)?[\u4e00-\u9fff]{2,12}")
_PRODUCED = re.compile(r"[年日月](?:可|能)?(?:产|生产|加工|制造|组装)(?:能力)?(?:达|约|近)?$")
_PRODUCT = re.compile(
    r"(?!以上|左右|的)[\u4e00-\u9fffA-Za-z]{2,16}?(?=[,;。、()“]|等|的|和|及|与|生产|建设|制造|加工|项目|工程|基地|$)"
)
_PAIR = re.compile(
    r"(?<![〇一二两三四五六七八九十百千万亿\d第])(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])"
    r"[十百千万亿](?![〇一二三四五六七八九])"
)
_MINUS = re.compile(r"(?:[为是达到约:(|]|^)-$")
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
    kept = sorted([(number.start, number.end) for number in firm] + [(row.start, row.end) for row in quantities])
    quantities += [found for found in cell_quantities(article) if apart_from(kept, found.start, found.end)]
    quantities.sort(key=lambda quantity: quantity.start)
    quantities, specified = _specified(article.folded, quantities)
    refused += specified
    taken = {(quantity.start, quantity.end) for quantity in quantities}
    spans = sorted(taken)
    numbers = apart(_outside(firm + refused + _outside(soft, spans), spans))
    spans = sorted(taken | {(number.start, number.end) for number in numbers})
    numbers += leftovers(article.folded, spans)
    spans = sorted(taken | {(number.start, number.end) for number in numbers})
    numbers += [
        Number(start, end, "numeral inside a word", "unread.numeral")
        for start, end in counting_numerals(article.folded)
        if apart_from(spans, start, end)
    ]
    return tuple(quantities), tuple(sorted(numbers, key=lambda number: number.start))


def apart_from(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch touches none of the spans, which are sorted and apart."""
    place = bisect_right(spans, (start, end)) - 1
    beside = spans[max(place, 0) : place + 2]
    return all(other_end <= start or end <= other_start for other_start, other_end in beside)


def _specified(folded: str, quantities: list[Quantity]) -> tuple[list[Quantity], list[Number]]:
    """Tell a figure that only describes what another counts (5层标准厂房8栋, 4座110千伏变电站)."""
    kept: list[Quantity] = []
    numbers: list[Number] = []
    for place, quantity in enumerate(quantities):
        following = quantities[place + 1] if place + 1 < len(quantities) else None
        measured = quantity.rule.startswith("unit.") and quantity.comparator in ("ge", "le")
        described = not _TOTAL.search(folded, max(0, quantity.start - _LOOK_BACK), quantity.start)
        describes = measured or (described and quantity.unit.removesuffix(quantity.noun or "") in _DESCRIBING)
        if describes and (_counts_on(folded, quantity, following) or _counted_by(kept, quantity)):
            numbers.append(Number(quantity.start, quantity.end, "specification", "unread.specification"))
        else:
            kept.append(quantity)
    return kept, numbers


def _counts_on(folded: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Tell whether the next figure counts the things that this one describes."""
    if following is None or following.noun is not None or not following.rule.startswith("classifier."):
        return False
    return _THING.fullmatch(folded[quantity.end : following.start]) is not None


def _counted_by(kept: list[Quantity], quantity: Quantity) -> bool:
    """Tell whether the figure before, right before this one, counts the things that it describes."""
    return bool(kept) and kept[-1].end == quantity.start and kept[-1].rule.startswith("classifier.")


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


def _read(folded: str, start: int, wall: int, before: int = 0) -> list[_Draft]:
    """Read what begins at a candidate: one quantity, or a bare list whose last member carries the unit."""
    shares = _SHARES.match(folded, start)
    if shares:
        return _structure(shares)
    draft = _per_hundred(folded, start) or _read_pair(folded, start) or _read_one(folded, start)
    if draft:
        return [draft]
    return _bare_list(folded, start, wall, before + 1) if before < _MEMBERS else []


def _bare_list(folded: str, start: int, wall: int, before: int) -> list[_Draft]:
    """Numbers without unit before one that has it (0.8、0.3个百分点): they share it, and a scale of theirs."""
    numeral = read_numeral(folded, start)
    if numeral is None or numeral.spelled:
        return []
    joint = _LIST.match(folded, numeral.end)
    if not joint or joint.end() >= wall:
        return []
    rest = _read(folded, joint.end(), wall, before)
    if not rest or rest[0].spelled or ("," in joint.group() and len(rest) == 1 and not rest[0].unit.measured):
        return []
    first = rest[0]
    scale = _scale_of(folded, first) if numeral.scaled == 1 else Decimal(1)
    value = numeral.value * scale * first.unit.factor
    return [
        replace(first, start=start, end=numeral.end, low=value, high=value, ranged=False, more=False, after=None),
        *rest,
    ]


def _structure(shares: re.Match[str]) -> list[_Draft]:
    """The three shares of 三次产业结构 25.7:26.8:47.5, each in percent; nothing where they do not add up to 100."""
    unit = read_unit("%", 0)
    values = [Decimal(share) for share in shares.groups()]
    if unit is None or not 99 <= sum(values) <= 101:
        return []
    return [
        _Draft(
            *shares.span(place), value, value, ranged=False, more=False, unit=unit, after=None, per=None, spelled=False
        )
        for place, value in enumerate(values, 1)
    ]


def _scale_of(folded: str, draft: _Draft) -> Decimal:
    """The scale word of the number that a bare one stands before in a list (3、5亿元)."""
    numeral = read_numeral(folded, draft.start)
    return numeral.scaled if numeral else Decimal(1)


def _per_hundred(folded: str, start: int) -> _Draft | None:
    """百分之二十."""
    unit, numeral = read_unit("%", 0), read_numeral(folded, start + 3)
    if folded[start : start + 3] not in ("百分之", "千分之") or numeral is None or unit is None:
        return None
    value, more = numeral.value if folded[start] == "百" else numeral.value / 10, numeral.more
    end, after = approximators.after(folded, numeral.end)
    return _Draft(start, end, value, value, ranged=False, more=more, unit=unit, after=after, per=None, spelled=False)


def _read_pair(folded: str, start: int) -> _Draft | None:
    """Read two neighbouring digits before one scale, which bound a number: 三四百人 is 300 to 400."""
    pair = _PAIR.match(folded, start)
    low = read_numeral(folded, start + 1) if pair else None
    unit = read_unit(folded, low.end, spelled=True) if low else None
    if pair is None or low is None or unit is None or DIGITS[pair["high"]] - DIGITS[pair["low"]] != 1:
        return None
    end, after = approximators.after(folded, unit.end)
    per, end = _per(folded, end)
    high = low.value * unit.factor
    return _Draft(
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
        unit = _implied_money(folded, first)
    if unit is None:
        return None
    more, end = last.more, unit.end
    per, end = _per(folded, end)
    end, after = approximators.after(folded, end)
    return _Draft(start, end, low * unit.factor, high * unit.factor, ranged, more, unit, after, per, first.spelled)


def _implied_money(folded: str, numeral: Numeral) -> UnitHit | None:
    """总投资1.8亿 is money: a number in 万 or 亿 with no unit, right behind a word for money."""
    words = _MONEY.search(folded, max(0, numeral.start - 6), numeral.start)
    if (
        numeral.spelled
        or folded[numeral.start - 1 : numeral.start] == "量"
        or numeral.scaled < (10_000 if words else 100_000_000)
    ):
        return None
    unit = read_unit("元", 0)
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


def _is_count(folded: str, draft: _Draft) -> bool:
    """Tell a count in characters from 一家 (a), 二次 (second), 万亩 (a great many).

    A lone 一 counts where it stands behind its noun (医院一家、) or goes on a list of counts (两幢厂房、一幢作坊);
    a bare scale where something bounds it (上千名).
    """
    words, row = folded[draft.start : draft.end], draft.unit.row
    if isinstance(row, ClassifierRow) and row.cue:
        return True
    if words.startswith("二") and draft.low == 2:
        return False
    if words.startswith("一") and draft.low == 1:
        if _BUILT.search(folded, max(0, draft.start - 4), draft.start):
            return True
        listed = _COUNTED_BEFORE.search(folded, max(0, draft.start - _LOOK_BACK), draft.start)
        if listed and listed["unit"] == draft.unit.token:
            return True
        return draft.unit.measured or folded[draft.end : draft.end + 1] in tuple("、,;。)")
    return (
        words[0] not in SCALES
        or words[0] == "十"
        or draft.more
        or approximators.before(folded, draft.start)[1] is not None
    )


def _judge(folded: str, draft: _Draft) -> Quantity | Number:
    """Tell a quantity from an ordinal or a span of years, and bound it."""
    row = draft.unit.row
    if draft.spelled and folded[draft.end : draft.end + 1].isdecimal():
        return Number(draft.start, draft.end, "part of a name", "unread.before-digits")
    if draft.spelled and not _is_count(folded, draft):
        return Number(draft.start, draft.end, "indefinite or ordinal, no count", "unread.article-a")
    if isinstance(row, ClassifierRow) and row.reason:
        wanted = cue(row)
        if wanted is None or not wanted.search(folded, max(0, draft.start - _LOOK_BACK), draft.start):
            return Number(draft.start, draft.end, row.reason, row.id if wanted is None else f"{row.id}:no-cue")
    start, before = approximators.before(folded, draft.start)
    draft, start = _signed(folded, draft, start)
    comparator, rules = _comparator(draft, before)
    noun = _noun(folded, draft) if isinstance(row, ClassifierRow) and row.noun and not draft.per else None
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


def _noun(folded: str, draft: _Draft) -> str | None:
    """The noun that a figure counts; what is produced goes on to the end of its words (年产300万只汽车传动皮带轮)."""
    noun = None if noun_beyond(folded, draft.end) else counted_noun(folded, draft.end)
    if not _PRODUCED.search(folded, max(0, draft.start - _LOOK_BACK), draft.start):
        return noun
    product = _PRODUCT.match(folded, draft.end)
    return product.group() if product else noun


def _signed(folded: str, draft: _Draft, start: int) -> tuple[_Draft, int]:
    """Take in a minus sign that no range explains (自然增长率为-2.1‰)."""
    if start != draft.start or draft.ranged or not _MINUS.search(folded, max(0, start - 2), start):
        return draft, start
    return replace(draft, low=-draft.low, high=-draft.high), start - 1


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
