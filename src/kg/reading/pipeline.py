"""Reading, from the bytes of a file to its facts, every step in its order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.facts import Entity, Facts, UnreadNumber
from kg.reading.layers import Article, Layers, Number, Sentence
from kg.reading.linking.observations import link_observations
from kg.reading.names.acting import acting_entity
from kg.reading.names.anaphora import find_anaphora
from kg.reading.names.beside import beside
from kg.reading.names.brands import without_works
from kg.reading.names.carried import find_carried
from kg.reading.names.clauses import Clauses, Name, cut
from kg.reading.names.contexts import find_actors
from kg.reading.names.entities import (
    acting_thing,
    action_things,
    entities,
    gather,
    group_things,
    individuals,
    outermost,
    park_classes,
    standing,
)
from kg.reading.names.enumerations import find_lists
from kg.reading.names.groups import Group, apart_from, find_groups, outside
from kg.reading.names.grown import grown
from kg.reading.names.known import column_names, known_firms
from kg.reading.names.lists import listed_names, without_industries
from kg.reading.names.measures import Action, find_measures, heading_names
from kg.reading.names.phases import bare_phases, own_phases
from kg.reading.names.places import (
    find_governed,
    find_known,
    find_local,
    find_new_areas,
    find_spoken_for,
    find_stems,
    find_titled,
)
from kg.reading.names.products import find_products
from kg.reading.names.quoted import quoted_names
from kg.reading.names.repeated import find_repeated
from kg.reading.names.suffixed import find_names
from kg.reading.names.undertakings import find_undertakings
from kg.reading.names.works import described, freed
from kg.reading.numbers.periods import find_periods
from kg.reading.numbers.quantities import find_quantities
from kg.reading.relations import find_relations
from kg.reading.text.article import read_article

_UNREAD = frozenset({"furniture", "byline"})
_LONGEST = 1200


def extract(data: bytes, *, article_id: str) -> Facts:
    """Read one article.

    Raises:
        ArticleError: the bytes are no text (see `kg.reading.text.article.read_article`).
    """
    return read_facts(read_layers(data, article_id=article_id))


def read_facts(layers: Layers) -> Facts:
    """Read everything else over the first layers, which are filled as the steps go."""
    article = layers.article
    things = read_things(layers)
    return Facts(
        article=article.head,
        sections=article.sections,
        entities=things,
        observations=link_observations(layers, things),
        relations=find_relations(layers, things),
        unread=tuple(_unread(article, number) for number in layers.numbers),
    )


def _unread(article: Article, number: Number) -> UnreadNumber:
    exact = article.text[number.start : number.end]
    return UnreadNumber(start=number.start, end=number.end, exact=exact, reason=number.reason, rule=number.rule)


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
    read = (sentence for sentence in layers.article.sentences if sentence.kind not in _UNREAD)
    return tuple(cut(layers, piece) for sentence in read for piece in _pieces(layers.article.folded, sentence))


def _pieces(folded: str, sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence in pieces of a bounded length, so that time is linear in it, cut at a comma if there is one."""
    start = sentence.start
    while sentence.end - start > _LONGEST:
        comma = max(folded.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in ",;。、 ")
        stop = comma + 1 if comma >= 0 else start + _LONGEST
        yield replace(sentence, start=start, end=stop)
        start = stop
    yield replace(sentence, start=start)


def read_things(layers: Layers) -> tuple[Entity, ...]:
    """Find the names, join them to things, and lay the mentions over the text.

    `layers.mentions` then holds every mention that stands for itself, and the words that stand for a thing (该公司),
    each with its entity; `layers.acting` the district that the article speaks for.
    """
    article = layers.article
    names, groups, actions = _read_names(layers)
    own = outermost(individuals(names))
    things = (
        *gather(article, own, park_classes(article, names)),
        *group_things(article, groups),
        *action_things(actions),
    )
    found = entities(article, (*things, *acting_thing(article, own, things)))
    layers.acting = acting_entity(article, own, found)
    mentions = standing(found)
    meant = find_anaphora(article, found, mentions, layers.acting)
    layers.mentions = tuple(sorted((*mentions, *meant), key=lambda row: (row.start, -row.end)))
    return found


def _read_names(layers: Layers) -> tuple[list[Name], list[Group], list[Action]]:
    """Read the names, the groups of projects and the measures, sentence by sentence."""
    article = layers.article
    headings, cells = (*heading_names(article), *find_repeated(article)), tuple(column_names(article))
    known = (*find_known(article), *find_titled(article), *find_spoken_for(article))
    places = (*known, *find_governed(article), *find_new_areas(article))
    names = [*places, *headings, *cells]
    taken = {name.end for name in (*headings, *cells)}
    groups: list[Group] = []
    actions: list[Action] = []
    made, paragraph = False, -1
    phases = own_phases(article.folded)
    for text in _clauses(layers):
        read = tuple(without_works(tuple(beside(tuple(find_names(text)), text)), article.folded))
        read += tuple(quoted_names(text, read))
        read += tuple(find_undertakings(text, read))
        firms = tuple(known_firms(text))
        read += tuple(find_actors(text, (*read, *firms)))
        read = tuple(name for name in read if name.end not in taken)
        lists = tuple(find_lists(text))
        read = tuple(without_industries(text, lists, read))
        read += tuple(listed_names(text, lists, read, firms))
        read += tuple(find_carried(text, lists, read))
        read += tuple(bare_phases(text, read, phases))
        read = tuple(freed(tuple(described(read, article.folded, text.sentence.start)), article.folded))
        found = tuple(group for group in find_groups(text, lists, read) if group.end not in taken)
        groups += found
        read = tuple(apart_from(read, found))
        actions += (action for action in find_measures(text, read) if action.end not in taken)
        read += tuple(outside(find_products(text, read, made=made), found))
        told = made and text.sentence.paragraph == paragraph
        paragraph = text.sentence.paragraph
        made = told or any(name.individual and name.type in {"Enterprise", "Project", "Product"} for name in read)
        names += [*read, *firms, *find_local(text), *find_stems(text)]
    return list(grown(names, article.folded)), groups, actions
