"""Reading, from the bytes of a file to its facts, every step in its order."""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts import Entity, Facts, UnreadNumber
from kg.reading.article import read_article
from kg.reading.clauses import Clauses, cut
from kg.reading.entities import entities, gather, individuals, outermost
from kg.reading.layers import Article, Layers
from kg.reading.lists import listed_names
from kg.reading.names import find_names
from kg.reading.periods import find_periods
from kg.reading.places import find_known, find_local, find_stems
from kg.reading.quantities import find_quantities
from kg.reading.relations import find_relations

_UNREAD = frozenset({"furniture", "byline"})


def extract(data: bytes, *, article_id: str) -> Facts:
    """Read one article.

    Raises:
        ArticleError: the bytes are no text (see `kg.reading.article.read_article`).
    """
    layers = read_layers(data, article_id=article_id)
    article = layers.article
    things = _things(article, _clauses(layers))
    return Facts(
        article=article.head,
        sections=article.sections,
        entities=things,
        relations=find_relations(layers, things),
        unread=tuple(
            UnreadNumber(
                start=number.start,
                end=number.end,
                exact=article.text[number.start : number.end],
                reason=number.reason,
                rule=number.rule,
            )
            for number in layers.numbers
        ),
    )


def read_layers(data: bytes, *, article_id: str) -> Layers:
    """Read the layers that need no names: structure, periods, quantities and the numbers that are none.

    Raises:
        ArticleError: the bytes are no text.
    """
    article = read_article(data, article_id=article_id)
    periods = find_periods(article)
    quantities, numbers = find_quantities(article, periods)
    return Layers(article=article, quantities=quantities, periods=periods, numbers=numbers)


def _clauses(layers: Layers) -> tuple[Clauses, ...]:
    """Cut what is read into words; furniture and bylines are not read."""
    return tuple(cut(layers, sentence) for sentence in layers.article.sentences if sentence.kind not in _UNREAD)


def _things(article: Article, sentences: Sequence[Clauses]) -> tuple[Entity, ...]:
    """Find the names and join them to things."""
    names = list(find_known(article))
    for text in sentences:
        read = tuple(find_names(text))
        names += [*read, *listed_names(text, read), *find_local(text), *find_stems(text)]
    return entities(article, gather(article, tuple(individuals(outermost(names)))))
