"""`kg extract`: the facts of one article text on standard output, nothing stored."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.errors import ArticleError


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
    name, data = _read(file)
    sys.stdout.buffer.write(_written(name, data, form))


def _read(file: str) -> tuple[str, bytes]:
    if file == "-":
        return "stdin", sys.stdin.buffer.read()
    path = Path(file)
    try:
        return path.stem, path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{file} cannot be read: {error.strerror}.") from None


def _written(name: str, data: bytes, form: str) -> bytes:
    from kg.reading.pipeline import extract

    facts = extract(data, article_id=name)
    if form == "json":
        from kg.facts import to_json

        return to_json(facts)
    raise NotImplementedError(form)
