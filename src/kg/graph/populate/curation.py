"""Corrections and merged addresses as triples."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph.identity.register import Register
from kg.graph.populate.context import Context
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples, text, typed
from kg.reading.curate import Correction


def write_corrections(ctx: Context, corrections: Iterable[Correction]) -> None:
    """Write each correction with the words it rests on, its reason, its curator and its date."""
    add = ctx.triples.add
    for correction in corrections:
        node = ctx.correction(correction.name)
        add(node, "rdf:type", term("kg:Correction"))
        add(node, "dcterms:identifier", text(correction.name))
        add(node, "dcterms:description", text(correction.reason))
        add(node, "dcterms:creator", text(correction.curator))
        add(node, "dcterms:date", typed(correction.date, "xsd:date"))
        add(node, "prov:used", ctx.article)
        add(node, "prov:wasQuotedFrom", ctx.quote(correction.span(ctx.body)))


def write_redirects(triples: Triples, register: Register, iris: Iris) -> None:
    """Write where the address of a merged thing leads."""
    target = register.targets()
    for old, _ in register.redirects:
        triples.add(iris.thing(old), "dcterms:isReplacedBy", iris.thing(target(old)))
