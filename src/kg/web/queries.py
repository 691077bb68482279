"""`/queries`: the catalogue of canned queries, a page with a form for each, and its result in every format."""

from __future__ import annotations

import hashlib
import zlib
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.blueprints import BlueprintSetupState

from kg.errors import ParameterError, QueryError
from kg.service import canned
from kg.service.canned import RESERVED, CannedQuery, Catalogue
from kg.service.choices import MOST, choices, resolve
from kg.service.executables import executables
from kg.store import Rows
from kg.store.base import read_rows
from kg.store.formats import CSV, JSON, TSV, XML
from kg.web.context import current
from kg.web.paging import read_page
from kg.web.problems import status_of
from kg.web.rdf import FORMATS as GRAPH_FORMATS
from kg.web.rdf import send
from kg.web.spoken import told
from kg.web.spreadsheet import MEDIA_TYPE, spreadsheet
from kg.web.tables import Table, table

blueprint = Blueprint("queries", __name__)

FORMATS = {"csv": CSV, "json": JSON, "tsv": TSV, "xml": XML}
_CONTRACT = (
    "enterprises-projects",
    "observations",
    "entities",
    "programmes-measures",
    "project-investment",
    "employment",
    "arithmetic-checks",
)


def catalogue() -> Catalogue:
    """Return the canned queries of the current application."""
    found: Catalogue = current_app.extensions["kg.queries"]
    return found


@blueprint.record_once
def _load(state: BlueprintSetupState) -> None:
    settings = state.app.extensions["kg"].settings
    state.app.extensions["kg.queries"] = canned.load(settings.queries)


@blueprint.get("/queries")
def queries() -> str:
    """List the canned queries."""
    first = {name: place for place, name in enumerate(_CONTRACT)}
    listed = sorted(catalogue(), key=lambda query: (first.get(query.name, len(first)), query.name))
    return render_template("queries.html", queries=listed)


@blueprint.get("/queries.<any(ttl, jsonld, nt, rdf):extension>")
def described(extension: str) -> Response:
    """Describe the canned queries in RDF, each a `sh:SPARQLExecutable`."""
    return send(executables(catalogue(), current().settings.base_iri), GRAPH_FORMATS[extension])


@blueprint.get("/queries/<name>")
def query(name: str) -> Response:
    """Show one query with its form and its answer; a wrong value or a failure leaves the form filled."""
    asked = catalogue().get(name)
    values = given()
    page, found, problem, status, text = 1, None, None, 200, asked.query
    try:
        page = read_page(request.args.get("page"))
        values = resolve(current().store, asked, values)
        text = asked.bind(values)
        found = table(_rows(text), sort=request.args.get("sort", ""), page=page)
    except QueryError as error:
        problem, status = error, status_of(error)
    return make_response(_page(asked, values, found, problem, text), status)


@blueprint.get("/queries/<name>.<any(csv, json, tsv, xml):extension>")
def result(name: str, extension: str) -> Response:
    """Answer one query in a format of SPARQL results."""
    asked, syntax = catalogue().get(name), FORMATS[extension]
    answer = current().store.query(bound(asked), syntax=syntax)
    return Response(answer.body, content_type=syntax.content_type)


@blueprint.get("/queries/<name>.rq")
def text(name: str) -> Response:
    """Give the SPARQL of a query with its parameters bound, to ask it of any endpoint."""
    return Response(bound(catalogue().get(name)), content_type="application/sparql-query; charset=utf-8")


@blueprint.get("/queries/<name>.xlsx")
def sheet(name: str) -> Response:
    """Answer one query as a spreadsheet."""
    asked = catalogue().get(name)
    body = spreadsheet(current().store.select(bound(asked)))
    response = Response(body, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _rows(text: str) -> Rows:
    """Answer a query, or read its answer as it is kept: who turns the pages of a long table asks it many times."""
    here = current()
    version = here.store.version if here.store.versioned else ""
    key = hashlib.blake2b(f"rows\0{version}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    kept = here.cache.get_page(key) if version else None
    if kept is not None:
        return read_rows(zlib.decompress(kept))
    answer = here.store.query(text, syntax=JSON)
    if version and answer.version == version:
        here.cache.put_page(key, zlib.compress(answer.body, level=1))
    return read_rows(answer.body)


def given() -> dict[str, str]:
    """Return the parameters of the request.

    Raises:
        ParameterError: one is given twice.
    """
    values = {}
    for name, texts in request.args.lists():
        if name in RESERVED:
            continue
        if len(texts) > 1:
            sentence = "{name} is given {times} times; give it once."
            raise ParameterError(sentence, parameter=name, name=name, times=len(texts))
        values[name] = texts[0]
    return values


def bound(asked: CannedQuery) -> str:
    """Return a query with the parameters of the request bound, names of things made into their IRIs."""
    return asked.bind(resolve(current().store, asked, given()))


def _page(
    asked: CannedQuery, values: dict[str, str], found: Table | None, problem: QueryError | None, text: str
) -> str:
    store = current().store
    shown = {p.name: values.get(p.name, p.default or "") for p in asked.parameters}
    return render_template(
        "query.html",
        query=asked,
        values=shown,
        choices=choices(store, asked),
        table=found,
        problem=problem,
        told=told,
        most=MOST,
        text=text,
        extensions=(*FORMATS, "xlsx"),
        address=lambda **more: _address(values, more),
    )


def _address(values: dict[str, str], more: dict[str, object]) -> str:
    """Return the query string of this page with some pairs changed; None leaves one out."""
    kept = {name: request.args[name] for name in ("sort",) if name in request.args}
    pairs = {**values, **kept, **more}
    written = urlencode({name: str(value) for name, value in pairs.items() if value is not None})
    return f"?{written}" if written else ""
