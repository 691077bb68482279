"""What a figure measures: the words before it (and behind it), without what only carries them, as a column's head.

The indicator stays in the article's words. `tables/indicators.toml` knows the common ones: of those the words before
(项目预计总投资) are dropped where the name alone is enough. A growth names its base, from the clause or from the figure before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.reading.layers import Quantity
from kg.reading.rows import Row, load_rows


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
    """An indicator: its name, the row that knows it if any, and the rules that read it."""

    name: str
    row: IndicatorRow | None
    rules: tuple[str, ...]


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


def known(words: str) -> IndicatorRow | None:
    """Return the row of the longest known indicator that the words end in."""
    return next((_known()[words[-size:]] for size in range(_longest(), 1, -1) if words[-size:] in _known()), None)


def trim(words: str) -> str:
    """Take off the words before a number what only carries its indicator."""
    before = None
    words = words.strip(" 、,“”")
    while before != words:
        before = words
        for _, pattern in _phrases("end"):
            words = pattern.sub("", words) if len(words) > 1 or pattern.fullmatch(words) else words
        for _, pattern in _phrases("front"):
            words = pattern.sub("", words, count=1)
        words = words.strip(" 、,")
    for _, pattern in _phrases("inside"):
        words = pattern.sub("", words)
    return words


def shorten(words: str) -> tuple[str, IndicatorRow | None]:
    """Drop what stands before a known indicator whose name is enough."""
    row = known(words)
    if row and row.whole:
        size = next(size for size in range(_longest(), 1, -1) if words[-size:] in _known())
        return words[-size:], row
    return words, row


_GROWTH = re.compile(
    r"(?P<base>.*?)(?P<kind>(?:同比|比上年同期|比上年|比去年同期|比去年|较上年同期|较上年|较去年同期|较去年|环比|按可比价格?(?:计算)?,?(?:同比)?)?"
    r"(?:实际|名义|分别|净|再|又)?(?:增长|增加|增|下降|减少|降低|上升|提高|回落|扩大|收窄|加快|提升))(?:了|为|达到|达)?$"
)
_AGAINST = re.compile(r"(?P<base>.*?)(?P<kind>(?:高于|低于|高出|比|较|快于|占|拉动).*)$")


def is_change(words: str) -> re.Match[str] | None:
    """Match words that say how a figure changed (同比增长), with what changed in `base`."""
    return _GROWTH.fullmatch(words)


def is_comparison(words: str) -> re.Match[str] | None:
    """Match words that set a figure against another (占年计划, 高于全市平均水平)."""
    return _AGAINST.fullmatch(words)


def change(base: str, kind: str) -> str:
    """Name a growth by its base: 产值 + 同比增 → 产值同比增长."""
    kind = re.sub(r"分别|了$", "", kind)
    kind = kind + "长" if kind.endswith("增") else kind
    return re.sub(r"(?:同比)?(?:增长|下降)$", "", base) + kind


def of_counted(quantity: Quantity, left: str, right: str) -> str:
    """Name a count whose noun follows; a bare 项目 or 企业 takes the verb beside it (签约2个项目, 6个项目集中开工)."""
    noun = quantity.noun or ""
    if noun not in _BARE:
        return noun
    verb = _VERB_BEFORE.search(left) or _VERB_BEHIND.match(right)
    return (verb.group("verb") if verb else "") + noun or noun


def of_listed(words: str) -> str:
    """Name the count of a list of projects by the verb before it: 新开工甲项目、乙项目等 → 新开工项目."""
    verb = _VERB_AHEAD.match(words)
    return f"{verb.group('verb')}项目" if verb and "项目" in words and ("、" in words or words.endswith("等")) else ""


_BARE = ("项目", "企业", "小区", "人员", "产业项目", "子项目")
_VERB = "新签约|集中签约|签约|集中开工|开工建设|新开工|开复工|开工|复工|竣工|投产投用|投产|落地建设|落地|新建|续建|在建|谋划|储备|引进|引入|实施|入驻|改造|建成|新增|培育|包装|推进"
_VERB_AHEAD = re.compile(rf"(?P<verb>{_VERB})")
_VERB_BEFORE = re.compile(rf"(?P<verb>{_VERB})(?:了|的)?$")
_VERB_BEHIND = re.compile(rf"(?:已|全部|同时|已全部|正式|顺利|实现|均已)*(?P<verb>{_VERB})")
