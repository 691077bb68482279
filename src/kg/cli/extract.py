"""`kg extract`: the facts of one article text on standard output, nothing stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import ArticleError, UsageError

if TYPE_CHECKING:
    from kg.facts import Facts
    from kg.reading.layers import Layers


@click.command("extract")
@click.argument("file", metavar="FILE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "turtle", "trig", "nquads", "csv", "html"]),
    default="json",
    show_default=True,
)
@click.option("--explain", is_flag=True, help="tell why each number was read or left, instead of the facts")
@click.option("--at", type=click.IntRange(0), metavar="OFFSET", help="with --explain: only the number there")
def command(file: str, form: str, at: int | None, *, explain: bool) -> None:
    """Print the facts of the article text FILE (- reads standard input); corrections are never applied."""
    from kg.reading.pipeline import read_facts, read_layers

    if at is not None and not explain:
        raise UsageError("--at names the number that --explain is to tell of; give both.")
    name, data = _read(file)
    layers = read_layers(data, article_id=name)
    facts, notes = read_facts(layers), layers.article.notes
    if not (facts.entities or facts.observations):
        notes = (*notes, "No fact was found in this text.")
    for note in notes:
        click.echo(f"kg: {note}", err=True)
    sys.stdout.buffer.write(_explained(layers, facts, at) if explain else _written(layers, facts, form))


def _read(file: str) -> tuple[str, bytes]:
    if file == "-":
        return "stdin", sys.stdin.buffer.read()
    path = Path(file)
    try:
        return path.stem, path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{file} cannot be read: {(error.strerror or str(error)).lower()}.") from None


def _explained(layers: Layers, facts: Facts, at: int | None) -> bytes:
    from kg.reading.explain import explain, render_explanations

    found = explain(layers, facts, at=at)
    if at is not None and not found:
        raise UsageError(f"No number stands at offset {at}; run without --at for all of them.")
    return render_explanations(found).encode()


def _written(layers: Layers, facts: Facts, form: str) -> bytes:
    if form == "html":
        from kg.reading.view import render_html

        return render_html(layers.article, facts, layers.periods)
    if form == "csv":
        from kg.reading.tabulate import to_csv

        return to_csv(facts)
    if form == "json":
        from kg.facts import to_json

        return to_json(facts)
    return _triples(layers, facts, form)


def _triples(layers: Layers, facts: Facts, form: str) -> bytes:
    import os

    from kg import resources, settings
    from kg.graph.views import export

    base_iri = settings.load(os.environ).base_iri
    triples = export.of_facts(
        facts,
        layers.article.text,
        base_iri=base_iri,
        ontology_folder=resources.ontology(),
        reference=resources.reference(),
    )
    return export.write(triples, form, base_iri=base_iri)
