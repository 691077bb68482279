"""Names said once for several figures: 城镇、农村居民人均可支配收入分别达…, 一般公共预算收入和支出分别…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.reading.linking.indicators import change, is_change, is_known, known_end
from kg.reading.rows import Row, load_rows
from kg.reading.vocabulary.patterns import turn

_TURNED = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{2,})(?:收入\|支出|支出\|收入|出口\|进口|进口\|出口|产量\|产值|产量\|销量)"
)
_SPLIT = re.compile(r"、|和|与|及|以及")
_HEAD = re.compile(r"(?:高于|低于|快于|占|比|完成|实现|新增|发放|建设|投入|增加(?!值))")
_TAIL = re.compile(
    r"(?:居民(?:人均)?可支配收入|增长|下降|增速|完成|增加值|收入|总?产量|总?产值|(?:户籍|常住|城镇|农村|乡村)?人口|(?:种植|播种|养殖|建筑|占地|销售)?面积|投资|同比增长|占比|比重|余额|业|存栏量?|出栏量?|零售额|营业收入|销售额|额|数|(?:市场)?占有率|[\u4e00-\u9fff]{2}率|率)$"
)


_PACE = re.compile(r"(?P<base>[^同]{4,}?)(?P<kind>(?:同比)?(?:增幅|降幅|增速))")
_AMOUNT = ("投资", "面积", "产值", "产量", "收入", "营业收入", "余额", "业")
_COUNTED = ("数", "率", "额")
_THINGS = ("项目", "企业", "工程")


class PairRow(Row, frozen=True, kw_only=True):
    """A word that stands for two things; see the head of the table."""

    word: str
    one: str
    other: str
    pattern: str


@cache
def _pairs() -> tuple[tuple[PairRow, re.Pattern[str]], ...]:
    """The table of pairs, compiled."""
    return tuple((row, re.compile(f"{row.word}(?={row.pattern})")) for row in load_rows("pairs", PairRow))


def split_names(name: str, count: int = 0) -> list[str]:
    """Cut a name at its joints, at the commas alone where that makes `count` parts (租赁和商务服务业、其他服务业).

    A word that stands for two things makes two of it.
    """
    told = [(row, found) for row, pattern in _pairs() if (found := pattern.search(name))]
    apart = next((pair for pair in told if "、" in pair[0].word), None)
    parts = name.split("、")
    if apart is None and count > 1 and len(parts) == count:
        return parts
    parts = _SPLIT.split(name)
    chosen = apart or (next(iter(told), None) if len(parts) == 1 else None)
    if chosen is None:
        return parts
    row, found = chosen
    return [name[: found.start()] + word + name[found.end() :] for word in (row.one, row.other)]


def shared_names(name: str, count: int, before: Sequence[str]) -> tuple[str, ...] | None:
    """Return a name for each of `count` figures that share one name, None where it names them all alike.

    `before` are the names of the figures before the run, the last one last: what growths are of.
    """
    grown = is_change(name)
    alike = len(set(before[-count:])) == 1 and len(split_names(name, count)) == count
    if grown and len(before) >= count and not alike and before[-1].startswith(grown["base"] or before[-1]):
        return tuple(change(base, grown["kind"]) for base in before[-count:])
    paced = _PACE.fullmatch(name)
    if paced and (paces := shared_names(paced["base"], count, ())):
        return tuple(base + paced["kind"] for base in paces)
    bases = shared_names(grown["base"], count, ()) if grown and grown["base"] else None
    if grown and bases:
        return tuple(change(base, grown["kind"]) for base in bases)
    parts = split_names(name, count)
    return _completed(_turned(parts)) if len(parts) == count else None


def _turned(parts: list[str]) -> list[str]:
    """Complete what is said once for both: 一般公共预算收入和支出."""
    pair = _TURNED.match("|".join(parts))
    return [parts[0], pair["head"] + parts[1]] if pair and len(parts) == 2 else parts


def _completed(parts: list[str]) -> tuple[str, ...]:
    """Give each part what the first one begins with or the last one ends in: 肉、蛋产量, 高新技术和数字经济增加值."""
    if whole := _known_tail(parts):
        return (*(part + whole for part in parts[:-1]), parts[-1])
    last = turn("deed.of-same").match(parts[-1])
    if last and last["noun"] and all(_is_deed(part) for part in parts[:-1]):
        return (*(part + last["noun"] for part in parts[:-1]), parts[-1])
    head, tail = _HEAD.match(parts[0]), _TAIL.search(parts[-1])
    front, end = head.group() if head else "", tail.group() if tail and not head else ""
    return tuple(
        ("" if part.startswith(front) else front) + part + ("" if part.endswith(end) or _is_whole(part, end) else end)
        for part in parts
    )


def _is_whole(part: str, end: str) -> bool:
    """Tell whether a part lacks nothing of what the last one ends in (签约项目 beside 签约总金额)."""
    return (end in _AMOUNT and (part.endswith(_COUNTED) or bool(known_end(part)))) or (
        end in _COUNTED and part.endswith(_THINGS)
    )


def _is_deed(part: str) -> bool:
    """Tell whether a part is a verb alone whose noun stands with the last one (新增、净增市场主体)."""
    deed = turn("deed.of-same").match(part)
    return deed is not None and not deed["noun"]


def _known_tail(parts: list[str]) -> str:
    """The end of the last part that makes a known indicator of the others, or that is one and that they lack."""
    last, others = parts[-1], parts[:-1]
    for size in range(len(last) - 1, 2, -1):
        if others and all(is_known(part + last[-size:]) for part in others):
            return last[-size:]
    heads = {len(part) for part in others}
    if heads == {1} and len(last) > 2:
        return last[1:]
    tail = known_end(last)
    lacking = not any(known_end(part) or turn("statistic").search(part) for part in others)
    return tail if tail != last and len(tail) > 2 and lacking else ""
