"""`/queries/NAME.svg` and `/queries/NAME.vl.json`: the chart of a canned query, drawn or as a specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from flask import Blueprint, Response
from pyoxigraph import Literal

from kg.errors import NotFoundError
from kg.service.canned import EVIDENCE_COLUMNS
from kg.service.charts import Bar, specification, svg
from kg.service.decorators import Chart
from kg.store import Rows
from kg.web.context import current
from kg.web.language import lang
from kg.web.queries import bound, catalogue
from kg.web.tables import title_of

blueprint = Blueprint("charts", __name__)


@blueprint.get("/queries/<name>.svg")
def picture(name: str) -> Response:
    """Draw the chart of a query; its parameters are those of the query."""
    return _varied(Response(svg(_chart(name)), content_type="image/svg+xml; charset=utf-8"))


@blueprint.get("/queries/<name>.vl.json")
def vega_lite(name: str) -> Response:
    """Give the chart as a Vega-Lite specification that brings its own data."""
    return _varied(Response(msgspec.json.encode(_chart(name)), content_type="application/json"))


def _varied(response: Response) -> Response:
    response.vary.update(["Accept-Language", "Cookie"])
    return response


def _chart(name: str) -> dict[str, Any]:
    asked = catalogue().get(name)
    if asked.chart is None:
        raise NotFoundError("The query {name} has no chart.", name=name)
    rows = current().store.select(bound(asked))
    titles = {"names": title_of(asked.chart.x), "numbers": title_of(asked.chart.y)}
    return specification(bars(rows, asked.chart), **titles, language=lang())


def bars(rows: Rows, chart: Chart) -> Iterator[Bar]:
    """Yield one bar a fact: a fact that stands in several quotes has several rows, and the same leading columns."""
    leading = [at for at, name in enumerate(rows.variables) if name not in EVIDENCE_COLUMNS]
    named, numbered = rows.variables.index(chart.x), rows.variables.index(chart.y)
    seen = set()
    for row in rows.rows:
        fact = tuple(str(row[at]) for at in leading)
        name, number = row[named], row[numbered]
        if fact not in seen and name is not None and isinstance(number, Literal):
            seen.add(fact)
            yield name.value, float(number.value)
