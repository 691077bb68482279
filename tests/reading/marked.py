"""Texts with their things marked: 【Type name】, so that relations are tested apart from the reading of names."""

from __future__ import annotations

import re

from kg.facts import Entity, Relation, Span
from kg.reading.layers import Layers
from kg.reading.pipeline import read_layers
from kg.reading.relations import find_relations

_MARK = re.compile("【(?P<type>[A-Za-z]+) (?P<name>[^】]+)】")


def marked(text: str) -> tuple[Layers, tuple[Entity, ...]]:
    """Return the layers of a text without its marks, and its things; the first district is the acting one."""
    things = {match["name"]: match["type"] for match in _MARK.finditer(text)}
    plain = _MARK.sub(lambda match: match["name"], text)
    layers = read_layers(f"标题\n\n{plain}".encode(), article_id="marked")
    entities = tuple(
        Entity(id=f"e{number}", type=kind, name=name, mentions=_mentions(layers.article.text, name))
        for number, (name, kind) in enumerate(things.items(), 1)
    )
    layers.acting = next((row.id for row in entities if row.type == "District"), None)
    return layers, entities


def _mentions(text: str, name: str) -> tuple[Span, ...]:
    return tuple(Span(start=match.start(), end=match.end(), exact=name) for match in re.finditer(re.escape(name), text))


def relations(text: str) -> tuple[Relation, ...]:
    """Return the relations of a marked text."""
    return find_relations(*marked(text))


def triples(text: str, *, rules: bool = False) -> list[str]:
    """Return the relations of a marked text as "subject predicate object [item]", inferred ones behind "~", sorted."""
    layers, entities = marked(text)
    names = {row.id: row.name for row in entities}
    found = []
    for row in find_relations(layers, entities):
        ends = [names[row.subject], row.predicate, names[row.object], *([names[row.item]] if row.item else [])]
        found.append(("" if row.asserted else "~ ") + " ".join(ends) + (f" ({row.rule})" if rules else ""))
    return sorted(found)
