"""`/graph-store`: the SPARQL 1.1 Graph Store HTTP Protocol.

A graph is named indirectly (`?default`, `?graph=IRI`, §4.2) or directly by its path (§4.1): `/graph-store/PATH` is the
graph `{KG_BASE_IRI}graph-store/PATH`, whatever the host that the request came to.
"""

from __future__ import annotations

import uuid
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotAcceptable, UnsupportedMediaType

from kg.service.negotiation import choose
from kg.store.changes import as_n_triples
from kg.store.formats import GRAPHS, N_TRIPLES, Format, graph_format
from kg.store.iris import is_absolute
from kg.web import parameters
from kg.web.access import may_write
from kg.web.caching import not_modified, validated
from kg.web.context import current

blueprint = Blueprint("graph_store", __name__)

MAX_GRAPH = 256 << 20
_ROOT = "/graph-store/"
_METHODS = ["GET", "PUT", "POST", "DELETE"]


@blueprint.route("/graph-store", methods=_METHODS)
def indirect() -> Response:
    """Read or write the graph that the query string names; a POST that names none makes a graph (§5.5)."""
    given = parameters.parse(request.query_string)
    if request.method == "POST" and not {"default", "graph"} & given.keys():
        may_write()
        path = f"{_ROOT}{uuid.uuid4()}"
        response = _write(_direct_iri(path), replace=False)
        response.headers["Location"] = path
        return response
    return _act(_named(given))


@blueprint.route("/graph-store/<path:path>", methods=_METHODS)
def direct(path: str) -> Response:
    """Read or write the graph that the path names."""
    if request.query_string:
        raise BadRequest("A graph is named by its path or by ?graph=IRI, not both.")
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    return _act(_direct_iri(raw if raw.startswith(_ROOT) else _ROOT + quote(path, safe="/:@!$&'()*+,;=-._~")))


def _act(name: str | None) -> Response:
    if request.method in {"GET", "HEAD"}:
        return _read(name)
    may_write()
    if request.method == "DELETE":
        current().store.delete_graph(name)
        return Response(status=204)
    if request.method in {"PUT", "POST"}:
        return _write(name, replace=request.method == "PUT")
    raise MethodNotAllowed(_METHODS)


def _named(given: parameters.Parameters) -> str | None:
    """Return the graph that the query string names; None is the default graph."""
    if ("default" in given) == ("graph" in given):
        raise BadRequest("Name one graph: ?default or ?graph=IRI.")
    if "default" in given:
        return None
    name = parameters.one(given, "graph")
    own = request.host_url.rstrip("/") + _ROOT
    if name.startswith((own, _ROOT)):  # a Location of ours, given back
        return _direct_iri(_ROOT + name.split(_ROOT, 1)[1])
    if not is_absolute(name):
        raise BadRequest(f"{name!r} is no absolute IRI.")
    return name


def _direct_iri(path: str) -> str:
    return current().settings.base_iri + path.lstrip("/")


def _read(name: str | None) -> Response:
    here = current()
    chosen = choose(request.headers.get("Accept"), GRAPHS)
    if chosen is None:
        raise NotAcceptable("Graphs come as " + ", ".join(each.media_type for each in GRAPHS) + ".")
    syntax, label = chosen
    answer = here.store.read_graph(name, syntax=syntax)
    response = Response(answer.body, content_type=f"{label}; charset=utf-8")
    if not here.store.versioned:
        return response
    key = f"{answer.version}-{syntax.name}"
    return validated(Response(status=304) if not_modified(key) else response, key)


def _write(name: str | None, *, replace: bool) -> Response:
    parameters.refuse_encodings()
    data, syntax = _upload()
    base = name or current().settings.base_iri
    created = current().store.write_graph(name, data, syntax=syntax, replace=replace, base=base)
    return Response(status=201 if created else 204)


def _upload() -> tuple[bytes, Format]:
    """Return the graph of the body: itself, or the files of a form as one (multipart/form-data, §5.5)."""
    if request.mimetype != "multipart/form-data":
        return parameters.body(MAX_GRAPH), _syntax(request.mimetype)
    request.max_content_length = MAX_GRAPH
    files = [each for _, listed in request.files.lists() for each in listed]
    if not files:
        raise BadRequest("This form uploads no file.")
    base = current().settings.base_iri
    return b"".join(as_n_triples(each.read(), _syntax(each.mimetype), base) for each in files), N_TRIPLES


def _syntax(media_type: str) -> Format:
    syntax = graph_format(media_type)
    if syntax is None or syntax.name in {"trig", "nquads"}:
        taken = "text/turtle, application/n-triples, application/rdf+xml or application/ld+json"
        raise UnsupportedMediaType(f"Send a graph as {taken}.")
    return syntax
