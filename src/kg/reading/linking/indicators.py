"""What a figure measures: the words before it (and behind it), without what only carries them, as a column's head.

The indicator stays in the article's words. `tables/indicators.toml` knows the common ones: of those the words before
(项目预计总投资) are dropped where the name alone is enough. A growth names its base, from the clause or from the figure
before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.reading.rows import Row, load_rows
from kg.reading.vocabulary.patterns import turn


class IndicatorRow(Row, frozen=True, kw_only=True):
    """A known indicator; see the head of the table."""

    name: str
    synonyms: tuple[str, ...]
    units: str
    level: Literal["district", "firm", "work", "any"]
    whole: bool = False
    parent: str = ""


class PhraseRow(Row, frozen=True, kw_only=True):
    """What is taken off the words before a number; `gives` is what must be left of the example."""

    where: Literal["front", "end", "inside"]
    pattern: str
    gives: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: its name in folded words, the row that knows it if any, and the rule that read it.

    `counted` says that the noun behind the number belongs to its unit.
    """

    name: str
    row: IndicatorRow | None
    rule: str
    counted: bool = True


@cache
def _known() -> dict[str, IndicatorRow]:
    """Every name and synonym."""
    return {word: row for row in load_rows("indicators", IndicatorRow) for word in (row.name, *row.synonyms)}


@cache
def _longest() -> int:
    """The length of the longest known name."""
    return max(map(len, _known()))


@cache
def _phrases(where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rows of one place, compiled."""
    return tuple((row.id, re.compile(row.pattern)) for row in load_rows("phrases", PhraseRow) if row.where == where)


def known_end(words: str) -> str:
    """Return the longest known indicator that the words end in, or nothing."""
    return next((words[-size:] for size in range(_longest(), 1, -1) if words[-size:] in _known()), "")


def is_known(words: str) -> bool:
    """Tell whether the words are a known indicator's name or synonym."""
    return words in _known()


def known(words: str) -> IndicatorRow | None:
    """Return the row of the longest known indicator that the words end in, else of one that they hold."""
    return _known().get(known_end(words))


def holds_known(words: str, level: str) -> bool:
    """Tell whether the words hold a known indicator of a level anywhere (规上工业增加值增速较一季度加快)."""
    return any(name in words for name, row in _known().items() if row.level == level)


def trim(words: str) -> str:
    """Take off the words before a number what only carries its indicator."""
    before = None
    words = words.strip(" 、,“”")
    while before != words:
        before = words
        for _, pattern in _phrases("end"):
            words = pattern.sub("", words)
        for _, pattern in _phrases("front"):
            words = pattern.sub("", words, count=1)
        words = words.strip(" 、,")
    for _, pattern in _phrases("inside"):
        words = pattern.sub("", words)
    words = _BLANK.sub("", words)
    return words if words.count("“") == words.count("”") else re.sub("[“”]", "", words)


_BLANK = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_DROPPED = ("签约", "已", "拟")
_SECTORS = (
    "indicator.investment",
    "indicator.total-investment",
    "indicator.revenue",
    "indicator.fixed-asset-investment",
    "indicator.land-used",
)


def shorten(words: str) -> tuple[str, IndicatorRow | None]:
    """Drop what stands before a known indicator whose name is enough."""
    name = known_end(words)
    row = _known().get(name)
    if row and row.whole:
        sector = turn(f"sector.{row.id}").search(words.removesuffix(name)) if row.id in _SECTORS else None
        name = row.name if name.startswith(_DROPPED) and name.endswith(row.name) else name
        return (re.sub("(?:共|累计)$", "", sector.group()) if sector else "") + name, row
    told = row or turn("statistic.total").search(words)
    return (words.removeprefix("完成") if told and words != "完成" else words), row


_GROWTH = re.compile(
    r"(?P<base>.*?)将?(?:累计)?(?P<kind>(?:现价|可比(?!价|口))?(?:同比|同口径(?:相比)?|可比口径|(?:比|较)(?:上年|去年)(?:同期)?|与?(?:上年|去年)(?:同期)?(?:同比|相比)|环比|按?可比价格?(?:计算)?,?(?:同比)?)?"
    r"(?:分别)?(?:实际|名义|年均|分别|净|再|又)?(?:增长|比增|增加|增收|减收|(?<=[年期])新增|增|下降|减少|降低|上升|提高|回升|回落|放缓|扩大|收窄|加快|提升))(?:了|为|达到|达)?"
)
_AGAINST = re.compile(
    r"(?P<base>.*?)(?P<kind>(?:高于|低于|高出|超(?=全)|比(?!例)|较|快于|占(?!地)|拉动|下拉|拉低|拉高).*)"
)


def is_change(words: str) -> re.Match[str] | None:
    """Match words that say how a figure changed (同比增长), with what changed in `base`."""
    return _GROWTH.fullmatch(words)


def is_comparison(words: str) -> re.Match[str] | None:
    """Match words that set a figure against another (占年计划, 高于全市平均水平)."""
    return _AGAINST.fullmatch(words)


def change(base: str, kind: str) -> str:
    """Name a growth by its base: 产值 + 同比增 → 产值同比增长."""
    base = re.sub("^(?:完成|实现)(?=[\u4e00-\u9fff]{2})", "", base)
    kind = re.sub(r"分别|按可比价格?(?:计算)?,?|了$|^与?(?:上年|去年)(?:同期)?(?=同比)", "", kind)
    kind = kind + "长" if kind.endswith("增") and not kind.endswith(("比增", "新增")) else kind
    return re.sub(r"(?:同比)?(?:增长|下降)$", "", base) + kind


def classless(noun: str) -> str:
    """Take off a counted noun the threshold or the reach that only classes it (投资亿元以上资源深加工项目)."""
    return turn("noun.classed").sub("", noun, count=1)


def of_counted(noun: str, left: str, right: str) -> str:
    """Name a count whose noun follows; a bare 项目 or 企业 takes the verb beside it (签约2个项目, 6个项目集中开工)."""
    noun = classless(noun)
    if noun not in _BARE:
        return noun
    verb = turn("phase.before").search(left) or turn("became.before").search(left) or turn("became.behind").match(right)
    return verb["verb"] + noun if verb else noun + ("数" if noun == "项目" else "")


def of_listed(words: str) -> str:
    """Name the count of a list of projects by the verb before it: 新开工甲项目、乙项目等 → 新开工项目."""
    kind = turn("listed.kind").search(words)
    if kind:
        return (kind["verb"] or "") + kind["kind"]
    verb = turn("became.ahead").match(words)
    return f"{verb['verb']}项目" if verb and "项目" in words and ("、" in words or words.endswith("等")) else ""


_BARE = ("项目", "企业", "员工", "职工", "工人", "产业项目", "子项目")
