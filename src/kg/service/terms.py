"""The names of terms: labels for many IRIs at once, and completion of this graph's classes, properties and things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.service.binding import write_term
from kg.service.prefixes import HEADER, shorten_iri
from kg.service.search import index
from kg.service.versions import per_version
from kg.service.vocabulary import language, vocabulary
from kg.store import Store

KINDS = ("class", "property", "thing")
MOST_IRIS = 500
_LABELS = HEADER + "SELECT ?iri ?label WHERE { VALUES ?iri { %s } ?iri rdfs:label|skos:prefLabel|dcterms:title ?label }"
_USED = {
    "class": HEADER + "SELECT DISTINCT ?term WHERE { { ?term a owl:Class } UNION { ?thing a ?term } }",
    "property": HEADER
    + """SELECT DISTINCT ?term WHERE {
      { ?term a owl:ObjectProperty } UNION { ?term a owl:DatatypeProperty } UNION { ?thing ?term ?value }
    }""",
}


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A term that can be written into a query; `short` is its prefixed name or its IRI."""

    short: str
    iri: str
    labels: tuple[str, ...] = ()

    def rank(self, text: str) -> int | None:
        """Return how well the text fits, 0 best: IRIs and prefixed names, labels, parts of them; None: not at all."""
        local = self.short.rpartition(":")[2].casefold()
        written = (self.short.casefold(), self.iri.casefold())
        labels = [label.casefold() for label in self.labels]
        tests = (
            any(each.startswith(text) for each in written),
            local.startswith(text) or any(label.startswith(text) for label in labels),
            text in local or any(text in label for label in labels),
        )
        return next((rank for rank, fits in enumerate(tests) if fits), None)


def complete(store: Store, text: str, kind: str, *, limit: int = 30) -> list[Term]:
    """Return the terms of a kind (of `KINDS`) that begin with the text, then those that hold it, in any language."""
    if kind == "thing":
        return [Term(shorten_iri(hit.iri), hit.iri, (hit.label,)) for hit in index(store).names(text, most=limit)]
    wanted = text.strip().casefold()
    ranked = [(term.rank(wanted), term) for term in _terms(store)[kind]]
    return [term for rank, term in sorted((rank, term) for rank, term in ranked if rank is not None)[:limit]]


def labels(store: Store, iris: Iterable[str], lang: str) -> dict[str, str]:
    """Return the labels of those IRIs that have one, in "zh" or "en", else in another language (1 query a 500 IRIs)."""
    asked = list(_nodes(iris))
    found: dict[str, dict[str, str]] = {}
    for at in range(0, len(asked), MOST_IRIS):
        values = " ".join(write_term(node) for node in asked[at : at + MOST_IRIS])
        for row in store.select(_LABELS % values):
            label = row["label"]
            tag = language(label.language or "") if isinstance(label, Literal) else ""
            best = found.setdefault(row["iri"].value, {})
            best[tag] = min(label.value, best.get(tag, label.value))
    return {iri: _best(texts, lang) for iri, texts in found.items()}


def _nodes(iris: Iterable[str]) -> Iterator[NamedNode]:
    for iri in dict.fromkeys(iris):
        try:
            write_term(node := NamedNode(iri))
        except ValueError:
            continue
        yield node


def _best(texts: Mapping[str, str], lang: str) -> str:
    return next((texts[tag] for tag in (lang, "zh", "", "en") if tag in texts), min(texts.values()))


@per_version
def _terms(store: Store) -> dict[str, list[Term]]:
    return {kind: sorted(_named(store, query)) for kind, query in _USED.items()}


def _named(store: Store, query: str) -> Iterator[Term]:
    known = vocabulary(store).terms
    for row in store.select(query):
        if isinstance(row["term"], NamedNode):
            iri = row["term"].value
            texts = known[iri].labels.values() if iri in known else ()
            yield Term(shorten_iri(iri), iri, tuple(sorted(texts)))
