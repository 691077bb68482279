"""Facts → triples, over all articles together: identity first, then each article, then labels and places.

Deterministic: the same facts and registered addresses give the same triples, in whatever order the articles come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from kg.facts import Facts
from kg.graph import figures, statements, things
from kg.graph.concepts import Concepts
from kg.graph.context import Context
from kg.graph.curation import write_corrections, write_redirects
from kg.graph.districts import district_codes, own_district
from kg.graph.geography import Geography
from kg.graph.identity import Identifier, Identities
from kg.graph.iris import Iris
from kg.graph.labels import Labels
from kg.graph.places import Places
from kg.graph.register import Register
from kg.graph.triples import Triples
from kg.reading.curate import Correction


@dataclass(frozen=True, slots=True)
class Source:
    """One article with its text and what was read from it (corrections applied)."""

    text: str
    facts: Facts
    corrections: tuple[Correction, ...] = ()


@dataclass(slots=True)
class Populated:
    """The triples of all articles, those of each one, and the addresses that are new."""

    triples: Triples = field(default_factory=Triples)
    minted: tuple[Identifier, ...] = ()


def populate(
    sources: Iterable[Source],
    *,
    base_iri: str,
    places: Places,
    ontology: Iterable[Triple],
    register: Register | None = None,
) -> Populated:
    """Write the triples of the articles; `ontology` gives the known units and indicators."""
    iris, labels, result = Iris(base_iri), Labels(), Populated()
    concepts = Concepts.load(iris, ontology)
    register = register or Register()
    identities = Identities.load(places, register.identifiers, register.target)
    located: dict[NamedNode, str] = {}
    for source in sorted(sources, key=lambda s: (str(s.facts.article.published or "9999"), s.facts.article.id)):
        codes = district_codes(source.facts, places)
        own = own_district(source.facts, codes)
        paths = identities.resolve(source.facts, codes.get(own.id, "") if own else "", codes)
        nodes = {entity: iris.thing(path) for entity, path in paths.items()}
        located |= {nodes[entity]: code for entity, code in codes.items()}
        labels.add(source.facts.entities, nodes)
        result.triples.update(_article(source, iris, nodes, concepts, nodes[own.id] if own else None))
    Geography(result.triples, iris, places).write(located, identities, labels)
    labels.write(result.triples)
    result.triples.update(concepts.minted)
    write_redirects(result.triples, register, iris)
    result.minted = tuple(sorted(identities.minted, key=lambda identifier: identifier.path))
    return result


def _article(
    source: Source, iris: Iris, nodes: dict[str, NamedNode], concepts: Concepts, own: NamedNode | None
) -> Triples:
    facts = source.facts
    ctx = Context(iris, facts.article, source.text, facts.sections, nodes, concepts)
    things.write_article(ctx)
    ctx.triples.add(ctx.article, "schema:contentLocation", own)
    things.write_sections(ctx)
    things.write_entities(ctx, facts.entities)
    write_corrections(ctx, source.corrections)
    statements.write_relations(ctx, facts.relations, facts.entities)
    figures.write_observations(ctx, facts.observations)
    figures.write_unread(ctx, facts.unread)
    return ctx.triples
