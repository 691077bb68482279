"""SHACL over a graph, by pySHACL: what does not conform, where, and why, in zh and en."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import OntologyError, ValidationError
from kg.graph import ontology

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result of a validation report; `messages` by language."""

    focus: str
    path: str
    value: str
    shape: str
    severity: str
    messages: tuple[tuple[str, str], ...]

    def message(self, language: str = "en") -> str:
        """Return the message in a language, else any."""
        told = dict(self.messages)
        return told.get(language) or next(iter(told.values()), self.shape)


def check(triples: Iterable[Triple], shapes: Path) -> list[Violation]:
    """Return what does not conform to the shapes file, sorted; nothing where the graph conforms.

    Raises:
        OntologyError: a shape is malformed.
    """
    from pyshacl import validate  # noqa: PLC0415 – half a second that only a build pays

    _, report, _ = validate(
        to_rdflib(triples), shacl_graph=_shapes(shapes), inference="none", advanced=False, meta_shacl=False
    )
    if isinstance(report, Exception):
        raise OntologyError(f"The shapes of {shapes.name} cannot be used: {report}.")
    return _violations(report)


def require(violations: list[Violation]) -> None:
    """Refuse a graph that does not conform.

    Raises:
        ValidationError: names the first violations and counts the rest.
    """
    if not violations:
        return
    told = "; ".join(f"{v.focus}: {v.message()}" for v in violations[:5])
    more = f" … and {len(violations) - 5} more" if len(violations) > 5 else ""
    raise ValidationError(f"The graph does not conform to the shapes ({len(violations)} results): {told}{more}")


@cache
def _shapes(path: Path) -> rdflib.Graph:
    return to_rdflib(ontology.parsed(path))


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """Copy triples into a graph of rdflib."""
    import rdflib  # noqa: PLC0415 – see `check`

    graph, known = rdflib.Graph(bind_namespaces="none"), _Terms()
    add = graph.store.add  # Graph.add checks every term again
    for t in triples:
        add((known(t.subject), known(t.predicate), known(t.object)), graph)
    return graph


class _Terms:
    """Each pyoxigraph term as one rdflib term."""

    def __init__(self) -> None:
        self._known: dict[object, Node] = {}

    def __call__(self, value: object) -> Node:
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = _term(value)
        return found


def _term(value: object) -> Node:
    from rdflib import BNode, URIRef  # noqa: PLC0415 – see `check`
    from rdflib import Literal as Text  # noqa: PLC0415

    if isinstance(value, NamedNode):
        return URIRef(value.value)
    if isinstance(value, BlankNode):
        return BNode(value.value)
    if not isinstance(value, Literal):
        raise ValidationError(f"A term of the graph is no IRI and no literal: {value}.")
    if value.language:
        return Text(value.value, lang=value.language)
    plain = value.datatype.value.endswith("#string")
    return Text(value.value, datatype=URIRef(value.datatype.value), normalize=False) if not plain else Text(value.value)


def _violations(report: rdflib.Graph) -> list[Violation]:
    from rdflib import RDF, URIRef  # noqa: PLC0415 – see `check`

    found = []
    for result in report.subjects(RDF.type, URIRef(f"{_SH}ValidationResult")):

        def one(name: str, result: Node = result) -> str:
            return str(report.value(result, URIRef(_SH + name)) or "")

        messages = sorted((m.language or "", str(m)) for m in report.objects(result, URIRef(f"{_SH}resultMessage")))  # type: ignore[attr-defined]
        found.append(
            Violation(
                focus=one("focusNode"),
                path=one("resultPath"),
                value=one("value"),
                shape=one("sourceShape"),
                severity=one("resultSeverity").removeprefix(_SH),
                messages=tuple(messages),
            )
        )
    return sorted(found)
