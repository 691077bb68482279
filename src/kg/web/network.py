"""`/network`: who stands behind what, as a table and, with JavaScript, as a graph; every tie opens its quote."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _

from kg.errors import ParameterError, QueryError
from kg.service.binding import check_iri
from kg.service.describe import Link
from kg.service.network import (
    MOST_PLACES,
    End,
    Filters,
    Network,
    districts,
    drawn,
    network,
    places_called,
)
from kg.service.versions import per_version
from kg.service.vocabulary import KG
from kg.web.bundle import bundle_url
from kg.web.context import current
from kg.web.language import lang
from kg.web.paging import read_page
from kg.web.present import path_of, words
from kg.web.problems import status_of
from kg.web.spoken import told

blueprint = Blueprint("network", __name__)

AMOUNTS = ("1000000", "10000000", "100000000", "1000000000")
_NAMES = tuple(each.name for each in fields(Filters))
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_TOKEN = re.compile("[A-Za-z]*")
_places = per_version(districts)


@blueprint.get("/network")
def show() -> Response:
    """Show a page of the ties that pass the filters of the query string."""
    found, problem, status, number, places = Network((), (), more=False), None, 200, 1, list[Link]()
    given = {name: request.args.get(name, "").strip() for name in _NAMES}
    try:
        places = _called(given["district"])
        if len(places) == 1:
            given["district"] = places[0].iri
        number = read_page(request.args.get("page"))
        found = network(current().store, _filters(given, places), page=number)
    except QueryError as error:
        problem, status = error, status_of(error)
    page = render_template(
        "network.html",
        network=found,
        page=number,
        given=given,
        places=places,
        problem=problem and told(problem),
        choices=_choices(),
        most_places=MOST_PLACES,
        address=lambda **changed: _address(given, changed),
        data=_data(found),
        script=bundle_url("network.js"),
        style=bundle_url("graph.css"),
    )
    return make_response(page, status)


def _called(name: str) -> list[Link]:
    """Return the places of a name; none where it is an IRI."""
    return places_called(current().store, name) if name and ":" not in name else []


def _address(given: dict[str, str], changed: dict[str, object]) -> str:
    """Return the address of this page with some parameters changed."""
    pairs = {name: str(value) for name, value in {**given, **changed}.items() if value}
    return f"/network?{urlencode(pairs)}"


def _filters(given: dict[str, str], places: list[Link]) -> Filters:
    if given["amount"] and not _AMOUNT.fullmatch(given["amount"]):
        raise ParameterError("amount is a number of yuan, such as 10000000.", parameter="amount")
    for name in ("relation", "status"):
        if not _TOKEN.fullmatch(given[name]):
            raise ParameterError("{name} is one of the tokens of the form.", parameter=name, name=name)
    if given["asserted"] not in {"", "true", "false"}:
        raise ParameterError("asserted is true or false.", parameter="asserted")
    if len(places) > 1:
        raise ParameterError(
            "district is the name of several places: choose the one that is meant.", parameter="district"
        )
    try:
        check_iri(given["district"] or "urn:x")
    except ValueError:
        raise ParameterError(
            "district is the name or the IRI of a place that the data knows.", parameter="district"
        ) from None
    return Filters(**given)


def _choices() -> dict[str, list[tuple[str, str]]]:
    """Return what each filter offers: pairs of value and words."""
    known = words()
    named = {scheme: known.by_token(scheme) for scheme in ("relations", "statuses")}
    return {
        "relation": sorted((token, term.label(lang())) for token, term in named["relations"].items()),
        "asserted": [("true", _("stated by a sentence")), ("false", _("inferred"))],
        "amount": [(amount, _at_least(amount)) for amount in AMOUNTS],
        "status": sorted((token, term.label(lang())) for token, term in named["statuses"].items()),
        "district": [(place.iri, place.label) for place in _places(current().store)],
    }


def _at_least(amount: str) -> str:
    millions = int(amount) // 1_000_000
    if lang() == "en":
        return f"≥ {millions:,} million yuan"
    return f"≥ {millions // 100} 亿元" if millions >= 100 else f"≥ {millions * 100} 万元"


def _data(found: Network) -> dict[str, object]:
    """Return the graph as its script draws it; of many ties, those of the things that are tied the most."""
    ties = drawn(found.ties)
    known = {token: term.label(lang()) for token, term in words().by_token("relations").items()}
    edges = [
        {
            "id": f"e{number}",
            "source": tie.firm.iri if tie.outward else tie.work.iri,
            "target": tie.work.iri if tie.outward else tie.firm.iri,
            "label": known.get(tie.relation, tie.relation),
            "inferred": not tie.asserted,
            "quotes": [{"exact": exact, "href": path_of(page)} for exact, page in tie.quotes],
        }
        for number, tie in enumerate(ties)
    ]
    shown = {end.iri for tie in ties for end in (tie.firm, tie.work)}
    nodes = [_node(end) for end in found.ends if end.iri in shown]
    return {"nodes": nodes, "edges": edges, "texts": _texts(None if len(ties) == len(found.ties) else len(ties))}


def _node(end: End) -> dict[str, object]:
    amounts = [asdict(amount) | {"page": path_of(amount.page)} for amount in end.amounts]
    typed = words().label(KG + end.type, lang())
    return {
        "id": end.iri,
        "label": end.label,
        "type": end.type,
        "typeLabel": typed,
        "href": path_of(end.iri),
        "amounts": amounts,
    }


def _texts(drawn_only: int | None) -> dict[str, str]:
    hint = _("Choose a line to read its quote, a dot to read its sums.")
    if drawn_only is not None:
        few = _(
            "The picture has the %(count)s ties of the largest groups; the table has all of this page.",
            count=f"{drawn_only:,}",
        )
        hint = f"{hint} {few}"
    return {
        "open": _("Open its page"),
        "inferred": _("inferred"),
        "graph": _("Graph of {nodes} things and {edges} ties; the table below tells the same."),
        "hint": hint,
    }
