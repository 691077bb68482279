"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (§2.1), and the service description."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import BadRequest

from kg.errors import RefusedError
from kg.service.requests import Request as Asked
from kg.service.requests import request_for
from kg.store.base import Answer
from kg.store.fetching.http import Fetcher
from kg.store.fetching.services import with_services
from kg.web import parameters
from kg.web.caching import not_modified, validated, validators
from kg.web.context import current
from kg.web.description import describe_service

blueprint = Blueprint("sparql", __name__)

MAX_QUERY = 4 << 20


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer one query; a GET without one is answered with the service description."""
    if request.method == "POST":
        given = parameters.operation("query", "application/sparql-query", MAX_QUERY)
    else:
        given = parameters.parse(request.query_string)
        if "query" not in given:
            return _describe(given)
    text = parameters.one(given, "query")
    return answer(text, given)


def _describe(given: parameters.Parameters) -> Response:
    if "update" in given:
        raise BadRequest("Updates are posted to /update.")
    return describe_service()


def answer(text: str, given: parameters.Parameters) -> Response:
    """Evaluate a query, or take its answer from the cache, or find that the client has it (RFC 9110 §13)."""
    here = current()
    dataset = parameters.dataset(given, "default-graph-uri", "named-graph-uri")
    environ = request.environ
    asked = request_for(text, dataset, environ.get("HTTP_ACCEPT"))
    keyed = asked.repeatable and here.store.versioned
    if keyed:
        version = here.store.version
        key = asked.key(version)
        if not_modified(key):
            return validated(Response(status=304), key)
        body = here.cache.get(key)
        if body is not None:
            return _fresh(body, asked, key)
    with here.store.asking_as(environ.get("HTTP_QUERY_NAME", "")):
        try:
            found = _found(asked, asked.text)
        except RefusedError:
            if here.fetcher is None:
                raise
            keyed = False  # what others answer changes unseen
            found = _found(asked, _with_services(asked.text, here.fetcher))
    if not keyed:
        response = Response(found.body, content_type=asked.content_type)
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Accept")
        return response
    if found.version != version:
        key = asked.key(found.version)
    here.cache.put(key, found.body)
    return _fresh(found.body, asked, key)


def _fresh(body: bytes, asked: Asked, key: str) -> Response:
    return Response(body, headers=Headers([("Content-Type", asked.content_type), *validators(key)]))


def _found(asked: Asked, text: str) -> Answer:
    here = current()
    return here.store.query(text, syntax=asked.syntax, dataset=asked.dataset, base=here.settings.base_iri)


def _with_services(text: str, fetcher: Fetcher) -> str:
    return with_services(text, current().settings.base_iri, fetcher, fetcher.deadline())
