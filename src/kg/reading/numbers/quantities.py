"""Quantities: numerals with their scales, bounds and units, before anything is known of what they are about.

Everything that a number can be is in the tables `units`, `classifiers`, `approximators` and `unread`; time is linear in
the length of the text, every look to the left or right of a number being bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from kg.facts import Comparator
from kg.reading.layers import Article, Number, Period, Quantity
from kg.reading.numbers.behind import noun_beyond
from kg.reading.numbers.cells import cell_quantities
from kg.reading.numbers.drafts import Draft, is_money, read_drafts
from kg.reading.numbers.numerals import ARABIC, SCALES, SPELLED
from kg.reading.numbers.periods import find_periods
from kg.reading.numbers.specified import specified
from kg.reading.numbers.unread import apart, find_unread, leftovers
from kg.reading.rows import load_words
from kg.reading.vocabulary import approximators
from kg.reading.vocabulary.approximators import ApproximatorRow
from kg.reading.vocabulary.nouns import counted_noun
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.units import ClassifierRow, counting_numerals, cue, noun_alone

_CANDIDATE = re.compile(rf"百分之|千分之|{ARABIC}|{SPELLED}")
_BUILT = re.compile(r"(?:建设|新建|建成|兴建|建|开办|设立|改造)$")
_COUNTED_BEFORE = re.compile(r"[\d两二三四五六七八九十](?P<unit>[个家座栋幢所处条套台间])[^,;。:、]{1,10}(?:、|和|及)$")
_PRODUCED = re.compile(r"[年日月](?:可|能)?(?:产|生产|加工|制造|组装)(?:能力)?(?:达|约|近)?$")
_PRODUCT = re.compile(
    r"(?!以上|左右|的)[\u4e00-\u9fffA-Za-z]{2,16}?(?=[,;。、()“]|等|的|和|及|与|生产|建设|制造|加工|扩建|改扩建|技改|技术改造|扩产|扩能|迁建|项目|工程|基地|$)"
)
_MINUS = re.compile(r"(?:[为是达到约:(|、,和增长降速幅]|^)-$")
_MINUS_RATE = re.compile(r"[^\W\d_a-zA-Z年月日号季度至]-$")
_MEANT = re.compile("[这那]$")
_CALLED = re.compile(r"(?:^|[。;,:|\n]\s?|规模以上)$")
_LAST_ONE = re.compile("(?:之?中|最[大好新])的?$")
_WORKS = ("项目", "工程", "生产线", "厂房")
_RATES = ("percent", "pp", "permille", "千分点")
_CAPACITY = 100
_LOOK_BACK = 16
_LINE = 40


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
    quantities, describing = specified(article.folded, quantities)
    refused += describing
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
        drafts = read_drafts(folded, start, wall)
        if not drafts:
            position = match.end()
            continue
        for draft in drafts:
            yield _judge(folded, draft)
        position = max(drafts[-1].end, match.end())


def _is_count(folded: str, draft: Draft) -> bool:
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
        return _is_one(folded, draft)
    return (
        words[0] not in SCALES
        or words[0] == "十"
        or draft.more
        or folded.startswith("大关", draft.end)
        or (row.id == "unit.CNY" and words[1] in SCALES and is_money(folded, draft.start))
        or approximators.before(folded, draft.start)[1] is not None
    )


def _is_set(folded: str, draft: Draft) -> bool:
    """Tell whether a number is how a set is called that a clause is about: 五大产业中新能源产业增长."""
    return (
        draft.unit.row.id == "classifier.big"
        and _CALLED.search(folded, max(0, draft.start - 4), draft.start) is not None
    )


def _is_one(folded: str, draft: Draft) -> bool:
    """Tell a 一 that counts: behind what is built, in a list of counts, at the end of its clause; not 其中的一个."""
    if _BUILT.search(folded, max(0, draft.start - 4), draft.start) or _is_line(folded, draft):
        return True
    if _LAST_ONE.search(folded, max(0, draft.start - 3), draft.start):
        return False
    listed = _COUNTED_BEFORE.search(folded, max(0, draft.start - _LOOK_BACK), draft.start)
    if listed and listed["unit"] == draft.unit.token:
        return True
    return draft.unit.measured or folded[draft.end : draft.end + 1] in tuple("、,;。)")


def _is_line(folded: str, draft: Draft) -> bool:
    """Tell whether a number counts lines that make something, whatever is said between (一条投资600万元的生产线)."""
    return folded[draft.end - 1] == "条" and turn("one.line").match(folded[draft.end : draft.end + _LINE]) is not None


def _judge(folded: str, draft: Draft) -> Quantity | Number:
    """Tell a quantity from an ordinal or a span of years, and bound it."""
    row = draft.unit.row
    if draft.spelled and folded[draft.end : draft.end + 1].isdecimal() and not _is_line(folded, draft):
        return Number(draft.start, draft.end, "part of a name", "unread.before-digits")
    if (draft.spelled and _MEANT.search(folded, max(0, draft.start - 1), draft.start)) or _is_set(folded, draft):
        return Number(draft.start, draft.end, "part of a name or slogan", "unread.set-meant")
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


def _noun(folded: str, draft: Draft) -> str | None:
    """The noun that a figure counts; what is produced goes on to the end of its words (年产300万只汽车传动皮带轮)."""
    if alone := noun_alone(folded, draft.end) if not draft.unit.token else None:
        return alone
    noun = None if noun_beyond(folded, draft.end) else counted_noun(folded, draft.end)
    if noun and noun.endswith(_WORKS) and draft.low >= _CAPACITY and draft.unit.token in load_words("words", "pieces"):
        return None
    if not _PRODUCED.search(folded, max(0, draft.start - _LOOK_BACK), draft.start):
        return noun
    product = _PRODUCT.match(folded, draft.end)
    return product.group() if product else noun


def _signed(folded: str, draft: Draft, start: int) -> tuple[Draft, int]:
    """Take in a minus sign that no range explains (自然增长率为-2.1‰)."""
    rate = draft.unit.token in _RATES and _MINUS_RATE.search(folded, max(0, start - 2), start)
    signed = rate or _MINUS.search(folded, max(0, start - 2), start)
    if start != draft.start or draft.ranged or not signed:
        return draft, start
    return replace(draft, low=-draft.low, high=-draft.high), start - 1


def _comparator(draft: Draft, before: ApproximatorRow | None) -> tuple[Comparator, list[str]]:
    """以上 wins over everything, then 以下, then 余, then what stands before; a range is a range."""
    rows = [row for row in (draft.after, approximators.inside() if draft.more else None, before) if row]
    if draft.ranged and not any(row.comparator in ("ge", "le") for row in rows):
        return "range", [row.id for row in rows]
    for wanted in ("ge", "le", "approx"):
        for row in rows:
            if row.comparator == wanted:
                return row.comparator, [row.id for row in rows]
    return "eq", []
