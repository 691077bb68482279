"""The canned queries in RDF: each a `sh:SPARQLSelectExecutable` (SHACL-AF 5) with its typed `sh:Parameter`s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.service.binding import XSD
from kg.service.canned import CannedQuery
from kg.service.parameters import Parameter
from kg.service.prefixes import PREFIXES

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_DATATYPES = {"string": "string", "number": "decimal"}


def executables(queries: Iterable[CannedQuery], base_iri: str) -> list[Triple]:
    """Describe canned queries as `{base}queries/NAME`; their text is that of the file."""
    return sorted((triple for query in queries for triple in _query(query, base_iri)), key=str)


def _query(query: CannedQuery, base_iri: str) -> Iterator[Triple]:
    node = NamedNode(f"{base_iri}queries/{query.name}")
    yield Triple(node, _RDF_TYPE, _term("sh:SPARQLExecutable"))
    yield Triple(node, _RDF_TYPE, _term("sh:SPARQLSelectExecutable"))
    yield Triple(node, _term("sh:select"), Literal(query.query))
    yield Triple(node, _term("rdfs:label"), Literal(query.summary, language="en"))
    yield Triple(node, _term("rdfs:label"), Literal(query.summary_zh, language="zh-hans"))
    yield Triple(node, _term("rdfs:comment"), Literal(query.description, language="en"))
    yield Triple(node, _term("rdfs:comment"), Literal(query.description_zh, language="zh-hans"))
    for tag in query.tags:
        yield Triple(node, _term("dcat:keyword"), Literal(tag, language="en"))
    for order, parameter in enumerate(query.parameters):
        part = NamedNode(f"{node.value}#{parameter.name}")
        yield Triple(node, _term("sh:parameter"), part)
        yield from _parameter(part, parameter, order)


def _parameter(node: NamedNode, parameter: Parameter, order: int) -> Iterator[Triple]:
    yield Triple(node, _RDF_TYPE, _term("sh:Parameter"))
    yield Triple(node, _term("sh:path"), node)
    yield Triple(node, _term("sh:name"), Literal(parameter.label, language="en"))
    yield Triple(node, _term("sh:name"), Literal(parameter.label_zh, language="zh-hans"))
    yield Triple(node, _term("sh:order"), _typed(str(order), "integer"))
    yield Triple(node, _term("sh:optional"), _typed(str(parameter.slot.optional).lower(), "boolean"))
    if parameter.kind == "iri":
        yield Triple(node, _term("sh:nodeKind"), _term("sh:IRI"))
    else:
        datatype = _DATATYPES.get(parameter.kind, parameter.kind)
        yield Triple(node, _term("sh:datatype"), NamedNode(XSD + datatype))
    if parameter.default is not None:
        yield Triple(node, _term("sh:defaultValue"), parameter.term(parameter.default))


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))
