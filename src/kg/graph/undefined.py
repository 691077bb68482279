"""Faults of an ontology that still parses: a term that nothing defines, a prefix that means something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from kg.errors import OntologyError
from kg.graph import ontology
from kg.graph.terms import KG, PREFIXES, SHAPES, term

_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+(\w*):\s*<([^>]*)>", re.IGNORECASE)
_KG_NAME = re.compile(r"(?<![\w-])kg:([A-Za-z][\w-]*)")


def require_defined(folder: Path) -> None:
    """Refuse an ontology folder whose files, rules or views name what nothing defines.

    Raises:
        OntologyError: names file, line and term.
    """
    files = [*ontology.files(folder), *sorted((folder / "views").glob("*.ttl"))]
    queries = [path for part in ("rules", "views") for path in sorted((folder / part).glob("*.rq"))]
    triples = {path: ontology.read(path) for path in files}
    defined = {t.subject for told in triples.values() for t in told}
    for path in [*files, *queries]:
        _require_prefixes(path)
    for path, told in triples.items():
        for node in _named(told):
            if node not in defined:
                raise OntologyError(f"{_place(path, node)}: nothing defines the term {_short(node)}.")
    for path in queries:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for name in _KG_NAME.findall(line):
                if NamedNode(KG + name) not in defined:
                    raise OntologyError(f"{path.name}, line {number}: nothing defines the term kg:{name}.")


def _named(triples: Iterable[Triple]) -> Iterator[NamedNode]:
    """Yield the terms of our own namespaces that are used, and every class that a shape targets."""
    built_in = (PREFIXES["sh"], PREFIXES["owl"])
    for triple in triples:
        spaces = ("",) if triple.predicate == term("sh:targetClass") else (KG, SHAPES)
        for node in (triple.predicate, triple.object):
            value = node.value if isinstance(node, NamedNode) else ""
            if isinstance(node, NamedNode) and value.startswith(spaces) and not value.startswith(built_in):
                yield node


def _require_prefixes(path: Path) -> None:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        found = _PREFIX.match(line)
        if found and PREFIXES.get(found[1], found[2]) != found[2]:
            meant = PREFIXES[found[1]]
            raise OntologyError(
                f"{path.name}, line {number}: the prefix {found[1]}: must mean {meant}, not {found[2]}."
            )


def _short(node: NamedNode) -> str:
    for prefix, namespace in PREFIXES.items():
        if node.value.startswith(namespace):
            return f"{prefix}:{node.value[len(namespace) :]}"
    return node.value


def _place(path: Path, node: NamedNode) -> str:
    name = re.compile(rf":{re.escape(_short(node).partition(':')[2])}(?![\w-])")
    lines = path.read_text("utf-8").splitlines()
    number = next((n for n, line in enumerate(lines, start=1) if name.search(line)), None)
    return path.name if number is None else f"{path.name}, line {number}"
