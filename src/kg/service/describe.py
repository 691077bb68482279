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
    """An observation; `low` and `high` are plain decimals in the base unit, `number` is as written (`add_quotes`)."""

    subject: Link | None = None
    indicator: Link | None = None
    low: str = ""
    high: str = ""
    comparator: str = ""
    unit: str = ""
    unit_token: str = ""
    noun: str = ""
    per: str = ""
    period: str = ""
    status: str = ""
    number: str = ""
    participants: list[Link] = field(default_factory=list)


@dataclass(slots=True)
class Thing:
    """A thing's names, types and identifiers; `about` holds further values by property IRI."""

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


def thing(store: Store, iri: str) -> Thing | None:
    """Return a thing with its places and namings, None where the dataset says nothing of it (1 query)."""
    found, places = Thing(iri), []
    for row in _ask(store, asked.HEAD, iri):
        match row["kind"].value:
            case "property":
                _take_head(found, row["property"].value, row["value"], row.get("label"))
            case "naming":
                found.namings.append(FactRow(row["value"].value, origin=row["property"].value))
            case _:
                places.append(row)
    found.places = _order_places(places)
    return found if found.types or found.labels or found.about else None


def statements(store: Store, iri: str, *, page: int = 1) -> list[StatementRow]:
    """Return a page of the statements that a thing takes part in, those of which it is the subject first (1 query)."""
    found: dict[str, StatementRow] = {}
    for row in _ask(store, asked.STATEMENTS, iri, page):
        fact = found.setdefault(_seen(row), StatementRow(row["fact"].value))
        _take_fact(fact, row)
        fact.predicate = row["predicate"].value
        fact.other = _link(row, "other") or fact.other
        fact.item = _link(row, "item") or fact.item
        fact.literal = _text(row, "literal")
        fact.asserted = _text(row, "asserted") != "false"
    return list(found.values())


def figures(store: Store, iri: str, *, page: int = 1) -> list[FigureRow]:
    """Return a page of the figures about a thing, then those that it shares or that count it (1 query)."""
    found: dict[str, FigureRow] = {}
    for row in _ask(store, asked.FIGURES, iri, page):
        fact = found.setdefault(_seen(row), FigureRow(row["fact"].value))
        _take_fact(fact, row)
        _take_figure(fact, row)
    return list(found.values())


def description(iri: str) -> str:
    """Return the CONSTRUCT that describes one thing; facts are no neighbours, each has a description of its own."""
    return bind(asked.DESCRIPTION, {"thing": NamedNode(iri)})


def add_quotes(store: Store, facts: Iterable[FactRow]) -> None:
    """Give each of these facts the words that state it, a figure also its number and participants (1 query for all)."""
    rows = {fact.iri: fact for fact in facts}
    if not rows:
        return
    values = " ".join(write_term(NamedNode(iri)) for iri in sorted(rows))
    for row in store.select(asked.QUOTES.replace("?_facts", values)):
        fact = rows[row["fact"].value]
        participant = _link(row, "participant")
        if participant is not None:
            if isinstance(fact, FigureRow):
                fact.participants.append(participant)
            continue
        quote = read_quote(row["page"].value, row["article"].value, row["quote"].value)
        if "number" not in row:
            fact.quotes += [] if quote in fact.quotes else [quote]
        elif isinstance(fact, FigureRow):
            fact.number = quote.exact
    for fact in rows.values():
        fact.quotes.sort(key=lambda quote: (quote.article, quote.start, quote.end))


def read_quote(page: str, article: str, exact: str) -> Quote:
    """Make a quote; the offsets stand in its page's address."""
    match = _OFFSETS.search(page)
    return Quote(page, article, exact, int(match[1]) if match else 0, int(match[2]) if match else 0)


def properties(store: Store, iri: str) -> list[tuple[str, Link | str, bool]]:
    """Return what is said of any node: property, value, and whether it points at the node instead (1 query)."""
    found: dict[tuple[str, str, bool], Link | str] = {}
    for row in _ask(store, asked.PROPERTIES, iri):
        key = (row["property"].value, row["value"].value, row["of"].value == "true")
        if not isinstance(row["value"], NamedNode):
            found[key] = row["value"].value
        elif key not in found or language(getattr(row.get("label"), "language", None) or "") == "zh":
            found[key] = Link(row["value"].value, _text(row, "label"))
    return [(prop, value, of) for (prop, _, of), value in found.items()]


def _ask(store: Store, text: str, iri: str, page: int = 1) -> Rows:
    text = text.replace("?_size", str(PAGE + 1)).replace("?_skip", str(PAGE * (page - 1)))
    return store.select(bind(text, {"thing": NamedNode(iri)}))


def _take_head(found: Thing, key: str, value: Term, label: Term | None) -> None:
    name = key.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
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


def _take_fact(fact: FactRow, row: Mapping[str, Term]) -> None:
    fact.role, fact.origin = _text(row, "role"), row["origin"].value
    fact.confidence, fact.rule = _text(row, "confidence"), _text(row, "rule")


def _take_figure(fact: FigureRow, row: Mapping[str, Term]) -> None:
    fact.subject, fact.indicator = _link(row, "subject"), _link(row, "indicator")
    fact.comparator, fact.unit, fact.status = (row[name].value for name in ("comparator", "unit", "status"))
    fact.unit_token = _text(row, "unitToken")
    for name in ("low", "high", "noun", "per", "period"):
        setattr(fact, name, _text(row, name))


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


def _seen(row: Mapping[str, Term]) -> str:
    return f"{row['role'].value} {row['fact'].value}"


def _text(row: Mapping[str, Term], name: str) -> str:
    return row[name].value if name in row else ""


def _link(row: Mapping[str, Term], name: str) -> Link | None:
    return Link(row[name].value, _text(row, f"{name}Label")) if name in row else None
