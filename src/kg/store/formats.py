"""The formats that results and graphs are written and read in, each under its media type.

SPARQL 1.1 Query Results JSON, XML, CSV and TSV; RDF 1.1 Turtle, N-Triples, TriG, N-Quads, RDF/XML, JSON-LD 1.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

Kind = Literal["solutions", "graph"]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer; `extension` has no dot, `aliases` are media types that mean the same."""

    name: str
    media_type: str
    extension: str
    kind: Kind
    engine: ox.QueryResultsFormat | ox.RdfFormat
    aliases: tuple[str, ...] = ()
    quads: bool = False

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header; every text is UTF-8 (RFC 7111 and RFC 6657 want it said)."""
        return f"{self.media_type}; charset=utf-8"


JSON = Format(
    "json",
    "application/sparql-results+json",
    "srj",
    "solutions",
    ox.QueryResultsFormat.JSON,
    aliases=("application/json",),
)
XML = Format(
    "xml",
    "application/sparql-results+xml",
    "srx",
    "solutions",
    ox.QueryResultsFormat.XML,
    aliases=("application/xml", "text/xml"),
)
CSV = Format("csv", "text/csv", "csv", "solutions", ox.QueryResultsFormat.CSV)
TSV = Format("tsv", "text/tab-separated-values", "tsv", "solutions", ox.QueryResultsFormat.TSV)
TURTLE = Format("turtle", "text/turtle", "ttl", "graph", ox.RdfFormat.TURTLE, aliases=("application/x-turtle",))
N_TRIPLES = Format("ntriples", "application/n-triples", "nt", "graph", ox.RdfFormat.N_TRIPLES, aliases=("text/plain",))
RDF_XML = Format(
    "rdfxml",
    "application/rdf+xml",
    "rdf",
    "graph",
    ox.RdfFormat.RDF_XML,
    aliases=("application/xml", "text/xml"),
)
JSON_LD = Format(
    "jsonld",
    "application/ld+json",
    "jsonld",
    "graph",
    ox.RdfFormat.JSON_LD,
    aliases=("application/json",),
    quads=True,
)
TRIG = Format("trig", "application/trig", "trig", "graph", ox.RdfFormat.TRIG, quads=True)
N_QUADS = Format("nquads", "application/n-quads", "nq", "graph", ox.RdfFormat.N_QUADS, quads=True)

SOLUTIONS = (JSON, XML, CSV, TSV)
GRAPHS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS)
ALL = SOLUTIONS + GRAPHS
BY_NAME = {each.name: each for each in ALL}


def graph_format(media_type: str) -> Format | None:
    """Return the format of a graph that is uploaded under `media_type` (without parameters), None if unknown."""
    wanted = media_type.strip().lower()
    for each in GRAPHS:
        if wanted == each.media_type or wanted in each.aliases:
            return each
    return None
