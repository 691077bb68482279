"""Descriptions in RDF: the formats that their addresses end in, and how triples are sent."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from flask import Response

from kg.service.prefixes import PREFIXES
from kg.store.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from kg.web.context import current

FORMATS: dict[str, Format] = {"ttl": TURTLE, "jsonld": JSON_LD, "nt": N_TRIPLES, "rdf": RDF_XML}
HTML = Format("html", "text/html", "html", "graph", TURTLE.engine, aliases=("application/xhtml+xml",))


def send(triples: Iterable[ox.Triple], syntax: Format) -> Response:
    """Send triples in one of the `FORMATS`, with the prefixes of the project where the format has any."""
    prefixes = None if syntax is N_TRIPLES else {**PREFIXES, "id": current().settings.base_iri + "id/"}
    body = ox.serialize(triples, format=syntax.engine, prefixes=prefixes)  # type: ignore[arg-type]
    return Response(body, content_type=syntax.content_type)
