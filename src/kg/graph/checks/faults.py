"""Which articles are at fault where a graph does not conform, and the sentence that says why each is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.facts import ArticleHead
from kg.graph.checks.validate import Violation
from kg.graph.populate.populate import order
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.terms import term

_WORDS = (term("prov:wasQuotedFrom"), term("oa:hasSelector"), term("oa:exact"))


def at_fault(
    violations: Iterable[Violation],
    graph: Store,
    heads: Iterable[ArticleHead],
    corrected: Container[str],
    *,
    base_iri: str,
) -> dict[str, str]:
    """Return the articles without which the graph may conform, by id, each with the sentence that says why.

    A violation is put down to the article whose fact it meets; where it meets a thing, to the latest of the articles
    that name the thing. It is nobody's where it meets neither, or where the article was `corrected` by a person: his
    work is not left out in silence. Where a violation is nobody's, no article is returned.
    """
    places = _Places(base_iri, heads, graph)
    found: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        article = places.article(violation.focus) or places.article(violation.value)
        article = article or places.naming(violation.focus) or places.naming(violation.value)
        found[article].append(violation)
    if any(not article or article in corrected for article in found):
        return {}
    return {article: _sentence(many, graph) for article, many in sorted(found.items())}


class _Places:
    """What belongs to which article."""

    def __init__(self, base_iri: str, heads: Iterable[ArticleHead], graph: Store) -> None:
        self._prefix = Iris(base_iri).thing("article/").value
        self._order = {head.id: order(head) for head in heads}
        self._graph = graph

    def article(self, node: str) -> str:
        """Return the id of the article that a node belongs to, "" where it belongs to none."""
        name = unquote(node[len(self._prefix) :].partition("/")[0]) if node.startswith(self._prefix) else ""
        return name if name in self._order else ""

    def naming(self, thing: str) -> str:
        """Return the latest article that names a thing, "" where none does."""
        facts = self._graph.quads_for_pattern(None, term("kg:subject"), _node(thing), DefaultGraph())
        names = {self.article(getattr(quad.subject, "value", "")) for quad in facts} - {""}
        return max(names, key=lambda name: self._order[name], default="")


def _node(value: str) -> NamedNode | Literal:
    """Return the node of a report; what is no IRI is a literal, which nothing is said of."""
    try:
        return NamedNode(value)
    except ValueError:
        return Literal(value)


def _words(graph: Store, fact: str) -> str:
    """Return the words that state a fact, "" where none do."""
    nodes: list[object] = [_node(fact)]
    for predicate in _WORDS:
        subjects = [node for node in nodes if isinstance(node, NamedNode)]
        nodes = [quad.object for node in subjects for quad in graph.quads_for_pattern(node, predicate, None)]
    return min((node.value for node in nodes if isinstance(node, Literal)), default="")


def _sentence(violations: Sequence[Violation], graph: Store) -> str:
    words = {violation.focus: _words(graph, violation.focus) for violation in violations}
    first = min(violations, key=lambda one: (not words[one.focus], one))
    where = f"“{words[first.focus]}”" if words[first.focus] else first.focus
    more = f"; and {len(violations) - 1:,} more" if len(violations) > 1 else ""
    return f"what was read from it does not conform: {where}: {first.message().rstrip('.')}{more}."
