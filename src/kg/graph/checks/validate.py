"""SHACL over a graph, by pySHACL: what does not conform, where, and why, in zh and en."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from kg.errors import OntologyError, ValidationError
from kg.graph.rdf import ontology
from kg.graph.rdf.terms import term

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = {term(f"sh:{name}") for name in ("targetClass", "targetSubjectsOf", "targetNode", "targetObjectsOf")}


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


def check(triples: Iterable[Triple], file: Path) -> list[Violation]:
    """Return what does not conform to the shapes file, sorted; nothing where the graph conforms.

    Raises:
        OntologyError: a shape is malformed.
    """
    from pyparsing import ParseBaseException  # noqa: PLC0415
    from pyshacl import validate  # noqa: PLC0415 – half a second that only a build pays
    from pyshacl.errors import ReportableRuntimeError  # noqa: PLC0415

    from kg.graph.checks.copies import queried  # noqa: PLC0415

    try:
        _, report, _ = validate(queried(triples), shacl_graph=_spread(file), inference="none")
    except (ParseBaseException, ReportableRuntimeError, SyntaxError) as error:
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
    from kg.graph.checks.copies import to_rdflib  # noqa: PLC0415 – see `check`

    return to_rdflib(shapes(path))


@cache
def _spread(path: Path) -> rdflib.Graph:
    """Return the shapes, each property shape aimed at the targets of its node shape instead of hanging on it.

    That is the same by SHACL 2.1.3 and 2.3, where both kinds of shapes have targets; but pySHACL checks a shape with
    targets for all its nodes at once, and one that hangs on another for one node after the other, ten times as slowly.
    """
    from kg.graph.checks.copies import to_rdflib  # noqa: PLC0415 – see `check`

    held = shapes(path)
    off = {t.subject for t in held if t.predicate == term("sh:deactivated")}
    aims: dict[object, list[Triple]] = defaultdict(list)
    for t in held:
        if t.predicate in _TARGETS and t.subject not in off:
            aims[t.subject].append(t)
    made = [t for t in held if t.predicate != term("sh:property") or t.subject not in aims]
    for t in held:
        if t.predicate == term("sh:property") and not isinstance(t.object, Literal):
            made += [Triple(t.object, aim.predicate, aim.object) for aim in aims.get(t.subject, ())]
    return to_rdflib(made)


def warm(file: Path) -> None:
    """Load what `check` needs, so that its first call is as fast as the others."""
    import pyshacl  # noqa: F401, PLC0415

    _shapes(file)
    _spread(file)


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
