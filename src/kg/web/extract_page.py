"""`/extract`: paste an article, see its facts marked at once, download them; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, render_template, request

from kg import resources
from kg.errors import ArticleError, KgError, ParameterError, TooLargeError
from kg.facts import Facts, to_json
from kg.service import articles as service
from kg.service.articles import Kind, Mark, Piece
from kg.web.articles import read_text
from kg.web.context import current
from kg.web.problems import status_of
from kg.web.spoken import told

if TYPE_CHECKING:
    from kg.reading.layers import Layers

blueprint = Blueprint("extract", __name__)

LONGEST = 100_000
MAX_FORM = 2 << 20  # the longest text, each character in 12 bytes of a form at most
_TYPES = {"ttl": "text/turtle", "json": "application/json", "csv": "text/csv"}
_NAME = "pasted"


@blueprint.get("/extract")
def empty() -> str:
    """Show the form, with an article of the dataset in it where `example` is given."""
    return _page(_example() if "example" in request.args else "")


@blueprint.post("/extract")
def extract() -> Response:
    """Read the text; with `format` the facts come as a file, else the page shows them."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    form = request.form.get("format", "")
    if form and form not in _TYPES:
        raise ParameterError("format takes one of {values}.", parameter="format", values=", ".join(_TYPES))
    try:
        layers, facts = _read(text)
    except KgError as error:
        if form:
            raise
        return make_response(_page(text, problem=error), 422 if isinstance(error, ArticleError) else status_of(error))
    if not form:
        return make_response(_page(text, facts=facts, pieces=service.pieces(layers.article.text, marks(facts))))
    response = Response(_written(layers, facts, form), content_type=f"{_TYPES[form]}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="facts.{form}"'
    return response


def marks(facts: Facts) -> list[Mark]:
    """Return the words that the facts of one text rest on."""
    found: list[tuple[int, int, Kind, str, str]] = []
    for entity in facts.entities:
        found += [(span.start, span.end, "naming", entity.id, "") for span in entity.mentions]
    found += [(one.evidence.start, one.evidence.end, "statement", one.id, "") for one in facts.relations]
    found += [(one.number.start, one.number.end, "figure", one.id, "") for one in facts.observations]
    found += [(one.start, one.end, "unread", "", one.reason) for one in facts.unread]
    return [Mark(start, end, kind, fact, "", reason) for start, end, kind, fact, reason in found]


def _read(text: str) -> tuple[Layers, Facts]:
    from kg.reading.pipeline import read_facts, read_layers  # noqa: PLC0415 - brings the model's runtime: 1 s

    if len(text) > LONGEST:
        most = f"{LONGEST:,}"
        raise TooLargeError(
            "An article of at most {most} characters is read here; use “kg extract” for more.", most=most
        )
    layers = read_layers(text.encode("utf-8", "replace"), article_id=_NAME)
    return layers, read_facts(layers)


def _written(layers: Layers, facts: Facts, form: str) -> bytes:
    from kg.graph.views import export  # noqa: PLC0415 - as above
    from kg.reading.tabulate import to_csv  # noqa: PLC0415

    if form == "json":
        return to_json(facts)
    if form == "csv":
        return to_csv(facts)
    base_iri = current().settings.base_iri
    triples = export.of_facts(
        facts,
        layers.article.text,
        base_iri=base_iri,
        ontology_folder=resources.ontology(),
        reference=resources.reference(),
    )
    return export.write(triples, "turtle", base_iri=base_iri)


def _example() -> str:
    texts = (read_text(article) for article in service.articles(current().store))
    return next((text for text in texts if text), "") if current().settings.article_text == "full" else ""


def _page(
    text: str, *, facts: Facts | None = None, pieces: list[Piece] | None = None, problem: KgError | None = None
) -> str:
    names = {entity.id: entity.name for entity in facts.entities} if facts else {}
    return render_template(
        "extract.html",
        text=text,
        facts=facts,
        pieces=pieces,
        problem=problem and told(problem),
        names=names,
        longest=LONGEST,
    )
