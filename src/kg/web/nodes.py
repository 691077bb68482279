"""Pages of what is no named thing (a fact, a correction, a period …): all that is said of it, facts in plain order."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from kg.errors import NotFoundError
from kg.service import describe
from kg.service.articles import articles
from kg.service.describe import FactRow, Link, Quote, Said, Thing
from kg.service.prefixes import shorten_iri
from kg.service.report import correction
from kg.web.context import current
from kg.web.language import lang
from kg.web.present import iri_of, node_label, plain_number
from kg.web.rdf import FORMATS

blueprint = Blueprint("nodes", __name__)

# The order in which a reader asks: what it says, how sure it is, where it comes from. The rest follows.
_ORDER = (
    *(
        "kg:subject",
        "kg:predicate",
        "kg:object",
        "kg:value",
        "kg:item",
        "kg:indicator",
        "kg:number",
        "kg:low",
        "kg:high",
    ),
    *("kg:comparator", "kg:unit", "kg:countedNoun", "kg:per", "kg:periodText", "kg:period", "kg:status"),
    *("kg:participant", "kg:counts", "kg:partOfObservation", "kg:namedType", "kg:reason", "prov:wasQuotedFrom"),
    *(
        "kg:context",
        "kg:origin",
        "kg:asserted",
        "kg:confidence",
        "kg:rule",
        "prov:wasDerivedFrom",
        "prov:wasGeneratedBy",
    ),
)
_IN_HEADING = {"rdf:type", "rdfs:label"}
_NUMBERS = {"kg:low", "kg:high"}


@blueprint.get("/corrections/<path:name>.toml")
def blank(name: str) -> Response:
    """Give the ready correction of a fact as a file to fill in (1 query)."""
    text = correction(current().store, iri_of(name), today=_today())
    if text is None:
        raise NotFoundError("There is no quoted fact at {iri}.", iri=iri_of(name))
    response = Response(text + "\n", content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="correction.toml"'
    return response


def node_page(thing: Thing, name: str) -> str:
    """Show a node by all that is said of it (3 queries)."""
    store = current().store
    fact = FactRow(thing.iri)
    describe.add_details(store, [fact])
    said = describe.properties(store, thing.iri, lang())
    return render_template(
        "node.html",
        thing=thing,
        name=quote(name),
        heading=_heading(thing, said),
        types=[one.value for one in said if one.property.endswith("#type") and not one.of],
        rows=[one for one in sorted(said, key=_order) if one.of or shorten_iri(one.property) not in _IN_HEADING],
        quotes=fact.quotes,
        articles={article.iri: article for article in articles(store)},
        formats=FORMATS,
        correction=correction(store, thing.iri, today=_today()),
        text_of=_text_of,
    )


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def _order(one: Said) -> tuple[bool, int]:
    short = shorten_iri(one.property)
    return one.of, _ORDER.index(short) if short in _ORDER else len(_ORDER)


def _text_of(one: Said) -> str:
    """Write a literal: numbers with their separators, yes and no in words."""
    text = one.value if isinstance(one.value, str) else ""
    if shorten_iri(one.property) in _NUMBERS:
        return plain_number(text)
    if shorten_iri(one.property) == "kg:reason":
        return str(_(text))
    return {"true": str(_("yes")), "false": str(_("no"))}.get(text, text)


def _heading(thing: Thing, said: list[Said]) -> str:
    """Say a fact in words; any other node has its label, words their quote."""
    parts: dict[str, Link | Quote | str] = {}
    for one in said:
        if not one.of:
            parts.setdefault(shorten_iri(one.property), one.value)
    names = {key: node_label(value) for key, value in parts.items() if isinstance(value, Link)}
    subject, end = names.get("kg:subject", ""), names.get("kg:object") or parts.get("kg:value", "")
    if "kg:predicate" in names:
        return f"{subject} · {names['kg:predicate']} · {end}"
    if "kg:indicator" in names:
        colon = "：" if lang() == "zh" else ": "
        return (subject + colon if subject else "") + thing.label(lang())
    if "kg:namedType" in names:
        return subject
    exact = parts.get("prov:wasQuotedFrom") or parts.get("oa:exact")
    if not thing.labels and exact:
        return exact.exact if isinstance(exact, Quote) else str(exact)
    return thing.label(lang())
