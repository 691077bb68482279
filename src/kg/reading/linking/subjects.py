"""What a figure is about: the narrowest single thing that its clause, the clauses before it or the headings give.

In this order: the set or measure that holds the number; what stands behind it (投资20亿元建设甲项目); what stands
before it in its clause; what the clauses and sentences before carry on; the heading's programme; the place that the
article speaks for.
"""

from __future__ import annotations

import re

from kg.facts import EntityType
from kg.reading.linking.about import (
    BACK,
    MONEY,
    RELATIVE,
    SUBJECTS,
    Subject,
    ends_list,
    is_count,
    is_reached,
    only_does,
    only_where,
    opens,
)
from kg.reading.linking.ground import FIRMS, WORKS, Ground, Place
from kg.reading.linking.indicators import Indicator
from kg.reading.linking.slots import Slot
from kg.reading.linking.topics import carried
from kg.reading.vocabulary.patterns import turn

_CLOSE = 10
_DEED = 12
_PAIR = 2
_TAIL = re.compile(r"[\u4e00-\u9fff]{0,6}")
_BUILT: frozenset[EntityType] = frozenset({"Park", "Facility", "System", "Product"})
_HOLDERS: frozenset[EntityType] = frozenset({"Project", "Measure", "Park", "Facility"})


def find_subject(ground: Ground, slot: Slot, indicator: Indicator, topic: Place | None, last: Place | None) -> Subject:
    """Return what a figure is about.

    `topic` is the set that a figure before it counted, `last` the subject of the last figure, placed where that stands.
    """
    joint = participants(ground, slot)
    return (
        _holding(ground, slot)
        or behind(ground, slot)
        or _entered(ground, slot)
        or (None if joint else _before(ground, slot, indicator))
        or (None if joint else carried(ground, slot, indicator, topic, last))
        or _above(ground, slot, indicator)
    )


def _holding(ground: Ground, slot: Slot) -> Subject | None:
    """A project, set or measure whose words hold the number."""
    for place in ground.around(slot.quantity.start, slot.quantity.end):
        if place.type == "Measure" and turn("measure.weak").match(ground.exact(place)):
            continue
        if place.type == "Facility" and is_count(slot) and place.start == slot.quantity.start:
            continue
        listed = ground.between(slot.quantity.start - 1, slot.quantity.start) == "等"
        if place.type == "Measure" and is_count(slot) and listed:
            continue
        if place.type == "ProjectGroup" and slot.quantity.unit in MONEY and (member := behind(ground, slot)):
            return member
        if place.type in _HOLDERS or (place.type == "ProjectGroup" and not is_count(slot)):
            return Subject(place.entity, "subject.holds-number", place)
    return None


def behind(ground: Ground, slot: Slot) -> Subject | None:
    """Return what the money or the size behind which it stands belongs to: 投资20亿元建设甲项目, 3310平方米的甲社区."""
    folded, number = ground.article.folded, slot.quantity
    end = number.end + len(number.noun or "")
    ahead = turn("behind.next-clause").match(folded[end : end + 60])
    if ahead is None and number.unit in MONEY:
        ahead = turn("behind.builds-next").match(folded[end : end + 60])
    if turn("deed.next").match(folded[end : end + 12]) and is_count(slot):
        ahead = None
    if ahead and not any(place.type in WORKS | FIRMS for place in ground.within(slot.stop, slot.quantity.start)):
        place = ground.starting(end + ahead.end())
        if place and place.type in WORKS | FIRMS:
            return Subject(place.entity, "subject.next-clause", place)
    if number.unit in MONEY and (place := _fronted(ground, slot, end)):
        return Subject(place.entity, "subject.behind", place)
    long = number.unit in ("km", "m")
    if long and (place := ground.starting(end)) and place.type == "Project":
        return Subject(place.entity, "subject.behind", place)
    for name in ("behind.of", "behind.for", "behind.builds"):
        link = turn(name).match(folded[end : slot.right])
        if not link or (name == "behind.builds" and is_count(slot) and number.noun):
            continue
        first = end + link.end() - 4 if name == "behind.builds" else end
        places = [place for place in ground.outermost(first, slot.right) if _is_owner(ground, place, name)]
        if places and _is_close(ground, places[0], end + link.end(), name):
            place = _first_member(ground, places[0])
            return Subject(place.entity, "subject.behind", place)
    site = turn("behind.site").match(folded[end : slot.right])
    parks = [place for place in ground.within(max(0, slot.clause - BACK), slot.clause) if place.type == "Park"]
    return Subject(parks[-1].entity, "subject.behind", parks[-1]) if site and parks else None


def _is_owner(ground: Ground, place: Place, name: str) -> bool:
    """Tell whether money may belong to what stands behind it: a good that is only made in what is built has none."""
    line = place.type != "Product" or name != "behind.builds" or ground.exact(place).endswith("线")
    return place.type in WORKS | FIRMS and line


def _is_close(ground: Ground, place: Place, offset: int, name: str) -> bool:
    """Tell whether a mention begins where a sum's 的 ends, behind praise of it, or near a verb of building."""
    if name == "behind.builds":
        return place.start <= offset + _DEED
    praised = place.type == "Project" and turn("work.praised").fullmatch(ground.between(offset, place.start))
    return place.start <= offset or bool(praised)


def _fronted(ground: Ground, slot: Slot, end: int) -> Place | None:
    """The work right behind its money, with nothing between: 大中街道40亿元甲小镇, 投资3亿元年产6万吨甲项目."""
    own, folded = ground.between(slot.left, slot.quantity.start), ground.article.folded
    aside = turn("bracket.whole").match(folded, end, slot.right + 12)
    place = ground.starting(aside.end() if aside else end)
    if place is None or place.type not in WORKS | FIRMS:
        return None
    begun = place.type == "Enterprise" and turn("work.begun").match(folded, place.end, place.end + 24)
    invested = (begun or place.type in ("Project", "ProjectGroup")) and turn("money.invested").search(own)
    placed = any(row.end == slot.quantity.start and row.type == "District" for row in ground.within(slot.clause, end))
    headed = placed and place.type == "Project" and opens(ground, next(ground.within(slot.clause, end)))
    fits = invested or headed or turn("money.before-name").search(own)
    return _first_member(ground, place) if fits else None


def _first_member(ground: Ground, place: Place) -> Place:
    """The first work of a list whose works have money of their own (3亿元的甲、2亿元的乙等22个项目), else the place.

    So the only work that a list names, too: 投资2.3亿元的甲管网改造工程等16个项目.
    """
    listed = ground.exact(place)
    if place.type != "ProjectGroup" or not (turn("list.own-money").search(listed) or turn("list.of-one").match(listed)):
        return place
    inner = (row for row in ground.within(place.start, place.start + 1) if row.type in ("Project", "Park"))
    return next(inner, place)


def _entered(ground: Ground, slot: Slot) -> Subject | None:
    """The park that the counted firms have come to (20户企业入驻园区, 两家入驻企业): the last one named."""
    if not is_count(slot):
        return None
    ahead = turn("firm.enters").match(ground.between(slot.quantity.end, slot.right))
    behind = turn("firm.entered").search(ground.between(slot.left, slot.quantity.start))
    low = max(0, slot.quantity.start - BACK) if ahead else slot.sentence.start
    parks = [place for place in ground.within(low, slot.quantity.start) if place.type == "Park"]
    return Subject(parks[-1].entity, "subject.entered", parks[-1]) if parks and (ahead or behind) else None


def _before(ground: Ground, slot: Slot, indicator: Indicator) -> Subject | None:
    """The last thing named before the number in its clause, those left out that the list holds which a count ends."""
    member: Place | None = None
    for place in reversed(ground.outermost(slot.clause, slot.quantity.start)):
        if is_count(slot) and _is_member(ground, slot, place, member):
            member = place
            continue
        if place.type == "Programme" and _has_money(slot, indicator, place):
            return Subject(place.entity, "subject.clause", place)
        if place.type not in SUBJECTS or _is_aside(ground, slot, place) or _is_counted(ground, slot, place):
            continue
        if place.type == "District" and indicator.row and indicator.row.level == "work":
            if opens(ground, place) and not only_where(ground, place):
                return Subject(place.entity, "subject.clause", place)
            return None
        return Subject(place.entity, "subject.clause", place)
    return None


def _is_member(ground: Ground, slot: Slot, place: Place, later: Place | None) -> bool:
    """Tell whether a mention stands in the list that a count ends: beside a later member of it, or as its last."""
    if ends_list(ground, place, ground.between(place.end, slot.quantity.start), slot.left):
        return True
    pair = place.end == slot.quantity.start and slot.quantity.low == _PAIR
    if pair and ground.between(place.start - 1, place.start) in ("和", "与", "及"):
        return True
    return bool(later and turn("list.between").fullmatch(ground.between(place.end, later.start)))


def _is_aside(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether a mention before a number only says where, who does it, or what went before in its list."""
    between = ground.between(place.end, slot.quantity.start)
    if (
        turn("subject.likened").match(between)
        or (place.type == "Park" and turn("thing.leant-on").search(ground.between(place.start - 6, place.start)))
        or _is_set_against(ground, slot, place)
        or only_where(ground, place)
        or is_reached(ground, place)
        or turn("list.next-deed").match(between)
    ):
        return True
    kind = {"District": "place.of-people", "Facility": "facility.rate"}.get(place.type)
    if kind and turn(kind).match(between):
        return True
    if place.type == "Enterprise":
        return only_does(ground, place, slot.clause) or bool(turn("list.among").match(between))
    if place.type == "Measure":
        completed = turn("after.completion").search(ground.between(slot.stop, place.start))
        return place.end <= slot.left or bool(completed or turn("measure.weak").match(ground.exact(place)))
    return place.type == "Product" and (not turn("product.figure").match(between) or _is_of_firm(ground, slot))


def _is_of_firm(ground: Ground, slot: Slot) -> bool:
    """Tell whether a firm opens the sentence before a clause of its product (甲公司…,生铁产量6万吨)."""
    firms = (place for place in ground.outermost(slot.stop, slot.clause) if place.type == "Enterprise")
    return any(opens(ground, place) for place in firms)


def _is_set_against(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether a place is what the share before was of (占全县87%和计划57%), or a phase is told with another."""
    before = ground.between(max(slot.stop, place.start - 4), place.start)
    if place.type == "Project":
        return bool(turn("phase.listed").search(before))
    past = place.end <= slot.left and slot.quantity.unit in RELATIVE
    return past and bool(turn("place.compared").search(before))


def _is_counted(ground: Ground, slot: Slot, place: Place) -> bool:
    """Tell whether a mention of what is built is only told with its number, or is where something is built."""
    folded = ground.article.folded
    behind = _TAIL.match(folded, place.end) if place.type in ("System", "Product") else None
    counted = turn("thing.counted").match(folded, behind.end() if behind else place.end, slot.right + 1)
    if place.type in _BUILT and counted:
        return True
    return place.type == "Facility" and place.end < slot.quantity.start and not opens(ground, place)


def _has_money(slot: Slot, indicator: Indicator, place: Place) -> bool:
    """Tell whether a programme named in a clause has the money behind it (“双百工程”总投资1612亿元)."""
    work = indicator.row is not None and indicator.row.level == "work" and slot.quantity.unit in MONEY
    return work and slot.quantity.start - place.end <= _CLOSE


def participants(ground: Ground, slot: Slot) -> tuple[str, ...]:
    """Return the things that a joint figure names together in its clause."""
    places = [place for place in ground.outermost(slot.clause, slot.quantity.start) if place.type in WORKS | FIRMS]
    listed = _list_at_end(ground, [place for place in places if place.type != "Product"])
    return tuple(dict.fromkeys(place.entity for place in listed)) if len(listed) > 1 else ()


def _list_at_end(ground: Ground, places: list[Place]) -> list[Place]:
    """The members of the list that the last place ends."""
    members = places[-1:]
    for place in reversed(places[:-1]):
        if not turn("list.joint").match(ground.article.folded[place.end : members[0].start]):
            break
        members.insert(0, place)
    return members


def _above(ground: Ground, slot: Slot, indicator: Indicator) -> Subject:
    """The heading's programme, else the place that the article speaks for; a rate is the place's."""
    heading = ground.heading(slot.sentence.section)
    rate = slot.quantity.unit in RELATIVE or (indicator.row is not None and indicator.row.level == "district")
    if heading and not rate:
        return Subject(heading, "subject.heading", certain=False)
    own = ground.outermost(slot.clause, slot.quantity.start)
    places = [place for place in own if place.type == "District" and not _is_aside(ground, slot, place)]
    if places and opens(ground, places[-1]):
        return Subject(places[-1].entity, "subject.clause", places[-1], certain=False)
    if ground.focus:
        return Subject(ground.focus, "subject.focus", certain=False)
    before = ground.outermost(slot.stop, slot.clause)
    told = [
        place for place in before if place.type == "District" and opens(ground, place) and not only_where(ground, place)
    ]
    if told:
        return Subject(told[-1].entity, "subject.carried", told[-1], certain=False)
    return Subject(ground.acting_at(slot.quantity.start), "subject.acting-place", certain=False)
