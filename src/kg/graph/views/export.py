"""The graph in the forms that people take away: Turtle, TriG, N-Quads, JSON-LD; see also GraphML and CSV tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyoxigraph import Quad, RdfFormat, Triple

from kg.errors import UsageError
from kg.facts import Facts
from kg.graph.places.places import load_places
from kg.graph.populate.populate import Source, populate
from kg.graph.rdf import ontology
from kg.graph.rdf.terms import PREFIXES
from kg.graph.rdf.triples import Triples

FORMS = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}


def write(quads: Iterable[Quad] | Iterable[Triple], form: str, *, base_iri: str) -> bytes:
    """Write quads in a form of `FORMS`: sorted, with the graph's prefixes, the same bytes for the same quads.

    Turtle holds the default graph only.
    """
    ordered = sorted((_quad(each) for each in quads), key=str)
    if form == "nquads":
        return "".join(f"{quad} .\n" for quad in ordered).encode()
    if form == "turtle":
        ordered = [quad for quad in ordered if quad.graph_name == ox.DefaultGraph()]
    prefixes = {**PREFIXES, "id": f"{base_iri}id/"}
    out = ox.serialize(ordered, format=FORMS[form], prefixes=prefixes) or b""
    return _compacted(out, prefixes) if form == "jsonld" else out


def _quad(each: Quad | Triple) -> Quad:
    return each if isinstance(each, Quad) else Quad(each.subject, each.predicate, each.object)


def read(nquads: bytes) -> Iterator[Quad]:
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


def _compacted(expanded: bytes, prefixes: dict[str, str]) -> bytes:
    """Shorten the IRIs of expanded JSON-LD by prefixes (JSON-LD 1.1, 4.1.5 Compact IRIs)."""
    longest = sorted(prefixes.items(), key=lambda pair: -len(pair[1]))

    def short(iri: str) -> str:
        for prefix, namespace in longest:
            if iri.startswith(namespace) and not iri[len(namespace) :].startswith("//"):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {(key if key.startswith("@") else short(key)): _value(key, item) for key, item in value.items()}

    def _value(key: str, item: Any) -> Any:
        if key in {"@id", "@type"}:
            return [short(each) for each in item] if isinstance(item, list) else short(item)
        return walk(item)

    graph = walk(json.loads(expanded))
    whole = {"@context": prefixes, "@graph": graph}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
