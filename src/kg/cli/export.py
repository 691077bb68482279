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
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="write there; a folder for csv")
@settings_options("store", "base_iri")
def command(*, form: str, output: Path | None, **given: Any) -> None:
    """Write the whole dataset to standard output or to --output FILE; csv writes a folder of tables, --output DIR.

    turtle and graphml hold the default graph; nquads is sorted, so that the same dataset is the same bytes.
    """
    if form == "csv" and output is None:
        raise UsageError("--format csv writes a folder of tables: name it with --output DIR.")
    written = _written(settings_from(**given), form)
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
    from kg.graph.export import read, write
    from kg.graph.graphml import graphml
    from kg.graph.tables_csv import tables
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
