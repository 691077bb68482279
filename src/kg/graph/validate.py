"""SHACL over a graph, by pySHACL: what does not conform, where, and why, in zh and en."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
        told = {code.lower(): words for code, words in self.messages}
        return told.get(language.lower()) or next(iter(told.values()), self.shape)


def check(triples: Iterable[Triple], file: Path, *, only: Collection[str] | None = None) -> list[Violation]:
    """Return what does not conform to the shapes file, sorted; nothing where the graph conforms.

    Args:
        triples: the graph.
        file: the shapes.
        only: the IRIs of the shapes whose targets are checked; None for all.

    Raises:
        OntologyError: a shape is malformed.
    """
    from pyparsing import ParseBaseException  # noqa: PLC0415
    from pyshacl import validate  # noqa: PLC0415 – half a second that only a build pays
    from pyshacl.errors import ReportableRuntimeError  # noqa: PLC0415

    try:
        _, report, _ = validate(to_rdflib(triples), shacl_graph=_aimed(file, only), inference="none")
    except (ParseBaseException, ReportableRuntimeError) as error:
        raise OntologyError(f"The shapes of {file.name} cannot be used: {error}.") from None
    if isinstance(report, Exception):
        raise OntologyError(f"The shapes of {file.name} cannot be used: {report}.")
    return _violations(report, _shapes(file))


def shapes(path: Path) -> tuple[Triple, ...]:
    """Return the triples of a shapes file as SHACL reads them, blank nodes and all."""
    return ontology.parsed(path)


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
    return to_rdflib(shapes(path))


def warm(file: Path) -> None:
    """Load what `check` needs, so that its first call is as fast as the others."""
    import pyshacl  # noqa: F401, PLC0415

    _shapes(file)


def _aimed(file: Path, only: Collection[str] | None) -> rdflib.Graph:
    """Return the shapes, the targets of those left out taken away."""
    if only is None:
        return _shapes(file)
    targets = {f"{_SH}{name}" for name in ("targetClass", "targetSubjectsOf", "targetNode", "targetObjectsOf")}
    kept = (t for t in shapes(file) if t.predicate.value not in targets or getattr(t.subject, "value", "") in only)
    return to_rdflib(kept)


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


def _violations(report: rdflib.Graph, told: rdflib.Graph) -> list[Violation]:
    from rdflib import RDF, URIRef  # noqa: PLC0415 – see `check`

    inner = set(report.objects(None, URIRef(f"{_SH}detail")))
    results = set(report.subjects(RDF.type, URIRef(f"{_SH}ValidationResult"))) - inner
    return sorted(_violation(report, told, result) for result in results)


def _violation(report: rdflib.Graph, told: rdflib.Graph, result: Node) -> Violation:
    from rdflib import BNode, URIRef  # noqa: PLC0415 – see `check`

    def one(name: str) -> str:
        value = report.value(result, URIRef(_SH + name))
        return "" if value is None or isinstance(value, BNode) else str(value)

    source = report.value(result, URIRef(f"{_SH}sourceConstraint"))  # of a query, pySHACL reports but one message
    words = (
        told.objects(source, URIRef(f"{_SH}message"))
        if source
        else report.objects(result, URIRef(f"{_SH}resultMessage"))
    )
    messages = sorted((getattr(word, "language", None) or "", str(word)) for word in words)
    return Violation(
        focus=one("focusNode"),
        path=one("resultPath"),
        value=one("value"),
        shape=one("sourceShape"),
        severity=one("resultSeverity").removeprefix(_SH),
        messages=tuple(messages),
    )
