"""`kg export`: the whole dataset, in the forms that people take away."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import settings_from, settings_options
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.settings import Settings


@click.command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice(["turtle", "trig", "nquads", "jsonld", "graphml", "csv"]),
    default="nquads",
    show_default=True,
)
@click.option(
    "--view", type=click.Choice(["cube"]), help="write this derived view instead: cube, the figures as RDF Data Cubes"
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="write there; a folder for csv")
@settings_options("store", "base_iri")
def command(*, form: str, view: str | None, output: Path | None, **given: Any) -> None:
    """Write the whole dataset to standard output or to --output FILE; csv writes a folder of tables, --output DIR.

    turtle and graphml hold the default graph; nquads is sorted, so that the same dataset is the same bytes. A view is
    written as a graph of its own, with the structure that tools of statistics read it by.
    """
    if view and form in {"csv", "graphml"}:
        raise UsageError(f"--view {view} is written as turtle, trig, nquads or jsonld, not as {form}.")
    if form == "csv" and output is None:
        raise UsageError("--format csv writes a folder of tables: name it with --output DIR.")
    settings = settings_from(**given)
    written = _view(settings, form) if view else _written(settings, form)
    if isinstance(written, bytes):
        _put(written, output)
        return
    folder = output or Path()
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(written.items()):
        (folder / name).write_bytes(table)


def _put(written: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(written)
    else:
        output.write_bytes(written)


def _written(settings: Settings, form: str) -> bytes | dict[str, bytes]:
    from kg.graph.views.export import read, write
    from kg.graph.views.graphml import graphml
    from kg.graph.views.tables_csv import tables
    from kg.store import open_store

    store = open_store(settings.store)
    try:
        nquads = store.export()
    finally:
        store.close()
    if form == "nquads":
        return nquads
    quads = read(nquads)
    if form == "graphml":
        return graphml(quads)
    if form == "csv":
        return tables(quads)
    return write(quads, form, base_iri=settings.base_iri)


def _view(settings: Settings, form: str) -> bytes:
    from kg.errors import NotFoundError, StoreError
    from kg.graph.views import cube
    from kg.graph.views.export import read, write
    from kg.store import open_store
    from kg.store.formats import N_TRIPLES

    store = open_store(settings.store)
    try:
        body = store.read_graph(cube.name(settings.base_iri).value, syntax=N_TRIPLES).body
    except NotFoundError:
        raise StoreError("The dataset has no such view: run `kg build` first, with the same --base-iri.") from None
    finally:
        store.close()
    return write(read(body), form, base_iri=settings.base_iri)
