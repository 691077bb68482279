"""Whether the text has left a thing that it named earlier: for another item, another deed, other money."""

from __future__ import annotations

from kg.reading.linking.about import MONEY, is_count, opens
from kg.reading.linking.ground import Ground, Place
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import turn

_FIRST = 2
_ITEMS = 2


def turned_from(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether the text turned from a work or a firm: to the next one's money, or to what else is needed."""
    if place.type == "District":
        return False
    next_one = place.end <= slot.stop and turn("money.of-next").match(ground.between(slot.stop, slot.right))
    if next_one and place.type in ("Project", "Enterprise"):
        return True
    if place.start >= slot.sentence.start:
        return False
    spent = slot.quantity.unit in MONEY and turn("money.spent").search(ground.between(slot.clause, slot.quantity.start))
    if spent and turn("money.into").match(ground.between(slot.quantity.end, slot.right)):
        return True
    return bool(turn("sentence.anew").match(ground.between(slot.sentence.start, slot.clause)))


def is_of_item_before(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether a work is what another item of the sentence tells of: that of the figure has its own, or a deed."""
    own = ground.between(slot.stop, slot.right)
    if (opened := _items_from(ground, slot)) and place.start >= opened:
        return not turn("item.goes-on").match(own)
    anew = turn("stretch.own-work").match(own) or turn("deed.begins").match(own) or turn("item.brought").match(own)
    told = turn("work.completed").match(ground.between(place.end, place.end + 8)) and turn("deed.further").match(own)
    left = bool(anew or told or has_own_money(ground, slot))
    return place.type in ("Project", "Facility", "ProjectGroup") and left


def has_own_money(ground: Ground, slot: Slot) -> bool:
    """Tell whether an item of a list begins with its own money and deed (;投资3亿元,实施公路提档升级)."""
    return slot.stop > slot.sentence.start and bool(
        turn("money.of-item").match(ground.between(slot.stop, slot.right + 4))
    )


def is_above_items(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether a set is what a list tells one by one: an item's figures are not those of the set."""
    opened = _items_from(ground, slot)
    return place.type == "ProjectGroup" and place.end < opened


def _items_from(ground: Ground, slot: Slot) -> int:
    """Return where a list's items begin where a figure stands in a later one (今年的实事是:甲;乙;丙), else 0."""
    before = ground.between(slot.sentence.start, slot.stop)
    opens = turn("list.opened").search(before)
    return slot.sentence.start + opens.end() if opens and before.count(";") >= _ITEMS else 0


def is_past_work(ground: Ground, slot: Slot, place: Place, level: str) -> bool:
    """Tell whether a work stands in another item of a list of deeds (建设甲园;投资2亿元新建幼儿园3所)."""
    if place.start < slot.sentence.start or place.type not in ("Project", "Facility", "System"):
        return False
    if slot.stop <= place.start:
        before = ground.between(max(slot.stop, place.start - 8), place.start)
        own = ground.between(slot.left, slot.quantity.start)
        completed = turn("work.completed").match(ground.between(place.end, place.end + 8))
        if completed and slot.clause > place.end + 8 and turn("deed.further").match(own):
            return True
        return is_count(slot) and bool(turn("deed.of-work").search(before) and turn("deed.further").match(own))
    return level == "any" or is_deed(ground, slot)


def moved_on(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether another work opens an item of the list between a work and a figure (甲工程…;乙工程…;投资3亿元)."""
    return any(
        turn("item.opens").search(ground.between(max(place.end, other.start - 12), other.start))
        for other in ground.outermost(place.end, slot.stop)
        if other.type in ("Project", "ProjectGroup") and other.entity != place.entity
    )


def serves_others(ground: Ground, slot: Slot) -> bool:
    """Tell whether a clause tells what is done for those that it counts (为5000名妇女免费检查): a deed of its own."""
    done = turn("deed.for-behind").match(ground.between(slot.quantity.end, slot.right))
    return bool(done and turn("deed.for").fullmatch(ground.between(slot.clause, slot.quantity.start)))


def is_next_deed(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether a count's clause begins with a deed behind what told of a work (某中心建成投运,新建3家食堂).

    So where the work is completed, of an earlier sentence, or another work came between.
    """
    if place.type not in ("Project", "Facility", "System") or not is_count(slot):
        return False
    completed = turn("work.completed").match(ground.between(place.end, place.end + 8))
    anew = place.start < slot.sentence.start and slot.clause - slot.sentence.start < _FIRST
    others = (row for row in ground.outermost(place.end, slot.clause) if row.type in ("Project", "Facility"))
    anew = anew or any(row.entity != place.entity and opens(ground, row) for row in others)
    listed = ground.between(slot.left - 1, slot.left) == "、"
    own = ground.between(slot.clause if listed else slot.left, slot.quantity.start)
    return bool(
        ((completed or anew) and turn("deed.further").match(own)) or (completed and turn("deed.bare").match(own))
    )


def is_deed(ground: Ground, slot: Slot) -> bool:
    """Tell whether a figure's clause begins with a deed of its own, or its money is put into one."""
    ahead = turn("behind.builds").match(ground.between(slot.quantity.end, slot.right))
    return bool(ahead or turn("deed.begins").match(ground.between(slot.left, slot.quantity.start)))
