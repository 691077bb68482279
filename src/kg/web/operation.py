"""`/healthz`, `/readyz`, `/metrics`: is it alive, can it answer, what has it done."""

from __future__ import annotations

from flask import Blueprint, Response

from kg.store.engine.client import EngineStore
from kg.web.context import current
from kg.web.counts import gauge

blueprint = Blueprint("operation", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer as long as the process answers at all."""
    return _plain("ok\n")


@blueprint.get("/readyz")
def readyz() -> Response:
    """Answer 200 if the store answers a query, else 503 with the reason."""
    current().store.ask("ASK {}")
    return _plain("ready\n")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Write the counts in Prometheus' text format."""
    here = current()
    lines = here.counts.lines()
    lines += gauge("kg_triples", "Triples in the dataset.", here.store.count())
    if isinstance(here.store, EngineStore):
        lines += _engine(here.store)
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _engine(store: EngineStore) -> list[str]:
    state = store.state
    lines = gauge("kg_dataset_generation", "Rises with every change of the dataset.", state.get("generation"))
    lines += gauge("kg_updates_total", "Changes made.", state.get("updates"), "counter")
    lines += gauge("kg_worker_forks_total", "Workers started.", state.get("forks"), "counter")
    lines += ["# HELP kg_queries_stopped_total Queries stopped.", "# TYPE kg_queries_stopped_total counter"]
    return lines + [
        f'kg_queries_stopped_total{{cause="{cause}"}} {state.get(f"stopped_{cause}")}'
        for cause in ("time", "memory", "busy", "cancelled", "other")
    ]


def _plain(text: str) -> Response:
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
