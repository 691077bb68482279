"""Relations as triples: the plain triple to query, and the statement node that carries the evidence."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.facts import Entity, Relation
from kg.graph.populate.context import Context
from kg.graph.rdf.slugs import short_hash
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import typed


def write_relations(ctx: Context, relations: Iterable[Relation], entities: Iterable[Entity]) -> None:
    """Write every relation twice: plain, and as a `kg:Statement`; a place in a place is `schema:containedInPlace`.

    A relation that the same words state twice is written once; nothing is related to itself.
    """
    seen: set[NamedNode] = set()
    places = {entity.id for entity in entities if entity.type == "District"}
    for relation in relations:
        subject, value = ctx.things[relation.subject], ctx.things[relation.object]
        nested = relation.predicate == "locatedIn" and {relation.subject, relation.object} <= places
        predicate = "schema:containedInPlace" if nested else f"kg:{relation.predicate}"
        item = ctx.things[relation.item] if relation.item else None
        node = ctx.node("statement", _name(relation, ctx.iris.base, (subject, value, item)))
        if node in seen or subject == value:
            continue
        seen.add(node)
        ctx.triples.add(subject, predicate, value)
        origin = relation.origin if relation.asserted or relation.origin != "stated" else "inferred"
        ctx.fact(node, "Statement", relation, origin)
        write_ends(ctx, node, subject, predicate, value)
        ctx.triples.add(node, "kg:item", item)
        ctx.triples.add(node, "kg:asserted", typed(str(relation.asserted).lower(), "xsd:boolean"))
        ctx.quoted(node, (relation.evidence,), relation.context)


def write_ends(ctx: Context, node: NamedNode, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
    """Write the subject, predicate and object (or literal value) of a statement."""
    ctx.triples.add(node, "kg:subject", subject)
    ctx.triples.add(node, "kg:predicate", term(predicate))
    ctx.triples.add(node, "kg:value" if isinstance(value, Literal) else "kg:object", value)


def _name(relation: Relation, base: str, ends: tuple[NamedNode | None, ...]) -> str:
    told = [end.value.removeprefix(base) if end else "" for end in ends]
    place = f"{relation.evidence.start}-{relation.evidence.end}"
    return short_hash(relation.predicate, *told, place, length=12)
