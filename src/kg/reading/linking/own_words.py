"""The words that are a figure's own: between its clause's beginning, its period and its subject, and the number."""

from __future__ import annotations

import re

from kg.reading.linking.ground import Ground
from kg.reading.linking.indicators import is_change, trim
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import turn

AMOUNTS = ("总量", "总数", "数量", "个数", "总", "数")
_ASIDE = 60
_RATES = ("占比", "比重", "增速", "增幅", "降幅")
_BARE = ("", "期间", "时期")
_SPANS = ("", "当月", "当季", "累计", "本月")
_LABEL = 24
_FOOTNOTE = re.compile(r"\[\d{1,2}\]|\d+(?:科|轨)$")
_SEGMENT = re.compile(r"[,;。:、()\s]")
_FIGURE = re.compile(r"\d[\d.,]*[余多]?[十百千万亿]*[余多]?(?:元|人|户|个|家|亩|吨|项|所|件|座|条|处|套|公里)")
_SHARE = re.compile(r"(?:完成|占)[\u4e00-\u9fff、]{2,24}的\s?$")
_HEADED = frozenset({"District", "Enterprise", "Park", "Facility", "Project", "ProjectGroup", "Product", "Programme"})


def own_words(ground: Ground, slot: Slot) -> str:
    """The words between the clause's beginning, its period and its subject, and the number."""
    folded = ground.article.folded
    start, stop = slot.left, slot.quantity.start
    if folded[start : start + 1] == "的":
        joints = [folded.rfind(joint, start, stop) + 1 for joint in "、和与及"]
        start = max([start, *joints])
    for place in ground.outermost_before(start, stop):
        dated = place.type == "Programme" and ground.periods_within(place.start, stop)
        if dated or (place.type == "District" and turn("place.compared").search(folded[start : place.start])):
            continue
        product = place.type == "Product" and not turn("product.figure").match(folded[place.end : stop])
        if place.type == "District" and place.end == stop:
            stop = place.start
        elif place.type in _HEADED and not product:
            own = trim(folded[place.end : stop])
            if own in _RATES and place.start > start and trim(folded[start : place.start]):
                continue
            whole = own in AMOUNTS or (own in _RATES and place.type == "Facility")
            start = max(start, place.end if own and not whole else place.start)
    if own_share := _share_words(ground, slot):
        return own_share
    own = _aside(ground, slot) if start == slot.left else ""
    for period in ground.periods_within(start, stop):
        if period.rule != "period.year-of":
            behind = folded[period.end : stop]
            changed = is_change(trim(behind))
            told = trim(behind) not in _BARE and not (changed and changed["base"] in _SPANS)
            own = "" if told else own + folded[start : period.start]
            start = period.end + next((len(word) for word in _BARE[1:] if behind.startswith(word)), 0)
    return _FOOTNOTE.sub("", own + folded[start:stop])


def _share_words(ground: Ground, slot: Slot) -> str:
    """The words of a share with the figure it is of taken out: 占全年目标任务1200人的174%."""
    folded = ground.article.folded
    if contribution := turn("share.contribution").search(folded, slot.left, slot.quantity.start):
        return contribution["whole"]
    if slot.quantity.unit != "percent" or folded[slot.left : slot.quantity.start] not in ("的", ""):
        start = _after_periods(ground, slot)
        return folded[start : slot.quantity.start] if _SHARE.search(folded, start, slot.quantity.start) else ""
    words = _FIGURE.sub("", folded[slot.clause : slot.quantity.start])
    return words if _SHARE.search(words) else ""


def _after_periods(ground: Ground, slot: Slot) -> int:
    """Where the words of a figure begin behind the periods at the head of its clause."""
    told = ground.periods_within(slot.left, slot.quantity.start)
    return max([slot.left, *(period.end for period in told if period.rule != "period.year-of")])


def _aside(ground: Ground, slot: Slot) -> str:
    """The words before a bracket that stands right before a figure's own words: 固定资产投资(500万元以上)完成3亿元.

    A place before its bracket is none of them: 南昌县(小蓝经开区)一般公共预算收入. A label before a
    colon is all of them: 总投资:6亿元.
    """
    folded = ground.article.folded
    if folded[slot.left - 1 : slot.left] == ":" and not trim(folded[slot.left : slot.quantity.start]):
        words = _SEGMENT.split(folded[max(slot.sentence.start, slot.left - _LABEL) : slot.left - 1])[-1]
        return "" if any(map(str.isdecimal, words)) else words
    if folded[slot.left - 1 : slot.left] not in ("(", ")"):
        return ""
    opening = slot.left - 1 if folded[slot.left - 1] == "(" else folded.rfind("(", slot.stop, slot.left)
    if folded[slot.left - 1] == "(" and trim(folded[slot.left : slot.quantity.start]):
        return ""
    words = re.split(r"[,;。:、]", folded[max(slot.stop, opening - _ASIDE) : opening])[-1] if opening > 0 else ""
    placed = any(
        place.type in _HEADED and place.end == opening for place in ground.within(opening - len(words), opening)
    )
    told = [
        period for period in ground.periods_within(opening - len(words), opening) if period.rule != "period.year-of"
    ]
    words = folded[max([opening - len(words), *(period.end for period in told)]) : opening]
    return "" if placed or any(map(str.isdecimal, words)) else words
