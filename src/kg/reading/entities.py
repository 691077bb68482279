"""From the names of a text to its things: one entity each, under its fullest name, with every mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.facts import Entity, EntityType
from kg.reading.aliases import join, short_forms
from kg.reading.layers import Article
from kg.reading.clauses import Name


@dataclass(slots=True)
class Thing:
    """An entity in the making, by the names that the text gives it."""

    name: str
    type: EntityType
    rule: str
    also: set[EntityType] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)


def outermost(names: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names that no other name holds, districts and firms of legal form always; one name a place."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end, name.rule)):
        inside = next((other for other in kept if other.start <= name.start and name.end <= other.end), None)
        if inside is None or (name.rule in _STANDS_ALONE and (inside.start, inside.end) != (name.start, name.end)):
            kept.append(name)
    return tuple(kept)


_STANDS_ALONE = frozenset({"firm-legal", "place-known"})


def gather(article: Article, names: Sequence[Name]) -> tuple[Thing, ...]:
    """Join the names of individuals to things."""
    kinds = _kinds(article, names)
    full = join([(form, name.type) for form, name in kinds.items()])
    things: dict[str, Thing] = {}
    for form in kinds:
        head = full[form]
        thing = things.setdefault(head, Thing(head, kinds[head].type, kinds[head].rule))
        thing.forms.add(form)
        if kinds[form].type != thing.type and thing.type != "District":
            thing.also.add(kinds[form].type)
    for thing in things.values():
        _add_short_forms(article.folded, thing, things.values())
    return tuple(things.values())


def _kinds(article: Article, names: Sequence[Name]) -> dict[str, Name]:
    """Map each form to the name that most often bears it."""
    votes: dict[str, Counter[EntityType]] = {}
    first: dict[tuple[str, EntityType], Name] = {}
    for name in names:
        form = article.folded[name.start : name.end]
        votes.setdefault(form, Counter())[name.type] += 1
        first.setdefault((form, name.type), name)
    return {form: first[form, max(sorted(count), key=count.__getitem__)] for form, count in votes.items()}


def _add_short_forms(text: str, thing: Thing, things: Iterable[Thing]) -> None:
    """Add the short forms that the text uses outside the full name and outside other things' names."""
    rest = text
    for form in sorted((form for other in things for form in other.forms if len(form) > 1), key=len, reverse=True):
        rest = rest.replace(form, "\n" * len(form))
    for form, _ in short_forms(thing.name, thing.type):
        if form in rest:
            thing.forms.add(form)


def entities(article: Article, things: Sequence[Thing]) -> tuple[Entity, ...]:
    """Number the things in the order of their first mention."""
    spans = _occurrences(article, things)
    ordered = sorted(things, key=lambda thing: (spans[thing.name][0], thing.name))
    return tuple(_entity(article, thing, f"e{number}", spans[thing.name]) for number, thing in enumerate(ordered, 1))


def _entity(article: Article, thing: Thing, name: str, places: Sequence[tuple[int, int]]) -> Entity:
    mentions = tuple(article.span(start, end) for start, end in places)
    written = {article.folded[start:end]: article.text[start:end] for start, end in reversed(places)}
    aliases = sorted(written[form] for form in thing.forms if form != thing.name and form in written)
    return Entity(
        id=name,
        rule=thing.rule,
        type=thing.type,
        also_types=tuple(sorted(thing.also)),
        name=written.get(thing.name, thing.name),
        aliases=tuple(aliases),
        mentions=mentions,
    )


def _occurrences(article: Article, things: Sequence[Thing]) -> dict[str, list[tuple[int, int]]]:
    """Find every place of every form, also inside the names of other things, never twice in its own."""
    found: dict[str, list[tuple[int, int]]] = {}
    for thing in things:
        automaton = AhoCorasick(sorted(thing.forms), matchkind=MatchKind.LeftmostLongest)
        found[thing.name] = [(start, end) for _, start, end in automaton.find_matches_as_indexes(article.folded)]
    return found


def individuals(names: Iterable[Name]) -> Iterator[Name]:
    """Yield the names of individuals."""
    return (name for name in names if name.individual)
