"""Figures that only describe what another figure counts (5层标准厂房8栋, 4座110千伏变电站)."""

from __future__ import annotations

import re

from kg.reading.layers import Number, Quantity

_DESCRIBING = ("层", "m", "kW", "MW", "kWh", "马力", "英寸", "GB", "千伏安")
_TOTAL = re.compile(r"(?:总装机(?:容量|规模)?|装机容量|总长度?|总里程)[约达为近]{0,2}$")
_THING = re.compile(r"(?:以上|以下|级|的)?[\u4e00-\u9fff]{2,12}")
_LOOK_BACK = 16


def specified(folded: str, quantities: list[Quantity]) -> tuple[list[Quantity], list[Number]]:
    """Tell a figure that only describes what another counts (5层标准厂房8栋, 4座110千伏变电站)."""
    kept: list[Quantity] = []
    numbers: list[Number] = []
    for place, quantity in enumerate(quantities):
        following = quantities[place + 1] if place + 1 < len(quantities) else None
        measured = quantity.rule.startswith("unit.") and quantity.comparator in ("ge", "le")
        described = not _TOTAL.search(folded, max(0, quantity.start - _LOOK_BACK), quantity.start)
        describes = measured or (described and quantity.unit.removesuffix(quantity.noun or "") in _DESCRIBING)
        if describes and (_counts_on(folded, quantity, following) or _counted_by(kept, quantity)):
            numbers.append(Number(quantity.start, quantity.end, "specification", "unread.specification"))
        else:
            kept.append(quantity)
    return kept, numbers


def _counts_on(folded: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Tell whether the next figure counts the things that this one describes."""
    if following is None or following.noun is not None or not following.rule.startswith("classifier."):
        return False
    return _THING.fullmatch(folded[quantity.end : following.start]) is not None


def _counted_by(kept: list[Quantity], quantity: Quantity) -> bool:
    """Tell whether the figure before, right before this one, counts the things that it describes."""
    return bool(kept) and kept[-1].end == quantity.start and kept[-1].rule.startswith("classifier.")
