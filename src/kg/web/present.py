"""How values look on a page: addresses as paths, numbers with their separators, labels in the reader's language."""

from __future__ import annotations

import hashlib
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, g
from flask_babel import gettext as _

from kg.service.describe import FigureRow, Link
from kg.service.prefixes import shorten_iri
from kg.service.vocabulary import KG, ONTOLOGY, Vocabulary, vocabulary
from kg.web.context import current
from kg.web.language import lang

# The columns that hold tokens, and the scheme of the ontology that each one's tokens are from.
TOKENS = {
    "type": "types",
    "relation": "relations",
    "comparator": "comparators",
    "status": "statuses",
    "origin": "origins",
    "confidence": "confidences",
    "unit": "units",
}
# What pages call the terms of other vocabularies.
_OUTSIDE = {
    "dc:creator": "author",
    "dc:publisher": "publisher",
    "dcterms:creator": "author",
    "dcterms:date": "date",
    "dcterms:description": "description",
    "dcterms:identifier": "identifier",
    "foaf:page": "page",
    "oa:SpecificResource": "quoted words",
    "oa:hasSelector": "place in the text",
    "oa:hasSource": "article",
    "owl:sameAs": "the same as",
    "prov:hadMember": "member",
    "prov:used": "used",
    "prov:wasAssociatedWith": "done by",
    "prov:wasDerivedFrom": "derived from",
    "prov:wasGeneratedBy": "made by",
    "prov:wasQuotedFrom": "quoted from",
    "rdf:type": "type",
    "rdfs:label": "label",
    "schema:NewsArticle": "article",
    "schema:contentLocation": "district",
    "schema:containedInPlace": "contained in",
    "schema:isPartOf": "part of",
    "skos:altLabel": "alt labels",
    "skos:exactMatch": "the same as",
    "skos:inScheme": "scheme",
    "skos:notation": "token",
    "skos:prefLabel": "label",
    "time:Instant": "day",
    "time:Interval": "period",
    "time:hasBeginning": "period start",
    "time:hasEnd": "period end",
    "time:inXSDDate": "date",
}
_SIGNS = {"percent": "%", "permille": "‰"}
_RAISED = str.maketrans("23", "²³")
# What the other end calls a relation that the ontology takes from elsewhere.
_INVERSE_OUTSIDE = {
    "oa:hasSource": "quoted words",
    "prov:hadMember": "member of",
    "prov:used": "used by",
    "prov:wasDerivedFrom": "gave rise to",
    "prov:wasGeneratedBy": "made",
    "prov:wasQuotedFrom": "words of",
    "schema:containedInPlace": "contains",
}
_STATIC = Path(__file__).parent / "static"


def register(app: Flask) -> None:
    """Give the templates these functions."""
    app.jinja_env.globals |= {
        "path_of": path_of,
        "static_url": static_url,
        "term_label": term_label,
        "inverse_label": inverse_label,
        "plain_amount": plain_amount,
        "token": token,
        "node_label": node_label,
        "comma": comma,
        "word_of": word_of,
    }


def words() -> Vocabulary:
    """Return the ontology's terms, read at most once a request."""
    if "words" not in g:
        g.words = vocabulary(current().store)
    found: Vocabulary = g.words
    return found


def path_of(iri: str) -> str | None:
    """Return the path where this service shows an IRI; an outside address as it is; None for what is no address."""
    base = current().settings.base_iri
    if iri.startswith(f"{base}id/"):
        return "/page/" + iri.removeprefix(f"{base}id/")
    if iri.startswith(f"{base}articles/"):
        return "/" + iri.removeprefix(base) + ("#chosen" if "?start=" in iri else "")
    if iri.startswith(KG) or iri == ONTOLOGY:
        return "/ontology" + ("#" + iri.removeprefix(KG) if iri.startswith(KG) else "")
    return iri if iri.startswith(("https://", "http://")) else None


def iri_of(name: str) -> str:
    """Return the IRI of a path below `/id/`, percent-encoded as the graph writes it."""
    return current().settings.base_iri + "id/" + "/".join(quote(part, safe="-._~") for part in name.split("/"))


@cache
def static_url(name: str) -> str:
    """Return the path of a static file; it changes with the file's content, so that it may be cached for ever."""
    digest = hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def term_label(iri: str) -> str:
    """Return the label of a term of the ontology in the page's language."""
    known = words().terms.get(iri)
    return known.label(lang()) if known else str(_(_OUTSIDE.get(shorten_iri(iri), shorten_iri(iri))))


def inverse_label(iri: str) -> str:
    """Return what a relation is called from its other end: builds → built by."""
    inverse = words().inverse(iri)
    if inverse:
        return term_label(inverse)
    name = _INVERSE_OUTSIDE.get(shorten_iri(iri))
    return str(_(name)) if name else str(_("%(relation)s this", relation=term_label(iri)))


def node_label(link: Link) -> str:
    """Return what to call a node: a term in the page's language, else its label, else the end of its address."""
    if link.iri in words().terms:
        return term_label(link.iri)
    return link.label or shorten_iri(link.iri).removeprefix(current().settings.base_iri + "id/")


def token(iri: str) -> str:
    """Return the token of a term of the ontology."""
    return words().token(iri)


def word_of(column: str, text: str) -> str:
    """Return the words for a token, or for several joined by |, in a column of tokens; else the text."""
    terms = words().by_token(TOKENS[column]) if column in TOKENS else {}
    if column == "unit" and text in terms:
        return unit_name(terms[text].iri)
    return comma().join(terms[part].label(lang()) if part in terms else part for part in text.split("|"))


def comma() -> str:
    """Return what stands between the items of a list in the page's language."""
    return "、" if lang() == "zh" else ", "


def plain_number(text: str) -> str:
    """Write a decimal with separators of thousands: 3381000000 → 3,381,000,000."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return f"{value:,f}"


def unit_name(iri: str) -> str:
    """Return how a unit stands behind a number: 元, CNY, m², %; a classifier is the same in both languages."""
    name = token(iri)
    if name in _SIGNS:
        return _SIGNS[name]
    return term_label(iri) if lang() == "zh" else name.translate(_RAISED) if name in {"m2", "m3", "km2"} else name


def plain_amount(figure: FigureRow) -> str:
    """Write a figure as a plain number with its bounds and its unit: "≥ 60,000 人次"."""
    low, high = plain_number(figure.low), plain_number(figure.high)
    unit = unit_name(figure.unit)
    tail = (unit if unit in _SIGNS.values() else f" {unit}{figure.noun}") + (f" / {figure.per}" if figure.per else "")
    match token(figure.comparator):
        case "range":
            return f"{low}–{high}{tail}"
        case "ge":
            return f"≥ {low}{tail}"
        case "le":
            return f"≤ {high}{tail}"
        case "approx":
            return str(_("about %(amount)s", amount=f"{low or high}{tail}"))
    return f"{low or high}{tail}"
