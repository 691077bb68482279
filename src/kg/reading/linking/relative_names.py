"""Names of shares, rates and growths: a growth without base takes that of the figure before."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.reading.linking.figure_words import Words, by_unit, unchanged
from kg.reading.linking.indicators import (
    Indicator,
    IndicatorRow,
    change,
    holds_known,
    is_change,
    is_comparison,
    known,
    shorten,
    trim,
)
from kg.reading.vocabulary.patterns import turn

_RATES = ("增速", "增幅", "降幅", "占比", "比重")


def name_relative(words: Words) -> Indicator:
    """A share, a rate or a growth; a growth without base takes that of the figure before."""
    return _of_goal(words) or _of_doing(words) or _of_change(words)


def _of_change(words: Words) -> Indicator:
    """A growth, a multiple, a share or a rate by the words before it."""
    fast = words.trimmed and words.unit == "percent" and turn("growth.behind").match(words.right)
    grown = is_change(words.trimmed + "增长" if fast else words.trimmed)
    if grown:
        return name_growth(words, grown)
    times = words.last and words.unit == "times" and turn("times.of-base").match(words.own)
    if times or turn("change.noun").match(words.trimmed):
        name = unchanged(words.base) + (_multiple(words.own) if times else words.trimmed)
        return Indicator(name, _macro(words.base), "indicator.growth-of-last")
    against = is_comparison(words.trimmed)
    if against and not against["base"] and words.unit != "times":
        name = against["kind"] if len(against["kind"]) > 1 else f"{unchanged(words.base)}占比"
        return Indicator(name, _macro(words.base), "indicator.share")
    rate = _rate(words) if words.unit == "percent" else None
    if rate:
        return rate
    name, row = shorten(words.trimmed)
    if name:
        return Indicator(name, row or _macro(name), row.id if row else "indicator.words")
    return replace(words.before[-1][0], rule="indicator.last") if words.last else by_unit(words.unit)


def _of_goal(words: Words) -> Indicator | None:
    """A rate that is a goal, and by how much it is passed: 高于年初人代会12%的目标14.4个百分点."""
    passed, word = turn("goal.passed").search(words.own), turn("goal.passed-word").match(words.raw)
    if passed and word:
        return Indicator(passed["whose"] + word["goal"], None, "indicator.goal")
    by = turn("goal.passed-by").search(words.ahead)
    return Indicator(by["kind"] + by["whose"] + by["goal"], None, "indicator.passed") if by else None


def _of_doing(words: Words) -> Indicator | None:
    """A share named by what it does, which stands behind it: 20%的产品将销往国外, 新增财力的85%投向民生."""
    if words.unit != "percent":
        return None
    doing = turn("share.doing").match(words.right) if not words.trimmed else None
    if doing:
        return Indicator(doing["what"] + doing["did"] + doing["to"], None, "indicator.share")
    whole = turn("share.clause").match(words.right) if not words.trimmed else None
    if whole:
        return Indicator(re.sub("已经|已|将|了", "", whole["clause"]), None, "indicator.share")
    going = turn("share.going").match(words.right) if words.own.endswith("的") and words.trimmed else None
    if going:
        return Indicator(words.trimmed + going["did"] + going["to"], None, "indicator.share")
    owner = turn("share.owner-behind").match(words.right) if words.trimmed in ("占比", "比重") else None
    return Indicator(owner["what"] + words.trimmed, None, "indicator.share") if owner else None


def _multiple(own: str) -> str:
    """Say whose multiple a figure is: 是2005年的 is 为2005年的倍数."""
    return "为" + re.sub("^(?:是|为|相当于)|的$", "", own) + "的倍数"


def _rate(words: Words) -> Indicator | None:
    """A degree in brackets, what is done to all (100%复工), a share of what stands before it."""
    if turn("rate.told").match(words.own) and words.before:
        alike = (row for row, unit in reversed(words.before) if unit == words.unit)
        return replace(next(alike, words.before[-1][0]), rule="indicator.last")
    if degree := _degree(words):
        return Indicator(degree, None, "indicator.degree")
    kind = turn("share.kind").match(words.raw) if not words.trimmed else None
    if kind:
        return Indicator(kind["noun"] + "占比", None, "indicator.share")
    whole, share = turn("rate.behind").match(words.right), turn("share.of").match(words.own)
    if whole:
        return Indicator(whole["deed"] + "率", None, "indicator.rate-behind")
    if share:
        verb = "完成" if share["verb"] == "完成" else "占"
        return Indicator(verb + share["whole"], None, "indicator.share")
    return None


def _degree(words: Words) -> str:
    """Name a percentage in brackets by what the words before it say: 已完成8个(53%)."""
    if turn("degree.done").search(words.ahead):
        return "完成率"
    return "施工进度" if turn("degree.under-way").search(words.ahead) else ""


def name_growth(words: Words, grown: re.Match[str]) -> Indicator:
    """A growth of what its own words or the figure before name."""
    own = grown["base"] or _aspect(words) or _told_alone(words)
    against = is_comparison(own)
    if against and against["kind"].startswith(("拉动", "下拉", "拉低", "拉高")):
        return Indicator(words.trimmed, None, "indicator.words")
    if against and not against["base"]:
        return Indicator(unchanged(words.base) + words.trimmed, _macro(words.base), "indicator.growth-of-last")
    if own in ("", "总额", "其", "平均", "年均", "两年平均", "年平均", *_RATES) or (
        against and against["base"] in _RATES
    ):
        return Indicator(
            change(unchanged(words.base), own + grown["kind"]), _macro(words.base), "indicator.growth-of-last"
        )
    return Indicator(change(own, grown["kind"]), known(own) or _macro(own), "indicator.growth")


def _aspect(words: Words) -> str:
    """What a growth is said to be in (从产量来看,增长了20%), nothing where nothing says it."""
    told = turn("growth.aspect").search(words.ahead)
    return told["aspect"] if told else ""


def _told_alone(words: Words) -> str:
    """The statistic that the clause before names without a figure (规上工业实现增加值,同比增长12.5%)."""
    told = turn("statistic.alone").search(words.ahead)
    return trim(told["whose"] + told["name"]) if told else ""


def _macro(name: str) -> IndicatorRow | None:
    """The row of a figure that only a place can have, held anywhere in a name; a sector's investment is one."""
    return known("地区生产总值") if holds_known(name, "district") or turn("sector.place").search(name) else known(name)
