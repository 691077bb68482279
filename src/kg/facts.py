"""What a fact is: the one form that reading writes and the graph is made from.

`kg extract --format json` prints a `Facts` as it stands here; field names are camelCase there.
Offsets count Unicode code points into the decoded, untouched text, and ``text[start:end] == exact``
holds for every `Span` (checked by `Facts.check_spans`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import msgspec

EntityType = Literal[
    "District",
    "Enterprise",
    "Project",
    "ProjectGroup",
    "Programme",
    "Measure",
    "PublicBody",
    "Facility",
    "Park",
    "Product",
    "Industry",
    "Event",
    "System",
]
Predicate = Literal[
    "locatedIn",
    "partOf",
    "develops",
    "produces",
    "delivers",
    "builds",
    "operates",
    "implements",
    "establishes",
    "partOfProgramme",
    "involves",
    "fundedBy",
    "appliesFor",
    "supplies",
    "aims",
]
Comparator = Literal["eq", "approx", "ge", "le", "range"]
Status = Literal["actual", "planned", "ongoing"]
Origin = Literal["stated", "inferred", "curated", "reference"]
Confidence = Literal["high", "low"]


class Base(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Immutable, compared by value, camelCase in JSON."""


class Span(Base, frozen=True, kw_only=True, order=True):
    """The words from `start` up to, not including, `end`."""

    start: int
    end: int
    exact: str


class ArticleHead(Base, frozen=True, kw_only=True):
    """What the page says of itself; `sha256` is of the file's bytes."""

    id: str
    title: str | None
    published: dt.date | None
    source: str | None
    sha256: str
    authors: tuple[str, ...] = ()


class Section(Base, frozen=True, kw_only=True):
    """A heading and the stretch of text under it; level 1 is outermost, inline headings are deeper."""

    id: str
    title: str
    level: int
    start: int
    end: int


class Fact(Base, frozen=True, kw_only=True):
    """What every fact carries beside its content.

    `rule` names the row that read it; `correction` the curated row that touched it, if any did.
    `confidence` is low where a default decided (no subject stated, an unknown indicator).
    """

    id: str
    rule: str = ""
    origin: Origin = "stated"
    correction: str | None = None
    confidence: Confidence = "high"


class Entity(Fact, frozen=True, kw_only=True):
    """A named thing under its fullest name; a measure's or group's name need not be a substring."""

    type: EntityType
    also_types: tuple[EntityType, ...] = ()
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


class Observation(Fact, frozen=True, kw_only=True):
    """One number that states a quantity.

    `low` and `high` are plain decimals in the base unit (see `plain`); `high` is None for "at least",
    `low` for "at most". `noun` is the counted noun ("项目" of "15个项目"), also at the end of `unit`.
    """

    subject: str | None
    indicator: str
    low: str | None
    high: str | None
    comparator: Comparator
    unit: str
    noun: str | None = None
    per: str | None = None
    period: str | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    status: Status = "actual"
    participants: tuple[str, ...] = ()
    counts: str | None = None
    part_of: str | None = None
    number: Span
    evidence: Span
    context: tuple[Span, ...] = ()
    other_names: tuple[str, ...] = ()
    other_subjects: tuple[str, ...] = ()


class Relation(Fact, frozen=True, kw_only=True):
    """`subject` `predicate` `object`; `item` is the third end where there is one."""

    subject: str
    predicate: Predicate
    object: str
    item: str | None = None
    asserted: bool = True
    evidence: Span
    context: tuple[Span, ...] = ()


class UnreadNumber(Base, frozen=True, kw_only=True):
    """A number that states no quantity, with the reason."""

    start: int
    end: int
    exact: str
    reason: str
    rule: str = ""


class Facts(Base, frozen=True, kw_only=True):
    """All that was read from one article."""

    article: ArticleHead
    sections: tuple[Section, ...] = ()
    entities: tuple[Entity, ...] = ()
    observations: tuple[Observation, ...] = ()
    relations: tuple[Relation, ...] = ()
    unread: tuple[UnreadNumber, ...] = ()

    def spans(self) -> Iterator[Span]:
        """Yield every span that claims to quote the text."""
        for entity in self.entities:
            yield from entity.mentions
        for observation in self.observations:
            yield observation.number
            yield observation.evidence
            yield from observation.context
        for relation in self.relations:
            yield relation.evidence
            yield from relation.context
        for number in self.unread:
            yield Span(start=number.start, end=number.end, exact=number.exact)

    def check_spans(self, text: str) -> list[Span]:
        """Return the spans that do not equal the text at their offsets; none may be left."""
        return [span for span in self.spans() if text[span.start : span.end] != span.exact]


def plain(value: Decimal) -> str:
    """Write a decimal without exponent or trailing zeros: Decimal("3.381E+9") → "3381000000"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_json(facts: Facts) -> bytes:
    """Write the contract's JSON: UTF-8, two-space indent, fields in the order declared."""
    return msgspec.json.format(msgspec.json.encode(facts), indent=2) + b"\n"


def from_json(data: bytes) -> Facts:
    """Read the contract's JSON; fields with a default may be absent.

    Raises:
        msgspec.ValidationError: a field is missing or of the wrong type; the message names its path.
        msgspec.DecodeError: the bytes are no JSON.
    """
    return msgspec.json.decode(data, type=Facts)
