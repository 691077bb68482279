"""The suites of requests and responses: the protocol, the Graph Store Protocol."""

import re
from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib.collection import Collection
from suites import MF, RDFS, UT, root

HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")


@dataclass(frozen=True)
class Exchange:
    """One request, and what the suite wants to come back; `statuses` are patterns such as 2.. or 201."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    boolean: bool | None
    format: str | None
    location: str | None
    content: tuple[str, str] | None


@dataclass(frozen=True)
class Conversation:
    """One test: its requests in order, and the graphs (name, file) that are there before."""

    name: str
    exchanges: tuple[Exchange, ...]
    graphs: tuple[tuple[str, Path], ...] = ()


_PHRASES = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


def conversations(manifest: str) -> list[Conversation]:
    """Return the tests of a manifest below `sparql/`."""
    folder = root()
    if folder is None:
        return []
    path = folder / "sparql" / manifest
    graph = rdflib.Graph().parse(path, format="turtle", publicID=path.as_uri())
    found = []
    for entries in graph.objects(None, MF.entries):
        for node in Collection(graph, entries):
            requests = graph.value(graph.value(node, MF.action), HT.requests)
            exchanges = tuple(_exchange(graph, each) for each in Collection(graph, requests))
            name = f"{path.parent.name}/{str(node).rsplit('#', 1)[-1]}"
            found.append(Conversation(name, exchanges, _graphs(graph, node)))
    return found


def _graphs(graph: rdflib.Graph, node: rdflib.term.Node) -> tuple[tuple[str, Path], ...]:
    return tuple(
        (str(graph.value(each, RDFS.label)), Path(str(graph.value(each, UT.graph)).removeprefix("file://")))
        for each in graph.objects(node, UT.graphData)
    )


def _exchange(graph: rdflib.Graph, node: rdflib.term.Node) -> Exchange:
    response = graph.value(node, HT.resp)
    expected = graph.value(response, HT.body)
    headers = _headers(graph, response)
    return Exchange(
        method=_text(graph, node, HT.methodName),
        path=_text(graph, node, HT.absolutePath),
        headers=_headers(graph, node),
        body=_body(graph, graph.value(node, HT.body), _headers(graph, node)),
        statuses=tuple(_status(str(each)) for each in graph.objects(response, MF.expectedStatus)),
        boolean={"true": True, "false": False}.get(_text(graph, response, MF.expectedBoolean)),
        format=_text(graph, response, MF.expectedFormat),
        location=_text(graph, response, MF.expectedLocation),
        content=(headers.get("content-type", ""), _text(graph, expected, CNT.chars)) if expected is not None else None,
    )


def _text(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.term.Node) -> str | None:
    value = graph.value(subject, predicate)
    return None if value is None else str(value)


def _headers(graph: rdflib.Graph, node: rdflib.term.Node) -> dict[str, str]:
    listed = graph.value(node, HT.headers)
    if listed is None:
        return {}
    return {str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue)) for h in Collection(graph, listed)}


def _body(graph: rdflib.Graph, node: rdflib.term.Node | None, headers: dict[str, str]) -> bytes | None:
    if node is None:
        return None
    chars, encoding = str(graph.value(node, CNT.chars)), str(graph.value(node, CNT.characterEncoding) or "UTF-8")
    if headers.get("content-type", "").startswith("multipart"):
        chars = re.sub(r"\r?\n[ \t]*", "\r\n", chars.strip()) + "\r\n"
    return chars.encode(encoding)


def _status(name: str) -> str:
    phrase = name.rsplit("#", 1)[-1]
    return _PHRASES.get(phrase) or phrase.removeprefix("StatusCode").replace("xx", "..")
