"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (§2.1), by GET, form POST and direct POST."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType

from kg.errors import RefusedError, TooLargeError
from kg.store.lexer import look
from kg.service.negotiation import choose
from kg.store import Dataset
from kg.store.formats import GRAPHS, JSON, SOLUTIONS, TURTLE
from kg.web.context import current

blueprint = Blueprint("sparql", __name__)

MAX_DEPTH = 200


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer one query."""
    parameters = _parameters()
    text = _one(parameters, "query")
    seen = look(text)
    if seen.fetches:
        raise RefusedError(f"{seen.fetches} is refused: this service fetches nothing.")
    if seen.depth > MAX_DEPTH:
        raise TooLargeError(f"The query nests deeper than {MAX_DEPTH} levels.")
    offered = GRAPHS if seen.form in {"CONSTRUCT", "DESCRIBE"} else SOLUTIONS
    chosen = choose(request.headers.get("Accept"), offered)
    if chosen is None:
        raise NotAcceptable("This answer comes as " + ", ".join(each.media_type for each in offered) + ".")
    syntax, label = chosen if seen.form else (TURTLE if offered is GRAPHS else JSON, "")
    answer = current().store.query(text, syntax=syntax, dataset=_dataset(parameters))
    response = Response(answer.body, content_type=f"{label}; charset=utf-8")
    response.vary.add("Accept")
    return response


def _parameters() -> MultiDict[str, str]:
    if request.method != "POST":
        return request.args
    if request.mimetype == "application/x-www-form-urlencoded":
        return request.form
    if request.mimetype != "application/sparql-query":
        raise UnsupportedMediaType(
            "Post a query as application/sparql-query or in the field `query` of application/x-www-form-urlencoded."
        )
    try:
        text = request.get_data().decode()
    except UnicodeDecodeError:
        raise BadRequest("The query is not UTF-8.") from None
    return MultiDict([*request.args.items(multi=True), ("query", text)])


def _one(parameters: MultiDict[str, str], name: str) -> str:
    values = parameters.getlist(name)
    if len(values) != 1:
        raise BadRequest(f"Give exactly one {name}; this request has {len(values)}.")
    return values[0]


def _dataset(parameters: MultiDict[str, str]) -> Dataset:
    default, named = parameters.getlist("default-graph-uri"), parameters.getlist("named-graph-uri")
    if not default and not named:
        return Dataset()
    return Dataset(tuple(default), tuple(named))
