"""`kg export`: the whole dataset, in the forms that people take away."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

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
    with tempfile.TemporaryFile() as nquads:
        (_read_view if view else _read)(settings, nquads)
        nquads.seek(0)
        if form == "csv":
            _write_tables(nquads, output or Path())
            return
        with output.open("wb") if output else nullcontext(sys.stdout.buffer) as out:
            _write(nquads, form, out, settings.base_iri)


def _write(nquads: IO[bytes], form: str, out: IO[bytes], base_iri: str) -> None:
    """Write a dataset that stands as sorted N-Quads in a file: what is held in memory does not grow with it."""
    from kg.graph.views.export import read, write_ordered
    from kg.graph.views.graphml import graphml

    if form == "nquads":
        shutil.copyfileobj(nquads, out)
    elif form == "graphml":
        out.write(graphml(read(nquads)))
    else:
        write_ordered(read(nquads), form, out, base_iri=base_iri)


def _write_tables(nquads: IO[bytes], folder: Path) -> None:
    from kg.graph.views.export import read
    from kg.graph.views.tables_csv import tables

    written = tables(read(nquads))
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(written.items()):
        (folder / name).write_bytes(table)


def _read(settings: Settings, nquads: IO[bytes]) -> None:
    from kg.store import open_store

    store = open_store(settings.store)
    try:
        store.export_to(nquads)
    finally:
        store.close()


def _read_view(settings: Settings, nquads: IO[bytes]) -> None:
    from kg.errors import NotFoundError, StoreError
    from kg.graph.views import cube
    from kg.store import open_store
    from kg.store.formats import N_TRIPLES

    store = open_store(settings.store)
    try:
        body = store.read_graph(cube.name(settings.base_iri).value, syntax=N_TRIPLES).body
        nquads.writelines(sorted(body.splitlines(keepends=True)))
    except NotFoundError:
        raise StoreError("The dataset has no such view: run `kg build` first, with the same --base-iri.") from None
    finally:
        store.close()
