"""Faults of an ontology that still parses: an undefined term, a prefix of another meaning, a shape without target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import OntologyError
from kg.graph.rdf import ontology
from kg.graph.rdf.terms import KG, PREFIXES, SHAPES, term

_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+(\w*):\s*<([^>]*)>", re.IGNORECASE)
_TARGETS = {term(f"sh:{name}") for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf")}
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
        _require_declared_prefixes(path, told)
    _require_targets(triples)
    for path in queries:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for name in _KG_NAME.findall(line):
                if NamedNode(KG + name) not in defined:
                    raise OntologyError(f"{path.name}, line {number}: nothing defines the term kg:{name}.")


def _named(triples: Iterable[Triple]) -> Iterator[NamedNode]:
    """Yield the terms of our own namespaces that are used, and every class that a shape targets."""
    built_in = (PREFIXES["sh"], PREFIXES["owl"])
    for triple in triples:
        spaces = ("",) if triple.predicate in _TARGETS else (KG, SHAPES)
        for node in (triple.predicate, triple.object):
            value = node.value if isinstance(node, NamedNode) else ""
            if isinstance(node, NamedNode) and value.startswith(spaces) and not value.startswith(built_in):
                yield node


def _require_targets(triples: Mapping[Path, Iterable[Triple]]) -> None:
    """Refuse a shape that checks nothing: it has no target, is no class, and no other shape asks for it."""
    every = [triple for told in triples.values() for triple in told]
    aimed = {t.subject for t in every if t.predicate in _TARGETS}
    aimed |= {t.subject for t in every if t.predicate == term("rdf:type") and t.object == term("owl:Class")}
    aimed |= {t.object for t in every if isinstance(t.object, NamedNode)}
    for path, told in triples.items():
        for t in told:
            shape = t.predicate == term("rdf:type") and t.object == term("sh:NodeShape")
            if shape and t.subject not in aimed and isinstance(t.subject, NamedNode):
                raise OntologyError(f"{_place(path, t.subject)}: the shape {_short(t.subject)} targets nothing.")


def _require_declared_prefixes(path: Path, told: Iterable[Triple]) -> None:
    """Refuse prefixes for the shapes' queries (SHACL 5.2.1, sh:declare) that mean something else than elsewhere."""
    names = {t.subject: t.object for t in told if t.predicate == term("sh:prefix")}
    for t in told:
        name = names.get(t.subject) if t.predicate == term("sh:namespace") else None
        if isinstance(name, Literal) and isinstance(t.object, Literal):
            meant = PREFIXES.get(name.value, t.object.value)
            if meant != t.object.value:
                place = _line(path, re.compile(re.escape(t.object.value)))
                raise OntologyError(f"{place}: the prefix {name.value}: must mean {meant}, not {t.object.value}.")


def _require_prefixes(path: Path) -> None:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        found = _PREFIX.match(line)
        if found and PREFIXES.get(found[1], found[2]) != found[2]:
            meant = PREFIXES[found[1]]
            raise OntologyError(
                f"{path.name}, line {number}: the prefix {found[1]}: must mean {meant}, not {found[2]}."
            )


def _short(node: NamedNode) -> str:
    for prefix, namespace in (*PREFIXES.items(), ("kgsh", SHAPES)):
        if node.value.startswith(namespace):
            return f"{prefix}:{node.value[len(namespace) :]}"
    return node.value


def _place(path: Path, node: NamedNode) -> str:
    return _line(path, re.compile(rf":{re.escape(_short(node).partition(':')[2])}(?![\w-])"))


def _line(path: Path, wanted: re.Pattern[str]) -> str:
    """Return the file's name, with the first line that matches."""
    lines = path.read_text("utf-8").splitlines()
    number = next((n for n, line in enumerate(lines, start=1) if wanted.search(line)), None)
    return path.name if number is None else f"{path.name}, line {number}"
