"""Parts of what was named before: what "其中", "在…中" and "一个是" take out of a group, and the phases of a work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.facts import Entity
from kg.reading.relations.discourse import clauses, head_of
from kg.reading.relations.draft import Draft
from kg.reading.relations.sentences import Read
from kg.reading.relations.slots import Folded, Slot, marks

MEMBERS = frozenset({"Project", "Park", "Facility", "ProjectGroup"})
_ENUMERATED = ("包括", "包含", "主要有")
_PHASE = re.compile("[一二三四五]期")


def belong(things: Sequence[Entity], group: Entity, rule: str, start: int, end: int) -> Iterator[Draft]:
    """Yield that things are a part of a group."""
    for thing in things:
        if thing.id != group.id and thing.type in MEMBERS:
            yield Draft(thing, "partOf", group, rule, start, end)


@dataclass(slots=True)
class _Groups:
    """The groups named so far: `whole` has parts taken out, `last` the one before it, `recent` the latest.

    `work` is the last work that is no phase. `lasting`: parts are taken from it to the end of the sentence, not only to
    the next ";". `fresh`: nothing was yet.
    """

    work: Entity | None = None
    whole: Slot | None = None
    last: Slot | None = None
    recent: Slot | None = None
    lasting: bool = False
    fresh: bool = True


def taken_out(sentences: Sequence[Read]) -> Iterator[Draft]:
    """Yield the parts of groups and of works; a paragraph begins anew."""
    groups, paragraph = _Groups(), -1
    for read in sentences:
        if read.sentence.paragraph != paragraph:
            groups, paragraph = _Groups(), read.sentence.paragraph
        groups.whole, groups.lasting, groups.fresh = None, False, True
        restricted = _restricted().match(read.folded.text) is not None
        for start, end in clauses(read.folded):
            yield from _part(read.folded, start, end, groups)
            _note(read.folded, start, end, groups, restricted=restricted)
        yield from _phases(read, groups)


def _part(folded: Folded, start: int, end: int, groups: _Groups) -> Iterator[Draft]:
    """Yield what a clause takes out of a group: what it speaks of."""
    if folded.text[start - 1 : start] == ";":
        groups.fresh, groups.whole = True, groups.whole if groups.lasting else None
    opening = _within().match(folded.text, start, end)
    if opening is not None:
        one_of = groups.recent if opening["one"] else groups.last
        groups.whole = folded.slots[opening.start("g")] if opening["g"] else one_of
        groups.lasting, groups.fresh = opening["g"] is not None, True
    whole = groups.whole
    if whole is None or folded.text.startswith(_ENUMERATED, start):
        return
    head = _head(folded, start, end)
    if head is not None and head is not whole and _is_part(head, fresh=groups.fresh):
        yield from belong(head.members, whole.members[0], "part-of-group", head.start, head.end)
    groups.fresh = groups.fresh and (head is None or opening is not None)


def _note(folded: Folded, start: int, end: int, groups: _Groups, *, restricted: bool) -> None:
    """Take note of the groups that a clause names."""
    for at in range(start, end):
        slot = folded.slots.get(at)
        if slot is None or slot.members[0].type != "ProjectGroup":
            continue
        groups.recent = slot
        if groups.whole is None and not restricted:
            groups.last = slot


def _head(folded: Folded, start: int, end: int) -> Slot | None:
    """Return what a clause speaks of, or the group that it counts first (谋划专项债券项目33个)."""
    head = head_of(folded, start, end)
    first = next((folded.slots[at] for at in range(start, end) if at in folded.slots), None)
    return first if head is None and first is not None and first.members[0].type == "ProjectGroup" else head


def _is_part(head: Slot, *, fresh: bool) -> bool:
    """Tell whether what a clause speaks of is a part of a group: any group, of works the first of a stretch."""
    return all(row.type == "ProjectGroup" or (fresh and row.type == "Project") for row in head.members)


@cache
def _restricted() -> re.Pattern[str]:
    """A sentence that speaks of a part of what was named before: 此次签约的项目中."""
    return re.compile("[^,;。]{0,16}项目(?:中|里),")


@cache
def _within() -> re.Pattern[str]:
    """What opens a clause that takes something out of a group."""
    return re.compile(f"其中|(?P<one>另?一[个项](?:是|为))|在?(?P<g>[{marks('group')}])(?:中|里|当中)")


def _phases(read: Read, groups: _Groups) -> Iterator[Draft]:
    """A work named by its phase is a part of the work spoken of before in its paragraph: 一期汉麻纤维加工项目."""
    for clause in read.clauses:
        slot = read.folded.slots.get(clause.start)
        if slot is None or slot.members[0].type != "Project":
            continue
        if not _PHASE.match(slot.members[0].name):
            groups.work = slot.members[0]
        elif groups.work is not None:
            yield from belong(slot.members, groups.work, "phase-of-work", slot.start, slot.end)


def of_phases(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield that whoever builds a work builds the phases of it that the text tells of, which no sentence says."""
    for part in drafts:
        if part.rule == "phase-of-work":
            for draft in drafts:
                if draft.object.id == part.object.id and draft.subject.type == "Enterprise" and draft.item is None:
                    yield replace(draft, object=part.subject, rule="firm-of-phase", asserted=False)
