"""Relation extraction lives here: from the layers and the things of a text to what stands between the things.

`find_relations` is the one entrance. What a sentence states is read by verb frames (`tables/frames.toml`) over the
sentence folded to one character for each name; what only names and lists imply is inferred and says so. Each
relation's `rule` is the id of the row, or the name of the step, that read it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts import Entity, Relation
from kg.reading.layers import Layers
from kg.reading.relations.columns import from_tables
from kg.reading.relations.draft import facts
from kg.reading.relations.headings import under_headings
from kg.reading.relations.implied import implied
from kg.reading.relations.members import enumerated, further, members, owned
from kg.reading.relations.parts import of_phases
from kg.reading.relations.sentences import read_sentences
from kg.reading.relations.settled import settled
from kg.reading.relations.slots import named
from kg.reading.relations.stated import stated

__all__ = ["find_relations"]


def find_relations(layers: Layers, entities: Sequence[Entity]) -> tuple[Relation, ...]:
    """Return the relations of a text in the order of their evidence; `entities` are its things with all mentions."""
    places = named(layers, entities)
    acting = next((row for row in entities if row.id == layers.acting), None)
    sentences = tuple(read_sentences(layers, places))
    drafts = [draft for read in sentences for draft in stated(read, acting)]
    drafts += members(layers.article, places, sentences)
    drafts += further(sentences, tuple(drafts))
    drafts += enumerated(sentences)
    drafts += owned(sentences)
    drafts += settled(sentences)
    drafts += from_tables(layers.article, places)
    pursued = {draft.object.id for draft in drafts if draft.rule == "implements"}
    drafts += under_headings(layers.article, places, entities, acting, pursued)
    drafts += implied(layers.article, places, sentences, tuple(drafts), acting)
    drafts += of_phases(drafts)
    return facts(layers.article, drafts)
