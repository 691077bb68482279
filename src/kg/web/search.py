"""`/search` and `/suggest`: one box for names, aliases, pinyin, quotes and articles."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request

from kg.service.search import index
from kg.web.context import current
from kg.web.present import path_of, term_label

blueprint = Blueprint("search", __name__)

SUGGESTIONS = 8


@blueprint.get("/search")
def search() -> str:
    """Show what was found."""
    text = request.args.get("q", "").strip()
    found = index(current().store)
    return render_template("search.html", search_text=text, hits=found.names(text), quotes=found.quotes(text))


@blueprint.get("/suggest")
def suggest() -> Response:
    """Offer names while a person types, as JSON."""
    hits = index(current().store).names(request.args.get("q", ""), most=SUGGESTIONS)
    return jsonify(suggestions=[suggestion(hit.iri, hit.label, hit.type) for hit in hits])


def suggestion(iri: str, label: str, kind: str) -> dict[str, str | None]:
    """Return a thing as a suggestion: its name, its type in words, where it is shown."""
    return {"label": label, "kind": term_label(kind), "path": path_of(iri)}
