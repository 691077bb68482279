"""What a figure is about: the narrowest single thing that its clause, the clauses before it or the headings give.

In this order: the set or measure that holds the number; what stands behind it (投资20亿元建设甲项目); what stands before it in
its clause; what the clauses and sentences before carry on; the heading's programme; the place that the article speaks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.facts import EntityType
from kg.reading.ground import FIRMS, PLACES, WORKS, Ground, Place
from kg.reading.indicators import Indicator
from kg.reading.slots import Slot

_AHEAD = re.compile(
    r"(?:的|高标准|用于|投资|规划|实施|上马了?|引进|打造|兴建|新建|建设|建成|开发|改造|扩建|推进|在\S{2,10}?)*"
)
_ANAPHOR = re.compile(r"该?(?:项目|工程)(?:一期|二期|三期)?|该?(?:公司|企业|集团|厂)|(?:该|产业|工业|此)园区?|基地")
_BACK = 400
_PAIR = re.compile(r"^(?:、|和|与|及|以及|,)$")
_SUBJECTS: frozenset[EntityType] = WORKS | FIRMS | PLACES | {"Measure"}


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing, how it was found, where it stands, and what a joint figure covers together."""

    entity: str | None
    rule: str
    place: Place | None = None
    participants: tuple[str, ...] = ()
    certain: bool = True


def find_subject(ground: Ground, slot: Slot, indicator: Indicator, topic: Place | None) -> Subject:
    """Return what a figure is about; `topic` is the set or thing that the figures before it were about."""
    return (
        _holding(ground, slot)
        or _behind(ground, slot)
        or _before(ground, slot, indicator)
        or _carried(ground, slot, indicator, topic)
        or _above(ground, slot)
    )


def _holding(ground: Ground, slot: Slot) -> Subject | None:
    """A project, set or measure whose words hold the number."""
    number = slot.quantity
    for place in ground.around(number.start, number.end):
        if place.type in ("Project", "Measure", "Park", "Product") or (
            place.type == "ProjectGroup" and number.noun is None
        ):
            if place.type != "ProjectGroup" or not is_count(slot):
                return Subject(place.entity, "subject.holds-number", place)
    return None


def is_count(slot: Slot) -> bool:
    """Tell whether a figure counts things."""
    return slot.quantity.rule.startswith("classifier.")


def _behind(ground: Ground, slot: Slot) -> Subject | None:
    """What the money or the size behind which it stands belongs to: 投资20亿元建设甲项目, 3310平方米的甲社区."""
    number = slot.quantity
    if is_count(slot) and number.noun:
        return None
    folded = ground.article.folded
    link = _AHEAD.match(folded, number.end, slot.right)
    for place in ground.outermost(number.end, slot.right):
        if place.type not in WORKS | FIRMS:
            continue
        between = folded[number.end : place.start]
        if link and (
            (place.start <= link.end() and link.end() > number.end) or ("建设" in between and len(between) <= 12)
        ):
            return Subject(place.entity, "subject.behind", place)
        return None
    return None


def _before(ground: Ground, slot: Slot, indicator: Indicator) -> Subject | None:
    """The last thing named before the number in its clause; of a list joined to one figure, all take part."""
    places = [place for place in ground.outermost(slot.clause, slot.quantity.start) if place.type in _SUBJECTS]
    if not places:
        return None
    listed = _list_at_end(ground, places)
    if len(listed) > 1:
        return None
    last = places[-1]
    if last.type == "District" and indicator.row and indicator.row.level == "work":
        return None
    if last.type == "Measure" and last.end <= slot.left:
        return None
    return Subject(last.entity, "subject.clause", last)


def _list_at_end(ground: Ground, places: list[Place]) -> list[Place]:
    """The members of the list that the last place ends."""
    members = [places[-1]]
    for place in reversed(places[:-1]):
        if not _PAIR.match(ground.article.folded[place.end : members[-1].start]):
            break
        members.append(place)
    return list(reversed(members))


def participants(ground: Ground, slot: Slot) -> tuple[str, ...]:
    """Return the things that a joint figure names together in its clause."""
    places = [place for place in ground.outermost(slot.clause, slot.quantity.start) if place.type in WORKS | FIRMS]
    listed = _list_at_end(ground, places) if places else []
    return tuple(dict.fromkeys(place.entity for place in listed)) if len(listed) > 1 else ()


def _carried(ground: Ground, slot: Slot, indicator: Indicator, topic: Place | None) -> Subject | None:
    """What the sentence, then the paragraph before is about, as far as it may have such a figure."""
    level = indicator.row.level if indicator.row else "any"
    if level == "district" or (slot.quantity.unit == "percent" and level == "any" and topic is None):
        return None
    anaphor = _anaphor(ground, slot, topic)
    if anaphor:
        return Subject(anaphor.entity, "subject.anaphor", anaphor)
    wanted = {"work": WORKS, "firm": FIRMS | WORKS}.get(level, WORKS | FIRMS | {"Measure"})
    earlier = _earlier(ground, slot, topic)
    if level == "any" and ground.heading(slot.sentence.section):
        earlier = [place for place in earlier if place.start >= slot.sentence.start]
    for place in earlier:
        if place.type in wanted:
            return Subject(place.entity, "subject.carried", place)
        if place.type == "District" and level == "any":
            return Subject(place.entity, "subject.carried", place)
    rest = next((place for place in earlier if place.type in FIRMS), None)
    return Subject(rest.entity, "subject.carried", rest, certain=False) if rest else None


def _earlier(ground: Ground, slot: Slot, topic: Place | None) -> list[Place]:
    """The things named before the clause in the same paragraph, the latest first, the topic in its place.

    Only what opens a clause or closes one can be what the text goes on about; a measure reaches no further than its
    sentence.
    """
    low = max(slot.quantity.start - _BACK, _paragraph_start(ground, slot), ground.section_start(slot.sentence.section))
    places = [
        place
        for place in ground.outermost(low, slot.clause)
        if place.type in _SUBJECTS
        and (place.type != "Measure" or place.start >= slot.sentence.start)
        and _at_edge(ground, place)
    ]
    if topic and low <= topic.start < slot.quantity.start:
        places.append(topic)
    return list(reversed(places))


_OPENS = re.compile(r"(?:^|[,;:。!?\n\s(“])[^,;:。!?\n\s]{0,5}$")
_CLOSES = re.compile(
    r"[”)]?(?:[,;:。!?\n(]|项目|等|的?建设|举行|开工|投产|正式|于|自|已|是|位于|由|将|在|共|目前|总|主|占|公司|为|以)"
)


def _at_edge(ground: Ground, place: Place) -> bool:
    """Tell whether a mention opens or closes its clause."""
    folded = ground.article.folded
    return bool(_OPENS.search(folded, max(0, place.start - 6), place.start) or _CLOSES.match(folded, place.end))


def _paragraph_start(ground: Ground, slot: Slot) -> int:
    """Where the line begins."""
    return ground.article.folded.rfind("\n", 0, slot.quantity.start) + 1


def _anaphor(ground: Ground, slot: Slot, topic: Place | None) -> Place | None:
    """该项目, 公司 at the head of the clause: the set just counted, else the last such thing named."""
    match = _ANAPHOR.match(ground.article.folded, slot.clause, slot.quantity.start)
    if not match:
        return None
    if topic and match.group() == "项目":
        return topic
    wanted = (
        WORKS
        if re.search("项目|工程", match.group())
        else FIRMS
        if re.search("公司|企业|集团|厂", match.group())
        else {"Park"}
    )
    places = [place for place in ground.within(max(0, slot.clause - _BACK), slot.clause) if place.type in wanted]
    return places[-1] if places else None


def _above(ground: Ground, slot: Slot) -> Subject:
    """The heading's programme, else the place that the article speaks for."""
    heading = ground.heading(slot.sentence.section)
    if heading:
        return Subject(heading, "subject.heading", certain=False)
    return Subject(ground.acting, "subject.acting-place", certain=False)
