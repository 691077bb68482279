"""Linked data: `/id/…` redirects to `/page/…` for people or `/data/….ttl` for programs, by Accept."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.exceptions import NotAcceptable
from werkzeug.wrappers import Response as AnyResponse

from kg.errors import NotFoundError
from kg.service import describe
from kg.service.articles import articles
from kg.service.describe import About, FigureRow, StatementRow, Thing
from kg.service.negotiation import choose
from kg.service.vocabulary import KG
from kg.web.context import current
from kg.web.language import lang
from kg.web.nodes import node_page
from kg.web.paging import read_page
from kg.web.present import iri_of, path_of, words
from kg.web.rdf import FORMATS, HTML, send

blueprint = Blueprint("things", __name__)

_SCHEMA = "https://schema.org/"
_KEY_FIGURES = 6
_UNITS_FIRST = (KG + "unit-CNY", KG + "unit-percent")
_REPLACED = "http://purl.org/dc/terms/isReplacedBy"
_SCHEMA_TYPES = {
    "District": "AdministrativeArea",
    "Enterprise": "Corporation",
    "Event": "Event",
    "Facility": "Place",
    "Park": "Place",
    "Product": "Product",
    "PublicBody": "GovernmentOrganization",
    "System": "SoftwareApplication",
}


@blueprint.get("/id/<path:name>")
def identify(name: str) -> AnyResponse:
    """Send a person to the page and a program to the data (303: the thing itself cannot be sent)."""
    chosen = choose(request.headers.get("Accept"), (HTML, *FORMATS.values()))
    if chosen is None:
        raise NotAcceptable("This comes as text/html, " + ", ".join(each.media_type for each in FORMATS.values()) + ".")
    path, extension = quote(name), chosen[0].extension
    response = redirect(f"/page/{path}" if chosen[0] is HTML else f"/data/{path}.{extension}", code=303)
    response.vary.add("Accept")
    return response


@blueprint.get("/data/<path:name>.<any(ttl, jsonld, nt, rdf):extension>")
def data(name: str, extension: str) -> Response:
    """Describe one thing in RDF (1 query)."""
    iri, syntax = iri_of(name), FORMATS[extension]
    triples = current().store.construct(describe.description(iri))
    if not triples:
        raise NotFoundError("The dataset says nothing of {iri}.", iri=iri)
    response = send(triples, syntax)
    response.headers["Link"] = f'<{iri}>; rel="about", </page/{quote(name)}>; rel="alternate"; type="text/html"'
    return response


@blueprint.get("/page/<path:name>")
def page(name: str) -> AnyResponse:
    """Show a thing with its statements and figures, each with the words that state it (2 queries)."""
    iri, store = iri_of(name), current().store
    number = read_page(request.args.get("page"))
    about = describe.about(store, iri, page=number)
    if about is None:
        raise NotFoundError("The dataset says nothing of {iri}.", iri=iri)
    thing = about.thing
    for link in thing.about.get(_REPLACED, []) if not thing.types else []:
        return redirect(path_of(link.iri) or "/", code=301)
    if _SCHEMA + "NewsArticle" in thing.types:
        return redirect("/articles/" + name.rsplit("/", 1)[-1], code=303)
    types = {term.iri for term in words().by_token("types").values()}
    if types.isdisjoint(thing.types):
        return _with_links(node_page(thing, name), name)
    return _with_links(_thing(about, name, number), name)


def _thing(about: About, name: str, number: int) -> str:
    store, thing, figures = current().store, about.thing, about.figures
    describe.add_details(store, [*about.statements, *figures, *thing.namings])
    own = [figure for figure in figures if figure.role == "subject"]
    return render_template(
        "thing.html",
        thing=thing,
        label=thing.label(lang()),
        name=quote(name),
        groups=_grouped(about.statements),
        figures=own,
        key_figures=_key_figures(own),
        shared=[figure for figure in figures if figure.role == "participant"],
        counted=[figure for figure in figures if figure.role == "counts"],
        namings=thing.namings,
        articles={article.iri: article for article in articles(store)},
        number=number,
        more=about.more,
        json_ld=_json_ld(thing),
        formats=FORMATS,
    )


def _grouped(statements: list[StatementRow]) -> list[tuple[str, str, list[list[StatementRow]]]]:
    """Group statements by the side on which the thing stands, and the predicate; the same words are shown once."""

    def side(row: StatementRow) -> tuple[str, str]:
        return row.role, row.predicate

    return [(role, predicate, _by_words(rows)) for (role, predicate), rows in groupby(statements, key=side)]


def _by_words(rows: Iterable[StatementRow]) -> list[list[StatementRow]]:
    """Put the statements that rest on the same words together, in the order in which each first stands."""
    bundles: dict[object, list[StatementRow]] = {}
    for row in rows:
        bundles.setdefault(tuple(row.quotes) or row.iri, []).append(row)
    return list(bundles.values())


def _key_figures(figures: list[FigureRow]) -> list[FigureRow]:
    """Return the figures to begin with: money, the largest first, then rates, then the others as they stand."""

    def rank(figure: FigureRow) -> tuple[int, Decimal]:
        place = _UNITS_FIRST.index(figure.unit) if figure.unit in _UNITS_FIRST else len(_UNITS_FIRST)
        return place, -Decimal(figure.low or figure.high or 0) if place == 0 else Decimal(0)

    said: dict[tuple[object, ...], FigureRow] = {}  # what many articles say of a thing is shown once
    for figure in sorted(figures, key=rank):
        said.setdefault((figure.indicator, figure.number, figure.period, figure.status), figure)
    return list(said.values())[:_KEY_FIGURES]


def _json_ld(thing: Thing) -> dict[str, Any]:
    """Describe a thing in schema.org's words, for search engines."""
    kinds = [_SCHEMA_TYPES[t.removeprefix(KG)] for t in thing.types if t.removeprefix(KG) in _SCHEMA_TYPES]
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": thing.iri,
        "@type": kinds or "Thing",
        "name": thing.label("zh"),
        "url": path_of(thing.iri),
    }
    if thing.aliases:
        said["alternateName"] = thing.aliases
    return said


def _with_links(html: str, name: str) -> AnyResponse:
    response = make_response(html)
    links = [f'</data/{quote(name)}.{end}>; rel="alternate"; type="{f.media_type}"' for end, f in FORMATS.items()]
    response.headers["Link"] = ", ".join([f'<{iri_of(name)}>; rel="canonical"', *links])
    return response
