"""Observations, their periods, and the numbers left unread, as triples."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.facts import Observation, Span, UnreadNumber
from kg.graph.populate.context import Context
from kg.graph.populate.things import LANGUAGE
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import text, typed


def observation_nodes(ctx: Context, observations: Iterable[Observation]) -> dict[str, NamedNode]:
    """Name each observation by where its number stands; further readings of one number are counted from 2."""
    seen: Counter[str] = Counter()
    nodes = {}
    for observation in observations:
        place = f"{observation.number.start}-{observation.number.end}"
        seen[place] += 1
        nodes[observation.id] = ctx.node("observation", place if seen[place] == 1 else f"{place}.{seen[place]}")
    return nodes


def write_observations(ctx: Context, observations: tuple[Observation, ...]) -> None:
    """Write every observation with its bounds, unit, period, status and evidence."""
    nodes = observation_nodes(ctx, observations)
    for observation in observations:
        node = nodes[observation.id]
        ctx.fact(node, "Observation", observation, observation.origin)
        _write_value(ctx, node, observation)
        _write_links(ctx, node, observation, nodes)
        _write_period(ctx, node, observation)
        ctx.triples.add(node, "kg:number", ctx.quote(observation.number))
        ctx.quoted(node, (observation.evidence,), observation.context)


def _write_value(ctx: Context, node: NamedNode, observation: Observation) -> None:
    add = ctx.triples.add
    noun = observation.noun
    classifier = observation.unit.removesuffix(noun) if noun else observation.unit
    add(node, "rdfs:label", text(f"{observation.indicator} {observation.number.exact}", LANGUAGE))
    add(node, "kg:indicator", ctx.concept("indicator", observation.indicator))
    add(node, "kg:low", typed(observation.low, "xsd:decimal"))
    add(node, "kg:high", typed(observation.high, "xsd:decimal"))
    add(node, "kg:comparator", term(f"kg:{observation.comparator}"))
    add(node, "kg:unit", ctx.concept("unit", classifier or observation.unit))
    add(node, "kg:countedNoun", text(noun if classifier else None))
    add(node, "kg:per", text(observation.per))
    add(node, "kg:status", term(f"kg:{observation.status}"))


def _write_links(ctx: Context, node: NamedNode, observation: Observation, nodes: dict[str, NamedNode]) -> None:
    add = ctx.triples.add
    if observation.subject:
        add(node, "kg:subject", ctx.things[observation.subject])
    for participant in observation.participants:
        add(node, "kg:participant", ctx.things[participant])
    if observation.counts:
        add(node, "kg:counts", ctx.things[observation.counts])
    if observation.part_of:
        add(node, "kg:partOfObservation", nodes[observation.part_of])


def _write_period(ctx: Context, node: NamedNode, observation: Observation) -> None:
    begins, ends = observation.period_start, observation.period_end
    ctx.triples.add(node, "kg:periodText", text(observation.period))
    if begins is None and ends is None:
        return
    add = ctx.triples.add
    name = f"{begins or ''}--{ends or ''}"
    interval = ctx.iris.thing(f"period/{name}")
    add(node, "kg:period", interval)
    add(interval, "rdf:type", term("time:Interval"))
    add(interval, "rdfs:label", text(f"{begins or '..'}/{ends or '..'}"))
    add(interval, "time:hasBeginning", _instant(ctx, begins))
    add(interval, "time:hasEnd", _instant(ctx, ends))


def _instant(ctx: Context, day: dt.date | None) -> NamedNode | None:
    if day is None:
        return None
    node = ctx.iris.thing(f"instant/{day}")
    ctx.triples.add(node, "rdf:type", term("time:Instant"))
    ctx.triples.add(node, "time:inXSDDate", typed(day, "xsd:date"))
    return node


def write_unread(ctx: Context, unread: Iterable[UnreadNumber]) -> None:
    """Write each number that states no quantity, with the reason."""
    for number in {(n.start, n.end): n for n in unread}.values():
        node = ctx.node("unread", f"{number.start}-{number.end}")
        ctx.triples.add(node, "rdf:type", term("kg:UnreadNumber"))
        ctx.triples.add(node, "kg:reason", text(number.reason))
        ctx.triples.add(node, "kg:rule", text(number.rule or None))
        ctx.triples.add(node, "prov:wasGeneratedBy", ctx.reading)
        words = Span(start=number.start, end=number.end, exact=number.exact)
        ctx.triples.add(node, "prov:wasQuotedFrom", ctx.quote(words))
