"""What is known of one thing: its names, its statements with their evidence, its figures, where it stands.

Every function asks a fixed number of queries, whatever the size of the dataset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.service import asked
from kg.service.binding import bind, write_term
from kg.service.vocabulary import KG, language
from kg.store import Rows, Store, Term

PAGE = 100  # facts shown at once; one more is asked for, to tell whether there are more
_ROLES = ("subject", "participant", "object", "item", "counts")
_OFFSETS = re.compile(r"start=(\d+)&end=(\d+)")


@dataclass(frozen=True, slots=True)
class Link:
    """Another thing, by its IRI and its label."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that state a fact: where the marked quote opens, and the offsets in code points."""

    page: str
    article: str
    exact: str
    start: int
    end: int


@dataclass(slots=True)
class FactRow:
    """What every listed fact carries; `origin` and `confidence` are IRIs of the ontology."""

    iri: str
    role: str = ""
    origin: str = ""
    confidence: str = ""
    rule: str = ""
    quotes: list[Quote] = field(default_factory=list)


@dataclass(slots=True)
class StatementRow(FactRow):
    """A statement seen from the thing: its role in it, and the other end (a thing, or a literal)."""

    predicate: str = ""
    other: Link | None = None
    literal: str = ""
    item: Link | None = None
    asserted: bool = True


@dataclass(slots=True)
class FigureRow(FactRow):
    """An observation; `low` and `high` are plain decimals in the base unit, `number` is as written."""

    subject: Link | None = None
    indicator: Link | None = None
    low: str = ""
    high: str = ""
    comparator: str = ""
    unit: str = ""
    noun: str = ""
    per: str = ""
    period: str = ""
    status: str = ""
    number: str = ""
    participants: list[Link] = field(default_factory=list)


# The properties that a fact takes as they stand, and the names of its fields.
_OF_ALL = {name: name for name in ("origin", "confidence", "rule")}
_OF_FIGURES = ("subject", "indicator", "low", "high", "comparator", "unit", "per", "status")
_TAKEN: dict[type[FactRow], dict[str, str]] = {
    FactRow: _OF_ALL,
    StatementRow: _OF_ALL | {"item": "item"},
    FigureRow: _OF_ALL | {name: name for name in _OF_FIGURES} | {"countedNoun": "noun", "periodText": "period"},
}


@dataclass(slots=True)
class Thing:
    """A thing's names, types and identifiers; `about` holds further values by property, `namings` a page of them."""

    iri: str
    labels: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    about: dict[str, list[Link]] = field(default_factory=dict)
    places: list[Link] = field(default_factory=list)
    namings: list[FactRow] = field(default_factory=list)

    def label(self, lang: str) -> str:
        """Return the name in "zh" or "en", else in the other language, else the IRI's last part."""
        return self.labels.get(lang) or next(iter(self.labels.values()), "") or self.iri.rstrip("/").rsplit("/", 1)[-1]

    def is_a(self, *types: str) -> bool:
        """Tell whether the thing is of one of these types (tokens of the ontology)."""
        return any(KG + name in self.types for name in types)


@dataclass(frozen=True, slots=True)
class About:
    """A thing and a page of what is stated of it, without the details; `more` where there is another page."""

    thing: Thing
    statements: list[StatementRow]
    figures: list[FigureRow]
    more: bool


def about(store: Store, iri: str, *, page: int = 1) -> About | None:
    """Return a thing with a page of its statements and figures, None where the dataset says nothing of it (1 query).

    Those in which it is the subject come first; what each says is told by `add_details`.
    """
    found, places = Thing(iri), []
    statements: dict[str, StatementRow] = {}
    figures: dict[str, FigureRow] = {}
    for row in sorted(_ask(store, asked.ABOUT, iri, page), key=_row_order):
        match row["kind"].value:
            case "property":
                _take_head(found, row["property"].value, row["value"], row.get("label"))
            case "naming":
                found.namings.append(FactRow(row["fact"].value))
            case "statement":
                _take_statement(statements.setdefault(_seen(row), StatementRow(row["fact"].value)), row)
            case "figure":
                figures.setdefault(_seen(row), FigureRow(row["fact"].value, row["role"].value))
            case _:
                places.append(row)
    found.places = _order_places(places)
    if not (found.types or found.labels or found.about):
        return None
    stated = sorted(statements.values(), key=_statement_order)
    counted = sorted(figures.values(), key=_figure_order)
    more = max(len(stated), len(counted), len(found.namings)) > PAGE
    del found.namings[PAGE:]
    return About(found, stated[:PAGE], counted[:PAGE], more)


def description(iri: str) -> str:
    """Return the CONSTRUCT that describes one thing; facts are no neighbours, each has a description of its own."""
    return bind(asked.DESCRIPTION, {"thing": NamedNode(iri)})


def add_details(store: Store, facts: Iterable[FactRow]) -> None:
    """Give each of these facts the words that state it, and what else is said of it (1 query for all)."""
    rows: dict[str, list[FactRow]] = {}
    for fact in facts:
        rows.setdefault(fact.iri, []).append(fact)
    if not rows:
        return
    values = " ".join(write_term(NamedNode(iri)) for iri in sorted(rows))
    for row in store.select(asked.DETAILS.replace("?_facts", values)):
        for fact in rows[row["fact"].value]:
            _take_detail(fact, row)
    for same in rows.values():
        for fact in same:
            fact.quotes.sort(key=lambda quote: (quote.article, quote.start, quote.end))
            if isinstance(fact, FigureRow):
                fact.participants.sort(key=lambda link: (link.label, link.iri))


def read_quote(page: str, article: str, exact: str) -> Quote:
    """Make a quote; the offsets stand in its page's address."""
    match = _OFFSETS.search(page)
    return Quote(page, article, exact, int(match[1]) if match else 0, int(match[2]) if match else 0)


@dataclass(frozen=True, slots=True)
class Said:
    """One property of a node: a literal, another node, or words of an article; `of` where it points at the node."""

    property: str
    value: Link | Quote | str
    of: bool


def properties(store: Store, iri: str, lang: str) -> list[Said]:
    """Return what is said of any node, labels in "zh" or "en" where there is a choice (1 query)."""
    found: dict[tuple[str, str, bool], Link | Quote | str] = {}
    for row in _ask(store, asked.PROPERTIES, iri):
        key = (row["property"].value, row["value"].value, row["of"].value == "true")
        if not isinstance(row["value"], NamedNode):
            found[key] = row["value"].value
        elif "page" in row:
            found[key] = read_quote(row["page"].value, row["article"].value, row["exact"].value)
        elif key not in found or language(getattr(row.get("label"), "language", None) or "") == lang:
            found[key] = Link(row["value"].value, _text(row, "label") or _text(row, "stated"))
    return [Said(prop, value, of) for (prop, _, of), value in found.items()]


def _ask(store: Store, text: str, iri: str, page: int = 1) -> Rows:
    text = text.replace("?_size", str(PAGE + 1)).replace("?_skip", str(PAGE * (page - 1)))
    return store.select(bind(text, {"thing": NamedNode(iri)}))


def _take_head(found: Thing, key: str, value: Term, label: Term | None) -> None:
    name = _local(key)
    if name == "type":
        found.types += [] if value.value in found.types else [value.value]
    elif name in {"label", "prefLabel"} and isinstance(value, Literal):
        found.labels.setdefault(language(value.language or "zh"), value.value)
    elif name == "altLabel":
        found.aliases += [] if value.value in found.aliases else [value.value]
    else:
        links = found.about.setdefault(key, [])
        if all(link.iri != value.value for link in links):
            links.append(Link(value.value, label.value if label else ""))


def _take_statement(fact: StatementRow, row: Mapping[str, Term]) -> None:
    fact.role, fact.predicate = row["role"].value, row["property"].value
    if isinstance(row["value"], NamedNode):
        fact.other = Link(row["value"].value, _text(row, "label"))
    else:
        fact.literal = row["value"].value


def _take_detail(fact: FactRow, row: Mapping[str, Term]) -> None:
    name, value = _local(row["property"].value), row["value"].value
    if "page" in row:
        quote = read_quote(row["page"].value, row["article"].value, value)
        if name == "number" and isinstance(fact, FigureRow):
            fact.number = quote.exact
        elif name != "number" and quote not in fact.quotes:
            fact.quotes.append(quote)
    elif name == "participant" and isinstance(fact, FigureRow):
        fact.participants.append(Link(value, _text(row, "label")))
    elif name == "asserted" and isinstance(fact, StatementRow):
        fact.asserted = value != "false"
    elif field_name := _TAKEN[type(fact)].get(name):
        setattr(fact, field_name, Link(value, row["label"].value) if "label" in row else value)


def _row_order(row: Mapping[str, Term]) -> tuple[str, ...]:
    return tuple(_text(row, name) for name in ("kind", "property", "value", "label", "fact"))


def _statement_order(fact: StatementRow) -> tuple[int, str, str, str]:
    return _ROLES.index(fact.role), fact.predicate, fact.other.label if fact.other else "", fact.iri


def _figure_order(fact: FigureRow) -> tuple[int, str]:
    return _ROLES.index(fact.role), fact.iri


def _order_places(rows: Iterable[Mapping[str, Term]]) -> list[Link]:
    """Order the places around a thing from the outermost inwards."""
    outer: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in rows:
        place, label = row["value"].value, row["label"]
        if place not in names or language(getattr(label, "language", None) or "zh") == "zh":
            names[place] = label.value
        outer[place] = _text(row, "property") or outer.get(place, "")

    def depth(place: str) -> int:
        seen: set[str] = set()
        while place in outer and outer[place] and place not in seen:
            seen.add(place)
            place = outer[place]
        return len(seen)

    return [Link(place, names[place]) for place in sorted(names, key=lambda p: (depth(p), names[p]))]


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _seen(row: Mapping[str, Term]) -> str:
    return f"{row['role'].value} {row['fact'].value}"


def _text(row: Mapping[str, Term], name: str) -> str:
    return row[name].value if name in row else ""


def _link(row: Mapping[str, Term], name: str) -> Link | None:
    return Link(row[name].value, _text(row, f"{name}Label")) if name in row else None
