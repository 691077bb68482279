"""`kg extract`: the facts of one article text on standard output, nothing stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import ArticleError

if TYPE_CHECKING:
    from kg.facts import Facts


@click.command("extract")
@click.argument("file", metavar="FILE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "turtle", "trig", "nquads", "csv", "html"]),
    default="json",
    show_default=True,
)
def command(file: str, form: str) -> None:
    """Print the facts of the article text FILE (- reads standard input); corrections are never applied."""
    from kg.reading.article import decode
    from kg.reading.pipeline import extract

    name, data = _read(file)
    text, notes = decode(data)
    facts = extract(data, article_id=name)
    if not (facts.entities or facts.observations):
        notes = (*notes, "No fact was found in this text.")
    for note in notes:
        click.echo(f"kg: {note}", err=True)
    sys.stdout.buffer.write(_written(facts, text, form))


def _read(file: str) -> tuple[str, bytes]:
    if file == "-":
        return "stdin", sys.stdin.buffer.read()
    path = Path(file)
    try:
        return path.stem, path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{file} cannot be read: {(error.strerror or str(error)).lower()}.") from None


def _written(facts: Facts, text: str, form: str) -> bytes:
    from kg.facts import to_json

    return to_json(facts)
