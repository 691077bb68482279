"""Which articles are at fault where a graph does not conform, and the sentence that says why each is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.iris import Iris
from kg.graph.populate import Source
from kg.graph.terms import term
from kg.graph.validate import Violation

_WORDS = (term("prov:wasQuotedFrom"), term("oa:hasSelector"), term("oa:exact"))


def at_fault(
    violations: Iterable[Violation], triples: Iterable[Triple], sources: Sequence[Source], *, base_iri: str
) -> dict[str, str]:
    """Return the articles without which the graph may conform, by id, each with the sentence that says why.

    A violation is put down to the article whose fact it meets; where it meets a thing, to the latest of the articles
    that name the thing. It is nobody's where it meets neither, or where the article was corrected by a person: his
    work is not left out in silence. Where a violation is nobody's, no article is returned.
    """
    held, places = tuple(triples), _Places(base_iri, sources)
    namings = places.namings(held)
    found: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        article = places.article(violation.focus) or places.article(violation.value)
        article = article or namings.get(violation.focus) or namings.get(violation.value, "")
        found[article].append(violation)
    if found.keys() & places.kept:
        return {}
    words = _words(held, {one.focus for many in found.values() for one in many})
    return {article: _sentence(many, words) for article, many in sorted(found.items())}


class _Places:
    """What belongs to which article; `kept` are those that may not be left out, and "", which is none."""

    def __init__(self, base_iri: str, sources: Sequence[Source]) -> None:
        self._prefix = Iris(base_iri).thing("article/").value
        heads = {source.facts.article.id: source.facts.article for source in sources}
        self._order = {name: (str(head.published or "9999"), name) for name, head in heads.items()}
        self.kept = {"", *(source.facts.article.id for source in sources if source.corrections)}

    def article(self, node: str) -> str:
        """Return the id of the article that a node belongs to, "" where it belongs to none."""
        name = unquote(node[len(self._prefix) :].partition("/")[0]) if node.startswith(self._prefix) else ""
        return name if name in self._order else ""

    def namings(self, triples: Iterable[Triple]) -> dict[str, str]:
        """Return for each thing the latest article that names it."""
        latest: dict[str, str] = {}
        for t in triples:
            if t.predicate == term("kg:subject") and isinstance(t.subject, NamedNode):
                name, thing = self.article(t.subject.value), getattr(t.object, "value", "")
                if name and (thing not in latest or self._order[latest[thing]] < self._order[name]):
                    latest[thing] = name
        return latest


def _words(triples: Sequence[Triple], nodes: set[str]) -> Mapping[str, str]:
    """Return the words that state each of the facts."""
    asked = {node: node for node in nodes}
    told: dict[str, str] = {}
    for predicate in _WORDS:
        reached: dict[str, str] = {}
        for t in triples:
            fact = asked.get(getattr(t.subject, "value", "")) if t.predicate == predicate else None
            if fact is not None and isinstance(t.object, Literal):
                told[fact] = min(t.object.value, told.get(fact, t.object.value))
            elif fact is not None:
                reached[getattr(t.object, "value", "")] = fact
        asked = reached
    return told


def _sentence(violations: Sequence[Violation], words: Mapping[str, str]) -> str:
    first = min(violations, key=lambda one: (one.focus not in words, one))
    where = f"“{words[first.focus]}”" if first.focus in words else first.focus
    more = f"; and {len(violations) - 1:,} more" if len(violations) > 1 else ""
    return f"what was read from it does not conform: {where}: {first.message().rstrip('.')}{more}."
