"""Annotated articles: pairs NAME.txt and NAME.json in a folder, the latter in the contract's form.

An annotation may say more than an extraction does: what else is equally right (`other…`, `alternatives`), and what
is right if found but no miss if not (`optional`; an optional number is left out of every count, found or not).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec

from kg.errors import ArticleError, KgError, UsageError
from kg.facts import Base, Entity, Facts, Observation, Predicate, Relation, Section, Status
from kg.reading.text.article import decode


class GoldError(KgError):
    """An annotated article cannot be measured against; the sentence names the file and the path in it."""


class GoldSection(Section, frozen=True, kw_only=True):
    """A heading that may be read by another line."""

    other_titles: tuple[str, ...] = ()


class GoldEntity(Entity, frozen=True, kw_only=True):
    """A thing with the names and types that are as good as the annotated ones."""

    other_names: tuple[str, ...] = ()
    other_types: tuple[str, ...] = ()
    optional: bool = False


class GoldObservation(Observation, frozen=True, kw_only=True):
    """A figure with the equally acceptable values of its fields; None among the periods means: none."""

    other_units: tuple[str, ...] = ()
    other_periods: tuple[str | None, ...] = ()
    other_statuses: tuple[Status, ...] = ()
    optional: bool = False


class Triple(Base, frozen=True, kw_only=True):
    """Another statement that says the same."""

    subject: str
    predicate: Predicate
    object: str


class GoldRelation(Relation, frozen=True, kw_only=True):
    """A relation, with other triples and other predicates between its ends, any of which is as good."""

    alternatives: tuple[Triple, ...] = ()
    other_predicates: tuple[Predicate, ...] = ()
    optional: bool = False

    def triples(self) -> tuple[Relation | Triple, ...]:
        """Return the relation and what says the same."""
        others = (Triple(subject=self.subject, predicate=word, object=self.object) for word in self.other_predicates)
        return (self, *others, *self.alternatives)


class GoldFacts(Facts, frozen=True, kw_only=True):
    """An annotation."""

    sections: tuple[GoldSection, ...] = ()
    entities: tuple[GoldEntity, ...] = ()
    observations: tuple[GoldObservation, ...] = ()
    relations: tuple[GoldRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated article; `name` is its path below the folder, without suffix."""

    name: str
    data: bytes
    text: str
    facts: GoldFacts


def read_gold(folder: Path) -> tuple[Gold, ...]:
    """Read every pair below `folder`, sorted by name; a text without annotation is no pair and left out.

    Raises:
        UsageError: the folder does not exist or holds no pair.
        GoldError: an annotation has no text or an unreadable one, is no JSON, lacks a field, quotes what the text
            does not hold, names a thing that it does not list, or gives a bound that is no decimal.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder: name one that holds pairs NAME.txt and NAME.json.")
    pairs = tuple(_read_pair(path, folder) for path in sorted(folder.rglob("*.json")))
    if not pairs:
        raise UsageError(f"{folder} holds no pair NAME.txt and NAME.json.")
    return pairs


def _read_pair(path: Path, folder: Path) -> Gold:
    words = path.with_suffix(".txt")
    if not words.is_file():
        raise GoldError(f"{path}: there is no {words.name} beside it.")
    data = words.read_bytes()
    try:
        text, _ = decode(data)
    except ArticleError as error:
        raise GoldError(f"{words}: {error}") from None
    try:
        facts = msgspec.json.decode(path.read_bytes(), type=GoldFacts)
    except msgspec.ValidationError as error:
        raise GoldError(f"{path}: {error}.") from None
    except msgspec.DecodeError as error:
        raise GoldError(f"{path}: no valid JSON ({error}).") from None
    for complaint in _complaints(facts, text):
        raise GoldError(f"{path}: {complaint}.")
    return Gold(path.relative_to(folder).with_suffix("").as_posix(), data, text, facts)


def _complaints(facts: GoldFacts, text: str) -> Iterator[str]:
    for span in facts.check_spans(text):
        there = text[span.start : span.end]
        yield f"the text has “{there}” at {span.start}–{span.end}, not “{span.exact}”"
    yield from _doubled(facts)
    yield from _dangling(facts)
    for place, observation in enumerate(facts.observations):
        yield from _bounds(f"$.observations[{place}]", observation)


def _doubled(facts: GoldFacts) -> Iterator[str]:
    for kind, rows in (
        ("entities", facts.entities),
        ("observations", facts.observations),
        ("relations", facts.relations),
    ):
        for name, times in sorted(Counter(row.id for row in rows).items()):
            if times > 1:
                yield f"$.{kind}: the id {name!r} stands {times} times"


def _dangling(facts: GoldFacts) -> Iterator[str]:
    entities = {entity.id for entity in facts.entities}
    observations = {observation.id for observation in facts.observations}
    for place, row in enumerate(facts.observations):
        path = f"$.observations[{place}]"
        yield from _unknown(f"{path}.subject", (row.subject,), entities)
        yield from _unknown(f"{path}.participants", row.participants, entities)
        yield from _unknown(f"{path}.counts", (row.counts,), entities)
        yield from _unknown(f"{path}.partOf", (row.part_of,), observations)
    for place, link in enumerate(facts.relations):
        path = f"$.relations[{place}]"
        yield from _unknown(f"{path}.item", (link.item,), entities)
        for triple in link.triples():
            yield from _unknown(f"{path}.subject", (triple.subject,), entities)
            yield from _unknown(f"{path}.object", (triple.object,), entities)


def _unknown(path: str, names: tuple[str | None, ...], known: set[str]) -> Iterator[str]:
    for name in names:
        if name is not None and name not in known:
            yield f"{path} names {name!r}, which the file does not list"


def _bounds(path: str, observation: Observation) -> Iterator[str]:
    for field, bound in (("low", observation.low), ("high", observation.high)):
        if bound is not None and decimal(bound) is None:
            yield f"{path}.{field} is {bound!r}, no plain decimal"


def decimal(bound: str | None) -> Decimal | None:
    """Read a bound; None where it is open or no number."""
    try:
        value = Decimal(bound) if bound is not None else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None
