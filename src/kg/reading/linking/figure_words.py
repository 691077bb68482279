"""The words around one figure, and what a figure is called when no words name it: by its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.reading.linking.indicators import (
    Indicator,
    is_change,
)
from kg.reading.linking.slots import Slot
from kg.reading.rows import Row, load_rows
from kg.reading.vocabulary.patterns import turn

MONEY = ("CNY", "USD")
AREA = ("mu", "m2", "ha", "km2")
RELATIVE = ("percent", "pp", "permille", "千分点", "times")
_POINTS_OF = {"pp": "percent", "千分点": "permille"}
_SHARED = re.compile(r"(?P<whole>[^占]{2,}?)(?:全[区县市省])?占比")
_KINDS = ((MONEY, "资金"), (AREA, "面积"), (("人", "名", "位"), "人数"), (("人次",), "人次"))


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
        rate = _POINTS_OF.get(self.unit)
        if rate and not self.trimmed.startswith(("增速", "增幅", "降幅")):
            return next((unchanged(row.name) for row, unit in reversed(self.before) if unit == rate), self.last)
        for indicator, unit in reversed(self.before):
            shared = _SHARED.fullmatch(indicator.name) if unit in RELATIVE else None
            if shared:
                return shared["whole"]
            goal = indicator.rule == "indicator.goal" or turn("goal.named").search(indicator.name)
            if (unit not in RELATIVE and not goal) or is_change(indicator.name):
                return unchanged(indicator.name)
        return self.last


def unchanged(name: str) -> str:
    """The base of a name that already says how it changed."""
    name = turn("base.set-against").sub("", name)
    grown = is_change(name)
    return grown["base"] if grown and grown["base"] else name


def kind_of_unit(unit: str) -> str:
    """Return what figures of a unit are called behind a bare verb (发放资金, 发放人次), nothing for other units."""
    return next((kind for units, kind in _KINDS if unit in units), "")


def by_unit(unit: str) -> Indicator:
    """Name a figure that no words name by its unit."""
    for row in load_rows("unit_names", UnitNameRow):
        if unit in row.units:
            return Indicator(row.name, None, row.id)
    return Indicator("数量", None, "indicator.number")
