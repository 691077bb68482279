"""`/` and `/things`: what this is, how much of it there is, and every thing by its type."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from kg.errors import NotFoundError
from kg.service import overview as service
from kg.service.articles import articles
from kg.web.context import current
from kg.web.paging import read_page
from kg.web.present import words

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def start() -> str:
    """Show the start page (3 queries, and 2 more after a build)."""
    store = current().store
    return render_template("start.html", overview=service.overview(store), articles=articles(store)[:5], types=_types())


@blueprint.get("/things")
def things() -> str:
    """List the types, or the things of one."""
    kind = request.args.get("type", "")
    types = _types()
    if kind and kind not in types:
        raise NotFoundError("There is no type {name}; the types are listed at /things.", name=repr(kind))
    page = read_page(request.args.get("page"))
    found = service.things(current().store, kind, page=page) if kind else []
    return render_template(
        "things.html", kind=kind, types=types, things=found, page=page, overview=service.overview(current().store)
    )


def _types() -> dict[str, str]:
    return {name: term.iri for name, term in sorted(words().by_token("types").items())}
