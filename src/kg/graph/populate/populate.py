"""Facts → triples, over all articles together: identity first, then each article, then labels and places.

Deterministic: the same facts and registered addresses give the same triples, in whatever order the articles come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from kg.facts import ArticleHead, Facts
from kg.graph.identity.identity import Identifier, Identities
from kg.graph.identity.register import Register
from kg.graph.places.districts import district_codes, own_district
from kg.graph.places.places import Places
from kg.graph.populate import figures, statements, things
from kg.graph.populate.concepts import Concepts
from kg.graph.populate.context import Context
from kg.graph.populate.curation import write_corrections, write_redirects
from kg.graph.populate.geography import Geography
from kg.graph.populate.labels import Labels
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.triples import Flowing, Triples
from kg.reading.curate import Correction


@dataclass(frozen=True, slots=True)
class Source:
    """One article with its text and what was read from it (corrections applied)."""

    text: str
    facts: Facts
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known before any article is: the reference table of places, units and indicators, addresses published.

    `base_iri` is what the addresses of the things begin with; `ontology` gives the units and indicators.
    """

    base_iri: str
    places: Places
    ontology: Sequence[Triple]
    register: Register


@dataclass(slots=True)
class Populated:
    """The triples of all articles, and the addresses that are new."""

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
    """Return the triples of articles that are held in memory; see `populate_into`."""
    result = Populated()
    ordered = sorted(sources, key=lambda source: order(source.facts.article))
    ground = Ground(base_iri, places, tuple(ontology), register or Register())
    result.minted = populate_into(result.triples.update, ordered, ground)
    return result


def order(head: ArticleHead) -> tuple[str, str]:
    """Return what articles are sorted by: the day of publication, an unknown one last, and the id."""
    return str(head.published or "9999"), head.id


def populate_into(
    into: Callable[[Triples], None],
    sources: Iterable[Source],
    ground: Ground,
) -> tuple[Identifier, ...]:
    """Write the triples of the articles, and return the addresses that are new.

    Args:
        into: called with the triples of each article, then with those of all together.
        sources: in the order of `order`, which addresses and labels hang on; one is held at a time.
        ground: what is known before any article is.
    """
    iris, labels, places, register = Iris(ground.base_iri), Labels(), ground.places, ground.register
    concepts = Concepts.load(iris, ground.ontology)
    identities = Identities.load(places, register.identifiers, register.targets())
    located: dict[NamedNode, str] = {}
    for source in sources:
        codes = district_codes(source.facts, places)
        own = own_district(source.facts, codes)
        paths = identities.resolve(source.facts, codes.get(own.id, "") if own else "", codes)
        nodes = {entity: iris.thing(path) for entity, path in paths.items()}
        located |= {nodes[entity]: code for entity, code in codes.items()}
        labels.add(source.facts.entities, nodes)
        into(_article(source, iris, nodes, concepts, nodes[own.id] if own else None))
    shared = Flowing(into)
    Geography(shared, iris, places).write(located, identities, labels)
    labels.write(shared)
    shared.update(concepts.minted)
    write_redirects(shared, register, iris)
    shared.flow()
    return tuple(sorted(identities.minted, key=lambda identifier: identifier.path))


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
