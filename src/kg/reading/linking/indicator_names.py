"""Naming the indicator of one figure from its words, its noun and the figures before it."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.reading.linking.figure_words import AREA, MONEY, RELATIVE, Words, by_unit, kind_of_unit, unchanged
from kg.reading.linking.ground import ACTING, Ground, Place
from kg.reading.linking.indicators import (
    Indicator,
    is_change,
    known,
    of_counted,
    of_listed,
    shorten,
    trim,
)
from kg.reading.linking.names_behind import (
    changed_to,
    gone_on,
    more_capacity,
    next_noun,
    of_object,
    with_noun_behind,
    without_words,
)
from kg.reading.linking.own_words import AMOUNTS, own_words
from kg.reading.linking.relative_names import name_growth, name_relative
from kg.reading.linking.slots import Slot
from kg.reading.numbers.behind import noun_beyond, produced
from kg.reading.vocabulary.nouns import counted_noun
from kg.reading.vocabulary.patterns import turn

_DONE = ("完成", "实际完成", "到位", "达成")
_SPECIFIED = re.compile(r"[\d.~—–-]+(?:[万千]?(?:兆瓦|千瓦|千伏|毫米|米|层|吨|平方米)[~-]?)+(?:以上|以下)?的?")
_OF_TARGET = re.compile(r"占(?:全年|年度)?(?=[目任])")
_GOAL = re.compile(r"^(?:完成|占)了?")
_CHAIN = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:一体化|产业化|产业|全产业链|精?深加工)+$")
_NEXT = re.compile(r"[及和与、](?=\d)")
_SET_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”《》]{2,}")
_WHERE = ("District", "Park", "Facility", "Enterprise")
_ASIDE = 60
_BEING_BUILT = ("新建", "在建", "续建", "改建", "扩建")
_WORKED = ("建设", "改造", "治理", "整治", "维修")
_FEW = 1000
_SUPPLIED = ("供水", "供气", "供热")
_SIZES = ("长", "宽", "高", "深", "厚")
_PAID = ("发放", "救助", "资助", "补助", "减免", "培训")
_LEVELS = ("国家级", "省级", "市级", "县级", "区级", "州级", "部级")
_COUNTED = {"个": "项目", "项": "项目", "家": "企业", "户": "企业"}
_SIZED = ("工业企业", "规上企业", "企业", "工业项目", "产业项目", "项目")


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
        and not (_said(words) or (words.unit.startswith("件") and (quantity.low or 0) < _FEW))
    ):
        name = "装机" if words.unit in ("MW", "kW") else "产能"
        return Indicator(name, known("年产"), "indicator.named-capacity", counted=False)
    held = counted and counted.start <= quantity.start and quantity.noun is None
    if held and counted and _SET_NOUN.fullmatch(folded, quantity.end, counted.end):
        named = of_counted(folded[quantity.end : counted.end], own, folded[counted.end : slot.right])
        return Indicator(named, None, "indicator.set")
    kinds = turn("set.of-kinds").match(ground.exact(counted)) if counted else None
    if kinds:
        return Indicator(kinds["noun"], None, "indicator.listed-set", counted=False)
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
    if words.unit in RELATIVE:
        return name_relative(words)
    grown = is_change(words.trimmed) if words.slot.quantity.noun is None else None
    if grown and turn("change.counted").search(grown["kind"]):
        return name_growth(words, grown)
    if words.unit == "期" and not turn("course.before").search(words.own):
        return Indicator("分期", None, "indicator.phases")
    capacity = turn("capacity").search(words.own)
    if capacity and not turn("statistic").search(words.own):
        noun = produced(words.slot.quantity.noun or counted_noun(_NEXT.split(words.raw)[0], 0) or "")
        noun = "" if capacity["verb"].endswith(_SUPPLIED) else _CHAIN.sub("", noun)
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


def _of_count(ground: Ground, words: Words) -> Indicator | None:
    """Name a count by the noun that is told apart from it, else by what it did, else by the class of a list."""
    counts = words.slot.quantity.rule.startswith("classifier.")
    big = turn("big.noun").match(words.raw) if words.unit == "大" else None
    beyond = big["noun"] if big else noun_beyond(ground.article.folded, words.slot.quantity.end)
    if beyond and counts:
        return Indicator(beyond, known(beyond), "indicator.noun-beyond")
    aged = turn("people.of-age").match(words.raw) if counts else None
    if aged:
        return Indicator(aged["noun"], None, "indicator.noun-behind")
    if done := _deed(words) if counts and words.unit != "大" else "":
        return Indicator(done, known(done), "indicator.deed")
    listed = turn("listed.behind").match(ground.article.folded, words.slot.quantity.end)
    if listed and counts and words.own.endswith("等"):
        return Indicator(listed["noun"], known(listed["noun"]), "indicator.noun-behind")
    return None


def _of_words(ground: Ground, words: Words) -> Indicator:
    """The words before the number, else what it did, else what stands behind."""
    if counted := _of_count(ground, words):
        return counted
    trimmed = words.trimmed
    if turn("goal.share-behind").match(words.raw):
        trimmed = _GOAL.sub("", trimmed)
    name, row = shorten(_SPECIFIED.sub("", _OF_TARGET.sub("", trimmed)))
    if row and row.whole and turn("each.joint").search(words.own):
        name = trimmed
    named = (
        _of_goal(words)
        or changed_to(words)
        or (None if row else next_noun(words))
        or with_noun_behind(ground, words, row)
        or _by_size(words)
        or _by_verb(words, name)
        or (None if row else of_object(words))
        or more_capacity(words, name)
        or _of_amount(words, name)
    )
    if words.unit in ("m", "km") and name in _SIZES:
        return Indicator(name + "度", None, "indicator.size")
    if named or len(name) <= 1 or ACTING.match(name):
        return named or without_words(ground, words)
    if words.unit in MONEY:
        name = name.removeprefix("欠")
    name = _of_product(words, _of_bare_verb(words, name))
    if words.unit in ("kW", "MW") and turn("power.source").search(name):
        name += "装机"
    if words.unit == "人" and words.own.endswith("的") and not row:
        name += "人员"
    return Indicator(name, row, row.id if row else "indicator.words")


def _of_goal(words: Words) -> Indicator | None:
    """The goal of what the figure before counts: 完成年任务75亿元 behind 工业总产值."""
    if turn("target.word").match(words.own) and words.last and words.before[-1][1] == words.unit:
        base = unchanged(words.last).removeprefix("完成")
        return Indicator(base + _GOAL.sub("", words.own), None, "indicator.goal")
    return None


def _of_amount(words: Words, name: str) -> Indicator | None:
    """The total of what the figure before counts (总数达到68家), the area of what is being built."""
    if name in AMOUNTS and words.before and words.before[-1][1] == words.unit:
        return gone_on(words)
    return by_unit(words.unit) if words.unit in AREA and name in _BEING_BUILT else None


def _by_verb(words: Words, name: str) -> Indicator | None:
    """A verb alone: 投产84家 counts firms, 完成3亿元 is of what the figure before names."""
    if words.unit in _COUNTED and name.endswith("级"):
        whole = (row.name for row, unit in reversed(words.before) if unit == words.unit and _is_whole(row.name))
        return Indicator(name + next(whole, _COUNTED[words.unit]), None, "indicator.level")
    if became := _became(words, name):
        return became
    goal = turn("goal.behind").match(words.raw) if words.own.endswith("完成") and name in ("", "完成") else None
    if goal:
        return Indicator(goal["goal"], None, "indicator.noun-behind")
    if words.own.endswith("完成") and name in ("", *_WORKED) and words.before:
        return Indicator("完成", None, "indicator.completed")
    if name in _DONE and words.unit in MONEY and words.last:
        return replace(words.before[-1][0], rule="indicator.last")
    return None


def _became(words: Words, name: str) -> Indicator | None:
    """What became of things of a kind (投产84家, 新增12户): the kind is the figure's before, else the classifier's."""
    alike = words.before[-1] if words.before and words.before[-1][1] == words.unit else None
    became = turn("became.before").fullmatch(name)
    if became and alike and (told := turn("became.ahead").match(alike[0].name)) and alike[0].name != told["verb"]:
        return Indicator(name + alike[0].name.removeprefix(told["verb"]), None, "indicator.became")
    if words.unit in _COUNTED and became:
        dropped = turn("became.opposite").search(words.last) if name == "新增" else None
        if dropped and dropped["base"] in words.ahead:
            return Indicator(dropped["base"] + name, None, "indicator.became")
        homes = words.unit == "户" and not any("企业" in said for said in (words.ahead, words.raw, words.last))
        return Indicator(name + ("户" if homes else _COUNTED[words.unit]), None, "indicator.became")
    return None


def _by_size(words: Words) -> Indicator | None:
    """Members of the set before, told by their size: 引进项目35个,其中投资亿元以上的12个."""
    classed = turn("class.by-size").search(words.own) if words.unit in _COUNTED else None
    if classed is None:
        return None
    whole = next((row.name for row, unit in reversed(words.before) if unit[:1] == words.unit), "")
    noun = next((noun for noun in _SIZED if whole.endswith(noun)), _COUNTED[words.unit])
    return Indicator(classed["size"] + noun, None, "indicator.sized")


def _of_bare_verb(words: Words, name: str) -> str:
    """Say what a verb with no object counts: 发放7601人次 is 发放人次, 竣工40万平方米 is 竣工面积."""
    bare = turn("verb.bare").search(name)
    if bare is None or (words.unit in MONEY and bare["verb"] not in _PAID):
        return name
    return bare["verb"] + kind_of_unit(words.unit)


def _of_product(words: Words, name: str) -> str:
    """Name the next statistic of one product: 家禽存栏138万羽、出栏412万羽 goes on to 家禽出栏."""
    counted = (row.name for row, unit in reversed(words.before) if unit not in RELATIVE)
    last = turn("product.of").match(next(counted, "")) if turn("product.more").match(name) else None
    return last["product"] + name if last and last["product"] in words.ahead else name


def _is_whole(name: str) -> bool:
    """Tell whether a name is of all levels together."""
    return not name.startswith(_LEVELS)


def _deed(words: Words) -> str:
    """Name people and bodies counted before what they do or get: 2420人享受退休待遇, 带动2000余人就业."""
    offered = turn("deed.offered").match(words.right)
    if offered and turn("deed.helping").match(words.trimmed):
        return words.trimmed + offered["noun"] if offered["noun"] == "就业" else offered["noun"]
    far = turn("noun.far").match(words.right)
    if far and (not words.trimmed or turn("became.before").search(words.own)):
        return of_counted(far["noun"], words.own, "")
    deed = turn("deed").match(words.right)
    own = words.trimmed
    if deed and (turn("deed.helping").match(own) or turn("deed.dropped").match(own)):
        said = deed.group().split("的")[0] if not own else deed.group()
        if said != deed.group() and turn("noun.quality").match(said):
            return ""
        return deed.group() if turn("deed.dropped").match(own) and own else own + said
    return ""
