"""Units and indicators: the concepts of the ontology, and those that only an article's words give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.rdf.iris import Iris
from kg.graph.rdf.slugs import short_hash, slug
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples, text

_SCHEMES = {"unit": term("kg:units"), "indicator": term("kg:indicators")}
_NAMES = {("unit", term("skos:notation")), ("indicator", term("skos:prefLabel"))}


@dataclass(slots=True)
class Concepts:
    """Finds the concept of a word; `minted` holds the triples of those that no scheme knows.

    A synonym (`synonyms`) gets a concept in the article's words, narrower than the one it is a synonym of.
    """

    iris: Iris
    known: dict[tuple[str, str], NamedNode] = field(default_factory=dict)
    synonyms: dict[tuple[str, str], NamedNode] = field(default_factory=dict)
    minted: Triples = field(default_factory=Triples)

    @classmethod
    def load(cls, iris: Iris, ontology: Iterable[Triple]) -> Concepts:
        """Begin with the concepts of the schemes kg:units and kg:indicators, under their names."""
        triples = list(ontology)
        kinds: dict[object, str] = {
            t.subject: k for t in triples for k, scheme in _SCHEMES.items() if t.object == scheme
        }
        self = cls(iris)
        for triple in sorted(triples, key=str):
            node, name = triple.subject, triple.object
            kind = kinds.get(node)
            if kind and isinstance(node, NamedNode) and isinstance(name, Literal):
                if (kind, triple.predicate) in _NAMES:
                    self.known.setdefault((kind, name.value), node)
                elif triple.predicate == term("skos:altLabel"):
                    self.synonyms.setdefault((kind, name.value), node)
        return self

    def __call__(self, kind: str, name: str) -> NamedNode:
        """Return the concept of a unit or an indicator, minting one in the article's words where none is known."""
        found = self.known.get((kind, name))
        return found if found is not None else self._mint(kind, name)

    def _mint(self, kind: str, name: str) -> NamedNode:
        node = self.iris.thing(f"{kind}/{slug(name)}-{short_hash(kind, name)}")
        add = self.minted.add
        add(node, "rdf:type", term("skos:Concept"))
        add(node, "rdfs:label", text(name, "zh-Hans"))
        add(node, "skos:prefLabel", text(name, "zh-Hans"))
        add(node, "skos:notation", text(name) if kind == "unit" else None)
        add(node, "skos:inScheme", _SCHEMES[kind])
        add(node, "skos:broader", self.synonyms.get((kind, name)))
        self.known[kind, name] = node
        return node
