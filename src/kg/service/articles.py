"""The articles of the dataset: what each says of itself, and which of its words state which fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pyoxigraph import NamedNode

from kg.errors import ParameterError
from kg.service.binding import bind
from kg.service.describe import Link, Quote, read_quote
from kg.service.prefixes import HEADER
from kg.service.versions import per_version
from kg.store import Store, Term

Kind = Literal["naming", "statement", "figure", "unread"]
KINDS: tuple[Kind, ...] = ("naming", "statement", "figure", "unread")

_ARTICLES = (
    HEADER
    + """SELECT ?article ?id ?title ?published ?publisher ?sha256 WHERE {
  ?article a schema:NewsArticle ; dcterms:identifier ?id ; rdfs:label ?title .
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article dc:publisher ?publisher }
  OPTIONAL { ?article schema:sha256 ?sha256 }
}
ORDER BY DESC(?published) ?id"""
)
_MARKS = (
    HEADER
    + """SELECT ?fact ?kind ?page ?reason ?quote WHERE {
  { ?words oa:hasSource ?article ; foaf:page ?page . ?fact prov:wasQuotedFrom ?words ; a kg:Naming .
    BIND("naming" AS ?kind) }
  UNION
  { ?words oa:hasSource ?article ; foaf:page ?page . ?fact prov:wasQuotedFrom ?words ; a kg:Statement .
    BIND("statement" AS ?kind) }
  UNION
  { ?words oa:hasSource ?article ; foaf:page ?page . ?fact kg:number ?words .
    BIND("figure" AS ?kind) }
  UNION
  { ?words oa:hasSource ?article ; foaf:page ?page ; oa:hasSelector ?selector . ?selector oa:exact ?quote .
    ?fact prov:wasQuotedFrom ?words ; kg:reason ?reason ; a kg:UnreadNumber .
    BIND("unread" AS ?kind) }
}"""
)
_STATEMENTS = (
    HEADER
    + """SELECT ?fact ?page ?quote ?subject ?subjectLabel ?predicate ?object ?objectLabel ?origin WHERE {
  ?words oa:hasSource ?article ; foaf:page ?page ; oa:hasSelector ?selector .
  ?selector oa:exact ?quote .
  ?fact prov:wasQuotedFrom ?words ; a kg:Statement ; kg:subject ?subject ; kg:predicate ?predicate ;
    kg:object ?object ; kg:origin ?origin .
  ?subject rdfs:label ?subjectLabel .
  ?object rdfs:label ?objectLabel .
  FILTER(LANG(?subjectLabel) != "en" && LANG(?objectLabel) != "en")
}"""
)
_FIGURE = """?words oa:hasSource ?article ; foaf:page ?page ; oa:hasSelector ?selector .
    ?selector oa:exact ?quote .
    ?fact prov:wasQuotedFrom ?words ; a kg:Observation ; rdfs:label ?label ; kg:origin ?origin ."""
_FIGURES = (
    HEADER
    + f"""SELECT ?fact ?page ?quote ?label ?subject ?subjectLabel ?origin WHERE {{
  {{ {_FIGURE} ?fact kg:subject ?subject . ?subject rdfs:label ?subjectLabel }}
  UNION
  {{ {_FIGURE} FILTER NOT EXISTS {{ ?fact kg:subject ?subject }} }}
}}"""
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article; `published` is an ISO date or empty, `sha256` that of the file it was read from."""

    iri: str
    id: str
    title: str
    published: str
    publisher: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text that a fact of a kind rests on; of an unread number also the words and the reason."""

    start: int
    end: int
    kind: Kind
    fact: str
    exact: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact in words, for the list beside the text; `predicate` is empty for a figure, `label` for a statement."""

    fact: str
    quote: Quote
    origin: str
    subject: Link | None
    predicate: str = ""
    object: Link | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the kinds of facts that rest on it; `chosen` is the stretch a reader asked for."""

    text: str
    kinds: tuple[Kind, ...] = ()
    chosen: bool = False
    reason: str = ""


@per_version
def articles(store: Store) -> list[Article]:
    """Return the articles, the newest first (1 query for each version of the dataset)."""
    found: dict[str, Article] = {}
    for row in store.select(_ARTICLES):
        iri = row["article"].value
        names = ("id", "title", "published", "publisher", "sha256")
        found.setdefault(iri, Article(iri, *(row[name].value if name in row else "" for name in names)))
    return list(found.values())


def marks(store: Store, article: str) -> list[Mark]:
    """Return what the facts of an article rest on, in reading order (1 query)."""
    found = []
    for row in _ask(store, _MARKS, article):
        quote = read_quote(row["page"].value, article, row["quote"].value if "quote" in row else "")
        kind: Kind = row["kind"].value  # type: ignore[assignment]  # the query binds nothing else
        reason = row["reason"].value if "reason" in row else ""
        found.append(Mark(quote.start, quote.end, kind, row["fact"].value, quote.exact, reason))
    return sorted(found, key=lambda mark: (mark.start, mark.end, mark.kind, mark.fact))


def stated(store: Store, article: str) -> list[Stated]:
    """Return the statements and figures of an article in reading order (2 queries)."""
    found: dict[str, Stated] = {}
    for row in (*_ask(store, _STATEMENTS, article), *_ask(store, _FIGURES, article)):
        fact = row["fact"].value
        quote = read_quote(row["page"].value, article, row["quote"].value)
        found.setdefault(
            fact,
            Stated(
                fact,
                quote,
                row["origin"].value,
                _link(row, "subject"),
                row["predicate"].value if "predicate" in row else "",
                _link(row, "object"),
                row["label"].value if "label" in row else "",
            ),
        )
    return sorted(found.values(), key=lambda one: (one.quote.start, one.quote.end, one.fact))


def read_span(start: str | None, end: str | None, length: int | None) -> tuple[int, int] | None:
    """Read the two offsets of an address (code points; `length` is the text's, None where it is not known).

    Raises:
        ParameterError: one is missing, no whole number, or outside the text.
    """
    if start is None and end is None:
        return None
    numbers = []
    for name, text in (("start", start), ("end", end)):
        if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
            raise ParameterError("{name} takes an offset into the text, such as {name}=120.", parameter=name, name=name)
        numbers.append(int(text))
    first, last = numbers
    if first >= last:
        raise ParameterError("end must be greater than start.", parameter="end")
    if length is not None and last > length:
        raise ParameterError("end is past the text, which has {length} characters.", parameter="end", length=length)
    return first, last


def pieces(text: str, marks: Iterable[Mark], chosen: tuple[int, int] | None = None) -> list[Piece]:
    """Cut a text wherever a mark begins or ends; the pieces joined are the text again."""
    events: dict[int, list[tuple[int, Mark | None]]] = {0: [], len(text): []}
    spans = [(mark.start, mark.end, mark) for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    for start, end, mark in (*spans, *([(*chosen, None)] if chosen else [])):
        events.setdefault(start, []).append((1, mark))
        events.setdefault(end, []).append((-1, mark))
    open_kinds: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    reasons: list[str] = []
    inside, found = 0, []
    places = sorted(events)
    for place, after in pairwise(places):
        for step, mark in events[place]:
            if mark is None:
                inside += step
                continue
            open_kinds[mark.kind] += step
            if mark.reason:
                reasons.append(mark.reason) if step > 0 else reasons.remove(mark.reason)
        kinds = tuple(kind for kind in KINDS if open_kinds[kind])
        found.append(Piece(text[place:after], kinds, bool(inside), reasons[0] if reasons else ""))
    return found


def _ask(store: Store, text: str, article: str) -> list[dict[str, Term]]:
    return list(store.select(bind(text, {"article": NamedNode(article)})))


def _link(row: Mapping[str, Term], name: str) -> Link | None:
    return Link(row[name].value, row[f"{name}Label"].value) if f"{name}Label" in row else None
