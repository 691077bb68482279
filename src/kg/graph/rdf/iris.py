"""Where each kind of node lives: `{base}id/…` for things, `{base}articles/…` for the pages that show evidence."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.facts import Span


def segment(value: str) -> str:
    """Write any string as one path segment of an IRI."""
    return quote(value, safe="-._~")


@dataclass(frozen=True, slots=True)
class Iris:
    """The addresses under one base IRI, which ends in "/" or "#"."""

    base: str

    def thing(self, path: str) -> NamedNode:
        """Return `{base}id/{path}`; the path is already made of segments."""
        return NamedNode(f"{self.base}id/{path}")

    def article(self, article: str) -> NamedNode:
        """Return the article itself."""
        return self.thing(f"article/{segment(article)}")

    def of_article(self, article: str, kind: str, name: str) -> NamedNode:
        """Return a node that belongs to one article: a section, a statement, an observation."""
        return self.thing(f"article/{segment(article)}/{kind}/{segment(name)}")

    def words(self, article: str, span: Span) -> NamedNode:
        """Return the stretch of words from `start` up to `end` (code points)."""
        return self.of_article(article, "words", f"{span.start}-{span.end}")

    def page(self, article: str, span: Span | None = None) -> NamedNode:
        """Return the page that shows the article, opened at the marked words where a span is given."""
        mark = f"?start={span.start}&end={span.end}" if span else ""
        return NamedNode(f"{self.base}articles/{segment(article)}{mark}")

    def dataset(self) -> NamedNode:
        """Return the dataset."""
        return self.thing("dataset")
