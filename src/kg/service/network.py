"""Who stands behind what: the ties of enterprises to projects, groups of projects, products and parks, filtered.

The ties are those of the canned query `enterprises-projects`; a constant number of queries answers a page of them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.service.binding import XSD, bind, write_term
from kg.service.describe import Link
from kg.service.prefixes import HEADER
from kg.service.vocabulary import KG
from kg.store import Store, Term

MOST_ROWS = 1_000  # of a page; a row is a tie and one quote of it
MOST_PLACES = 500
MOST_DRAWN = 80  # ties; the names of more could not be read
_TIES = (
    HEADER
    + """SELECT DISTINCT ?firm ?firmLabel ?work ?workLabel ?kind ?relation ?way ?asserted ?origin ?quote ?page
  ?article ?start
WHERE {
  { ?fact kg:subject ?firm ; kg:object ?work . BIND("out" AS ?way) }
  UNION { ?fact kg:object ?firm ; kg:subject ?work . BIND("in" AS ?way) }
  UNION { ?fact kg:item ?work ; kg:subject ?firm . BIND("out" AS ?way) }
  ?firm a kg:Enterprise ; rdfs:label ?firmLabel .
  ?work a ?kind ; rdfs:label ?workLabel .
  FILTER(?kind IN (kg:Project, kg:ProjectGroup, kg:Product, kg:Park))
  FILTER(LANG(?firmLabel) != "en" && LANG(?workLabel) != "en")
  ?fact a kg:Statement ; kg:predicate/skos:notation ?relation ; kg:asserted ?asserted ;
    kg:origin/skos:notation ?origin ; prov:wasQuotedFrom ?words .
  ?words oa:hasSource ?article ; foaf:page ?page ; oa:hasSelector ?exact ; oa:hasSelector/oa:start ?start .
  ?exact oa:exact ?quote .
  %s
}
ORDER BY ?firmLabel ?relation ?workLabel ?firm ?work ?article ?start ?kind ?way ?asserted ?origin ?page ?quote
LIMIT %d OFFSET %d"""
)
_INSIDE = "?place schema:containedInPlace* ?_district"


def _of_either_end(figure: str, pattern: str) -> str:
    """Ask for a figure of one end or the other; `pattern` tells of it, ?lowN is its lower bound.

    Two optional look-ups are twenty times as fast as EXISTS, which goes through all figures for each tie.
    """
    ends = (("1", "?work"), ("2", "?firm"))
    looks = [f"OPTIONAL {{ {figure}{n} kg:subject {end} ; {pattern.replace('?lowN', '?low' + n)} }}" for n, end in ends]
    return f"{' '.join(looks)} FILTER(BOUND({figure}1) || BOUND({figure}2))"


_FILTERS = {
    "relation": "FILTER(STR(?relation) = ?_relation)",
    "asserted": "FILTER(?asserted = ?_asserted)",
    "amount": _of_either_end("?sum", "kg:unit kg:unit-CNY ; kg:low ?lowN . FILTER(?lowN >= ?_amount)"),
    "status": _of_either_end("?figure", "kg:status ?_status"),
    "district": "FILTER("
    + " || ".join(
        f"EXISTS {{ {end} ?place . {_INSIDE} }}"
        for end in ("?work kg:locatedIn", "?firm kg:locatedIn", "?article schema:contentLocation")
    )
    + ")",
}
_AMOUNTS = (
    HEADER
    + """SELECT ?thing ?low ?written ?status ?indicator ?page WHERE {
  VALUES ?thing { %s }
  ?figure kg:subject ?thing ; kg:unit ?unit ; kg:low ?low ; kg:status/skos:notation ?status ;
    kg:indicator/skos:prefLabel ?indicator ; kg:number/oa:hasSelector/oa:exact ?written ;
    prov:wasQuotedFrom/foaf:page ?page .
  FILTER(?unit = kg:unit-CNY)  # as a pattern it would be where the engine begins: at every sum there is
  FILTER(LANG(?indicator) != "en")
}
ORDER BY ?thing DESC(?low) ?page"""
)
_PLACES = (
    HEADER
    + """SELECT DISTINCT ?place ?label WHERE {
  { SELECT DISTINCT ?nearest WHERE {
    { ?thing kg:locatedIn ?nearest } UNION { ?article schema:contentLocation ?nearest }
  } }
  ?nearest schema:containedInPlace* ?place .
  ?place a kg:District ; rdfs:label ?label . FILTER(LANG(?label) != "en")
}
ORDER BY ?label ?place
LIMIT %d"""
)
_CALLED = (
    HEADER
    + """SELECT DISTINCT ?place ?label ?within WHERE {
  ?place a kg:District ; rdfs:label|skos:altLabel ?called ; rdfs:label ?label .
  FILTER(LANG(?label) != "en" && STR(?called) = ?_name)
  OPTIONAL { ?place schema:containedInPlace/rdfs:label ?within FILTER(LANG(?within) != "en") }
}
ORDER BY ?within ?label ?place"""
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the ties must be: empty means anything; `amount` is the least sum in yuan said of either end."""

    relation: str = ""
    asserted: str = ""
    amount: str = ""
    status: str = ""
    district: str = ""

    def terms(self) -> dict[str, Literal | NamedNode]:
        """Return the term of each filter that is set."""
        made = {
            "relation": Literal(self.relation),
            "asserted": Literal(self.asserted, datatype=NamedNode(XSD + "boolean")),
            "amount": Literal(self.amount, datatype=NamedNode(XSD + "decimal")),
            "status": NamedNode(KG + self.status) if self.status else Literal(""),
            "district": NamedNode(self.district) if self.district else Literal(""),
        }
        return {name: term for name, term in made.items() if term.value}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as the article writes it, with its status and where it stands."""

    written: str
    low: str
    status: str
    indicator: str
    page: str


@dataclass(slots=True)
class End:
    """One end of a tie: an enterprise, or what it stands behind."""

    iri: str
    label: str
    type: str
    amounts: list[Amount] = field(default_factory=list)


@dataclass(slots=True)
class Tie:
    """One relation; `outward` where the enterprise is its subject; `quotes` are pairs of words and their page."""

    firm: End
    relation: str
    work: End
    outward: bool
    asserted: bool
    origin: str
    quotes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Network:
    """A page of ties and their ends; `more` where there is another page."""

    ties: tuple[Tie, ...]
    ends: tuple[End, ...]
    more: bool


def network(store: Store, filters: Filters, *, page: int = 1) -> Network:
    """Return a page of the ties that pass the filters: at most `MOST_ROWS` quotes of them, from page 1 (2 queries).

    A tie whose quotes go on over the end of a page stands on both.
    """
    terms = filters.terms()
    asked = "\n  ".join(_FILTERS[name] for name in terms)
    text = _TIES % (asked, MOST_ROWS + 1, MOST_ROWS * (page - 1))
    rows = list(store.select(bind(text, {f"_{name}": term for name, term in terms.items()})))
    ends: dict[str, End] = {}
    ties: dict[tuple[str, ...], Tie] = {}
    for row in rows[:MOST_ROWS]:
        _take(row, ends, ties)
    _weigh(store, ends)
    return Network(tuple(ties.values()), tuple(ends.values()), len(rows) > MOST_ROWS)


def drawn(ties: Sequence[Tie], *, most: int = MOST_DRAWN) -> list[Tie]:
    """Return the ties that a picture has room for: those of the largest parts that hang together.

    A part that is larger than the picture is begun at the thing with the most ties.
    """
    if len(ties) <= most:
        return list(ties)
    chosen: list[Tie] = []
    for part in sorted(_parts(ties), key=len, reverse=True):
        if chosen and len(chosen) + len(part) > most:
            break
        chosen += part[:most]
    return chosen


def _parts(ties: Sequence[Tie]) -> Iterator[list[Tie]]:
    """Yield the ties that hang together, outwards from the thing with the most."""
    at: dict[str, list[int]] = defaultdict(list)
    for place, tie in enumerate(ties):
        at[tie.firm.iri].append(place)
        at[tie.work.iri].append(place)
    reached: dict[int, None] = {}
    for start in sorted(at, key=lambda iri: -len(at[iri])):
        before, ahead = len(reached), deque([start])
        while ahead:
            fresh = [place for place in at.pop(ahead.popleft(), ()) if place not in reached]
            reached.update(dict.fromkeys(fresh))
            ahead.extend(end.iri for place in fresh for end in (ties[place].firm, ties[place].work))
        if len(reached) > before:
            yield [ties[place] for place in list(reached)[before:]]


def districts(store: Store) -> list[Link]:
    """Return the places that a tie can stand in, one more than `MOST_PLACES` at most (1 query)."""
    return [Link(row["place"].value, row["label"].value) for row in store.select(_PLACES % (MOST_PLACES + 1))]


def places_called(store: Store, name: str) -> list[Link]:
    """Return the places of a name, a short one too; where several bear it, each with what it lies in (1 query)."""
    found: dict[str, str] = {}
    for row in store.select(bind(_CALLED, {"_name": Literal(name)})):
        label = row["label"].value
        within = f" ({row['within'].value})" if "within" in row else ""
        found.setdefault(row["place"].value, label + within)
    return [Link(iri, label) for iri, label in found.items()]


def _take(row: Mapping[str, Term], ends: dict[str, End], ties: dict[tuple[str, ...], Tie]) -> None:
    firm, work, relation, way = (row[name].value for name in ("firm", "work", "relation", "way"))
    kind = row["kind"].value.rpartition("#")[2]
    ends.setdefault(firm, End(firm, row["firmLabel"].value, "Enterprise"))
    ends.setdefault(work, End(work, row["workLabel"].value, kind))
    asserted = row["asserted"].value == "true"
    made = Tie(ends[firm], relation, ends[work], way == "out", asserted, row["origin"].value)
    tie = ties.setdefault((firm, relation, work, way, str(asserted)), made)
    quote = (row["quote"].value, row["page"].value)
    if quote not in tie.quotes:
        tie.quotes.append(quote)


def _weigh(store: Store, ends: Mapping[str, End]) -> None:
    for row in store.select(_AMOUNTS % _values(ends)) if ends else ():
        amounts = ends[row["thing"].value].amounts
        texts = (row[name].value for name in ("written", "low", "status", "indicator", "page"))
        amounts.append(Amount(*texts))


def _values(iris: Iterable[str]) -> str:
    return " ".join(write_term(NamedNode(iri)) for iri in iris)
