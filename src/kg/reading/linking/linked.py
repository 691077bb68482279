"""A figure with what it was tied to so far: what the figures behind it look back on."""

from __future__ import annotations

from dataclasses import dataclass

from kg.facts import Observation
from kg.reading.linking.about import Subject
from kg.reading.linking.ground import Ground, Place
from kg.reading.linking.indicators import Indicator
from kg.reading.linking.slots import Slot


@dataclass(slots=True)
class Linked:
    """A linked figure; `group` is the set whose size it is. The observation may still be amended."""

    slot: Slot
    indicator: Indicator
    subject: Subject
    observation: Observation
    group: Place | None

    @property
    def part_of(self) -> str | None:
        """The figure of which this one is a stated part."""
        return self.observation.part_of


def subject_place(ground: Ground, linked: Linked | None) -> Place | None:
    """Return the subject of a figure as if it were named where the figure stands."""
    if linked is None or linked.subject.entity not in ground.entities:
        return None
    entity, number = ground.entities[linked.subject.entity], linked.slot.quantity
    return Place(number.start, number.end, entity.id, entity.type)
