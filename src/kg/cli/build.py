"""`kg build`: read, correct, infer, validate and publish in one step."""

from __future__ import annotations

import signal
from typing import Any

import click

from kg.cli.options import settings_from, settings_options


@click.command("build")
@settings_options("articles", "corrections", "identifiers", "facts", "store", "base_iri")
@click.option("--strict", is_flag=True, help="publish nothing where an article is left out")
@click.option("--replace", is_flag=True, help="replace a default graph that a client changed since the last build")
def command(*, strict: bool, replace: bool, **given: Any) -> int:
    """Read the articles, make the graph, check it, and publish it in one step.

    An article that cannot be read, or whose facts do not conform to the shapes, is left out and reported (exit code 1),
    the rest is published. A malformed correction, a broken ontology, or a graph that does not conform though no article
    that could be left out is at fault, publishes nothing. Facts that were read are kept, so that a run that was stopped
    goes on where it was. New addresses are added to a folder named by --identifiers.
    """
    from kg.cli.building import build_into, tell
    from kg.store import open_store

    settings = settings_from(**given)
    store = open_store(settings.store)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # as orderly as Ctrl-C
    try:
        built = build_into(store, settings, strict=strict, replace=replace)
    finally:
        signal.signal(signal.SIGTERM, before)
        store.close()
    tell(built)
    return 1 if built.left_out else 0
