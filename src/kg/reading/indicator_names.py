"""Naming the indicator of one figure from its words, its noun and the figures before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.reading.behind import listed_noun, noun_beyond, produced
from kg.reading.ground import Ground, Place
from kg.reading.indicators import (
    Indicator,
    IndicatorRow,
    change,
    holds_known,
    is_change,
    is_comparison,
    known,
    of_counted,
    of_listed,
    shorten,
    trim,
)
from kg.reading.nouns import counted_noun
from kg.reading.own_words import AMOUNTS, own_words
from kg.reading.patterns import turn
from kg.reading.rows import Row, load_rows
from kg.reading.slots import Slot

_RATES = ("增速", "增幅", "降幅", "占比", "比重")
_MONEY = ("CNY", "USD")
_DONE = ("完成", "到位", "达成")
_AREA = ("mu", "m2", "ha", "km2")
_RELATIVE = ("percent", "pp", "times")
_SPECIFIED = re.compile(r"[\d.~—–-]+(?:[万千]?(?:兆瓦|千瓦|千伏|毫米|米|层|吨|平方米)[~-]?)+(?:以上|以下)?的?")
_CAPACITY = re.compile(r"(?:年|日|月|每年|每天|每日)(?:产|生产|加工|出栏|处理|屠宰)(?!值|量)")
_OF_TARGET = re.compile(r"占(?:全年|年度)?(?=[目任])")
_GOAL = re.compile(r"^(?:完成|占)了?")
_NEXT = re.compile(r"[及和与、](?=\d)")
_SET_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”《》]{2,}")
_WORKS_END = r"(?:生产|加工|建设)?(?:项目|工程|生产线|基地|线)$"
_WHERE = ("District", "Park", "Facility", "Enterprise")
_ASIDE = 60
_BEING_BUILT = ("新建", "在建", "续建", "改建", "扩建")
_WORKED = ("建设", "改造", "治理", "整治", "维修")
_LEVELS = ("国家级", "省级", "市级", "县级", "区级", "州级", "部级")
_COUNTED = {"个": "项目", "项": "项目", "家": "企业"}


class UnitNameRow(Row, frozen=True, kw_only=True):
    """What figures in some units are called where nothing names them."""

    units: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words around one figure: its own before it, trimmed; what follows; the indicators of the figures before."""

    slot: Slot
    own: str
    trimmed: str
    right: str
    raw: str
    ahead: str
    before: tuple[tuple[Indicator, str], ...]
    places: tuple[str, ...]

    @property
    def unit(self) -> str:
        """The unit of the figure."""
        return self.slot.quantity.unit

    @property
    def last(self) -> str:
        """The indicator of the figure before."""
        return self.before[-1][0].name if self.before else ""

    @property
    def base(self) -> str:
        """What a growth may be of: the figure before, or what that one is a growth of, shares left out."""
        if self.unit == "pp" and not self.trimmed.startswith(("增速", "增幅", "降幅")):
            rates = (row.name for row, unit in reversed(self.before) if unit == "percent" and not is_change(row.name))
            return next(rates, self.last)
        for indicator, unit in reversed(self.before):
            if unit not in _RELATIVE or is_change(indicator.name):
                return _unchanged(indicator.name)
        return self.last


def name_indicator(
    ground: Ground, slot: Slot, before: tuple[tuple[Indicator, str], ...], counted: Place | None
) -> Indicator:
    """Return the indicator of a figure; `before` are those of the figures before it with their units, in text order."""
    quantity, folded = slot.quantity, ground.article.folded
    own = own_words(ground, slot)
    places = tuple(ground.exact(place) for place in ground.outermost(slot.left, quantity.start) if place.type in _WHERE)
    raw = folded[quantity.end + len(quantity.noun or "") : slot.right]
    right = _SPECIFIED.sub("", raw, count=1)
    ahead = folded[max(slot.stop, quantity.start - _ASIDE) : quantity.start]
    words = Words(slot, own, trim(own), right, raw, ahead, before, places)
    if (
        ground.names_work(quantity.start, quantity.end)
        and turn("capacity.named").match(words.unit)
        and not _said(words)
    ):
        name = "装机" if words.unit in ("MW", "kW") else "产能"
        return Indicator(name, known("年产"), "indicator.named-capacity", counted=False)
    held = counted and counted.start <= quantity.start and quantity.noun is None
    if held and counted and _SET_NOUN.fullmatch(folded, quantity.end, counted.end):
        named = of_counted(folded[quantity.end : counted.end], own, folded[counted.end : slot.right])
        return Indicator(named, None, "indicator.set")
    if counted and not quantity.noun:
        listed = of_listed(folded[counted.start : quantity.start])
        if listed:
            return Indicator(listed, None, "indicator.listed-set")
    return _of_unit(words) or (_of_noun(words) if quantity.noun else None) or _of_words(ground, words)


def _said(words: Words) -> bool:
    """Tell whether the words before a capacity say what it is (年产)."""
    return bool(turn("capacity").search(words.own) or turn("statistic").search(words.own))


def _of_unit(words: Words) -> Indicator | None:
    """What the unit alone decides: shares and growths, phases, capacities."""
    if words.unit in _RELATIVE:
        return _relative(words)
    grown = is_change(words.trimmed) if words.slot.quantity.noun is None else None
    if grown and turn("change.counted").search(grown["kind"]):
        return _growth(words, grown)
    if words.unit == "期":
        return Indicator("分期", None, "indicator.phases")
    capacity = turn("capacity").search(words.own)
    if capacity and not turn("statistic").search(words.own):
        noun = re.sub(_WORKS_END, "", words.slot.quantity.noun or counted_noun(_NEXT.split(words.raw)[0], 0) or "")
        noun = produced(noun)
        return Indicator(capacity["verb"].replace("可", "") + noun, known("年产"), "indicator.capacity")
    return None


def _of_noun(words: Words) -> Indicator | None:
    """A count is named by its noun, unless a statistic is named before it (年出栏量不低于60万头)."""
    if turn("statistic").search(words.own) and words.trimmed:
        name, row = shorten(words.trimmed)
        return Indicator(name, row, row.id if row else "indicator.words", counted=False)
    noun = words.slot.quantity.noun or ""
    helping, deed = turn("helping.verb").search(words.own), turn("helping.deed").match(words.right)
    if helping and deed:
        return Indicator(helping["verb"] + noun + deed["deed"], None, "indicator.deed", counted=True)
    return Indicator(of_counted(noun, words.own, words.right), None, "indicator.counted-noun")


def _of_words(ground: Ground, words: Words) -> Indicator:
    """The words before the number, else what it did, else what stands behind."""
    done = _deed(words) if words.slot.quantity.rule.startswith("classifier.") else ""
    if done:
        return Indicator(done, known(done), "indicator.deed")
    beyond = noun_beyond(ground.article.folded, words.slot.quantity.end)
    if beyond and words.slot.quantity.rule.startswith("classifier."):
        return Indicator(beyond, known(beyond), "indicator.noun-beyond")
    listed = turn("listed.behind").match(ground.article.folded, words.slot.quantity.end)
    if listed and words.slot.quantity.rule.startswith("classifier.") and words.own.endswith("等"):
        return Indicator(listed["noun"], known(listed["noun"]), "indicator.noun-behind")
    name, row = shorten(_SPECIFIED.sub("", _OF_TARGET.sub("", words.trimmed)))
    named = (
        _of_goal(words)
        or (None if row else _next_noun(words))
        or _with_noun_behind(ground, words, row)
        or _by_verb(words, name)
        or _more_capacity(words, name)
        or _of_amount(words, name)
    )
    if named or len(name) <= 1:
        return named or _without_words(ground, words)
    if words.unit in _MONEY:
        name = name.removeprefix("欠")
    if words.unit == "人" and words.own.endswith("的") and not row:
        name += "人员"
    return Indicator(name, row, row.id if row else "indicator.words")


def _of_goal(words: Words) -> Indicator | None:
    """The goal of what the figure before counts: 完成年任务75亿元 behind 工业总产值."""
    if turn("target.word").match(words.own) and words.last and words.before[-1][1] == words.unit:
        return Indicator(_unchanged(words.last) + _GOAL.sub("", words.own), None, "indicator.goal")
    return None


def _of_amount(words: Words, name: str) -> Indicator | None:
    """The total of what the figure before counts (总数达到68家), the area of what is being built."""
    if name in AMOUNTS and words.before and words.before[-1][1] == words.unit:
        return _gone_on(words)
    return _by_unit(words.unit) if words.unit in _AREA and name in _BEING_BUILT else None


def _with_noun_behind(ground: Ground, words: Words, row: IndicatorRow | None) -> Indicator | None:
    """Money put into what follows (引进9亿元建设), a verb and its object (发放20万元贷款), 10万锭厂房 of a park."""
    if turn("money.put-in").search(words.own) and turn("behind.builds").search(words.right):
        return Indicator("投资", known("投资"), "indicator.put-in")
    verb = turn("verb.before").search(words.own)
    of_site = words.unit in _AREA and turn("area.site").search(words.own)
    behind = "" if words.right.startswith("的") else counted_noun(ground.article.folded, words.slot.quantity.end) or ""
    if verb and behind and not row and words.unit in (*_AREA, *_MONEY, "t"):
        return Indicator(verb["verb"] + behind, None, "indicator.verb-and-noun")
    if of_site and behind:
        return Indicator(behind, known(behind), "indicator.noun-behind")
    if (
        words.unit in _MONEY
        and behind.endswith(("项目", "工程"))
        and len(trim(words.own)) <= 1 + len("".join(words.places))
    ):
        return Indicator("投资", known("投资"), "indicator.put-in")
    if words.own and words.own in words.places and words.slot.quantity.unit not in _AREA:
        return Indicator(behind, known(behind), "indicator.noun-behind") if behind else _by_unit(words.unit)
    return None


def _next_noun(words: Words) -> Indicator | None:
    """A measure whose noun stands behind it."""
    listed = "" if words.right.startswith("的") else listed_noun(words.raw)
    if listed and words.slot.quantity.rule.startswith("unit.") and _is_next(words):
        return Indicator(listed, known(listed), "indicator.noun-behind")
    return None


def _is_next(words: Words) -> bool:
    """Tell whether a figure's noun stands behind it: it is the next of such a list, or its verb says only that it is.

    5000吨粗苯回收、1万吨硅铁; 启动5万平方米里弄房屋修缮; 其他700亩土地; 某公司的1000亩基地.
    """
    own = words.own.strip("、和及与")
    told = bool(words.before) and words.before[-1][0].name.endswith(own) and words.ahead.endswith(tuple("、和及与"))
    owned = words.own.endswith("的") and words.own[:-1] in words.places
    return (bool(own) and told) or owned or any(turn(row).search(words.own) for row in ("verb.empty", "rest.of"))


def _more_capacity(words: Words, name: str) -> Indicator | None:
    """The next thing of a capacity: 年加工肉类3万吨、蔬菜5万吨."""
    last = words.before[-1] if words.before and words.slot.left > words.slot.clause else None
    verb = _CAPACITY.match(last[0].name) if last else None
    if last is None or verb is None or not name or _CAPACITY.match(name):
        return None
    behind = re.sub(_WORKS_END, "", words.slot.quantity.noun or listed_noun(words.raw))
    if behind and words.ahead.endswith(("及", "和", "与", "、")):
        return Indicator(verb.group() + behind, last[0].row, "indicator.capacity")
    if last[1] != words.unit:
        return None
    return Indicator(verb.group() + name, last[0].row, "indicator.capacity")


def _by_verb(words: Words, name: str) -> Indicator | None:
    """A verb alone: 投产84家 counts firms, 完成3亿元 is of what the figure before names."""
    if words.unit in _COUNTED and name.endswith("级"):
        whole = (row.name for row, unit in reversed(words.before) if unit == words.unit and _is_whole(row.name))
        return Indicator(name + next(whole, _COUNTED[words.unit]), None, "indicator.level")
    alike = words.before[-1] if words.before and words.before[-1][1] == words.unit else None
    became = turn("became.before").fullmatch(name)
    if became and alike and (told := turn("became.ahead").match(alike[0].name)) and alike[0].name != told["verb"]:
        return Indicator(name + alike[0].name.removeprefix(told["verb"]), None, "indicator.became")
    if words.unit in _COUNTED and became:
        return Indicator(name + _COUNTED[words.unit], None, "indicator.became")
    if words.own.endswith("完成") and name in ("", *_WORKED) and words.before:
        return Indicator("完成", None, "indicator.completed")
    if name in _DONE and words.unit in _MONEY and words.last:
        return replace(words.before[-1][0], rule="indicator.last")
    return None


def _is_whole(name: str) -> bool:
    """Tell whether a name is of all levels together."""
    return not name.startswith(_LEVELS)


def _deed(words: Words) -> str:
    """Name people and bodies counted before what they do or get: 2420人享受退休待遇, 带动2000余人就业."""
    far = turn("noun.far").match(words.right)
    if far and (not words.trimmed or turn("became.before").search(words.own)):
        return of_counted(far["noun"], words.own, "")
    deed = turn("deed").match(words.right)
    own = words.trimmed
    if deed and (turn("deed.helping").match(own) or turn("deed.dropped").match(own)):
        return deed.group() if turn("deed.dropped").match(own) else own + deed.group()
    return ""


def _relative(words: Words) -> Indicator:
    """A share, a rate or a growth; a growth without base takes that of the figure before."""
    grown = is_change(words.trimmed)
    if grown:
        return _growth(words, grown)
    if turn("change.noun").match(words.trimmed):
        return Indicator(_unchanged(words.base) + words.trimmed, _macro(words.base), "indicator.growth-of-last")
    against = is_comparison(words.trimmed)
    if against and not against["base"] and words.unit in ("percent", "pp"):
        name = against["kind"] if len(against["kind"]) > 1 else f"{_unchanged(words.base)}占比"
        return Indicator(name, _macro(words.base), "indicator.share")
    rate = _rate(words) if words.unit == "percent" else None
    if rate:
        return rate
    name, row = shorten(words.trimmed)
    if name:
        return Indicator(name, row or _macro(name), row.id if row else "indicator.words")
    return replace(words.before[-1][0], rule="indicator.last") if words.last else _by_unit(words.unit)


def _rate(words: Words) -> Indicator | None:
    """A degree in brackets, what is done to all (100%复工), a share of what stands before it."""
    if degree := _degree(words):
        return Indicator(degree, None, "indicator.degree")
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


def _growth(words: Words, grown: re.Match[str]) -> Indicator:
    """A growth of what its own words or the figure before name."""
    own = grown["base"]
    against = is_comparison(own)
    if against and against["kind"].startswith("拉动"):
        return Indicator(words.trimmed, None, "indicator.words")
    if against and not against["base"]:
        return Indicator(_unchanged(words.base) + words.trimmed, _macro(words.base), "indicator.growth-of-last")
    if own in ("", "总额", "其", "平均", "年均", "两年平均", "年平均", *_RATES) or (
        against and against["base"] in _RATES
    ):
        return Indicator(
            change(_unchanged(words.base), own + grown["kind"]), _macro(words.base), "indicator.growth-of-last"
        )
    return Indicator(change(own, grown["kind"]), known(own) or _macro(own), "indicator.growth")


def _macro(name: str) -> IndicatorRow | None:
    """The row of a figure that only a place can have, held anywhere in a name."""
    return known("地区生产总值") if holds_known(name, "district") else known(name)


def _unchanged(name: str) -> str:
    """The base of a name that already says how it changed."""
    grown = is_change(name)
    return grown["base"] if grown and grown["base"] else name


def _without_words(ground: Ground, words: Words) -> Indicator:
    """A figure right at the head of its clause: named by what follows, by its unit, or by the figure before."""
    folded, quantity = ground.article.folded, words.slot.quantity
    thing = words.right.startswith("的")
    noun = counted_noun(folded, quantity.end + thing)
    behind = Indicator(noun, known(noun), "indicator.noun-behind") if noun else None
    of_area = words.unit in _AREA
    if behind and not thing:
        return behind
    if of_area and thing:
        return _by_unit(words.unit)
    return _gone_on(words) or (None if of_area else behind) or _by_unit(words.unit)


def _gone_on(words: Words) -> Indicator | None:
    """The indicator of the figure before, in one clause or as the total of an increase."""
    if not words.before:
        return None
    last, unit = words.before[-1]
    if unit == words.unit and words.trimmed in AMOUNTS:
        return replace(last, name=last.name.removeprefix("新增") + "总数", rule="indicator.total-of-last")
    if unit == words.unit and is_change(last.name) and turn("change.reached").match(words.own):
        return replace(last, name=trim(_unchanged(last.name)), rule="indicator.total-of-last")
    if words.slot.left > words.slot.clause:
        sized = words.unit in _AREA and unit not in (*_AREA, *_MONEY, *_RELATIVE) and not last.row
        return replace(last, name=last.name + "面积" * sized, rule="indicator.last")
    if unit == words.unit and unit not in (*_AREA, *_MONEY):
        return replace(last, name=last.name.removeprefix("新增"), rule="indicator.total-of-last")
    return None


def _by_unit(unit: str) -> Indicator:
    """Name a figure that no words name by its unit."""
    for row in load_rows("unit_names", UnitNameRow):
        if unit in row.units:
            return Indicator(row.name, None, row.id)
    return Indicator("数量", None, "indicator.number")
