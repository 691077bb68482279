"""Figures linked over texts whose things the test names, so that linking is tested apart from the reading of names."""

from kg.facts import Entity, EntityType, Observation, Span
from kg.reading.layers import Layers
from kg.reading.linking.observations import link_observations
from kg.reading.numbers.periods import find_periods
from kg.reading.numbers.quantities import find_quantities
from kg.reading.text.article import read_article

HEAD = "甲区新闻\n2020-08-27 来源:甲报\n"


def link(body: str, *named: tuple[EntityType, str]) -> list[Observation]:
    """Link the figures of a text in which these names stand; ids are the names themselves."""
    article = read_article(f"{HEAD}{body}\n".encode(), article_id="a")
    layers = Layers(article=article, periods=find_periods(article))
    layers.quantities, layers.numbers = find_quantities(article, layers.periods)
    return list(link_observations(layers, [thing(article.text, kind, name) for kind, name in named]))


def thing(text: str, kind: EntityType, name: str) -> Entity:
    starts = [start for start in range(len(text)) if text.startswith(name, start)]
    mentions = tuple(Span(start=start, end=start + len(name), exact=name) for start in starts)
    return Entity(id=name, type=kind, name=name, mentions=mentions)


def told(body: str, *named: tuple[EntityType, str]) -> list[tuple[str | None, str]]:
    return [(found.subject, found.indicator) for found in link(body, *named)]


DISTRICT: tuple[EntityType, str] = ("District", "甲区")
