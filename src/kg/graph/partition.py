"""A graph in parts that can be checked one by one: what articles share, and the articles in groups.

Every part is closed: whatever one of its facts leads to stands in it as well, but for the relations between things,
which stand beside the statements that state them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from kg.graph.terms import term

SIZE = 60_000  # triples of articles in one part: a quarter of a gigabyte in rdflib

_STRUCTURE = {term(name) for name in ("rdfs:subClassOf", "skos:inScheme", "owl:disjointWith")}
_WHOLE = {term("skos:ConceptScheme"), term("void:Dataset")}
_SUBJECT, _PREDICATE = term("kg:subject"), term("kg:predicate")
_ENDS = (term("kg:object"), term("kg:value"))


class Partition:
    """The triples of a graph by their subject, and the subjects by the article they belong to ("": none)."""

    def __init__(self, triples: Iterable[Triple], base_iri: str) -> None:
        self._space = f"{base_iri}id/"
        self._about: dict[object, list[Triple]] = defaultdict(list)
        self._nodes: dict[str, list[object]] = defaultdict(list)
        for triple in triples:
            if triple.subject not in self._about:
                self._nodes[self._article(triple.subject)].append(triple.subject)
            self._about[triple.subject].append(triple)
        shared = [t for node in self._nodes[""] for t in self._about[node]]
        self._relations = {
            t.subject for t in shared if t.predicate == term("skos:inScheme") and t.object == term("kg:relations")
        }
        self._structure = {t for t in shared if t.predicate in _STRUCTURE}
        whole = {t.subject for t in shared if t.object in _WHOLE}
        self._naming: dict[object, Triple] = {}
        for t in (t for told in self._about.values() for t in told if t.predicate == _SUBJECT):
            known = self._naming.get(t.object)
            if known is None or str(t.subject) < str(known.subject):
                self._naming[t.object] = t
        self._structure |= self._reached(whole, articles=False)

    def _article(self, node: object) -> str:
        value = node.value if isinstance(node, NamedNode) else ""
        prefix = f"{self._space}article/"
        return value[len(prefix) :].partition("/")[0] if value.startswith(prefix) else ""

    def count(self, size: int = SIZE) -> int:
        """Return how many parts `parts` yields."""
        return 1 + sum(1 for _ in self._groups(size))

    def parts(self, size: int = SIZE) -> Iterator[set[Triple]]:
        """Yield what articles share, then the articles in groups of about `size` triples."""
        yield self._shared()
        for group in self._groups(size):
            yield self._closed(group)

    def _groups(self, size: int) -> Iterator[list[object]]:
        group: list[object] = []
        count = 0
        for article in sorted(name for name in self._nodes if name):
            group += self._nodes[article]
            count += sum(len(self._about[node]) for node in self._nodes[article])
            if count >= size:
                yield group
                group, count = [], 0
        if group:
            yield group

    def _shared(self) -> set[Triple]:
        """All that belongs to no article, but the relations that an article's statement states."""
        elsewhere = {self._stated(node) for name in self._nodes if name for node in self._nodes[name]}
        here = {self._stated(node) for node in self._nodes[""]}
        shared = {t for node in self._nodes[""] for t in self._about[node] if t in here or t not in elsewhere}
        named = {t for told in self._about.values() for t in told if t.predicate == _SUBJECT}
        return shared | named

    def _stated(self, node: object) -> Triple | None:
        """Return the plain relation that a statement states, where it stands in the graph."""
        values = {t.predicate: t.object for t in self._about[node]}
        subject, predicate = values.get(_SUBJECT), values.get(_PREDICATE)
        end = next((values[name] for name in _ENDS if name in values), None)
        if end is None or not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
            return None
        triple = Triple(subject, predicate, end)
        return triple if triple in self._about[subject] else None

    def _closed(self, nodes: Iterable[object]) -> set[Triple]:
        """Return all that nodes lead to within the graph's own addresses, and the structure of the vocabulary."""
        return self._structure | self._reached(nodes, articles=True)

    def _reached(self, nodes: Iterable[object], *, articles: bool) -> set[Triple]:
        made: set[Triple] = set()
        seen = set(nodes)
        todo = list(seen)
        while todo:
            node = todo.pop()
            told = [t for t in self._about[node] if t.predicate not in self._relations]
            stated = self._stated(node)
            made.update(told if stated is None else [*told, stated])
            ends = {t.object for t in told if t.object not in seen and self._own(t.object)}
            ends = ends if articles else {end for end in ends if not self._article(end)}
            seen |= ends
            todo += ends
        if articles:  # a fact of another article may lead to things that are named there only
            made |= {self._naming[node] for node in seen if node in self._naming}
        return made

    def _own(self, node: object) -> bool:
        return isinstance(node, NamedNode) and node.value.startswith(self._space) and node in self._about
