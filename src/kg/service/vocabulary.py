"""The terms of the ontology as the dataset holds them: their labels, definitions and tokens, in both languages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.service.prefixes import HEADER, shorten_iri
from kg.service.versions import per_version
from kg.store import Store

ONTOLOGY = "https://w3id.org/district-kg/ontology"
KG = ONTOLOGY + "#"
_TERMS = (
    HEADER
    + """SELECT ?term ?property ?value WHERE {
  ?term rdfs:isDefinedBy <https://w3id.org/district-kg/ontology> ; ?property ?value .
}
ORDER BY ?term ?property ?value"""
)


@dataclass(slots=True)
class Term:
    """One term; `about` maps each property, by its prefixed name, to its values (IRIs and texts)."""

    iri: str
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    about: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def token(self) -> str:
        """The word of the JSON and of the query results."""
        return self.about["skos:notation"][0] if self.about.get("skos:notation") else self.iri.removeprefix(KG)

    def label(self, lang: str) -> str:
        """Return the label in "zh" or "en", else in the other language, else the token."""
        return self.labels.get(lang) or next(iter(self.labels.values()), "") or self.token

    def definition(self, lang: str) -> str:
        """Return the definition in "zh" or "en", else in the other language, else nothing."""
        return self.definitions.get(lang) or next(iter(self.definitions.values()), "")

    def example(self, lang: str) -> str:
        """Return the example in "zh" or "en", else in the other language, else nothing."""
        return self.examples.get(lang) or next(iter(self.examples.values()), "")


class Vocabulary:
    """The terms, by IRI."""

    def __init__(self, terms: dict[str, Term]) -> None:
        self.terms = terms
        self._schemes: dict[str, dict[str, Term]] = {}
        pairs = ((other, term.iri) for term in terms.values() for other in term.about.get("owl:inverseOf", ()))
        self._inverses = dict(pairs)

    def label(self, iri: str, lang: str) -> str:
        """Return the label of a term, of any other IRI its short form."""
        term = self.terms.get(iri)
        return term.label(lang) if term else shorten_iri(iri)

    def token(self, iri: str) -> str:
        """Return the token of a term, of any other IRI its short form."""
        term = self.terms.get(iri)
        return term.token if term else shorten_iri(iri)

    def inverse(self, iri: str) -> str | None:
        """Return the property that says the same from the other end, None where there is none."""
        return self._inverses.get(iri)

    def by_token(self, scheme: str) -> dict[str, Term]:
        """Return the concepts of a scheme of the ontology (`types`, `units`, …) by their tokens."""
        if scheme not in self._schemes:
            inside = (term for term in self.terms.values() if KG + scheme in term.about.get("skos:inScheme", ()))
            self._schemes[scheme] = {term.token: term for term in inside}
        return self._schemes[scheme]


@per_version
def vocabulary(store: Store) -> Vocabulary:
    """Read the ontology from the dataset."""
    terms: dict[str, Term] = {}
    for row in store.select(_TERMS):
        iri, value = row["term"], row["value"]
        if isinstance(iri, NamedNode):
            _take(terms.setdefault(iri.value, Term(iri.value)), row["property"].value, value)
    return Vocabulary(terms)


def _take(term: Term, key: str, value: object) -> None:
    name = shorten_iri(key)
    if isinstance(value, Literal) and value.language:
        texts = {"rdfs:label": term.labels, "skos:definition": term.definitions, "skos:example": term.examples}.get(
            name
        )
        if texts is not None:
            texts[language(value.language)] = value.value
            return
    if isinstance(value, (Literal, NamedNode)):
        term.about[name].append(value.value)


def language(tag: str) -> str:
    """Return "zh" for every tag of Chinese, else the tag's first part."""
    return tag.lower().split("-")[0]
