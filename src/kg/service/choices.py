"""The values that a form offers for a parameter, taken from the data."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from kg.service.canned import CannedQuery
from kg.service.describe import Link
from kg.service.prefixes import HEADER
from kg.service.search import index
from kg.service.versions import per_version
from kg.store import Store

MOST = 500
_CHOICES = (
    HEADER
    + """SELECT DISTINCT ?value ?label WHERE {
  { SELECT DISTINCT ?value WHERE { ?_pattern } }
  OPTIONAL { ?value rdfs:label ?label FILTER(LANG(?label) != "en") }
}
ORDER BY ?label ?value
LIMIT ?_most"""
)


@per_version
def _kept(_store: Store) -> dict[str, tuple[Link, ...]]:
    return {}


def choices(store: Store, query: CannedQuery) -> dict[str, tuple[Link, ...]]:
    """Return the values for each parameter that takes them from the data, at most 500 each.

    One query a parameter, asked again only when the dataset has changed.
    """
    kept = _kept(store)
    found = {}
    for parameter in query.parameters:
        if parameter.choices:
            if parameter.choices not in kept:
                kept[parameter.choices] = _read(store, parameter.choices)
            found[parameter.name] = kept[parameter.choices]
    return found


def resolve(store: Store, query: CannedQuery, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values with IRIs for names: an IRI may be given as the name that only one thing bears."""
    found = dict(values)
    for parameter in query.parameters:
        name = values.get(parameter.name, "")
        if parameter.kind == "iri" and name and ":" not in name:
            called = {hit.iri for hit in index(store).names(name) if hit.label == name}
            if len(called) == 1:
                found[parameter.name] = called.pop()
    return found


def _read(store: Store, pattern: str) -> tuple[Link, ...]:
    text = _CHOICES.replace("?_pattern", pattern).replace("?_most", str(MOST))
    links: dict[str, Link] = {}
    for row in store.select(text):
        value = row["value"].value
        label = row["label"].value if "label" in row else ("" if isinstance(row["value"], NamedNode) else value)
        links.setdefault(value, Link(value, label or value))
    return tuple(links.values())
