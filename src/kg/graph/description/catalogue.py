"""How the dataset can be taken away (DCAT 3): its distributions, its SPARQL service, and the views derived from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.graph.rdf.iris import Iris
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples, text, typed

LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_PROTOCOL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
_KEYWORDS = (
    ("zh-Hans", ("地方政府", "企业", "项目", "政策措施", "统计数字")),
    ("en", ("local government", "enterprises", "projects", "policy measures", "figures")),
)


@dataclass(frozen=True, slots=True)
class View:
    """A derived view as the description lists it: the name of its graph, what it is called and holds, its triples."""

    name: NamedNode
    titles: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]
    conforms_to: NamedNode
    triples: int


def write_catalogue(made: Triples, iris: Iris, views: Iterable[View]) -> None:
    """Add keywords, distribution, service and views to the description of the dataset."""
    node, add = iris.dataset(), made.add
    for language, words in _KEYWORDS:
        for word in words:
            add(node, "dcat:keyword", text(word, language))
    _write_distribution(made, node, iris, "dataset", "default")
    service = iris.thing("service/sparql")
    add(service, "rdf:type", term("dcat:DataService"))
    add(service, "rdfs:label", text("SPARQL"))
    add(service, "dcterms:title", text("SPARQL"))
    add(service, "dcat:endpointURL", NamedNode(f"{iris.base}sparql"))
    add(service, "dcat:servesDataset", node)
    add(service, "dcterms:conformsTo", _PROTOCOL)
    for view in views:
        _write_view(made, node, iris, view)


def _write_view(made: Triples, dataset: NamedNode, iris: Iris, view: View) -> None:
    add = made.add
    add(dataset, "dcterms:hasPart", view.name)
    add(view.name, "rdf:type", term("kg:View"))
    for language, title in view.titles:
        add(view.name, "rdfs:label", text(title, language))
        add(view.name, "dcterms:title", text(title, language))
    for language, words in view.about:
        add(view.name, "dcterms:description", text(words, language))
    add(view.name, "dcterms:isPartOf", dataset)
    add(view.name, "prov:wasDerivedFrom", dataset)
    add(view.name, "dcterms:conformsTo", view.conforms_to)
    add(view.name, "dcterms:license", LICENCE)
    add(view.name, "void:triples", typed(view.triples, "xsd:integer"))
    kind = view.name.value.rpartition("/")[2]
    _write_distribution(made, view.name, iris, kind, f"graph={quote(view.name.value, safe='')}")


def _write_distribution(made: Triples, of: NamedNode, iris: Iris, name: str, asked: str) -> None:
    """Write where a graph is fetched: the Graph Store Protocol, in the syntax that the client likes best."""
    node, add = iris.thing(f"distribution/{name}"), made.add
    add(of, "dcat:distribution", node)
    add(node, "rdf:type", term("dcat:Distribution"))
    add(node, "rdfs:label", text("RDF"))
    add(node, "dcterms:title", text("RDF"))
    add(node, "dcat:accessURL", NamedNode(f"{iris.base}graph-store?{asked}"))
    add(node, "dcterms:license", LICENCE)
