"""Counted sets: which set a number counts, who has it, which set a figure goes on about, and what is part of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import msgspec

from kg.reading.linking.about import Subject, ends_list, is_count, only_does, only_where, opens
from kg.reading.linking.ground import Ground, Place
from kg.reading.linking.linked import Linked
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import turn

_COUNTING = ("个", "项", "大", "批", "家", "件", "类", "宗", "户", "条", "处", "座")
_SUM = re.compile(r"[,、]?[^,、;。\d]{0,8}投资[^,、;。\d]{0,4}[\d.]+[万亿]*元(?=[,、已均]|$)")
_BRACKETED = re.compile(r"\([^()]*\)")
_PARTS = 24
_CLOSE = 16
_PAIR = 2
_SMALL = 20
_OPENING = 4


def counted_set(ground: Ground, slot: Slot) -> Place | None:
    """Return the set whose size a number is: a group whose mention holds it; no capacity counts a set."""
    if not is_count(slot) or slot.quantity.unit.removesuffix(slot.quantity.noun or "") not in _COUNTING:
        return None
    held = ground.around(slot.quantity.start, slot.quantity.end)
    place = next((place for place in held if place.type == "ProjectGroup"), None)
    kinds = turn("set.of-kinds").match(ground.exact(place)) if place else None
    return None if place and kinds and slot.quantity.start < place.start + kinds.start("count") else place


def owner_of_set(ground: Ground, slot: Slot, near: Sequence[Linked]) -> Subject:
    """Return the place or park that has a set: the last one named before the number, else the acting place.

    In a text that speaks for a park, another one that the last counts of the paragraph are of goes on.
    """
    places = [
        place
        for place in ground.of_types(("District", "Park"), slot.stop, slot.quantity.start)
        if place.end <= slot.quantity.start and not only_where(ground, place) and not ground.inside_name(place)
        if not ends_list(ground, place, ground.between(place.end, slot.quantity.start), slot.left)
        if place.type == "District" or not turn("thing.leant-on").search(ground.between(place.start - 6, place.start))
    ]
    among = [
        place
        for place in ground.of_types(("ProjectGroup",), slot.clause, slot.quantity.start)
        if ground.exact(place).endswith("中")
    ]
    if among:
        return Subject(among[-1].entity, "subject.part", among[-1])
    if work := _work_of_parts(ground, slot) or _firm_with_works(ground, slot):
        return Subject(work.entity, "subject.has-set", work)
    own = turn("acting.word").search(ground.between(slot.clause, slot.quantity.start))
    if places and not own:
        stands = next((place for place in reversed(places) if opens(ground, place)), places[-1])
        return Subject(stands.entity, "subject.has-set", stands)
    park = None if own else _park_before(ground, slot, near)
    if park:
        return Subject(park, "subject.carried")
    return Subject(ground.acting_at(slot.quantity.start), "subject.acting-place")


def _work_of_parts(ground: Ground, slot: Slot) -> Place | None:
    """Return the work that opens the stretch and is made up of what is counted (甲项目包括…,共18个子项目)."""
    works = [place for place in ground.outermost(slot.stop, slot.quantity.start) if place.type == "Project"]
    if not works or not opens(ground, works[0]):
        return None
    between = ground.between(works[0].end, slot.quantity.start)
    part = turn("part.of-work").match(slot.quantity.noun or "")
    phased = turn("phase.holds").search(ground.between(slot.left, slot.quantity.start))
    return works[0] if part or phased or turn("work.made-of").search(between) else None


def _firm_with_works(ground: Ground, slot: Slot) -> Place | None:
    """Return the firm that opens the clauses before a number of its own works (公司总投资50亿元,投产项目7个)."""
    named = ground.outermost(slot.stop, slot.quantity.start)
    firm = next((place for place in named if place.type == "Enterprise" and opens(ground, place)), None)
    placed = any(place.type in ("Park", "District") and opens(ground, place) for place in named)
    if firm is None or placed or only_does(ground, firm, slot.stop):
        return None
    return firm if turn("firm.works").match(ground.between(firm.end, slot.quantity.start)) else None


def _park_before(ground: Ground, slot: Slot, near: Sequence[Linked]) -> str | None:
    """Return the park that the last count of the paragraph is of, if it is of one."""
    if not ground.acting or ground.entities[ground.acting].type != "Park":
        return None
    counts = [row for row in near if row.slot.sentence.paragraph == slot.sentence.paragraph and is_count(row.slot)]
    owner = counts[-1].observation.subject if counts else None
    if owner is None or turn("acting.whole").search(ground.between(slot.stop, slot.quantity.start)):
        return None
    return owner if ground.entities[owner].type == "Park" else None


def topic_set(ground: Ground, slot: Slot, near: Sequence[Linked]) -> Place | None:
    """Return the set that a figure may go on about: the last one counted, or the whole of which that is a part.

    It is the whole behind a full stop, behind two parts side by side, and where the whole has no money of its own yet,
    unless semicolons part the parts.
    """
    sets = [row for row in near if row.group]
    if not sets:
        return None
    told = told_set(ground, slot, near)
    if told and sets[-1].slot.stop != slot.stop:
        return told
    last, whole = sets[-1], _whole_of(sets[-1], sets)
    if whole is None:
        held = last.subject.place is not None and last.subject.place.type == "Project"
        return None if held else last.group
    return _topic_of(ground, slot, near, last, whole)


def _topic_of(ground: Ground, slot: Slot, near: Sequence[Linked], last: Linked, whole: Linked) -> Place | None:
    """Choose between the last counted part and its whole."""
    if near[-1].part_of == last.part_of and near[-1].group is None and near[-1].indicator.rule == "indicator.became":
        return whole.group
    if near[-1] is last and turn("rate.of-whole").search(ground.between(slot.left, slot.quantity.start)):
        return whole.group
    rate = near[-1] is not last and near[-1].slot.quantity.unit == "percent" and near[-1].slot.stop == slot.stop
    if _are_all_told(near, whole) or (rate and near[-1].subject.entity == whole.observation.counts):
        return whole.group
    apart = "。" in ground.between(last.slot.quantity.end, slot.quantity.start)
    beside = len(near) > 1 and near[-1] is last and near[-2].part_of == last.part_of
    has_money = any(row.observation.subject == whole.observation.counts and not row.group for row in near)
    end = whole.slot.quantity.end
    listed = ";" in ground.between(end, last.slot.quantity.start)
    behind = ground.between(end + len(whole.slot.quantity.noun or ""), last.slot.quantity.start)
    parted = "。" in behind and "。" not in ground.between(last.slot.quantity.end, slot.quantity.start)
    if turn("part.among").match(behind) or (parted and turn("part.members").search(_since(ground, last, slot))):
        return last.group
    if apart or (not listed and (beside or (not has_money and near[-1] is last))):
        return whole.group
    return last.group


def _are_all_told(near: Sequence[Linked], whole: Linked) -> bool:
    """Tell whether the parts a set was counted in make it up, with no own figures: 其中新开工115个,续建51个."""
    parts = [row for row in near if row.part_of == whole.observation.id]
    listed = near[near.index(parts[0]) : near.index(parts[-1]) + 1] if parts else ()
    total = sum(row.slot.quantity.low or 0 for row in parts)
    own = any(row.observation.subject == parts[-1].observation.counts for row in near) if parts else True
    return len(parts) > 1 and total == whole.slot.quantity.low and len(listed) == len(parts) and not own


def _since(ground: Ground, last: Linked, slot: Slot) -> str:
    """The words from a counted part to a figure."""
    return ground.between(last.slot.quantity.end, slot.quantity.start)


def _whole_of(part: Linked, sets: Sequence[Linked]) -> Linked | None:
    """The counted set of which another is a part."""
    return next((row for row in sets if part.part_of and row.observation.id == part.part_of), None)


def whole_count(ground: Ground, slot: Slot, near: Sequence[Linked]) -> Linked | None:
    """Return the count of which this one is a stated part: 其中 …, or 29项实事完成22项."""
    quantity = slot.quantity
    if not is_count(slot) or quantity.low is None:
        return None
    own = _said_again(ground, slot, near) or _bracketed(ground, slot, near)
    if own:
        return own
    for row in reversed(near):
        other = row.slot.quantity
        between = ground.between(other.end + len(other.noun or ""), quantity.start)
        if "\n" in between or ("。" in between and "。其中" not in between):
            return None
        alike = other.unit[:1] == quantity.unit[:1] and other.low is not None and other.low > quantity.low
        sets = counted_set(ground, slot) is None or row.group is not None
        end = max(other.end + len(other.noun or ""), row.group.end if row.group else 0)
        between = _without_periods(ground, end, quantity.start)
        done = counted_set(ground, slot) is None and bool(turn("part.done").match(between))
        part = done or _is_part(between, ground.between(quantity.end, slot.right))
        direct = bool(turn("part.verb").match(between)) and "," not in between and "、" not in between
        nested = done or direct or bool(turn("part.nested").match(between))
        free = row.part_of is None or (row.group is not None and nested)
        fits = alike and sets and free and part and not _is_sibling(ground, row, slot, between)
        if fits and not _is_exceeded(ground, row, slot, near):
            return row
        beside = row.part_of and row.group and turn("part.beside-part").match(between)
        if sets and (beside or (alike and row.part_of and turn("part.further").match(between))):
            return next((whole for whole in near if whole.observation.id == row.part_of), None)
    return None


def _bracketed(ground: Ground, slot: Slot, near: Sequence[Linked]) -> Linked | None:
    """Return the count right before the bracket that another one stands in (开复工36项(续建29项,新建7项))."""
    before = ground.between(slot.sentence.start, slot.quantity.start)
    opened = before.rfind("(")
    if opened < 0 or ")" in before[opened:]:
        return None
    start = slot.sentence.start + opened
    for row in reversed(near):
        other = row.slot.quantity
        end = max(other.end + len(other.noun or ""), row.group.end if row.group else 0)
        smaller = other.low is not None and slot.quantity.low is not None and other.low > slot.quantity.low
        if end == start:
            return row if smaller and is_count(row.slot) and other.unit[:1] == slot.quantity.unit[:1] else None
    return None


def _said_again(ground: Ground, slot: Slot, near: Sequence[Linked]) -> Linked | None:
    """Return the count of the set that the last figure of the stretch is of, where 其中 follows (投资9亿元,其中…)."""
    last = near[-1] if near else None
    if last is None or last.slot.stop != slot.stop or last.group or counted_set(ground, slot) is None:
        return None
    if not turn("part.named").search(ground.between(last.slot.quantity.end, slot.quantity.start)):
        return None
    sets = (row for row in reversed(near) if row.group and row.group.entity == last.subject.entity)
    return next((row for row in sets if (row.slot.quantity.low or 0) > (slot.quantity.low or 0)), None)


def told_set(ground: Ground, slot: Slot, near: Sequence[Linked]) -> Place | None:
    """Return the set that the sentence opens by telling what became of it (参加集中签约的项目), as if named there."""
    match = turn("set.told").match(ground.between(slot.stop, slot.clause))
    sets = [row.group for row in reversed(near) if row.group and match and match["verb"] in ground.exact(row.group)]
    return replace(sets[0], start=slot.stop, end=slot.stop + match.end() - 1) if match and sets else None


def _without_periods(ground: Ground, start: int, end: int) -> str:
    """The words of a stretch, those for a time and sums left out: 67个,总投资5亿元,截至8月底,已开工54个."""
    kept = []
    for period in ground.periods_within(start, end):
        if period.start >= start:
            kept.append(ground.between(start, period.start))
            start = period.end
    return _SUM.sub("", "".join((*kept, ground.between(start, end))))


def _is_sibling(ground: Ground, row: Linked, slot: Slot, between: str) -> bool:
    """Tell whether two sets stand side by side, each told by what became of it: 开工项目12个,竣工项目10个."""
    own = counted_set(ground, slot)
    if turn("stage.under-way").match(row.indicator.name) and turn("stage.past").fullmatch(between):
        return True
    if turn("part.named").search(between) or "已" in between:
        return False
    if turn("stage.begun").match(row.indicator.name) and turn("stage.ended").match(between):
        return True
    if own is None or row.group is None:
        return False
    told = (
        ground.between(one.left, place.end).removeprefix("其中").lstrip("、,")
        for one, place in ((slot, own), (row.slot, row.group))
    )
    return all(turn("became.ahead").match(words) for words in told)


def _is_exceeded(ground: Ground, whole: Linked, slot: Slot, near: Sequence[Linked]) -> bool:
    """Tell whether a count and those before it in its list, behind 其中, are more than what they would be parts of."""
    start = ground.article.folded.rfind("其中", whole.slot.quantity.end, slot.quantity.start)
    listed = [row for row in near if start >= 0 and row.slot.quantity.start > start and row.group]
    counts = [row.slot.quantity.low or 0 for row in listed if row.slot.stop == slot.stop]
    return bool(counts) and sum(counts) + (slot.quantity.low or 0) > (whole.slot.quantity.low or 0)


def _is_part(between: str, behind: str) -> bool:
    """Tell by the words between two counts and behind the second that it is a part of the first."""
    between = _BRACKETED.sub("", between)
    named = turn("part.named").search(between)
    ended = named and named.group() == "其中" and ";" in between and between[named.end() : named.end() + 1] not in ":,"
    if (named and not ended) or turn("part.verb").match(between) or turn("part.among").match(between):
        return True
    return len(between) < _CLOSE and bool(turn("part.behind").match(behind))


def add_up(ground: Ground, done: Sequence[Linked]) -> None:
    """Tie counts that stand after a count and add up to it to that count as its parts (316个 = 172 + 75 + 55 + 14).

    The nearest count before them that they make is their whole. No count is a part of it twice, two that stand in
    another paragraph make a small one by chance, and so do those behind the semicolons of a list that it is one of.
    """
    counts = [row for row in done if row.group and row.slot.quantity.low is not None]
    for place, whole in reversed(tuple(enumerate(counts))):
        following = counts[place + 1 : place + 1 + _PARTS]
        tied: set[str] = set()
        for start in range(len(following)):
            if start and _beside(following[start - 1], following[start]):
                continue
            parts = _summing(whole, following[start:])
            own = {part.observation.id for part in parts}
            others = (*counts[:place], *following[:start])
            if tied & own or _are_siblings(counts[:place], whole, parts) or _by_chance(ground, others, whole, parts):
                continue
            tied |= own
            for part in parts:
                _tie(whole, part)


def _are_siblings(before: Sequence[Linked], whole: Linked, parts: Sequence[Linked]) -> bool:
    """Tell whether a count makes an earlier one together with those that add up to it (12个 = 6 + 3 + 2 + 1)."""
    together = [whole, *parts]
    return any(_summing(other, together) == together for other in before) if parts else False


def _by_chance(ground: Ground, others: Sequence[Linked], whole: Linked, parts: Sequence[Linked]) -> bool:
    """Tell whether counts make a sum that the text does not speak of; `others` are the counts around the whole."""
    if not parts:
        return True
    between = ground.between(whole.slot.quantity.end, parts[0].slot.quantity.start)
    if all(row.group and turn("list.members").search(ground.exact(row.group)) for row in (whole, *parts)):
        return True
    staged = turn("stage.named").search(ground.between(whole.slot.left, whole.slot.quantity.start))
    if staged and ";" in between and not turn("part.named").search(between):
        return True
    if _are_of_other_kinds(ground, whole, parts):
        return True
    beyond = "\n" in ground.between(whole.slot.quantity.end, parts[-1].slot.quantity.start)
    headed = all(row.group and row.group.start - row.slot.sentence.start <= _OPENING for row in parts)
    if beyond and len(parts) == _PAIR and (whole.slot.quantity.low or 0) < _SMALL and not headed:
        return True
    same = [row for row in others if row.slot.sentence == whole.slot.sentence and row.slot.stop != whole.slot.stop]
    return ";" in between and parts[0].slot.sentence == whole.slot.sentence and bool(same)


def _are_of_other_kinds(ground: Ground, whole: Linked, parts: Sequence[Linked]) -> bool:
    """Tell whether a sum takes what became of things behind a semicolon together with a class before it.

    签约项目11个,其中10亿元以上3个;开工项目8个: the 8 are none of the 11.
    """
    near = [row for row in parts if row.slot.stop == whole.slot.stop]
    far = [row for row in parts if row.slot.stop != whole.slot.stop]
    became = [bool(row.group and turn("became.ahead").match(ground.exact(row.group))) for row in (*near, *far)]
    return bool(near and far) and not any(became[: len(near)]) and all(became[len(near) :])


def _beside(one: Linked, other: Linked) -> bool:
    """Tell whether two counts stand side by side in a list (4个文化项目,2个教育项目): no sum is cut there."""
    end = max(row.end for row in (one.slot.quantity, one.group) if row)
    gap = other.slot.quantity.start - end - len(one.slot.quantity.noun or "")
    return one.slot.sentence == other.slot.sentence and gap <= 1


def _summing(whole: Linked, following: Sequence[Linked]) -> list[Linked]:
    """The first of the following counts that together make the whole, nothing where they do not."""
    parts: list[Linked] = []
    left = whole.slot.quantity.low or Decimal(0)
    for row in following:
        left -= row.slot.quantity.low or Decimal(0)
        free = row.part_of in (None, whole.observation.id)
        if left < 0 or not free or row.observation.counts == whole.observation.counts:
            return []
        parts.append(row)
        if left == 0:
            split = len(following) > len(parts) and _beside(row, following[len(parts)])
            return parts if len(parts) > 1 and not split else []
    return []


def _tie(whole: Linked, part: Linked) -> None:
    """Make a count a part of another."""
    part.observation = msgspec.structs.replace(
        part.observation,
        part_of=whole.observation.id,
        subject=whole.observation.counts,
        rule=f"{part.observation.rule} part.adds-up",
    )
