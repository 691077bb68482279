"""Breaks every kind of triple of a graph: one kind is a class of subjects with a predicate."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph_drafts import BASE
from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples

NOWHERE = NamedNode(f"{BASE}id/nowhere")
NONSENSE = Literal("nonsense")


@dataclass(frozen=True)
class Mutant:
    """A graph with one triple broken; `how` is dropped (where every node of the class has one) or of another kind."""

    class_name: str
    predicate: str
    how: str
    graph: Triples

    @property
    def name(self) -> str:
        return f"{self.how} {self.class_name} {self.predicate}"


def mutants(graph: Triples, *, seed: int, number: int | None = None) -> Iterator[Mutant]:
    """Yield one mutant of each kind of triple and way to break it, or `number` of them drawn by `seed`."""
    chosen = random.Random(seed)  # noqa: S311 – a seeded draw, no secret
    kinds = sorted(_kinds(graph))
    for class_name, predicate, how in kinds if number is None else chosen.sample(kinds, number):
        held = [t for t in _of(graph, class_name) if t.predicate.value == predicate]
        broken = chosen.choice(held)
        left = Triples(t for t in graph if t != broken)
        if how == "dropped":
            left = Triples(t for t in left if (t.subject, t.predicate) != (broken.subject, broken.predicate))
        else:
            left.update([Triple(broken.subject, broken.predicate, _other(broken.object))])
        yield Mutant(class_name, predicate, how, left)


def _other(value: object) -> NamedNode | Literal:
    return NOWHERE if isinstance(value, Literal) else NONSENSE


def _of(graph: Triples, class_name: str) -> list[Triple]:
    members = {t.subject for t in graph if t.predicate == term("rdf:type") and t.object.value == class_name}
    return sorted((t for t in graph if t.subject in members and t.subject.value.startswith(BASE + "id/")), key=str)


def _kinds(graph: Triples) -> Iterator[tuple[str, str, str]]:
    members = defaultdict(set)
    having = defaultdict(set)
    for t in graph:
        if t.predicate == term("rdf:type") and t.subject.value.startswith(BASE + "id/"):
            members[t.object.value].add(t.subject)
    for t in graph:
        having[t.predicate.value].add(t.subject)
    for class_name, nodes in members.items():
        for predicate, subjects in having.items():
            if nodes & subjects and predicate != term("rdf:type").value:
                yield class_name, predicate, "of another kind"
                if nodes <= subjects:
                    yield class_name, predicate, "dropped"
