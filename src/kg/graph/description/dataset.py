"""The description of the dataset: DCAT 3, VoID with its partitions, and where a build came from.

Every time in it is given by the inputs, so that the same inputs describe themselves in the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg import __version__
from kg.facts import ArticleHead
from kg.graph.description.catalogue import LICENCE, View, write_catalogue
from kg.graph.description.tally import Numbers, Tally
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.slugs import short_hash
from kg.graph.rdf.terms import ONTOLOGY, PREFIXES, term
from kg.graph.rdf.triples import Triples, text, typed

_TITLE = (("zh-Hans", "地方政府文章知识图谱"), ("en", "Knowledge graph of local-government articles"))
_ABOUT = (
    ("zh-Hans", "从地方政府文章中读出的行政区域、企业、项目、计划、措施和数字，每一条都附有原文依据。"),
    ("en", "Districts, enterprises, projects, programmes, measures and figures read from local-government articles."),
)
_RIGHTS = (
    ("zh-Hans", "事实以 CC BY 4.0 发布；文章正文和引文的权利属于报社，不在许可之内。"),
    ("en", "The facts are CC BY 4.0; the articles' text and quotations belong to the newspapers and are not licensed."),
)
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Input:
    """A file that went into a build: its kind (correction, ontology, rule …), name and SHA-256."""

    kind: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a dataset was made of, and the views that were derived from it."""

    articles: tuple[ArticleHead, ...]
    inputs: tuple[Input, ...]
    views: tuple[View, ...] = ()


def describe(
    triples: Triples,
    *,
    base_iri: str,
    articles: Iterable[ArticleHead],
    inputs: Iterable[Input],
    views: Iterable[View] = (),
) -> Triples:
    """Return the description of a graph in memory; see `describe_counted`."""
    tally = Tally(f"{base_iri}id/")
    tally.count(sorted(triples.lines()))
    contents = Contents(tuple(articles), tuple(inputs), tuple(views))
    return describe_counted(tally, triples.__contains__, contents, base_iri=base_iri)


def describe_counted(
    tally: Tally,
    holds: Callable[[Triple], bool],
    contents: Contents,
    *,
    base_iri: str,
) -> Triples:
    """Return the description of a graph, counted with the description in it (VoID 4).

    Args:
        tally: the graph, counted.
        holds: tells whether a triple stands in it.
        contents: what it was made of.
        base_iri: what the addresses of its things begin with.
    """
    iris = Iris(base_iri)
    head = _head(iris, contents.articles, contents.inputs)
    for place in tally.places:
        head.add(iris.dataset(), "dcterms:spatial", NamedNode(place))
    write_catalogue(head, iris, contents.views)
    described = Triples(head)
    for _ in range(_ROUNDS):
        before = set(described)
        described = _counted(head, tally.with_(t for t in described if not holds(t)), iris)
        if set(described) == before:
            break
    return described


def _head(iris: Iris, heads: tuple[ArticleHead, ...], files: tuple[Input, ...]) -> Triples:
    made, node = Triples(), iris.dataset()
    add = made.add
    for kind in ("dcat:Dataset", "void:Dataset", "prov:Entity"):
        add(node, "rdf:type", term(kind))
    for language, title in _TITLE:
        add(node, "rdfs:label", text(title, language))
        add(node, "dcterms:title", text(title, language))
    for predicate, told in (("dcterms:description", _ABOUT), ("dcterms:rights", _RIGHTS)):
        for language, words in told:
            add(node, predicate, text(words, language))
    add(node, "dcterms:license", LICENCE)
    add(node, "dcterms:language", text("zh-Hans"))
    dates = [head.published for head in heads if head.published]
    add(node, "dcterms:modified", typed(max(dates, default=None), "xsd:date"))
    add(node, "dcterms:conformsTo", NamedNode(ONTOLOGY))
    add(node, "void:sparqlEndpoint", NamedNode(f"{iris.base}sparql"))
    add(node, "dcat:landingPage", NamedNode(iris.base))
    add(node, "void:uriSpace", text(f"{iris.base}id/"))
    for namespace in sorted(PREFIXES.values()):
        add(node, "void:vocabulary", NamedNode(namespace))
    _write_build(made, node, iris, heads, files)
    return made


def _write_build(
    made: Triples, node: NamedNode, iris: Iris, heads: tuple[ArticleHead, ...], files: tuple[Input, ...]
) -> None:
    add, build = made.add, iris.thing("build")
    software = iris.thing(f"software/{__version__}")
    add(node, "prov:wasGeneratedBy", build)
    add(build, "rdf:type", term("kg:Build"))
    add(build, "rdfs:label", text("构建", "zh-Hans"))
    add(build, "rdfs:label", text("build", "en"))
    add(build, "prov:wasAssociatedWith", software)
    add(software, "rdf:type", term("prov:SoftwareAgent"))
    add(software, "rdfs:label", text(f"district-kg {__version__}", "en"))
    add(software, "schema:softwareVersion", text(__version__))
    for head in heads:
        add(build, "prov:used", iris.article(head.id))
    for file in files:
        used = iris.thing(f"input/{file.kind}/{short_hash(file.kind, file.name)}")
        add(build, "prov:used", used)
        add(used, "rdf:type", term("kg:InputFile"))
        add(used, "rdfs:label", text(f"{file.kind}: {file.name}", "en"))
        add(used, "schema:sha256", text(file.sha256))


def _counted(head: Triples, counts: Numbers, iris: Iris) -> Triples:
    made, node = Triples(head), iris.dataset()
    add = made.add
    add(node, "void:triples", typed(counts.triples, "xsd:integer"))
    add(node, "void:entities", typed(counts.entities, "xsd:integer"))
    add(node, "void:distinctSubjects", typed(counts.subjects, "xsd:integer"))
    add(node, "void:distinctObjects", typed(counts.objects, "xsd:integer"))
    add(node, "void:classes", typed(len(counts.classes), "xsd:integer"))
    add(node, "void:properties", typed(len(counts.properties), "xsd:integer"))
    for kind, numbers in (("class", counts.classes), ("property", counts.properties)):
        count = "void:entities" if kind == "class" else "void:triples"
        for value, number in numbers.items():
            part = iris.thing(f"dataset/{kind}/{short_hash(value)}")
            add(node, f"void:{kind}Partition", part)
            add(part, f"void:{kind}", NamedNode(value))
            add(part, count, typed(number, "xsd:integer"))
    return made
