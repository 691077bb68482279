"""What things are called over all articles: one label, the other names, and pinyin to search by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from kg.facts import Entity
from kg.graph.populate.things import LANGUAGE
from kg.graph.rdf.slugs import pinyin
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples, text


class Labels:
    """Gathers the names of every thing, then writes them."""

    def __init__(self) -> None:
        self._names: dict[NamedNode, set[str]] = defaultdict(set)
        self._aliases: dict[NamedNode, set[str]] = defaultdict(set)
        self._industries: set[NamedNode] = set()

    def add(self, entities: Iterable[Entity], things: Mapping[str, NamedNode]) -> None:
        """Gather the names that one article uses."""
        for entity in entities:
            thing = things[entity.id]
            self._names[thing].add(entity.name)
            self._aliases[thing].update(entity.aliases)
            if "Industry" in (entity.type, *entity.also_types):
                self._industries.add(thing)

    def name(self, thing: NamedNode, name: str) -> None:
        """Gather a name that may become the label."""
        self._names[thing].add(name)

    def write(self, triples: Triples) -> None:
        """Write the fullest name as the label (the longest; of equals the first in code point order)."""
        for thing, names in self._names.items():
            label = min(names, key=lambda name: (-len(name), name))
            triples.add(thing, "rdfs:label", text(label, LANGUAGE))
            for other in (names | self._aliases[thing]) - {label}:
                triples.add(thing, "skos:altLabel", text(other, LANGUAGE))
            for form in pinyin(label) or (label,):
                triples.add(thing, "skos:hiddenLabel", text(form))
            if thing in self._industries:
                triples.add(thing, "skos:prefLabel", text(label, LANGUAGE))
                triples.add(thing, "skos:inScheme", term("kg:industries"))
