"""`/update`: the update operation of the SPARQL 1.1 Protocol (§2.2)."""

from __future__ import annotations

from flask import Blueprint, Response

from kg.web import parameters
from kg.web.access import may_write
from kg.web.context import current

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
    here.store.update(text, dataset=dataset, base=here.settings.base_iri)
    return Response(status=204)
