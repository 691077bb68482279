"""`/articles` and `/articles/ID`: the text as published, with the words of each fact marked."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Blueprint, render_template, request

from kg.errors import ArticleError, NotFoundError
from kg.reading.text.article import decode
from kg.service import articles as service
from kg.service.articles import Article, Mark, Stated
from kg.web.context import current

blueprint = Blueprint("articles", __name__)


@blueprint.get("/articles")
def articles() -> str:
    """List the articles (1 query)."""
    return render_template("articles.html", articles=service.articles(current().store))


@blueprint.get("/articles/<path:name>")
def article(name: str) -> str:
    """Show an article; `start` and `end` choose the words to mark (4 queries)."""
    store = current().store
    found = next((each for each in service.articles(store) if each.id == name), None)
    if found is None:
        raise NotFoundError("There is no article {name}; the articles are listed at /articles.", name=repr(name))
    text = read_text(found) if current().settings.article_text == "full" else None
    chosen = service.read_span(request.args.get("start"), request.args.get("end"), None if text is None else len(text))
    marks = service.marks(store, found.iri)
    stated = service.stated(store, found.iri)
    on = [one for one in stated if chosen and one.quote.start < chosen[1] and chosen[0] < one.quote.end]
    return render_template(
        "article.html",
        article=found,
        pieces=None if text is None else service.pieces(text, marks, chosen),
        chosen=chosen,
        chosen_text=_chosen_text(text, stated, marks, chosen),
        on=on,
        stated=stated,
        unread=[mark for mark in marks if mark.kind == "unread"],
        things_of=things_of,
    )


def things_of(fact: Stated) -> list[tuple[str, str]]:
    """Return the things that a fact names, as pairs of IRI and label."""
    return [(link.iri, link.label) for link in (fact.subject, fact.object) if link]


def read_text(article: Article) -> str | None:
    """Return the text that the article was read from; None where it is not here, or no longer the same."""
    for folder in current().settings.articles:
        path = Path(folder) / f"{article.id}.txt"
        if path.parent == Path(folder) and path.is_file():
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == article.sha256:
                return _decode(data)
    return None


def _decode(data: bytes) -> str | None:
    try:
        return decode(data)[0]
    except ArticleError:
        return None


def _chosen_text(text: str | None, stated: list[Stated], marks: list[Mark], chosen: tuple[int, int] | None) -> str:
    """Return the chosen words; without the text, they are known where a fact quotes exactly them."""
    if chosen is None:
        return ""
    if text is not None:
        return text[chosen[0] : chosen[1]]
    known = {(one.quote.start, one.quote.end): one.quote.exact for one in stated}
    known |= {(mark.start, mark.end): mark.exact for mark in marks if mark.exact}
    return known.get(chosen, "")
