"""What the text goes on about: the thing that a figure with no subject of its own carries on from before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.reading.linking.about import (
    BACK,
    MONEY,
    RELATIVE,
    SUBJECTS,
    Subject,
    is_beside,
    is_count,
    only_does,
    only_where,
    opens,
)
from kg.reading.linking.anaphors import anaphor, expected_of, of_sentence_before
from kg.reading.linking.departures import (
    has_own_money,
    is_above_items,
    is_deed,
    is_next_deed,
    is_of_item_before,
    is_past_work,
    moved_on,
    serves_others,
    turned_from,
)
from kg.reading.linking.fitting import is_left, level_of, may_have
from kg.reading.linking.ground import Ground, Place
from kg.reading.linking.indicators import Indicator
from kg.reading.linking.quotes import speaker
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import turn

_FIRST = 2
_OF_STRETCH = ("ProjectGroup", "Measure", "Project")
_PAUSES = tuple(",;。、和及与等")


def carried(
    ground: Ground, slot: Slot, indicator: Indicator, topic: Place | None, last: Place | None
) -> Subject | None:
    """What the sentence, then the paragraph before is about, as far as it may have such a figure."""
    level, number = level_of(ground, slot, indicator), slot.quantity
    own = ground.between(slot.clause, number.start)
    arrived = last and last.type == "ProjectGroup" and last.start >= slot.stop and turn("money.arrived").match(own)
    if last and arrived:
        return Subject(last.entity, "subject.carried", last)
    if level == "district":
        said = speaker(ground, slot) if turn("speaker.own").search(ground.between(slot.stop, slot.right)) else None
        return Subject(said.entity, "subject.anaphor", said) if said else _place_of_sentence(ground, slot, indicator)
    if (number.unit == "pp" and level == "any") or turn("works.all").search(own):
        return None
    share = number.unit in RELATIVE and turn("share.named").search(ground.between(slot.left, number.start))
    if share and last and last.start >= slot.stop:
        return Subject(last.entity, "subject.carried", last)
    meant = anaphor(ground, slot, topic) or speaker(ground, slot) or of_sentence_before(ground, slot, last)
    found = meant or expected_of(ground, slot, last) or _found_earlier(ground, slot, indicator, topic, last)
    other = _turned_to(ground, slot, found, last) if found else None
    if other or found is None:
        return Subject(other.entity, "subject.carried", other) if other else None
    return Subject(_whole_work(ground, slot, found), "subject.anaphor" if meant else "subject.carried", found)


def _found_earlier(
    ground: Ground, slot: Slot, indicator: Indicator, topic: Place | None, last: Place | None
) -> Place | None:
    """The thing named last of those that the text may go on about and that may have such a figure."""
    level = level_of(ground, slot, indicator)
    earlier = _of_sentence(ground, slot, _with_last(ground, slot, topic, last, level), last)
    earlier = _not_passed(ground, slot, earlier, last if level == "any" else None)
    at_once = last is not None and last.start >= slot.stop and slot.clause - last.end <= _FIRST
    again = at_once and _is_size(slot) and not turn("output.of-place").match(indicator.name)
    same = last.entity if last and last.type == "ProjectGroup" and again else None
    fitting = (
        row
        for row in earlier
        if row.entity == same or (may_have(ground, slot, indicator, row) and not is_left(ground, slot, row, last))
    )
    found = next(fitting, None)
    if found is None or found.type in ("District", "Park", "Facility"):
        return _running(ground, slot, found) or found
    return found


def _with_last(ground: Ground, slot: Slot, topic: Place | None, last: Place | None, level: str) -> list[Place]:
    """What was named earlier and the subject of the last figure, without what the sentence or its stretch has left."""
    earlier = _earlier(ground, slot, topic, level)
    goes_on = ("Project", "Enterprise", "Park") if level == "any" and not is_count(slot) else ("Project", "Enterprise")
    owner = last and topic and topic.start <= last.start and last.end <= topic.end
    if last and last.type == "Project":
        earlier = [row for row in earlier if row.type != "ProjectGroup" or not row.start <= last.start < row.end]
    part = last and last.type == "Project" and slot.quantity.unit in MONEY and _is_component(ground, last)
    if last and last.start >= slot.stop and last.type in goes_on and not (owner or part):
        earlier = sorted([*earlier, last], key=lambda place: (place.end, place.start), reverse=True)
    if level == "any" and (ground.heading(slot.sentence.section) or _begins_anew(slot)):
        earlier = [place for place in earlier if place.start >= slot.sentence.start]
    own = ground.between(slot.left, slot.quantity.start)
    if _stretch_anew(ground, slot) or turn("count.told").search(own):
        earlier = [place for place in earlier if place.start >= slot.stop and place.type in _OF_STRETCH]
    return earlier


def _turned_to(ground: Ground, slot: Slot, found: Place, last: Place | None) -> Place | None:
    """What the text has turned to instead: what joint works' last figure was of, or the firm named since."""
    return last if last and _is_joint(ground, slot, found, last) else _newcomer(ground, slot, found)


def _newcomer(ground: Ground, slot: Slot, found: Place) -> Place | None:
    """The firm that the text turned to behind the work that was found, as one that invests and has no named work.

    甲项目签约。乙公司将投资3亿元,主要建设物流中心。项目达产后,年产值3亿元.
    """
    if found.type not in ("Project", "ProjectGroup") or turn("set.again").match(
        ground.between(slot.clause, slot.right)
    ):
        return None
    line = ground.article.folded.rfind("\n", 0, slot.quantity.start) + 1
    spans = ground.entities[found.entity].mentions
    said = max((span.end for span in spans if span.start < slot.clause), default=found.end)
    places = ground.outermost(max(said, line), slot.clause)
    for place in reversed(places):
        new = place.type == "Enterprise" and min(ground.entities[place.entity].mentions).start >= said
        new = new and not only_does(ground, place, line)
        turned = new and turn("text.turns").search(ground.between(said, place.start))
        if turned and opens(ground, place) and turn("firm.invests").match(ground.between(place.end, place.end + 40)):
            return place
    return None


def _is_joint(ground: Ground, slot: Slot, work: Place, last: Place) -> bool:
    """Tell whether 项目 means works named together, whose last figure is the place's (甲、乙项目占地582亩)."""
    if work.type != "Project":
        return False
    stop = ground.article.folded.rfind("\n", 0, slot.quantity.start) + 1
    spans = ground.entities[work.entity].mentions
    said = max((span.start for span in spans if span.start < slot.clause), default=work.start)
    works = [place for place in ground.outermost(stop, slot.clause) if place.type == "Project"]
    own = [place for place in works if place.start == said]
    return last.type == "District" and said < last.start and any(_is_listed(ground, works, place) for place in own)


def _is_size(slot: Slot) -> bool:
    """Tell whether a figure measures what it is of, and neither counts nor compares."""
    return slot.quantity.rule.startswith("unit.") and slot.quantity.unit not in RELATIVE


def _of_sentence(ground: Ground, slot: Slot, earlier: list[Place], last: Place | None) -> list[Place]:
    """What is left of the things named earlier where the sentence speaks of others: of an industry, of 乡镇工业."""
    own = ground.between(slot.clause, slot.quantity.start)
    if serves_others(ground, slot):
        return [place for place in earlier if place.type in ("District", "Enterprise")]
    if any(place.type == "District" and opens(ground, place) for place in ground.within(slot.clause, slot.left + 1)):
        earlier = [place for place in earlier if place.type != "Measure"]
    if turn("words.of-others").match(own) or turn("subject.of-alike").search(own):
        return [place for place in earlier if place.type == "District"]
    if turn("words.of-industry").match(own):
        sets = [place for place in earlier if place.type != "ProjectGroup" or place.start >= slot.sentence.start]
        return [place for place in sets if place.type in ("District", "Park", "ProjectGroup", "Measure")]
    others = turn("words.of-others").match(ground.between(slot.sentence.start, slot.clause))
    if others and last and last.type == "District":
        return [place for place in earlier if place.start >= slot.sentence.start]
    return earlier


def _not_passed(ground: Ground, slot: Slot, earlier: list[Place], last: Place | None) -> list[Place]:
    """What is left of the things named earlier where the figure counts a list of its own, or its sentence moved on.

    The works before are not what A、B等6所学校 are counted of; and a firm is passed by where another clause told
    the last figure, of a district.
    """
    if is_count(slot) and ground.between(slot.quantity.start - 1, slot.quantity.start) == "等":
        earlier = [place for place in earlier if place.type not in ("Project", "Facility")]
    if last is None or last.type != "District" or last.start < slot.stop:
        return earlier
    parted = (place for place in earlier if turn("clause.ends").search(ground.between(place.end, last.start)))
    firms = {place for place in parted if place.type == "Enterprise"}
    return [place for place in earlier if place not in firms]


def _whole_work(ground: Ground, slot: Slot, place: Place) -> str:
    """The work of which a phase was named last, where the text then speaks of its completion (项目建成后)."""
    name = ground.entities[place.entity].name
    alone, phase = turn("phase.alone").match(name), turn("phase.named").search(name)
    if not (alone or phase) or not turn("whole.completed").search(ground.between(place.end, slot.quantity.start)):
        return place.entity
    if alone:
        works = [row for row in ground.outermost(max(0, place.start - BACK), place.start) if row.type == "Project"]
        wholes = [row.entity for row in works if not turn("phase.alone").match(ground.entities[row.entity].name)]
        return wholes[-1] if wholes else place.entity
    whole = name[: phase.start()] if phase else name
    return next((row.id for row in ground.entities.values() if row.name == whole), place.entity)


def _place_of_sentence(ground: Ground, slot: Slot, indicator: Indicator) -> Subject | None:
    """The district or park that opens a clause of the sentence before a figure that a place has.

    Where none does, the park, firm or work that opens the sentence, if the figure is not of a place alone.
    """
    places = ground.outermost(slot.sentence.start, slot.clause)
    for place in reversed(places):
        parted = ground.between(slot.stop, slot.clause + 2).lstrip().startswith("其中")
        own = (parted or place.start >= slot.stop) and not turn("place.counted").search(
            ground.between(place.end, slot.clause)
        )
        named = place.type == "District" or (place.type == "Park" and own)
        if named and opens(ground, place) and not only_where(ground, place):
            return Subject(place.entity, "subject.carried", place)
    first = _opening(ground, slot, places)
    if first is None or turn("place.alone").search(indicator.name):
        return None
    listed = _is_listed(ground, places, first) or ground.between(first.end, first.end + 1) == "等"
    parted = ground.between(slot.stop, slot.clause + 2).lstrip().startswith("其中")
    owns = (
        first.type in ("Enterprise", "Park", "Project", "Facility")
        and not listed
        and (parted or first.start >= slot.stop)
    )
    return Subject(first.entity, "subject.carried", first) if owns else None


def _opening(ground: Ground, slot: Slot, places: list[Place]) -> Place | None:
    """The mention that opens the sentence before a figure, or its stretch (;甲景区接待游客3万人次,收入5万元)."""
    if places and places[0].start - slot.sentence.start <= _FIRST:
        return places[0]
    later = next((place for place in places if place.start >= slot.stop), None)
    between = ground.between(slot.stop, later.start) if later else ""
    return later if later and turn("stretch.opens").match(between) else None


def _running(ground: Ground, slot: Slot, found: Place | None) -> Place | None:
    """The firm or line that an earlier clause of the sentence, behind what was found, calls 该公司 or 该生产线."""
    folded, low = ground.article.folded, slot.sentence.start
    for words, kind in (("anaphor.firm", "Enterprise"), ("anaphor.line", "Product")):
        said = [match.end() for match in turn(words).finditer(folded[low : slot.clause])]
        later = found is None or found.type == "District" or (bool(said) and found.end <= low + said[-1])
        if said and later and slot.quantity.unit not in RELATIVE:
            places = ground.within(max(0, low - BACK), low + said[-1])
            return max((place for place in places if place.type == kind), key=lambda place: place.start, default=None)
    return None


def _begins_anew(slot: Slot) -> bool:
    """Tell whether a count with its noun opens the sentence or an item (两家企业举行签约仪式;16户企业完成产值)."""
    number = slot.quantity
    return number.noun is not None and number.start - max(slot.sentence.start, slot.stop) < 2


def _stretch_anew(ground: Ground, slot: Slot) -> bool:
    """Tell whether a figure stands behind a semicolon that a count or a beneficiary follows (;1170件法律援助)."""
    return slot.stop > slot.sentence.start and bool(turn("stretch.anew").match(ground.between(slot.stop, slot.right)))


def _earlier(ground: Ground, slot: Slot, topic: Place | None, level: str) -> list[Place]:
    """The things named before the clause in the same paragraph, the latest first.

    Only what opens a clause or closes one can be what the text goes on about; a measure reaches no further than its
    sentence, the members of a list are nothing to go on about, and beyond the sentence a figure that anything may have
    stays with what opened a clause.
    """
    line = ground.article.folded.rfind("\n", 0, slot.quantity.start) + 1
    if level == "work" and turn("speaker.says").search(ground.between(line, slot.clause)):
        line = ground.article.folded.rfind("\n", 0, max(line - 1, 0)) + 1
    low = max(slot.quantity.start - BACK, line, ground.section_start(slot.sentence.section))
    outer = ground.outermost(low, slot.clause)
    places = [
        place
        for place in outer
        if place.type in SUBJECTS and _goes_on(ground, slot, place, level) and not _is_listed(ground, outer, place)
    ]
    if topic and turn("phase.before").search(ground.between(max(0, topic.start - 6), topic.start)):
        places = [place for place in places if place.entity != topic.entity]
    elif (
        topic
        and low <= topic.start < slot.quantity.start
        and not (topic.start < slot.stop and (is_deed(ground, slot) or has_own_money(ground, slot)))
        and not is_above_items(ground, slot, topic)
    ):
        again = [place for place in places if place.entity == topic.entity and ground.exact(place).endswith("中")]
        places = [place for place in places if place.type != "ProjectGroup" or place.start <= topic.start] + again
        places += [] if topic in places else [topic]
    return sorted(places, key=lambda place: _behind_its_work(ground, places, place), reverse=True)


def _behind_its_work(ground: Ground, places: Sequence[Place], place: Place) -> tuple[int, int]:
    """Where a mention ends and begins; a firm that only does a work comes after it (该项目由甲公司投资建设)."""
    if place.type != "Enterprise":
        return place.end, place.start
    folded, low = ground.article.folded, max(0, place.start - BACK)
    begins = max(low, *(folded.rfind(mark, low, place.start) + 1 for mark in "。\n"))
    if only_does(ground, place, begins):
        work = next((row for row in reversed(places) if row.type == "Project" and row.end <= place.start), place)
        return work.end, min(work.start, place.start) - 1
    return place.end, place.start


def _goes_on(ground: Ground, slot: Slot, place: Place, level: str) -> bool:
    """Tell whether the text may go on about a thing named earlier."""
    closed = turn("bracket.closed").match(ground.between(place.end, slot.clause))
    if closed or _is_aside(ground, slot, place, level) or (level == "any" and is_next_deed(ground, slot, place)):
        return False
    before = place.end <= slot.stop and place.start >= slot.sentence.start
    done = before and place.type in ("Park", "Facility") and level == "any" and not opens(ground, place)
    passed = done or is_above_items(ground, slot, place) or (before and is_of_item_before(ground, slot, place))
    if passed or turned_from(ground, slot, place):
        return False
    if place.type == "District":
        return opens(ground, place)
    if is_past_work(ground, slot, place, level):
        return opens(ground, place) and not is_deed(ground, slot) and not moved_on(ground, slot, place)
    if place.start < slot.sentence.start and place.type != "ProjectGroup" and level == "any":
        begins = ground.between(max(0, place.start - 8), place.start)
        return opens(ground, place) and (
            place.type not in ("Project", "Park") or bool(turn("edge.begins").search(begins))
        )
    reached = turn("measure.reach").match(ground.between(slot.clause, slot.quantity.start))
    closes = turn("edge.closes").match(ground.article.folded[place.end : place.end + 8])
    return opens(ground, place) or bool(closes or (place.type == "Measure" and reached))


def _is_aside(ground: Ground, slot: Slot, place: Place, level: str) -> bool:
    """Tell whether a mention is no more than a doer, a speaker's firm, a description or where something is."""
    if place.type == "Measure" or place in ground.passing:
        return place.start < slot.sentence.start or place in ground.passing
    before, behind = ground.between(max(0, place.start - 20), place.start), ground.between(place.end, place.end + 20)
    leant = place.type != "District" and turn("thing.leant-on").search(before)
    kind = turn("kinds.before").search(before)
    part = place.type == "Project" and (kind or _is_component(ground, place))
    one_of = part or (place.type == "ProjectGroup" and turn("set.one-of").match(behind))
    if leant or one_of or turn("subject.likened").match(behind):
        return True
    if place.type == "Enterprise":
        own_words = turn("speaker.own").search(ground.between(slot.clause, slot.quantity.start))
        speaks = level == "work" and turn("speaker.behind").match(behind) and not own_words
        doer = level != "firm" or turn("doer.of-work").search(before)
        return bool(speaks) or bool(doer and only_does(ground, place, slot.sentence.start))
    if is_beside(ground, place) or (place.type in ("Project", "Park") and _is_predicate(ground, place, before)):
        return True
    if place.type == "District" and any(row.type == "District" for row in ground.within(place.end, place.end + 1)):
        return True
    scene = place.type == "Park" and behind.startswith(",") and turn("place.scene").search(before)
    return place.type in ("District", "Park") and only_where(ground, place) and not scene


def _is_component(ground: Ground, place: Place) -> bool:
    """Tell whether a work is a part of the one that opens its stretch (甲电站正抓紧大坝浇筑工程,累计完成投资)."""
    if not turn("work.component").search(ground.entities[place.entity].name):
        return False
    low = max(0, place.start - BACK)
    start = max(low, *(ground.article.folded.rfind(mark, low, place.start) + 1 for mark in ";。\n"))
    first = next(iter(ground.outermost(start, place.start)), None)
    return first is not None and first.type in ("Project", "Facility", "Park") and opens(ground, first)


def _is_predicate(ground: Ground, place: Place, before: str) -> bool:
    """Tell whether a mention is what the text says that something else is (甲开发区是省级示范园区)."""
    if turn("predicate.before").search(before):
        sets = ground.of_types(("ProjectGroup",), max(0, place.start - BACK), place.start)
        return not (before.endswith(",为") and sets)
    said = turn("predicate.said").search(before)
    begins = place.start - len(said.group()) if said else 0
    return bool(said) and any(row.end == begins for row in ground.within(begins - BACK, begins))


def _is_listed(ground: Ground, places: Iterable[Place], place: Place) -> bool:
    """Tell whether a mention is joined to another one."""
    folded = ground.article.folded
    return (folded[place.start - 1 : place.start] == "、" and folded[place.end : place.end + 1] in _PAUSES) or any(
        turn("list.joint").match(folded[one.end : other.start])
        for before in places
        if (before.type == "District") == (place.type == "District")
        for one, other in ((before, place), (place, before))
        if one.end < other.start <= one.end + 3
    )
