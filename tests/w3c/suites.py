"""The W3C's SPARQL test suites, read from their own manifests."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from rdflib.collection import Collection

HERE = Path(__file__).resolve().parent
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = rdflib.RDFS
EVALUATION = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
UPDATES = {MF.UpdateEvaluationTest, UT.UpdateEvaluationTest}
GOOD = {MF.PositiveSyntaxTest, MF.PositiveSyntaxTest11, MF.PositiveUpdateSyntaxTest11}
BAD = {MF.NegativeSyntaxTest, MF.NegativeSyntaxTest11, MF.NegativeUpdateSyntaxTest11}


def root() -> Path | None:
    """Return the folder of the suites: KG_RDF_TESTS, else beside the checkout; None where neither is there."""
    given = os.environ.get("KG_RDF_TESTS")
    folder = Path(given) if given else HERE.parents[2] / "shared" / "rdf-tests"
    return folder if (folder / "sparql").is_dir() else None


@dataclass(frozen=True)
class Case:
    """One test: `data` are files of the default graph, `graphs` names and files of named graphs."""

    name: str
    kind: rdflib.URIRef
    query: Path
    base: str
    data: tuple[Path, ...] = ()
    graphs: tuple[tuple[str, Path], ...] = ()
    result: Path | None = None
    result_data: tuple[Path, ...] = ()
    result_graphs: tuple[tuple[str, Path], ...] = ()
    lax: bool = False


@cache
def _load(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle", publicID=path.as_uri())


def cases(manifest: str) -> list[Case]:
    """Return the tests of a manifest (a path below `sparql/`) and of those that it includes."""
    folder = root()
    return [] if folder is None else _cases(folder / "sparql" / manifest)


def _cases(path: Path) -> list[Case]:
    graph = _load(path)
    found = []
    for included in graph.objects(rdflib.URIRef(path.as_uri()), MF.include):
        for each in Collection(graph, included):
            found += _cases(_file(each))
    for entries in graph.objects(None, MF.entries):
        for each in Collection(graph, entries):
            case = _case(graph, each, path)
            if case is not None:
                found.append(case)
    return found


def _file(node: rdflib.term.Node | None) -> Path:
    return Path(rdflib.URIRef(str(node)).removeprefix("file://"))


def _case(graph: rdflib.Graph, node: rdflib.term.Node, path: Path) -> Case | None:
    kind = graph.value(node, rdflib.RDF.type)
    action, result = graph.value(node, MF.action), graph.value(node, MF.result)
    name = f"{path.parent.name}/{str(node).rsplit('#', 1)[-1]}"
    if kind in GOOD | BAD:
        return Case(name, kind, _file(action), _base(_file(action)))
    if kind in UPDATES:
        query = _file(graph.value(action, UT.request))
        return Case(
            name,
            kind,
            query,
            _base(query),
            data=tuple(_file(each) for each in graph.objects(action, UT.data)),
            graphs=_named(graph, action),
            result_data=tuple(_file(each) for each in graph.objects(result, UT.data)),
            result_graphs=_named(graph, result),
        )
    if kind not in EVALUATION or graph.value(action, rdflib.URIRef("http://www.w3.org/ns/entailment/")) is not None:
        return None
    query = _file(graph.value(action, QT.query))
    return Case(
        name,
        kind,
        query,
        _base(query),
        data=tuple(_file(each) for each in graph.objects(action, QT.data)),
        graphs=tuple((str(each), _file(each)) for each in graph.objects(action, QT.graphData)),
        result=_file(result),
        lax=graph.value(node, MF.resultCardinality) == MF.LaxCardinality,
    )


def _named(graph: rdflib.Graph, node: rdflib.term.Node | None) -> tuple[tuple[str, Path], ...]:
    return tuple(
        (str(graph.value(each, RDFS.label)), _file(graph.value(each, UT.graph)))
        for each in graph.objects(node, UT.graphData)
    )


def _base(path: Path) -> str:
    return path.as_uri()
