"""The pages for people: the blueprints that `create_app` registers beside the protocol's."""

from __future__ import annotations

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from kg.web import (
    articles,
    bundle,
    language,
    network,
    present,
    queries,
    search,
    start,
    terms,
    things,
    workbench,
)


def blueprints() -> tuple[Blueprint, ...]:
    """Return the blueprints of the pages; the first of them sets up what their templates need."""
    start.blueprint.record_once(_prepare)
    return (
        start.blueprint,
        things.blueprint,
        articles.blueprint,
        queries.blueprint,
        search.blueprint,
        network.blueprint,
        workbench.blueprint,
        terms.blueprint,
    )


def _prepare(state: BlueprintSetupState) -> None:
    app: Flask = state.app
    language.register(app)
    present.register(app)
    bundle.register(app)
