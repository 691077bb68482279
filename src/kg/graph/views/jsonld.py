"""Quads as JSON-LD whose IRIs are shortened by prefixes, written node by node (JSON-LD 1.1, 4.1.5 Compact IRIs)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import IO, Any

import pyoxigraph as ox
from pyoxigraph import Quad, RdfFormat

_MANY = 2_000  # quads that are written at once


def write(quads: Iterable[Quad], prefixes: dict[str, str], out: IO[bytes]) -> None:
    """Write quads whose subjects stand together; quads of a named graph that follow one another stand in one object."""
    short = _shortener(prefixes)
    head = json.dumps({"@context": prefixes, "@graph": []}, ensure_ascii=False, indent=1).removesuffix("]\n}")
    out.write(head.encode())
    wrote = False
    for written in _graphs(quads, short):
        out.write(b",\n  " if wrote else b"\n  ")
        for part in written:
            out.write(part.encode())
        wrote = True
    out.write(b"\n ]\n}\n" if wrote else b"]\n}\n")


def _graphs(quads: Iterable[Quad], short: Callable[[str], str]) -> Iterator[Iterable[str]]:
    """Yield the parts of each object of the outermost list: a node, or a named graph with its nodes."""
    for graph, group in groupby(quads, lambda quad: quad.graph_name):
        nodes = _nodes(group, short)
        if isinstance(graph, ox.DefaultGraph):
            yield from ((_indented(node, 2),) for node in nodes)
        else:
            name = f"_:{graph.value}" if isinstance(graph, ox.BlankNode) else graph.value
            yield _named(short(name), nodes)


def _named(name: str, nodes: Iterator[Any]) -> Iterator[str]:
    yield f'{{\n   "@id": {json.dumps(name, ensure_ascii=False)},\n   "@graph": ['
    for place, node in enumerate(nodes):
        yield f"{',' if place else ''}\n    {_indented(node, 4)}"
    yield "\n   ]\n  }"


def _indented(node: Any, depth: int) -> str:
    return json.dumps(node, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def _nodes(quads: Iterable[Quad], short: Callable[[str], str]) -> Iterator[Any]:
    """Yield the node objects of quads of one graph, one for each subject, as the engine writes them, shortened."""
    for many in _parts(quads):
        written = ox.serialize((quad.triple for quad in many), format=RdfFormat.JSON_LD) or b"[]"
        yield from (_compacted(node, short) for node in json.loads(written))


def _parts(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Yield many quads at a time; those of one subject stay together."""
    part: list[Quad] = []
    for _, group in groupby(quads, lambda quad: quad.subject):
        part += group
        if len(part) >= _MANY:
            yield part
            part = []
    if part:
        yield part


def _shortener(prefixes: dict[str, str]) -> Callable[[str], str]:
    longest = sorted(prefixes.items(), key=lambda pair: -len(pair[1]))

    def short(iri: str) -> str:
        for prefix, namespace in longest:
            if iri.startswith(namespace) and not iri[len(namespace) :].startswith("//"):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    return short


def _compacted(value: Any, short: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_compacted(item, short) for item in value]
    if not isinstance(value, dict):
        return value
    return {(key if key.startswith("@") else short(key)): _named_by(key, item, short) for key, item in value.items()}


def _named_by(key: str, item: Any, short: Callable[[str], str]) -> Any:
    if key in {"@id", "@type"}:
        return [short(each) for each in item] if isinstance(item, list) else short(item)
    return _compacted(item, short)
