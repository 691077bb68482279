"""Done, planned or under way: by the words of `tables/status.toml`, else by what the figure is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from kg.facts import Status
from kg.reading.layers import Period
from kg.reading.linking.about import Subject, describes_work
from kg.reading.linking.ground import Ground
from kg.reading.linking.indicators import Indicator
from kg.reading.linking.linked import Linked
from kg.reading.linking.slots import Slot
from kg.reading.rows import Row, load_rows
from kg.reading.vocabulary.patterns import turn

_MONEY = ("CNY", "USD")
_BUILT = ("Project", "Park", "Facility")
_RELATIVE = ("percent", "pp", "permille", "千分点", "times")
_WORKS = ("项目", "工程", "企业")
_SENTENCE = 400
_DONE = "status.done"
_UNDER_WAY = "status.under-way"
_LONG = ("period.year", "period.five-year-plan")
_UNTIL = 12
_TARGET = 14
_AHEAD = 60
_LISTED = 160
_PROGRESS = 300
_LEAST_CAPACITY = 100
_PEOPLE = ("人", "名", "位")
_BODIES = (*_PEOPLE, "户", "家")
_OF_GOALS: dict[str, tuple[Status, str]] = {
    "indicator.goal": ("planned", "status.target-figure"),
    "indicator.passed": ("actual", "status.default"),
}
_SENTENCE_END = re.compile("[;。!?\n]")
Where = Literal["clause", "around", "list", "sentence", "indicator", "behind", "ahead"]


class StatusRow(Row, frozen=True, kw_only=True):
    """Words that tell done from planned; see the head of the table. `money`: of sums of money only."""

    status: Status
    where: Where
    pattern: str
    money: bool = False


@cache
def _rows() -> tuple[tuple[StatusRow, re.Pattern[str]], ...]:
    """The table of statuses, compiled."""
    return tuple((row, re.compile(row.pattern)) for row in load_rows("status", StatusRow))


def read_status(
    ground: Ground, slot: Slot, indicator: Indicator, subject: Subject, near: Sequence[Linked]
) -> tuple[Status, str]:
    """Return the status of a figure and the rule that gave it."""
    before = near[-1].observation.rule if near else ""
    if indicator.rule == "indicator.last" and slot.left > slot.clause and near and "before-change" not in before:
        return near[-1].observation.status, "status.last"
    if _is_target(ground, slot) or indicator.rule in _OF_GOALS:
        return _OF_GOALS.get(indicator.rule, ("planned", "status.target-figure"))
    texts: dict[Where, str] = {
        "clause": ground.between(slot.left, slot.quantity.start),
        "around": ground.between(slot.clause, slot.right),
        "list": ground.between(slot.stop, slot.quantity.start),
        "sentence": ground.between(max(slot.sentence.start, slot.quantity.start - _SENTENCE), slot.quantity.start),
        "ahead": _SENTENCE_END.split(ground.between(slot.quantity.end, slot.quantity.end + _AHEAD))[0],
        "indicator": indicator.name,
        "behind": ground.between(slot.quantity.end + len(slot.quantity.noun or ""), slot.right),
    }
    if _is_part_of_plan(slot, texts["clause"], near):
        return "planned", "status.part-of-plan"
    if told := _of_described(ground, slot) or _of_begun(ground, slot) or _by_kind(ground, slot, indicator, texts, near):
        return told
    if row := next((row for row, pattern in _rows() if _fits(row, pattern, slot, texts)), None):
        weak = row.id == _DONE and not turn("done.plainly").search(texts["clause"])
        goes_on = weak and (_is_of_plan_before(slot, subject, near) or turn("plan.willed").search(texts["list"]))
        return ("planned", "status.goes-on") if goes_on else (row.status, row.id)
    return _by_subject(ground, slot, indicator, subject, near) or ("actual", "status.default")


def _is_target(ground: Ground, slot: Slot) -> bool:
    """Tell whether a figure is itself what is to be reached: 完成目标任务5亿元的98%, 高于预期目标增速(4.5%)."""
    named = turn("target.word").match(ground.between(slot.left, slot.quantity.start))
    before = ground.between(max(0, slot.quantity.start - _TARGET), slot.quantity.start)
    return bool(named and slot.quantity.unit not in _RELATIVE) or bool(turn("target.bracket").search(before))


def _fits(row: StatusRow, pattern: re.Pattern[str], slot: Slot, texts: dict[Where, str]) -> bool:
    """Tell whether a row fits a figure; what people that are counted are doing says nothing of their number."""
    if row.money and slot.quantity.unit not in _MONEY:
        return False
    at_work = row.id == _UNDER_WAY and slot.quantity.unit.startswith(_PEOPLE)
    return pattern.search(texts["clause" if at_work else row.where]) is not None


def of_period(ground: Ground, slot: Slot, period: Period | None) -> tuple[Status, str] | None:
    """Return the status of figures of a year after the article's, or that a year to come will see; None for others."""
    published = ground.article.head.published
    if period is None or period.ends is None:
        return None
    if published and period.ends.year > published.year:
        return "planned", "status.to-come"
    told = ground.between(slot.clause, slot.quantity.start)
    over = published and period.ends.year < published.year and period.end <= slot.quantity.start
    if over and slot.quantity.unit in _MONEY and turn("invested.then").search(told):
        return "actual", "status.past"
    until = turn("period.until").search(ground.between(max(0, period.start - _UNTIL), period.start))
    ahead = (
        period.rule in _LONG and (published is None or period.ends > published) and period.end <= slot.quantity.start
    )
    if not published and not turn("until.hoped").search(ground.between(slot.stop, slot.quantity.end + _AHEAD)):
        return None
    reached = turn("until.reached").search(ground.between(slot.stop, slot.quantity.start)) if until and ahead else None
    return ("planned", "status.until") if until and ahead and not reached else None


def _is_of_plan_before(slot: Slot, subject: Subject, near: Sequence[Linked]) -> bool:
    """Tell whether the figure before in the sentence is a planned one of the same work (年产值20亿元,实现利税2亿元)."""
    last = near[-1] if near and near[-1].slot.stop == slot.stop else None
    alike = last is not None and last.observation.subject == subject.entity
    return alike and last is not None and bool(turn("plan.of-work").search(last.observation.rule))


def _is_part_of_plan(slot: Slot, clause: str, near: Sequence[Linked]) -> bool:
    """Tell whether a sum is a part of the planned one before it (总投资5亿元,其中固定资产投资4亿元)."""
    last = near[-1] if near and near[-1].slot.sentence == slot.sentence else None
    if last is None or not clause.startswith(("其中", "含", "包括")) or turn("work.told").search(clause):
        return False
    sums = slot.quantity.unit in _MONEY and last.slot.quantity.unit in _MONEY and "到位" not in clause
    return (sums and "status.investment" in last.observation.rule) or "status.target" in last.observation.rule


def _of_described(ground: Ground, slot: Slot) -> tuple[Status, str] | None:
    """A size that describes the work behind it is planned, whatever is under way there, unless the work stands."""
    if slot.quantity.unit in _MONEY:
        return None
    stands = turn("project.standing").search(ground.between(slot.stop, slot.right))
    return ("planned", "status.describes-work") if describes_work(ground, slot) and not stands else None


def _of_begun(ground: Ground, slot: Slot) -> tuple[Status, str] | None:
    """What a work that is begun, signed or under way will make or hold, and what it was to hold before its progress."""
    quantity = slot.quantity
    if (
        quantity.unit in _MONEY
        or quantity.unit in _RELATIVE
        or turn("plan.done").search(ground.between(slot.clause, quantity.start))
    ):
        return None
    line = ground.between(max(0, quantity.start - _SENTENCE), quantity.start).rpartition("\n")[2]
    behind = ground.between(quantity.end, quantity.end + _PROGRESS)
    if turn("progress.follows").match(behind) and not turn("progress.told").search(line):
        return "planned", "status.before-progress"
    measured = quantity.rule.startswith("unit.")
    many = quantity.low is not None and quantity.low >= _LEAST_CAPACITY and not quantity.unit.startswith(_BODIES)
    listed = _SENTENCE_END.split(ground.between(quantity.end, quantity.end + _LISTED))[0]
    works = (quantity.noun or "").endswith(_WORKS)
    begun = (measured or (many and quantity.noun and not works)) and turn("capacity.begun").match(listed)
    return ("planned", "status.of-begun") if begun else None


def _by_kind(
    ground: Ground, slot: Slot, indicator: Indicator, texts: dict[Where, str], near: Sequence[Linked]
) -> tuple[Status, str] | None:
    """What a figure was before it changed, a share, the phases of a work, what a text announces as a whole."""
    if turn("change.from").search(texts["clause"]) and turn("change.to").match(texts["behind"]):
        return "actual", "status.before-change"
    hoped = turn("plan.hoped").search(texts["list"])
    announced = ground.planned_from is not None and slot.quantity.start > ground.planned_from
    changed = near and "before-change" in near[-1].observation.rule and near[-1].slot.stop == slot.stop
    spent = turn("sum.spent").match(texts["ahead"]) and indicator.name == "投资" and "计划" not in texts["clause"]
    if (changed or spent) and not hoped and not announced:
        return "actual", "status.after-change" if changed else "status.spent"
    against = turn("place.compared").match(texts["clause"]) or texts["clause"].startswith(("高于", "低于", "超"))
    if indicator.rule == "indicator.share" and against and near and near[-1].slot.sentence == slot.sentence:
        return near[-1].observation.status, "status.last"
    within = texts["list"] if texts["clause"].startswith("其中") else texts["clause"]
    if indicator.rule == "indicator.share" and not turn("plan.hoped").search(within):
        return "actual", "status.share"
    done = turn("plan.done").search(texts["list"])
    if indicator.rule == "indicator.phases" and not done:
        return "planned", "status.phases"
    return ("planned", "status.announced") if announced and not done else None


def _by_subject(
    ground: Ground, slot: Slot, indicator: Indicator, subject: Subject, near: Sequence[Linked]
) -> tuple[Status, str] | None:
    """The known figures of a project that does not stand yet are planned, and so is what goes on from a plan."""
    kind = ground.entities[subject.entity].type if subject.entity in ground.entities else None
    told = ground.between(slot.stop, slot.quantity.start)
    standing = turn("project.standing").search(told)
    contained = not turn("work.told").search(told) and not slot.quantity.unit.startswith("家")
    headed = ground.heading(slot.sentence.section) == subject.entity
    if kind == "Project" and not standing and not headed and (indicator.row is not None or contained):
        return "planned", "status.of-project"
    for other in reversed(near):
        if other.observation.subject != subject.entity or other.slot.sentence != slot.sentence:
            continue
        near_by = kind == "Project" or (other.slot.stop == slot.stop and slot.quantity.unit not in _RELATIVE)
        since = ground.between(other.slot.quantity.end, slot.quantity.start)
        dated = turn("plan.hoped").search(since) or ground.periods_within(other.slot.quantity.end, slot.quantity.start)
        stands = not dated and turn("work.stands").search(since)
        if stands or turn("plan.done").search(since) or turn("past.told").search(told):
            continue
        counted = (slot.quantity.noun or "").endswith(_WORKS)
        if kind in _BUILT and near_by and not counted and "status.investment" in other.observation.rule:
            return "planned", "status.with-investment"
        if other.slot.stop == slot.stop and turn("plan.goes-on").search(other.observation.rule):
            return "planned", "status.goes-on"
    return None
