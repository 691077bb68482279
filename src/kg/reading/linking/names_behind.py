"""Names that stand behind a figure, or go on from the figure before it."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.reading.linking.figure_words import AREA, MONEY, RELATIVE, Words, by_unit, kind_of_unit, unchanged
from kg.reading.linking.ground import Ground
from kg.reading.linking.indicators import (
    Indicator,
    IndicatorRow,
    is_change,
    known,
    trim,
)
from kg.reading.linking.own_words import AMOUNTS
from kg.reading.numbers.behind import goods, listed_noun
from kg.reading.vocabulary.nouns import counted_noun
from kg.reading.vocabulary.patterns import turn

_CAPACITY = re.compile(r"(?:年|日|月|每年|每天|每日)(?:产|生产|加工|出栏|处理|屠宰)(?!值|量)")
_LISTED = 48
_PAUSES = tuple("、,;:。(")
_MARK = "大关"
_SCHOOL = ("班", "轨")
_REST = ("其他", "其它", "其余")
_KINDS = ("园区", "园", "基地", "中心", "厂", "站", "院", "校", "馆", "市场", "广场", "小学", "中学", "大学", "医院")


def with_noun_behind(ground: Ground, words: Words, row: IndicatorRow | None) -> Indicator | None:
    """Money put into what follows (引进9亿元建设), a verb and its object (发放20万元贷款), 10万锭厂房 of a park."""
    put_in = turn("money.put-in").search(words.own) and turn("behind.builds").search(words.right)
    if put_in or _of_listed(ground, words) or _is_for(ground, words):
        return Indicator("投资", known("投资"), "indicator.put-in")
    given = (
        turn("money.given").match(words.raw) if words.unit in MONEY and turn("verb.gives").search(words.own) else None
    )
    if given:
        return Indicator(words.own[-2:] + given["noun"], None, "indicator.verb-and-noun")
    told = turn("given.before").search(words.ahead) if words.unit in MONEY else None
    if told:
        return Indicator(told["noun"], None, "indicator.noun-behind")
    return _made(words, row) or _of_verb(ground, words, row)


def _made(words: Words, row: IndicatorRow | None) -> Indicator | None:
    """What a sum comes to be of (形成14亿元以上的销售), what can be made in a year (年10万吨鲜奶加工能力)."""
    made = turn("money.behind").match(words.right) if turn("money.made").search(words.own) else None
    if made and words.unit in MONEY:
        return Indicator(made["noun"], known(made["noun"]), "indicator.noun-behind")
    able = turn("capacity.behind").match(words.raw) if words.own.endswith(("年", "日", "月")) else None
    if able and not row:
        return Indicator(able["noun"], known("年产"), "indicator.noun-behind")
    return None


def _of_verb(ground: Ground, words: Words, row: IndicatorRow | None) -> Indicator | None:
    """A verb and its object, what is built or owned behind the figure."""
    verb = turn("verb.before").search(words.own)
    if sized := None if row else _of_site(words, built=bool(verb)):
        return sized
    behind = "" if words.right.startswith("的") else counted_noun(ground.article.folded, words.slot.quantity.end) or ""
    if verb and behind and not row and words.unit in (*AREA, *MONEY, "t"):
        return Indicator(verb["verb"] + behind, None, "indicator.verb-and-noun")
    line = listed_noun(words.raw) if verb and not row and words.unit in ("km", "m") else ""
    if line and not words.right.startswith("的"):
        return Indicator(line, None, "indicator.noun-behind")
    return _of_owner(words, behind)


def _of_listed(ground: Ground, words: Words) -> bool:
    """Tell whether a sum stands right before the name of the work that it goes into (5亿元甲物流、3亿元乙广场)."""
    slot = words.slot
    if words.unit not in MONEY or not turn("money.before-name").search(ground.between(slot.left, slot.quantity.start)):
        return False
    named = ground.starting(slot.quantity.end)
    behind = ground.between(slot.quantity.end, min(slot.sentence.end, slot.quantity.end + _LISTED))
    return bool(named and named.type == "Project") or bool(turn("money.of-listed").match(behind))


def _is_for(ground: Ground, words: Words) -> bool:
    """Tell whether a sum with no words before it is told by what it is for (、200万元用于甲基地建设)."""
    start = words.slot.quantity.start
    bare = ground.between(max(0, start - 1), start) in _PAUSES
    return words.unit in MONEY and bare and bool(turn("behind.for").match(words.right))


def _of_owner(words: Words, behind: str) -> Indicator | None:
    """A figure right behind what it is of: an area of a park, money for works, whatever a place has."""
    if words.unit in (*AREA, "km", "m") and turn("area.site").search(words.own) and behind:
        return Indicator(behind, known(behind), "indicator.noun-behind")
    bare = len(trim(words.own)) <= 1 + len("".join(words.places))
    if words.unit in MONEY and behind.endswith(("项目", "工程")) and bare:
        return Indicator("投资", known("投资"), "indicator.put-in")
    counted = not behind and words.slot.quantity.rule.startswith("classifier.") and words.own.endswith(_KINDS)
    if words.own and words.own in words.places and words.slot.quantity.unit not in AREA and not counted:
        return Indicator(behind, known(behind), "indicator.noun-behind") if behind else by_unit(words.unit)
    return None


def _of_site(words: Words, *, built: bool) -> Indicator | None:
    """The area of what is built (1.2万平方米的标准厂房), of one thing (建立一处1万平方米的创业园), how far one lies."""
    deed = turn("area.deed").match(words.right) if words.unit in AREA and not words.trimmed else None
    if deed:
        return Indicator(deed["deed"] + "面积", None, "indicator.deed")
    work = turn("work.behind").match(words.right) if turn("work.bare").search(words.trimmed) else None
    if work and words.unit in (*AREA, "km", "m", "人", "人次", "户"):
        return Indicator(work["noun"], None, "indicator.noun-behind")
    one = turn("area.of-one").search(words.own)
    noun = turn("area.built").match(words.right)
    if words.unit in AREA and noun and (built or one):
        return Indicator(noun["noun"], None, "indicator.noun-behind")
    if words.unit in AREA and one:
        return by_unit(words.unit)
    far = words.unit in ("km", "m") and turn("distance").search(words.ahead)
    return Indicator("距离", None, "indicator.distance") if far else None


def next_noun(words: Words) -> Indicator | None:
    """A measure whose noun stands behind it."""
    listed = "" if words.right.startswith("的") or _CAPACITY.match(words.last) else listed_noun(words.raw)
    if listed and words.slot.quantity.rule.startswith("unit.") and _is_next(words):
        return Indicator(listed, known(listed), "indicator.noun-behind")
    return None


def of_object(words: Words) -> Indicator | None:
    """What a verb alone is done to, which stands behind the figure: 安排1000万元对口帮扶资金, 规划的394亩土地."""
    verb = turn("object.verb").search(words.own)
    behind = turn("object.behind").match(words.raw) if verb and words.unit not in RELATIVE else None
    if verb and words.unit in MONEY and words.raw.startswith("用于"):
        return Indicator(
            re.sub("[了的]+$", "", verb.group()) + kind_of_unit(words.unit), None, "indicator.verb-and-noun"
        )
    if verb is None or behind is None or (words.unit in MONEY and not turn("object.money").search(behind["noun"])):
        return None
    return Indicator((verb["verb"] or "") + behind["noun"], None, "indicator.verb-and-noun")


def _is_next(words: Words) -> bool:
    """Tell whether a figure's noun stands behind it: it is the next of such a list, or its verb says only that it is.

    5000吨粗苯回收、1万吨硅铁; 启动5万平方米里弄房屋修缮; 其他700亩土地; 某公司的1000亩基地.
    """
    own = words.own.strip("、和及与")
    told = bool(words.before) and words.before[-1][0].name.endswith(own) and words.ahead.endswith(tuple("、和及与"))
    owned = words.own.endswith("的") and words.own[:-1] in words.places
    joints = ("和", "及", "与") if words.unit in MONEY else ("和", "及", "与", "、")
    joined = words.slot.left > words.slot.clause and words.ahead.endswith(joints) and bool(own)
    return (
        (bool(own) and told) or owned or joined or any(turn(row).search(words.own) for row in ("verb.empty", "rest.of"))
    )


def more_capacity(words: Words, name: str) -> Indicator | None:
    """The next thing of a capacity: 年加工肉类3万吨、蔬菜5万吨."""
    last = words.before[-1] if words.before and words.slot.left > words.slot.clause else None
    verb = _CAPACITY.match(last[0].name) if last else None
    if last is None or verb is None or _CAPACITY.match(name):
        return None
    behind = goods(words.slot.quantity.noun or listed_noun(words.raw))
    if behind and words.ahead.endswith(("及", "和", "与", "、")):
        return Indicator(verb.group() + behind, last[0].row, "indicator.capacity")
    alike = last[1] == words.unit or {last[1], words.unit} <= {"t", "kg"} or last[1] == words.unit[: len(last[1])]
    if not name or not alike:
        return None
    return Indicator(verb.group() + name, last[0].row, "indicator.capacity")


def without_words(ground: Ground, words: Words) -> Indicator:
    """A figure right at the head of its clause: named by what follows, by its unit, or by the figure before."""
    folded, quantity = ground.article.folded, words.slot.quantity
    thing = words.right.startswith("的")
    noun = counted_noun(folded, quantity.end + thing)
    if told := _told_before(ground, words) or _of_households(words):
        return told
    behind = Indicator(noun, known(noun), "indicator.noun-behind") if noun else None
    if words.unit in _SCHOOL:
        return by_unit(words.unit)
    of_area = words.unit in AREA
    if noun == _MARK:
        return gone_on(words) or _of_mark(words)
    if behind and not thing:
        return behind
    if of_area and thing:
        crop = turn("area.crop").match(words.right) if words.unit == "mu" else None
        return Indicator(crop["noun"] + "面积", None, "indicator.noun-behind") if crop else by_unit(words.unit)
    place = quantity.rule.startswith("classifier.places")
    unnamed = Indicator(words.unit, None, "indicator.counted-noun") if place else _alike_before(words)
    return gone_on(words) or (None if of_area else behind) or unnamed


def _alike_before(words: Words) -> Indicator:
    """Name a figure that nothing names by its unit, a bare count by the last one in its classifier (这5项)."""
    named = by_unit(words.unit)
    counts = words.slot.quantity.rule.startswith("classifier.") and named.rule == "indicator.number"
    alike = (row for row, unit in reversed(words.before) if unit.startswith(words.unit)) if counts else iter(())
    last = next(alike, None)
    return replace(last, rule="indicator.last") if last else named


def _of_households(words: Words) -> Indicator | None:
    """Households that are named behind the number of their people: 5648户18388名建档立卡贫困户."""
    named = turn("households.behind").match(words.raw) if words.unit == "户" else None
    return Indicator(named["noun"], None, "indicator.noun-behind") if named else None


def _told_before(ground: Ground, words: Words) -> Indicator | None:
    """The statistic that the clause before is about, where a figure only says what it came to (…转正,达18亿元)."""
    slot = words.slot
    if slot.left != slot.clause or not turn("reached.bare").fullmatch(ground.between(slot.clause, slot.quantity.start)):
        return None
    low = max(slot.stop, slot.clause - _LISTED)
    told = turn("statistic.told").search(ground.between(low, slot.clause))
    if told is None:
        return None
    start, end = low + told.start("name"), low + told.end("name")
    apart = [place.end for place in ground.outermost_before(start, end) if place.type == "District"]
    apart += [period.end for period in ground.periods_within(start, end)]
    name = trim(ground.between(max([start, *apart]), end))
    return Indicator(name, known(name), "indicator.words") if name else None


def changed_to(words: Words) -> Indicator | None:
    """The indicator of the figure before, of which this one is what it became: 由26家充实到60家."""
    if words.before and words.before[-1][1] in MONEY and turn("money.exchanged").search(words.own):
        return replace(words.before[-1][0], rule="indicator.last")
    same = words.before and words.before[-1][1] == words.unit
    if (
        same
        and turn("same.time").fullmatch(words.trimmed)
        and words.ahead.rstrip("约近为达仅只").endswith(words.trimmed)
    ):
        return replace(words.before[-1][0], rule="indicator.last")
    alike = same and words.slot.left > words.slot.clause
    if alike and turn("change.second").search(words.ahead):
        return replace(words.before[-1][0], rule="indicator.last")
    return None


def _of_mark(words: Words) -> Indicator:
    """What a mark that is passed is of: 首次突破600亿元大关 goes on from the figure before in its unit."""
    alike = words.before and words.before[-1][1] == words.unit
    return replace(words.before[-1][0], rule="indicator.last") if alike else by_unit(words.unit)


def _plants(words: Words) -> Indicator | None:
    """The plants of the capacity before: 年产34万头种猪场3个."""
    last, unit = words.before[-1] if words.before else (None, "")
    if last is None:
        return None
    found = turn("capacity.plant").search(words.ahead) if last.rule == "indicator.capacity" else None
    return Indicator(found["noun"], None, "indicator.noun-behind") if found and unit != words.unit else None


def gone_on(words: Words) -> Indicator | None:
    """The indicator of the figure before, in one clause or as the total of an increase."""
    if not words.before or _plants(words):
        return _plants(words)
    last, unit = words.before[-1]
    counts_money = unit in MONEY and words.slot.quantity.rule.startswith("classifier.")
    if unit == words.unit and words.trimmed in AMOUNTS:
        return replace(last, name=last.name.removeprefix("新增") + "总数", rule="indicator.total-of-last")
    if unit == words.unit and is_change(last.name) and turn("change.reached").match(words.own):
        return replace(last, name=trim(unchanged(last.name)), rule="indicator.total-of-last")
    if words.slot.left > words.slot.clause and not counts_money:
        rest = words.own.strip("、和")
        name = rest if rest in _REST else _of_other_unit(words, last, unit)
        return replace(last, name=name, rule="indicator.words" if rest in _REST else "indicator.last")
    more = words.own.endswith("另有") and unit.startswith(words.unit)
    marked = words.ahead.endswith(f"{_MARK},")
    if (unit == words.unit or more) and (marked or unit not in (*AREA, *MONEY)):
        return replace(last, name=last.name.removeprefix("新增"), rule="indicator.total-of-last")
    return None


def _of_other_unit(words: Words, last: Indicator, unit: str) -> str:
    """Name what goes on in another unit: 改造3个小区、2万平方米 is 小区面积, 发放20人次3万元 is 发放资金."""
    if words.unit in AREA and unit not in (*AREA, *MONEY, *RELATIVE) and not last.row:
        return last.name + "面积"
    counted = kind_of_unit(unit)
    verb = last.name.removesuffix(counted)
    told = counted and verb != last.name and turn("verb.bare").search(verb)
    return verb + kind_of_unit(words.unit) if told else last.name
