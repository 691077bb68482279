"""Naming the indicator of one figure from its words, its noun and the figures before it."""

from __future__ import annotations

import re

from kg.reading.ground import Ground, Place
from kg.reading.indicators import (
    Indicator,
    change,
    is_change,
    is_comparison,
    known,
    of_counted,
    of_listed,
    shorten,
    trim,
)
from kg.reading.nouns import counted_noun
from kg.reading.slots import Slot

_ENOUGH = 16
_AREA = ("mu", "m2", "ha", "km2")
_INVEST = re.compile(r"(?:投资|引进|斥资|出资|耗资|投入)$")
_CAPACITY = re.compile(r"(?:年产|年生产|年加工|日加工|日产|年出栏|年处理|日处理|月产|年屠宰|生产)$")


def name_indicator(ground: Ground, slot: Slot, before: list[Indicator], counted: Place | None) -> Indicator:
    """Return the indicator of a figure; `before` are those of the figures before it, the last one last."""
    quantity = slot.quantity
    folded = ground.article.folded
    left = _own_words(ground, slot)
    right = folded[quantity.end + len(quantity.noun or "") : slot.right]
    if counted and not quantity.noun:
        listed = of_listed(folded[counted.start : quantity.start])
        if listed:
            return Indicator(listed, None, ("indicator.listed-set",))
    if quantity.noun and not _is_capacity(left):
        return Indicator(of_counted(quantity, left, right), None, ("indicator.counted-noun",))
    words = trim(left)
    if quantity.unit in ("percent", "pp", "times") or is_change(words):
        return _relative(words, before)
    if _is_capacity(words):
        noun = quantity.noun or counted_noun(folded, quantity.end) or ""
        return Indicator(words + noun, known(words), ("indicator.capacity",))
    done = _done_to(words, right) if quantity.rule.startswith("classifier.") else ""
    if done:
        return Indicator(done, known(done), ("indicator.deed",))
    name, row = shorten(words)
    if name:
        return Indicator(name, row, (row.id if row else "indicator.words",))
    return _without_words(ground, slot, before, right)


_DEED = re.compile(r"[\u4e00-\u9fff“”、]{2,14}")
_HELPING = ("", "带动", "解决", "吸纳", "促进", "帮助", "实现", "组织", "引导", "扶持", "安置", "安排", "提供")


def _done_to(words: str, right: str) -> str:
    """Name people counted before what they do or get: 2420人享受退休待遇, 带动2000余人就业."""
    deed = _DEED.match(right)
    if words not in _HELPING or not deed or right[0] in "的、和与及“":
        return ""
    return words + deed.group() if words not in ("", "实现", "组织", "帮助", "安排") else deed.group()


def _is_capacity(words: str) -> bool:
    return bool(_CAPACITY.search(words))


def _own_words(ground: Ground, slot: Slot) -> str:
    """The words between the clause's beginning, its period and its subject, and the number."""
    folded = ground.article.folded
    start = slot.left
    for period in ground.periods_within(slot.left, slot.quantity.start):
        start = period.end
    for place in ground.outermost(slot.left, slot.quantity.start):
        ends = place.type in ("District", "Enterprise", "Park", "Facility", "Project", "ProjectGroup", "Product")
        if ends and place.end <= slot.quantity.start - 1 and trim(folded[place.end : slot.quantity.start]):
            start = max(start, place.end)
    return folded[start : slot.quantity.start]


def _relative(words: str, before: list[Indicator]) -> Indicator:
    """A share, a rate or a growth; a growth without base takes that of the figure before."""
    grown = is_change(words)
    base = before[-1].name if before else ""
    if grown:
        own = grown["base"]
        against = is_comparison(own)
        if against and not against["base"]:
            return Indicator(_unchanged(base) + words, None, ("indicator.growth-of-last",))
        if own in ("", "增速", "增幅", "总额", "其"):
            return Indicator(change(_unchanged(base), own + grown["kind"]), None, ("indicator.growth-of-last",))
        return Indicator(change(own, grown["kind"]), known(own), ("indicator.growth",))
    name, row = shorten(words)
    if name:
        return Indicator(name, row, (row.id if row else "indicator.words",))
    return Indicator(base, None, ("indicator.last",))


def _unchanged(name: str) -> str:
    """The base of a name that already says how it changed."""
    grown = is_change(name)
    return grown["base"] if grown and grown["base"] else name


def _without_words(ground: Ground, slot: Slot, before: list[Indicator], right: str) -> Indicator:
    """A figure right at the head of its clause: named by what follows, by its unit, or by the figure before."""
    folded = ground.article.folded
    quantity = slot.quantity
    thing = right.startswith("的")
    noun = counted_noun(folded, quantity.end + thing)
    if quantity.unit in _AREA and (thing or not noun):
        return Indicator("面积", None, ("indicator.by-unit",))
    if noun and not thing:
        return Indicator(noun, known(noun), ("indicator.noun-behind",))
    if before and slot.left > slot.clause:
        return Indicator(before[-1].name, before[-1].row, ("indicator.last",))
    if noun:
        return Indicator(noun, known(noun), ("indicator.noun-behind",))
    return Indicator(before[-1].name if before else "", None, ("indicator.last",))
