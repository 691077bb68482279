"""The layers that reading lays over a text, each a tuple of spans in text order.

A layer never changes an earlier one; `Layers` is what the pipeline hands from step to step.
All offsets are code points into the untouched text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from kg.facts import ArticleHead, Comparator, EntityType, Section, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a heading, or a table row) without its surrounding white space.

    `kind` tells furniture (breadcrumb, share buttons, editor line) from what is read;
    `paragraph` counts from 0 over the file; `section` is the id of the innermost section, None outside.
    """

    start: int
    end: int
    paragraph: int
    section: str | None
    kind: Literal["body", "title", "heading", "byline", "furniture", "table"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row; `header` is the span of its column's header, `row` counts from 0.

    `over` is the header above that one where the table has two rows of headers (财政收入 over 任务 and 完成).
    """

    start: int
    end: int
    row: int
    column: int
    header: Span | None
    over: Span | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The structure of one text.

    `folded` is the text with characters folded one for one (`kg.reading.text.folding`): match in it, quote from `text`.
    `notes` says what the reader of the file should know (an encoding guessed).
    """

    text: str
    folded: str
    head: ArticleHead
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    cells: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Quote the text."""
        return Span(start=start, end=end, exact=self.text[start:end])


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that may state a quantity, before anything is known of what it is about.

    `low`, `high` are in the base unit, None where the bound is open; `unit` is a token of the closed list,
    else the classifier with `noun`, the counted noun, behind it. `slots` of a range or a bare list share a span.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    comparator: Comparator
    unit: str
    noun: str | None
    per: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as written, worked out against the article's date; a bound is None where it is open."""

    start: int
    end: int
    begins: date | None
    ends: date | None
    rule: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that states no quantity, with the reason (a row of the table of reasons)."""

    start: int
    end: int
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. `entity` is the id that linking gave it, None before."""

    start: int
    end: int
    type: EntityType
    rule: str
    entity: str | None = None


@dataclass(slots=True)
class Layers:
    """What the steps have found so far, in the order of the pipeline.

    `mentions` are in text order: the names that stand for themselves (not those inside a longer name), groups and
    measures with the whole stretch they are written in, and words that stand for a thing (该公司, 全区), each with
    its entity's id. `acting` is the id of the district that the article speaks for, None where it names none.
    """

    article: Article
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    numbers: tuple[Number, ...] = ()
    mentions: tuple[Mention, ...] = ()
    acting: str | None = None
    notes: dict[int, list[str]] = field(default_factory=dict)

    def note(self, start: int, why: str) -> None:
        """Say why the number that begins at `start` was read as it was; `kg extract --explain` prints it.

        One line a decision, what was decided before the colon: "subject: e7, carried over from the sentence before;
        passed over: e2 (a district), e9 (in brackets)".
        """
        self.notes.setdefault(start, []).append(why)
