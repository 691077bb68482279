"""The pages for people: the blueprints that `create_app` registers beside the protocol's."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from kg.web import (
    articles,
    bundle,
    charts,
    discovery,
    extract_page,
    language,
    network,
    nodes,
    ontology_page,
    openapi,
    present,
    queries,
    search,
    start,
    terms,
    things,
    workbench,
)
from kg.web.keeping import keep


def blueprints() -> tuple[Blueprint, ...]:
    """Return the blueprints of the pages."""
    pages = (
        start,
        things,
        nodes,
        articles,
        queries,
        charts,
        search,
        network,
        workbench,
        terms,
        extract_page,
        ontology_page,
        openapi,
        discovery,
    )
    return tuple(page.blueprint for page in pages)


for _page in (start, things, articles, queries, search, network, ontology_page):
    keep(_page.blueprint)


@start.blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    app = cast("Flask", state.app)
    language.register(app)
    present.register(app)
    bundle.register(app)
