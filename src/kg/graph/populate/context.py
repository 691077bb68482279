"""What populating one article needs to know, and the words it quotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg import __version__
from kg.facts import ArticleHead, Fact, Section, Span
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples, text, typed

_AROUND = 32


@dataclass(slots=True)
class Context:
    """One article being populated: its text, the nodes of its things, the triples so far.

    `things` maps the article's own entity ids to nodes; `concept` finds the node of a unit or an indicator.
    """

    iris: Iris
    head: ArticleHead
    body: str
    sections: tuple[Section, ...]
    things: Mapping[str, NamedNode]
    concept: Callable[[str, str], NamedNode]
    triples: Triples = field(default_factory=Triples)

    @property
    def article(self) -> NamedNode:
        """The article's node."""
        return self.iris.article(self.head.id)

    @property
    def reading(self) -> NamedNode:
        """The activity that read the article."""
        return self.iris.of_article(self.head.id, "reading", __version__)

    def node(self, kind: str, name: str) -> NamedNode:
        """Return a node of this article."""
        return self.iris.of_article(self.head.id, kind, name)

    def correction(self, name: str) -> NamedNode:
        """Return the node of a correction, called `{article}/{entry}` in the facts."""
        return self.node("correction", name.rpartition("/")[2])

    def quote(self, span: Span) -> NamedNode:
        """Write the words of a span (Web Annotation Data Model 4.2.4, 4.2.5) and return their node."""
        node, add = self.iris.words(self.head.id, span), self.triples.add
        words, place = NamedNode(f"{node.value}/quote"), NamedNode(f"{node.value}/position")
        add(node, "rdf:type", term("oa:SpecificResource"))
        add(node, "oa:hasSource", self.article)
        add(node, "foaf:page", self.iris.page(self.head.id, span))
        add(node, "oa:hasSelector", words)
        add(node, "oa:hasSelector", place)
        add(node, "kg:inSection", self._section(span))
        add(words, "rdf:type", term("oa:TextQuoteSelector"))
        add(words, "oa:exact", text(span.exact))
        add(words, "oa:prefix", text(self.body[max(0, span.start - _AROUND) : span.start]))
        add(words, "oa:suffix", text(self.body[span.end : span.end + _AROUND]))
        add(place, "rdf:type", term("oa:TextPositionSelector"))
        add(place, "oa:start", typed(span.start, "xsd:integer"))
        add(place, "oa:end", typed(span.end, "xsd:integer"))
        return node

    def section(self, section: Section) -> NamedNode:
        """Return the node of a section, named by where it starts and its level."""
        return self.node("section", f"{section.start}-{section.level}")

    def _section(self, span: Span) -> NamedNode | None:
        inside = [s for s in self.sections if s.start <= span.start and span.end <= s.end]
        return self.section(max(inside, key=lambda s: (s.level, s.start))) if inside else None

    def fact(self, node: NamedNode, kind: str, fact: Fact, origin: str) -> None:
        """Write what every fact carries: its class, where it comes from, the rule, the activity that made it."""
        add = self.triples.add
        origin = "curated" if fact.correction else origin
        made_by = self.correction(fact.correction) if fact.correction else self.reading
        add(node, "rdf:type", term(f"kg:{kind}"))
        add(node, "kg:origin", term(f"kg:{origin}"))
        add(node, "kg:rule", text(fact.rule or None))
        add(node, "kg:confidence", term(f"kg:confidence-{fact.confidence}"))
        add(node, "prov:wasGeneratedBy", made_by)

    def quoted(self, node: NamedNode, evidence: tuple[Span, ...], context: tuple[Span, ...] = ()) -> None:
        """Tie a fact to the words that state it, and to the further words that give its subject or scope."""
        for span in evidence:
            self.triples.add(node, "prov:wasQuotedFrom", self.quote(span))
        for span in context:
            self.triples.add(node, "kg:context", self.quote(span))
