"""`kg diff`: what facts came and went between two builds, in words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.views.diff import Comparison

_STORES = ("oxigraph:", "sparql:")


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--exit-code", is_flag=True, help="end with exit code 1 where the two differ")
def command(before: str, after: str, *, exit_code: bool) -> int:
    """Tell what facts came (+), went (-) or changed (~) between the builds A and B, a line each, in a fixed order.

    A and B are files, as `kg export` writes them (N-Quads; Turtle, TriG and JSON-LD by their extension; - reads
    N-Quads from standard input), or stores: oxigraph:PATH, sparql:QUERY_URL. Two builds whose SHA-256 is the same
    differ in nothing. The exit code is 0 whether they differ or not, unless --exit-code is given.
    """
    from kg.graph.views.diff import compare

    if before == after == "-":
        raise UsageError("Standard input can be A or B, not both.")
    compared = compare(_read(before), _read(after))
    for line in _lines(compared):
        click.echo(line)
    for line in _summary(compared):
        click.echo(f"kg: {line}", err=True)
    return int(exit_code and compared.before != compared.after)


def _read(place: str) -> bytes:
    """Return the N-Quads of a build."""
    if place.startswith(_STORES):
        return _exported(place)
    if place == "-":
        return sys.stdin.buffer.read()
    from kg.graph.views.export import as_nquads

    path = Path(place)
    if not path.is_file():
        raise UsageError(f"There is no file {place}; a store is named oxigraph:PATH or sparql:QUERY_URL.")
    try:
        return as_nquads(path.read_bytes(), path.suffix.removeprefix(".") or "nq")
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from None


def _exported(url: str) -> bytes:
    from kg.store import open_store

    kind, _, rest = url.partition(":")
    if kind == "oxigraph" and not Path(rest).is_dir():
        raise UsageError(f"There is no store at {rest}.")
    store = open_store(url)
    try:
        return store.export()
    finally:
        store.close()


def _lines(compared: Comparison) -> Iterator[str]:
    table = ""
    for change in compared.changes:
        if change.table != table:
            table = change.table
            yield f"{table}:"
        yield f"  {change.sign} {change.words}"


def _summary(compared: Comparison) -> Iterator[str]:
    yield f"A is sha256 {compared.before}"
    yield f"B is sha256 {compared.after}"
    if compared.before == compared.after:
        yield "A and B are the same"
        return
    signs = [change.sign for change in compared.changes]
    yield f"facts: {signs.count('+'):,} came, {signs.count('-'):,} went, {signs.count('~'):,} changed"
    yield f"triples, evidence, ontology and description among them: {compared.come:,} came, {compared.gone:,} went"
