"""What a figure may be about: the shape of an answer, and the tests on a mention that all who look for one share."""

from __future__ import annotations

from dataclasses import dataclass

from kg.facts import EntityType
from kg.reading.linking.ground import FIRMS, PLACES, WORKS, Ground, Place
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import turn

BACK = 400
_NAME = 12
_MEMBER = 10
_BEFORE = 14
MONEY = ("CNY", "USD")
RELATIVE = ("percent", "pp", "permille", "千分点")
SUBJECTS: frozenset[EntityType] = WORKS | FIRMS | PLACES | {"Measure"}


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing, how it was found, where it stands, and whether the text states it."""

    entity: str | None
    rule: str
    place: Place | None = None
    certain: bool = True


def is_count(slot: Slot) -> bool:
    """Tell whether a figure counts things."""
    return slot.quantity.rule.startswith("classifier.")


def describes_work(ground: Ground, slot: Slot) -> bool:
    """Tell whether a figure only describes the work behind it (10月16日,总投资1.2亿元、占地5万平方米的甲项目开工)."""
    behind = ground.between(slot.quantity.end, slot.right)
    return not is_count(slot) and slot.quantity.unit not in RELATIVE and bool(turn("figure.describes").match(behind))


def only_where(ground: Ground, place: Place) -> bool:
    """Tell whether a place is only where something happens (在温岭市举行, 在鸡东县鸡东镇建设)."""
    start = place.start
    while place.type == "District" and (holder := _holder(ground, start)):
        start = holder.start
    text, behind = ground.article.folded[max(0, start - 4) : start], ground.article.folded[place.end : place.end + 16]
    directs = place.type == "District" and turn("place.directs").match(behind)
    if directs or (place.type in ("District", "Park") and turn("place.headed").match(behind)):
        return True
    if place.type == "District" and text.endswith("、"):
        return bool(turn("place.listed-where").search(ground.article.folded[max(0, place.start - 24) : place.start]))
    if turn("place.seen-from").match(ground.article.folded[place.end : place.end + 24]):
        return False
    return place.type in ("District", "Park", "Facility") and bool(turn("place.only-where").search(text))


def ends_list(ground: Ground, place: Place, behind: str, low: int = 0) -> bool:
    """Tell whether a mention stands in the list that a count ends, itself (甲、乙等) or in the name of a member of it.

    `behind` are the words from the mention to the count, whose own words begin at `low`.
    """
    start = place.start
    while holder := _holder(ground, start):
        start = holder.start
    before = ground.article.folded[max(0, start - 1) : start]
    joined = (before == "、" and start > low) or (before in ("与", "同", "和") and place.type == "District")
    listed = joined and "、" in ground.article.folded[max(0, start - _MEMBER) : start]
    inner = (listed and not behind) or (joined and turn("list.inner").match(behind))
    return bool(turn("list.ends").match(behind) or turn("list.goes-on").match(behind) or inner)


def is_reached(ground: Ground, place: Place) -> bool:
    """Tell whether a district is only what something reaches or is good for (带动全县种植)."""
    before = ground.article.folded[max(0, place.start - 6) : place.start]
    return place.type == "District" and bool(turn("place.reached").search(before))


def is_beside(ground: Ground, place: Place) -> bool:
    """Tell whether a work only goes with the one that is spoken of (配套建设甲发电项目)."""
    before = ground.article.folded[max(0, place.start - 8) : place.start]
    return place.type in ("Project", "Facility", "System", "Product") and bool(turn("work.beside").search(before))


def opens(ground: Ground, place: Place) -> bool:
    """Tell whether a mention opens its clause, itself or behind the district that it lies in (河南长垣)."""
    start = place.start
    while holder := _holder(ground, start):
        start = holder.start
    return bool(turn("edge.opens").search(ground.article.folded[max(0, start - _BEFORE) : start]))


def _holder(ground: Ground, offset: int) -> Place | None:
    """The district that ends at an offset, behind which a narrower one stands."""
    near = ground.within(max(0, offset - _NAME), offset)
    return next((place for place in near if place.type == "District" and place.end == offset), None)


def only_does(ground: Ground, place: Place, low: int) -> bool:
    """Tell whether a firm only does the work that the text from an offset on speaks of (甲项目由乙公司投资建设)."""
    folded = ground.article.folded
    if not turn("doer.before").search(folded[max(low, place.start - 12) : place.start]):
        return False
    kinds = ("Project", "Park", "ProjectGroup", "Facility")
    named = any(other.type in kinds for other in ground.within(low, place.start))
    told = turn("anaphor").match(folded[max(low, folded.rfind(",", low, place.start) + 1) : place.start])
    works = ground.within(max(0, place.start - BACK), place.start) if told and not named else ()
    return named or any(other.type in kinds for other in works)
