"""`kg evaluate`: how well the extraction reads, measured against annotated articles."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("evaluate")
@click.argument("gold_dir", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--differences", is_flag=True, help="list every fact that differs, with its words")
def command(gold_dir: Path, form: str, differences: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Print precision, recall and F1 of the extraction against the pairs NAME.txt and NAME.json in GOLD_DIR."""
    from kg.reading.evaluate import evaluate, render_json, render_text
    from kg.reading.pipeline import extract

    report = evaluate(gold_dir, extract)
    click.echo(render_json(report) if form == "json" else render_text(report, differences=differences))
