"""The graph as GraphML: things are nodes, relations are edges; for Gephi, yEd, Cytoscape, NetworkX."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from pyoxigraph import Quad, Triple

from kg.graph.views.tables_csv import tables

_NODE = ("type", "label", "altLabels", "placeCode")
_EDGE = ("relation", "item", "asserted", "origin", "article", "quote", "start", "end")


def graphml(triples: Iterable[Triple] | Iterable[Quad]) -> bytes:
    """Write the things and relations of a graph (GraphML Primer, http://graphml.graphdrawing.org)."""
    made = tables(triples)
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            ET.SubElement(root, "key", {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": "string"})
    graph = ET.SubElement(root, "graph", id="G", edgedefault="directed")
    things = {row["thing"]: row for row in _rows(made["things.csv"])}
    for iri, row in things.items():
        _write(ET.SubElement(graph, "node", id=iri), "node", _NODE, row)
    for number, row in enumerate(_rows(made["relations.csv"]), start=1):
        if row["object"] in things:
            edge = ET.SubElement(graph, "edge", id=f"e{number}", source=row["subject"], target=row["object"])
            _write(edge, "edge", _EDGE, row)
    ET.indent(root, " ")
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n").encode()


def _rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode(), newline="")))


def _write(element: ET.Element, kind: str, names: tuple[str, ...], row: dict[str, str]) -> None:
    for name in names:
        if row.get(name):
            ET.SubElement(element, "data", key=f"{kind}-{name}").text = row[name]
