"""How often the terms of the ontology are used in the dataset, and the terms that its statistics view adds."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg.service.binding import bind
from kg.service.prefixes import HEADER
from kg.service.versions import per_version
from kg.service.vocabulary import language
from kg.store import Store

_PARTITIONS = (
    HEADER
    + """SELECT ?term ?uses WHERE {
  ?dataset a void:Dataset ; void:classPartition|void:propertyPartition ?part .
  ?part void:class|void:property ?term ; void:entities|void:triples ?uses .
}"""
)
_CONCEPTS = (
    HEADER
    + """SELECT ?term (COUNT(?fact) AS ?uses) WHERE {
  VALUES ?property { kg:indicator kg:unit kg:status kg:comparator kg:origin kg:confidence }
  ?fact ?property ?term .
} GROUP BY ?term"""
)
_STRUCTURE = (
    HEADER
    + """PREFIX qb: <http://purl.org/linked-data/cube#>
CONSTRUCT { ?term ?property ?value } WHERE {
  ?dataset dcterms:hasPart ?view . ?view a kg:View .
  GRAPH ?view {
    ?term a ?kind ; ?property ?value .
    FILTER (STRSTARTS(STR(?kind), "http://purl.org/linked-data/cube#"))
    FILTER (?kind NOT IN (qb:Observation, qb:DataSet) && STRSTARTS(STR(?term), STR(kg:)))
  }
}"""
)


@dataclass(frozen=True, slots=True)
class ViewTerm:
    """A component or a structure of the statistics view, with its label and definition by language."""

    iri: str
    labels: dict[str, str]
    definitions: dict[str, str]


@per_version
def uses(store: Store) -> dict[str, int]:
    """Return how many members each class has, triples each property, and facts each indicator, unit, status …."""
    counts: dict[str, int] = {}
    for query in (_PARTITIONS, _CONCEPTS):
        for row in store.select(query):
            if isinstance(row["term"], NamedNode) and isinstance(row["uses"], Literal):
                counts[row["term"].value] = counts.get(row["term"].value, 0) or int(row["uses"].value)
    return counts


@per_version
def structure(store: Store) -> list[Triple]:
    """Return the triples that define the terms of the statistics view."""
    return store.construct(bind(_STRUCTURE, {}))


def view_terms(store: Store) -> list[ViewTerm]:
    """Return the labelled terms of the statistics view, by address."""
    terms: dict[str, ViewTerm] = {}
    for triple in structure(store):
        name = triple.predicate.value.rpartition("#")[2]
        if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, Literal):
            continue
        if name in {"label", "definition"} and triple.object.language:
            term = terms.setdefault(triple.subject.value, ViewTerm(triple.subject.value, {}, {}))
            texts = term.labels if name == "label" else term.definitions
            texts[language(triple.object.language)] = triple.object.value
    return [terms[iri] for iri in sorted(terms)]
