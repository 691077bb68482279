"""`/update`: the update operation of the SPARQL 1.1 Protocol (§2.2)."""

from __future__ import annotations

from flask import Blueprint, Response

from kg.errors import FetchError, QuerySyntaxError
from kg.store import Dataset
from kg.store.fetching.http import Fetcher
from kg.store.fetching.loading import fetch_graph, only_load, with_loaded
from kg.store.fetching.services import with_services
from kg.store.lexer import look, unescape
from kg.store.refusing import check_update
from kg.web import parameters
from kg.web.access import may_write
from kg.web.context import Context, current

blueprint = Blueprint("update", __name__)

MAX_UPDATE = 64 << 20


@blueprint.post("/update")
def update() -> Response:
    """Apply one update, all its operations or none; it is durable when it is answered."""
    may_write()
    given = parameters.operation("update", "application/sparql-update", MAX_UPDATE)
    text = parameters.one(given, "update")
    here = current()
    dataset = parameters.dataset(given, "using-graph-uri", "using-named-graph-uri")
    if here.fetcher is not None and look(text).fetches is not None:
        _fetch_and_update(here, here.fetcher, text, dataset)
    else:
        here.store.update(text, dataset=dataset, base=here.settings.base_iri)
    return Response(status=204)


def _fetch_and_update(here: Context, fetcher: Fetcher, text: str, dataset: Dataset) -> None:
    """Fetch all that an update asks for, then apply it; a LOAD by itself may bring more than an update may hold."""
    base, text, deadline = here.settings.base_iri, unescape(text), fetcher.deadline()
    check_update(text, base)
    load = only_load(text, base)
    if load is None or load.silent:
        text = with_services(with_loaded(text, base, fetcher, deadline), base, fetcher, deadline)
        here.store.update(text, dataset=dataset, base=base)
        return
    fetched, syntax = fetch_graph(load, fetcher, deadline)
    try:
        here.store.write_graph(load.graph, fetched.body, syntax=syntax, replace=False, base=fetched.url)
    except QuerySyntaxError as error:
        raise FetchError(f"What was fetched cannot be read: {error}") from None
