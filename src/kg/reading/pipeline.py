"""Reading, from the bytes of a file to its facts, every step in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.facts import Entity, Facts
from kg.reading.article import read_article
from kg.reading.entities import entities, gather, individuals, outermost
from kg.reading.layers import Article, Layers
from kg.reading.names import Clauses, clauses, find_names
from kg.reading.places import find_known, find_local, find_stems


def extract(data: bytes, *, article_id: str) -> Facts:
    """Read one article.

    Raises:
        ArticleError: the bytes are no text (see `kg.reading.article.read_article`).
    """
    article = read_article(data, article_id=article_id)
    layers = Layers(article=article)
    cut = tuple(_cut(layers))
    things = _things(article, cut)
    return Facts(article=article.head, sections=article.sections, entities=things)


def _cut(layers: Layers) -> Iterator[Clauses]:
    """Cut what is read into words; furniture and bylines are not read."""
    for sentence in layers.article.sentences:
        if sentence.kind not in {"furniture", "byline"}:
            yield clauses(layers.article, sentence, layers.quantities, layers.periods)


def _things(article: Article, cut: Sequence[Clauses]) -> tuple[Entity, ...]:
    """Find the names and join them to things."""
    names = list(find_known(article))
    for text in cut:
        names += [*find_names(text), *find_local(text), *find_stems(text)]
    return entities(article, gather(article, tuple(individuals(outermost(names)))))
