"""The graph in the forms that people take away: Turtle, TriG, N-Quads, JSON-LD; see also GraphML and CSV tables."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox
from pyoxigraph import Quad, RdfFormat, Triple

from kg.errors import UsageError
from kg.facts import Facts
from kg.graph.places.places import load_places
from kg.graph.populate.populate import Source, populate
from kg.graph.rdf import ontology
from kg.graph.rdf.terms import PREFIXES
from kg.graph.rdf.triples import Triples
from kg.graph.views import jsonld

FORMS = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}


def write(quads: Iterable[Quad] | Iterable[Triple], form: str, *, base_iri: str) -> bytes:
    """Return quads in a form of `FORMS`: sorted, with the graph's prefixes, the same bytes for the same quads.

    Turtle holds the default graph only.
    """
    out = io.BytesIO()
    write_ordered(sorted((_quad(each) for each in quads), key=str), form, out, base_iri=base_iri)
    return out.getvalue()


def write_ordered(quads: Iterable[Quad], form: str, out: IO[bytes], *, base_iri: str) -> None:
    """Write quads that are sorted, as lines or as they are written, in a form of `FORMS`; none of them is held."""
    if form == "nquads":
        out.writelines(f"{quad} .\n".encode() for quad in quads)
        return
    prefixes = {**PREFIXES, "id": f"{base_iri}id/"}
    if form == "jsonld":
        jsonld.write(quads, prefixes, out)
        return
    if form == "turtle":
        quads = (quad for quad in quads if quad.graph_name == ox.DefaultGraph())
    ox.serialize(quads, out, format=FORMS[form], prefixes=prefixes)


def _quad(each: Quad | Triple) -> Quad:
    return each if isinstance(each, Quad) else Quad(each.subject, each.predicate, each.object)


def read(nquads: bytes | IO[bytes]) -> Iterator[Quad]:
    """Read N-Quads, as a store exports them, one after the other: all of them would be many times as large."""
    return ox.parse(nquads, format=RdfFormat.N_QUADS)


def as_nquads(data: bytes, extension: str) -> bytes:
    """Return RDF of another form, told by a file's extension (ttl, trig, nq, nt, jsonld …), as N-Quads.

    Raises:
        UsageError: the extension is of no RDF syntax, or the data is not in it.
    """
    form = RdfFormat.from_extension(extension)
    if form is None:
        raise UsageError(f"A file of the kind .{extension} holds no RDF: use .nq, .nt, .ttl, .trig, .rdf or .jsonld.")
    try:
        return ox.serialize(ox.parse(data, format=form), format=RdfFormat.N_QUADS) or b""
    except SyntaxError as error:
        raise UsageError(f"line {error.lineno}: {error.msg}.") from None


def of_facts(facts: Facts, text: str, *, base_iri: str, ontology_folder: Path, reference: Path) -> Triples:
    """Return the triples of one article's facts alone: no ontology, no rules, no registered addresses."""
    known = ontology.load(ontology_folder)
    places = load_places(reference)
    return populate([Source(text, facts)], base_iri=base_iri, places=places, ontology=known).triples
