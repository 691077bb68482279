"""The namespaces of the graph; the terms themselves stand in `ontology/`, which is the word on them."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode

KG = "https://w3id.org/district-kg/ontology#"
SHAPES = "https://w3id.org/district-kg/shapes#"
ONTOLOGY = "https://w3id.org/district-kg/ontology"

PREFIXES = {
    "kg": KG,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def term(name: str) -> NamedNode:
    """Return the node of a prefixed name, such as kg:develops.

    Raises:
        KeyError: the prefix is not of `PREFIXES`.
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)
