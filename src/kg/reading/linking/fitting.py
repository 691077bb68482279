"""Whether a thing named earlier may have a figure: by whose figure it is, and by what the text told since."""

from __future__ import annotations

from kg.reading.linking.about import MONEY, RELATIVE
from kg.reading.linking.ground import Ground, Place
from kg.reading.linking.indicators import Indicator
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import turn

_OPENING = 24
_OF_SETS = ("个", "项")
_OF_FIRMS = ("家", "户", "个")


def level_of(ground: Ground, slot: Slot, indicator: Indicator) -> str:
    """Whose figure it is by its name; what a completed work will bring is the work's, whoever else has such figures."""
    level = indicator.row.level if indicator.row else "any"
    told = ground.between(slot.stop, slot.quantity.start)
    completed = turn("after.completion").search(told) or turn("hoped.opens").match(told)
    if slot.quantity.unit == "percent" and turn("growth.of-place").match(indicator.name) and not completed:
        return "district"
    grows = turn("growth.told").match(ground.between(slot.quantity.end, slot.quantity.end + 12))
    if grows and turn("investment.of-place").search(indicator.name) and not completed:
        return "district"
    if turn("figure.of-place").search(indicator.name) and not turn("after.completion").search(told):
        return "district"
    progress = slot.quantity.unit == "percent" and turn("work.progress").search(
        ground.between(slot.left, slot.quantity.start)
    )
    return "work" if (completed or progress) and level in ("any", "district") else level


def may_have(ground: Ground, slot: Slot, indicator: Indicator, place: Place) -> bool:
    """Tell whether a thing named earlier may have this figure."""
    level = level_of(ground, slot, indicator)
    passed = place.type == "Project" and place.end < slot.sentence.start and _is_statistic(ground, slot)
    passed = passed or (place.type == "Enterprise" and _counts_firms(ground, slot))
    if place.type == "Product" or passed or _is_of_firms(ground, slot, indicator, place):
        return False
    if place.type == "Measure":
        return level != "work" and _measure_may_have(ground, slot, place)
    if place.type == "ProjectGroup":
        return _set_may_have(ground, slot, indicator, place)
    if place.type in ("Facility", "System"):
        return level != "any"
    if slot.quantity.unit in RELATIVE and level == "any":
        return place.type != "District" and place.start >= slot.sentence.start
    return place.type != "District" or level == "any"


def _is_of_firms(ground: Ground, slot: Slot, indicator: Indicator, place: Place) -> bool:
    """Tell whether a figure is what the firms that the text counted since a work or another item produce."""
    if place.type not in ("Project", "ProjectGroup", "Park") or not turn("firms.output").search(indicator.name):
        return False
    told = turn("after.completion").search(ground.between(slot.stop, slot.quantity.start))
    since = slot.stop if place.type == "Park" else max(place.end, slot.sentence.start)
    passed = place.type != "Park" or place.end < slot.stop
    return passed and not told and bool(turn("firms.counted").search(ground.between(since, slot.clause)))


def _counts_firms(ground: Ground, slot: Slot) -> bool:
    """Tell whether a count tells how many firms of a kind there are: a firm has none, but what it leads or holds."""
    if not slot.quantity.unit.startswith(_OF_FIRMS):
        return False
    own = ground.between(slot.clause, slot.quantity.start)
    named = turn("firms.of-kind").search(own) or turn("firms.of-kind").match(slot.quantity.noun or "")
    return bool(named) and not turn("firms.of-firm").search(own)


def _measure_may_have(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether a measure named earlier may have this figure: what it brought, or all that its sentence tells."""
    own = ground.article.folded[slot.left : slot.quantity.start]
    if place.start < slot.stop:
        return False
    if turn("measure.effect").search(own):
        return True
    named = place.end - slot.sentence.start < _OPENING and not any(map(str.isdigit, ground.exact(place)))
    return named and bool(turn("measure.result").search(own))


def is_left(ground: Ground, slot: Slot, place: Place, last: Place | None) -> bool:
    """Tell whether the figure before was already another's than the measure's that was told of before it.

    Of a place's, where the work stands in an earlier sentence.
    """
    if last is None or last.entity == place.entity or last.start <= place.end:
        return False
    if place.type == "Enterprise" and place.end < slot.sentence.start:
        return last.entity == ground.acting_at(last.start) and last.start >= slot.stop
    if place.type in ("Project", "ProjectGroup") and place.end < slot.sentence.start:
        hoped = turn("figure.hoped").search(ground.between(slot.sentence.start, slot.quantity.start))
        return last.type in ("District", "Park") and last.start >= slot.sentence.start and not hoped
    return place.type == "Measure" and last.start >= slot.stop


def _set_may_have(ground: Ground, slot: Slot, indicator: Indicator, place: Place) -> bool:
    """Tell whether a set named earlier may have this figure; a rate of other things beyond its sentence it has not."""
    relative = slot.quantity.unit in RELATIVE
    if relative and place.end < slot.sentence.start and indicator.rule == "indicator.words":
        return False
    if turn("revenue.of-firms").search(indicator.name) and turn("set.brought").search(ground.exact(place)):
        return bool(turn("set.yields").search(ground.between(place.end, slot.quantity.start)))
    if relative and place.end <= slot.stop and indicator.rule == "indicator.growth":
        return False
    told = ground.between(slot.sentence.start, slot.quantity.start)
    if place.end < slot.sentence.start and turn("output.told").search(told) and not turn("set.yields").search(told):
        return False
    whole = turn("statistics.whole").match(ground.between(slot.clause, slot.quantity.start))
    if whole or (place.end < slot.sentence.start and _is_statistic(ground, slot)):
        return False
    known = indicator.row is not None or indicator.rule == "indicator.last" or relative
    known = known or bool(turn("all.completed").search(ground.between(slot.stop, slot.quantity.start)))
    known = known or bool(turn("works.completed").search(ground.between(slot.stop, slot.quantity.start)))
    since = (row for row in ground.of_types(("ProjectGroup",), place.start, slot.clause))
    ended = turn("stage.ended").match(ground.between(slot.clause, slot.quantity.start))
    beside = ended and any(turn("stage.begun").match(ground.exact(row)) for row in since)
    known = known or (indicator.rule == "indicator.became" and slot.quantity.unit in _OF_SETS and not beside)
    sum_of = slot.quantity.unit in MONEY and turn("money.of-set").search(indicator.name)
    content = turn("set.content").match(ground.between(slot.left, slot.quantity.start))
    held = bool(content) and place.start >= slot.stop
    return known or bool(sum_of or held) or ground.exact(place).endswith("项目中")


def _is_statistic(ground: Ground, slot: Slot) -> bool:
    """Tell whether a sum is told as a place's statistics tell it: of a whole stretch of the year, with its growth."""
    own = ground.between(slot.clause, slot.quantity.start)
    behind = ground.between(slot.quantity.end, slot.quantity.end + 12)
    told = turn("statistics.period").match(own) and turn("statistics.growth").match(behind)
    return bool(told or turn("statistics.whole").match(own))
