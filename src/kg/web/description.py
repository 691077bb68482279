"""The service description (SPARQL 1.1 Service Description): what the endpoint takes, gives and holds.

The named graphs are those that are there at the moment, at most `MOST` of them: the derived views of a build, which the
dataset's description tells of, and those of clients.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from kg.service.negotiation import choose
from kg.store.formats import GRAPHS, SOLUTIONS
from kg.store.remote import BUILD
from kg.web.context import current

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FORMATS = "http://www.w3.org/ns/formats/"
_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
MOST = 1000
_GRAPHS_OF_OURS = f"SELECT ?g {{ GRAPH ?g {{ }} }} ORDER BY ?g LIMIT {MOST}"
_GRAPHS_ELSEWHERE = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{BUILD}>) }} ORDER BY ?g LIMIT {MOST}"
_SELF = "urn:x-district-kg:endpoint"
_DATASET = ox.BlankNode("dataset")
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nquads": "N-Quads",
}


def describe_service() -> Response:
    """Answer with the description; the endpoint is named relative to the request, so that no host is made up."""
    chosen = choose(request.headers.get("Accept"), GRAPHS)
    if chosen is None:
        raise NotAcceptable("The description comes as " + ", ".join(each.media_type for each in GRAPHS) + ".")
    syntax, label = chosen
    body = ox.serialize([*_triples(), *_named_graphs()], format=syntax.engine, prefixes={"sd": _SD}) or b""  # type: ignore[arg-type]
    endpoint = f"{current().settings.base_iri}sparql" if syntax.name in {"ntriples", "nquads"} else ""
    response = Response(body.replace(_SELF.encode(), endpoint.encode()), content_type=f"{label}; charset=utf-8")
    response.vary.add("Accept")
    return response


def _triples() -> list[ox.Triple]:
    service, dataset, default = ox.BlankNode("service"), _DATASET, ox.BlankNode("default")
    formats = [
        _triple(service, _SD + "resultFormat", ox.NamedNode(_FORMATS + _FORMAT_NAMES[each.name]))
        for each in SOLUTIONS + GRAPHS
    ]
    inputs = [
        _triple(service, _SD + "inputFormat", ox.NamedNode(_FORMATS + _FORMAT_NAMES[each.name]))
        for each in GRAPHS
        if each.name not in {"trig", "nquads"}
    ]
    return [
        _triple(service, _RDF + "type", ox.NamedNode(_SD + "Service")),
        _triple(service, _SD + "endpoint", ox.NamedNode(_SELF)),
        _triple(service, _SD + "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query")),
        _triple(service, _SD + "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Update")),
        *formats,
        *inputs,
        *(_triple(service, _SD + "feature", ox.NamedNode(_SD + name)) for name in _features()),
        _triple(service, _SD + "defaultEntailmentRegime", ox.NamedNode(_SIMPLE)),
        _triple(service, _SD + "defaultDataset", dataset),
        _triple(dataset, _RDF + "type", ox.NamedNode(_SD + "Dataset")),
        _triple(dataset, _SD + "defaultGraph", default),
        _triple(default, _RDF + "type", ox.NamedNode(_SD + "Graph")),
    ]


def _features() -> list[str]:
    """Return the features of §3.2.10 that hold: an empty graph is kept; SERVICE is answered where hosts are listed."""
    here = current()
    return ["EmptyGraphs"] * here.store.versioned + ["BasicFederatedQuery"] * (here.fetcher is not None)


def _named_graphs() -> Iterator[ox.Triple]:
    store = current().store
    asked = _GRAPHS_OF_OURS if store.versioned else _GRAPHS_ELSEWHERE
    for number, row in enumerate(store.select(asked)):
        named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield _triple(_DATASET, _SD + "namedGraph", named)
        yield _triple(named, _RDF + "type", ox.NamedNode(_SD + "NamedGraph"))
        yield ox.Triple(named, ox.NamedNode(_SD + "name"), row["g"])
        yield _triple(named, _SD + "graph", graph)
        yield _triple(graph, _RDF + "type", ox.NamedNode(_SD + "Graph"))


def _triple(subject: ox.BlankNode, predicate: str, value: ox.NamedNode | ox.BlankNode) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)
