"""`/terms`: what the workbench completes while one types, and the labels of the IRIs in its answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from kg.errors import ParameterError
from kg.service import terms as service
from kg.web.context import current

blueprint = Blueprint("terms", __name__)

LONGEST = 200


@blueprint.get("/terms")
def complete() -> Response:
    """Suggest terms: `q` is what stands there so far, `kind` is class, property or thing, `lang` zh or en."""
    text, kind = request.args.get("q", "")[:LONGEST], request.args.get("kind", "class")
    if kind not in service.KINDS:
        raise ParameterError(f"kind is one of {', '.join(service.KINDS)}.", parameter="kind")
    found = service.complete(current().store, text, kind)
    named = service.labels(current().store, [term.iri for term in found], _language())
    return jsonify([{"iri": term.iri, "label": named.get(term.iri)} for term in found])


@blueprint.post("/terms")
def labels() -> Response:
    """Name the IRIs of a JSON list: an object of those that have a label."""
    iris: Any = request.get_json(silent=True)
    if not isinstance(iris, list) or not all(isinstance(iri, str) for iri in iris):
        raise BadRequest("Post a JSON list of IRIs.")
    if len(iris) > service.MOST_IRIS:
        raise BadRequest(f"Ask for at most {service.MOST_IRIS} labels at once; this list has {len(iris)}.")
    return jsonify(service.labels(current().store, iris, _language()))


def _language() -> str:
    return "en" if request.args.get("lang") == "en" else "zh"
