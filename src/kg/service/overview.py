"""The dataset at a glance: how many things of each type, facts, articles and places; and lists of things."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.service.binding import bind
from kg.service.describe import Link
from kg.service.prefixes import HEADER
from kg.service.versions import per_version
from kg.service.vocabulary import KG
from kg.store import Store

PAGE = 100
_TYPES = (
    HEADER
    + """SELECT ?type (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?type skos:inScheme kg:types . ?thing a ?type .
}
GROUP BY ?type"""
)
_FACTS = (
    HEADER
    + """SELECT ?kind (COUNT(?fact) AS ?facts) WHERE {
  VALUES ?kind { kg:Statement kg:Observation kg:Naming kg:UnreadNumber schema:NewsArticle }
  ?fact a ?kind .
}
GROUP BY ?kind"""
)
_THINGS = (
    HEADER
    + """SELECT ?thing ?label WHERE {
  ?thing a ?type ; rdfs:label ?label .
  FILTER(LANG(?label) != "en")
}
ORDER BY ?label ?thing
LIMIT ?_size OFFSET ?_skip"""
)


_PART = 20_000  # things in one part of the sitemap, which may hold 50,000 addresses
_EVERY = (
    HEADER
    + """SELECT DISTINCT ?thing WHERE {
  ?type skos:inScheme kg:types . ?thing a ?type .
}
ORDER BY ?thing
LIMIT ?_size OFFSET ?_skip"""
)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts by the type of thing and by the kind of fact; the keys are tokens."""

    things: dict[str, int]
    facts: dict[str, int]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show yet."""
        return not self.facts.get("NewsArticle") and not self.things


@per_version
def overview(store: Store) -> Overview:
    """Count the dataset (2 queries for each of its versions)."""
    things = {row["type"].value.removeprefix(KG): int(row["things"].value) for row in store.select(_TYPES)}
    facts = {_local(row["kind"].value): int(row["facts"].value) for row in store.select(_FACTS)}
    return Overview(dict(sorted(things.items())), facts)


def things(store: Store, kind: str, *, page: int = 1) -> list[Link]:
    """Return a page of the things of one type (a token), by name (1 query)."""
    text = _THINGS.replace("?_size", str(PAGE)).replace("?_skip", str(PAGE * (page - 1)))
    rows = store.select(bind(text, {"type": NamedNode(KG + kind)}))
    return [Link(row["thing"].value, row["label"].value) for row in rows]


def things_count(store: Store) -> int:
    """Return how many parts `things_page` gives, at least 1."""
    return max(1, -(-sum(overview(store).things.values()) // _PART))


def things_page(store: Store, *, page: int) -> list[str]:
    """Return the IRIs of a part of all things, 20,000 a part (1 query)."""
    text = _EVERY.replace("?_size", str(_PART)).replace("?_skip", str(_PART * (page - 1)))
    return [row["thing"].value for row in store.select(text)]


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
