"""`/openapi.json`: OpenAPI 3.1 of this service; the canned queries' part is made from their `#+` lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify

from kg import __version__
from kg.service.canned import CannedQuery
from kg.service.parameters import Parameter
from kg.web.queries import FORMATS, catalogue
from kg.web.spreadsheet import MEDIA_TYPE

blueprint = Blueprint("openapi", __name__)

_SCHEMAS: dict[str, dict[str, str]] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "decimal": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "iri": {"type": "string", "format": "iri"},
}
_PROBLEM = {"description": "what is wrong, in one sentence", "content": {"application/problem+json": {}}}


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe the service to programs."""
    paths = dict(_fixed())
    for query in catalogue():
        paths[f"/queries/{query.name}.{{format}}"] = {"get": _operation(query)}
    return jsonify(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "District Knowledge Graph",
                "version": __version__,
                "description": "Facts of Chinese local-government articles, each with the exact words that state it.",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/"}],
            "paths": paths,
        }
    )


def _operation(query: CannedQuery) -> dict[str, Any]:
    kinds = [*((f.media_type) for f in FORMATS.values()), MEDIA_TYPE]
    form = {
        "name": "format",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": [*FORMATS, "xlsx"]},
        "example": "csv",
    }
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": f"{query.description}\n\n{query.summary_zh}：{query.description_zh}",
        "tags": list(query.tags),
        "parameters": [form, *(_parameter(parameter) for parameter in query.parameters)],
        "responses": {
            "200": {
                "description": "The columns " + ", ".join(query.columns) + ".",
                "content": {kind: {} for kind in kinds},
            },
            "400": _PROBLEM,
            "503": _PROBLEM,
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_SCHEMAS[parameter.kind])
    read: dict[str, Callable[[str], object]] = {
        "number": float,
        "decimal": float,
        "integer": int,
        "boolean": lambda text: text == "true",
    }
    value = read.get(parameter.kind, str)
    if parameter.values:
        schema["enum"] = [value(text) for text in parameter.values]
    if parameter.default is not None:
        schema["default"] = value(parameter.default)
    described = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": f"{parameter.label} ({parameter.label_zh})",
        "schema": schema,
    }
    if parameter.values:
        described["example"] = schema["enum"][0]
    return described


def _fixed() -> list[tuple[str, dict[str, Any]]]:
    def get(path: str, summary: str, kind: str, *names: str, example: str = "") -> tuple[str, dict[str, Any]]:
        parameters: list[dict[str, Any]] = [
            {
                "name": name,
                "in": "path" if f"{{{name}}}" in path else "query",
                "required": f"{{{name}}}" in path,
                "schema": {"type": "string"},
                **({"example": example} if example else {}),
            }
            for name in names
        ]
        answers = {"200": {"description": "the answer", "content": {kind: {}}}, "400": _PROBLEM, "404": _PROBLEM}
        return path, {"get": {"summary": summary, "parameters": parameters, "responses": answers}}

    question = "SELECT ?thing WHERE { ?thing a <https://w3id.org/district-kg/ontology#Enterprise> } LIMIT 3"
    return [
        get("/sparql", "SPARQL 1.1 query", "application/sparql-results+json", "query", example=question),
        get("/suggest", "names that begin or hold a text", "application/json", "q", example="龙沙"),
        get("/search", "names and quotes that hold a text", "text/html", "q", example="就业"),
        get("/queries", "the catalogue of canned queries", "text/html"),
        get("/ontology.ttl", "the ontology", "text/turtle"),
        get("/healthz", "is the process alive", "text/plain"),
    ]
