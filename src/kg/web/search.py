"""`/search` and `/suggest`: one box for names, aliases, pinyin, quotes and articles."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from flask import Blueprint, Response, jsonify, render_template, request

from kg.errors import KgError
from kg.service.articles import articles
from kg.service.search import MOST, index
from kg.web.context import current
from kg.web.present import path_of, term_label

blueprint = Blueprint("search", __name__)

SUGGESTIONS = 8
_WORD = re.compile(r"[^\W\d_]{2,}")  # the words of a slug, not its hash


@blueprint.app_context_processor
def _helpers() -> dict[str, object]:
    return {"near": near}


@blueprint.get("/search")
def search() -> str:
    """Show what was found."""
    text = request.args.get("q", "").strip()
    found, listed = index(current().store), articles(current().store)
    return render_template(
        "search.html",
        search_text=text,
        hits=found.names(text),
        quotes=found.quotes(text),
        most=MOST,
        articles={f"{current().settings.base_iri}articles/{quote(article.id)}": article for article in listed},
    )


@blueprint.get("/suggest")
def suggest() -> Response:
    """Offer names while a person types, as JSON."""
    hits = index(current().store).names(request.args.get("q", ""), most=SUGGESTIONS)
    return jsonify(suggestions=[suggestion(hit.iri, hit.label, hit.type) for hit in hits])


def suggestion(iri: str, label: str, kind: str) -> dict[str, str | None]:
    """Return a thing as a suggestion: its name, its type in words, where it is shown."""
    return {"label": label, "kind": term_label(kind), "path": path_of(iri)}


def near(path: str) -> list[dict[str, str | None]]:
    """Return things whose names are like the last part of an address that leads nowhere."""
    words = " ".join(_WORD.findall(unquote(path).rsplit("/", 1)[-1]))
    try:
        found = index(current().store)
    except KgError:
        return []
    hits = found.names(words.replace(" ", ""), most=SUGGESTIONS) or found.names(words, most=SUGGESTIONS, either=True)
    return [suggestion(hit.iri, hit.label, hit.type) for hit in hits]
