"""The statistics view: the observations of a graph as well-formed RDF Data Cubes, for a named graph of their own.

W3C Recommendation "The RDF Data Cube Vocabulary", 16 January 2014; the structure stands in `ontology/views/cube.ttl`.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kg.errors import OntologyError
from kg.graph.description.catalogue import View
from kg.graph.rdf import ontology
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.triples import Triples


def name(base_iri: str) -> NamedNode:
    """Return the name of the graph that the view is published in."""
    return Iris(base_iri).thing("graph/cube")


def described(base_iri: str, triples: int) -> View:
    """Return how the description of the dataset lists the view."""
    return View(
        name=name(base_iri),
        titles=(("zh-Hans", "统计视图"), ("en", "statistics view")),
        about=(
            ("zh-Hans", "以 RDF 数据立方体表示的全部数字，供统计工具读取；每个数字都指回数据集中的观测值。"),
            ("en", "All figures as RDF Data Cubes, for tools of statistics; each points back to its observation."),
        ),
        conforms_to=NamedNode("https://www.w3.org/TR/vocab-data-cube/"),
        triples=triples,
    )


def cube(store: Store, views: Path) -> Triples:
    """Derive the cubes of a graph, with their structure, from `cube.ttl` and `cube.rq` of a folder.

    The structure is added to the store, which holds the graph, or a part of it: the cubes of a graph are those of its
    parts together, where each holds all that its observations lead to (`kg.graph.checks.partition`) and the ontology.

    Raises:
        OntologyError: one of the two files is broken; the message names it.
    """
    structure = ontology.read(views / "cube.ttl")
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in structure)
    try:
        points = store.query((views / "cube.rq").read_text("utf-8"))
    except SyntaxError as error:
        raise OntologyError(f"The view cube.rq is no SPARQL: {error}.") from None
    if not isinstance(points, QueryTriples):
        raise OntologyError("The view cube.rq must be a CONSTRUCT query.")
    made = Triples(structure)
    made.update(points)
    return made
