"""Relation extraction lives here: from the layers and the things of a text to what stands between the things.

`find_relations` is the one entrance. What a sentence states is read by verb frames kept as rows of tables; what only
a name implies (a project that bears a firm's name) is inferred and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.facts import Entity, Relation
from kg.reading.layers import Layers

_WORKS = frozenset({"Project", "Park"})


def find_relations(layers: Layers, entities: Sequence[Entity]) -> tuple[Relation, ...]:
    """Return the relations of a text in the order of their evidence; `entities` are its things with all mentions."""
    found = sorted(_implied(layers, entities), key=lambda row: (row.evidence.start, row.subject, row.object))
    return tuple(_number(row, f"r{index}") for index, row in enumerate(found, 1))


def _implied(layers: Layers, entities: Sequence[Entity]) -> Iterator[Relation]:
    """Yield a relation for each work whose name begins with a firm's name."""
    firms = [(form, firm) for firm in entities if firm.type == "Enterprise" for form in (firm.name, *firm.aliases)]
    for work in entities:
        bearer = next((firm for form, firm in firms if work.name.startswith(form) and work.name != form), None)
        if work.type in _WORKS and bearer is not None and work.mentions:
            yield Relation(
                id="",
                rule="name-begins-with-firm",
                origin="inferred",
                subject=bearer.id,
                predicate="involves",
                object=work.id,
                asserted=False,
                evidence=work.mentions[0],
            )


def _number(row: Relation, name: str) -> Relation:
    return Relation(**{field: getattr(row, field) for field in row.__struct_fields__} | {"id": name})
