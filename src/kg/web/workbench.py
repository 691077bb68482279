"""`/workbench`: write a query, see its answer; a plain form without JavaScript, an editor with it."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import pyoxigraph as ox
from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask_babel import gettext as _

from kg.errors import QueryError
from kg.service import charts, terms
from kg.service.canned import CannedQuery
from kg.service.prefixes import PREFIXES, shorten_iri
from kg.service.requests import request_for
from kg.store.base import STORE_DATASET
from kg.store.formats import CSV, JSON, JSON_LD, N_TRIPLES, TSV, TURTLE, XML, Format
from kg.web.bundle import bundle_url
from kg.web.context import current
from kg.web.language import lang
from kg.web.problems import status_of
from kg.web.queries import catalogue
from kg.web.spoken import told

blueprint = Blueprint("workbench", __name__)

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None

MOST_ROWS = 500
ROW_FORMATS = (CSV, TSV, JSON, XML)
GRAPH_FORMATS = (TURTLE, N_TRIPLES, JSON_LD)
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(_XSD + name for name in ("decimal", "integer", "double", "float", "int", "long"))
FIRST_QUERY = """PREFIX kg: <https://w3id.org/district-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?enterprise ?name
WHERE {
  ?enterprise a kg:Enterprise ;
    rdfs:label ?name .
}
ORDER BY ?name
LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows of an answer: at most `MOST_ROWS` of its `total` rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    seconds: float
    labels: dict[str, str]
    boolean: bool | None = None
    formats: tuple[Format, ...] = ROW_FORMATS

    def show(self, iri: str) -> str:
        """Return the label of an IRI, else its prefixed name, else the IRI."""
        return self.labels.get(iri) or shorten_iri(iri)

    def is_iri(self, term: Cell) -> bool:
        """Tell whether a cell is an IRI."""
        return isinstance(term, ox.NamedNode)

    def is_number(self, term: Cell) -> bool:
        """Tell whether a cell is a number, written flush right."""
        return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


@blueprint.get("/workbench")
def workbench() -> Response:
    """Show the editor with the query of the URL, and its answer where `run` is given."""
    questions = list(catalogue())
    example = request.args.get("example", "")
    chosen = next((each.query for each in questions if each.name == example), FIRST_QUERY)
    text = request.args.get("query") or chosen
    answer, problem, status = None, None, 200
    if "run" in request.args:
        try:
            answer = ask(text)
        except QueryError as error:
            problem, status = error, status_of(error)
    page = render_template(
        "workbench.html",
        query=text,
        examples=questions,
        example=example,
        answer=answer,
        problem=problem and told(problem),
        data=_data(questions),
        script=bundle_url("workbench.js"),
        style=bundle_url("workbench.css"),
    )
    return make_response(page, status)


@blueprint.post("/workbench/cancel")
def cancel() -> Response:
    """Stop the query that is being asked at `/sparql` with the header `Query-Name: name`."""
    return jsonify(cancelled=current().store.cancel(request.form.get("name", "")))


def ask(text: str) -> Answer:
    """Answer a query of any form as rows.

    Raises:
        QueryError: the kinds of `Store.query`.
    """
    started = perf_counter()
    asked = request_for(text, STORE_DATASET, f"{JSON.media_type}, {N_TRIPLES.media_type}")
    found = current().store.query(asked.text, syntax=asked.syntax, base=current().settings.base_iri)
    if asked.syntax.kind == "graph":
        triples = sorted((quad.triple for quad in ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES)), key=str)
        return _answer(("subject", "predicate", "object"), tuple(map(tuple, triples)), started, GRAPH_FORMATS)
    results = ox.parse_query_results(found.body, format=ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return Answer((), (), 0, perf_counter() - started, {}, boolean=bool(results))
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError(results)
    columns = tuple(variable.value for variable in results.variables)
    return _answer(columns, tuple(map(tuple, results)), started, ROW_FORMATS)


def _answer(
    columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], started: float, formats: tuple[Format, ...]
) -> Answer:
    seconds = perf_counter() - started
    shown = rows[:MOST_ROWS]
    iris = [cell.value for row in shown for cell in row if isinstance(cell, ox.NamedNode)]
    named = terms.labels(current().store, iris, lang())
    return Answer(columns, shown, len(rows), seconds, named, formats=formats)


def _data(examples: list[CannedQuery]) -> dict[str, object]:
    """Return what the script of the page must know; `texts` are its words in the page's language."""
    language = lang()
    return {
        "base": current().settings.base_iri,
        "prefixes": PREFIXES | {"id": current().settings.base_iri + "id/"},
        "endpoint": url_for("sparql.sparql"),
        "cancel": url_for("workbench.cancel"),
        "terms": url_for("terms.complete", lang=language),
        "chart": charts.specification((), names="", numbers="", language=language),
        "examples": {query.name: query.query for query in examples},
        "rowFormats": [_format(each) for each in ROW_FORMATS],
        "graphFormats": [_format(each) for each in GRAPH_FORMATS],
        "texts": _texts(),
    }


def _format(syntax: Format) -> dict[str, str]:
    return {"name": syntax.name.upper(), "type": syntax.media_type, "extension": syntax.extension}


def _texts() -> dict[str, str]:
    """Return the words of the script; {…} are filled in there."""
    return {
        "editor": _("SPARQL query"),
        "expected": _("The query cannot be read on from here; expected: {expected}"),
        "unreadable": _("The query cannot be read on from here."),
        "misread": _("The query does not parse at line {line}, column {column}.") if lang() != "en" else "",
        "failed": _("The query cannot be answered.") if lang() != "en" else "",
        "running": _("Running … {seconds} s"),
        "cancelled": _("Cancelled after {seconds} s"),
        "unreachable": _("The service did not answer. Check the connection and run the query again."),
        "answered": _("Answered in {seconds} s"),
        "row": _("{rows} row in {seconds} s"),
        "rows": _("{rows} rows in {seconds} s"),
        "yes": _("Yes"),
        "no": _("No"),
        "views": _("Ways to look at the answer"),
        "table": _("Table"),
        "graph": _("Graph"),
        "chart": _("Chart"),
        "raw": _("Raw"),
        "more": _("Show more ({shown} of {all})"),
        "download": _("Download all of it:"),
        "names": _("Names"),
        "numbers": _("Numbers"),
        "noGraph": _("There is no graph to draw: it needs rows with two things each."),
        "graphLabel": _("Graph of {nodes} things and {edges} links; the table tells the same."),
        "graphCut": _("Only the first {nodes} things are drawn."),
        "noChart": _("There is no chart to draw: it needs a column of numbers."),
        "chartCut": _("Only the first {bars} rows are drawn."),
    }
