"""Writes docs/reference/*.md from the program itself: `python docs/make_reference.py`; a test keeps them in step."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path

import click

from kg import resources
from kg.cli.main import cli
from kg.service.canned import load
from kg.settings import Settings
from kg.store import open_store
from kg.web import create_app

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Made by docs/make_reference.py; change the program, not this page. -->"


def settings() -> Iterator[str]:
    yield "# Settings"
    yield "An option of the command line wins over its variable, the variable over the default."
    options = {option.name for command in commands_of_kg().values() for option in command.params}
    rows = []
    for field in fields(Settings):
        option = f"`--{field.name.replace('_', '-')}`" if field.name in options else ""
        rows.append(f"| `{field.metadata['env']}` | {option} | {cell(field.metadata['doc'])} | {default(field)} |")
    yield "| variable | option | takes | default |\n| --- | --- | --- | --- |\n" + "\n".join(rows)


def commands_of_kg() -> dict[str, click.Command]:
    names = cli.list_commands(click.Context(cli))
    return {name: importlib.import_module(f"kg.cli.{name}").command for name in names}


def default(field: object) -> str:
    value = getattr(field, "default", MISSING)
    if value is MISSING:
        return "what comes with the program"
    return "none" if value is None else f"`{value}`"


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def commands() -> Iterator[str]:
    yield "# Commands"
    top = click.Context(cli, info_name="kg", **cli.context_settings)
    yield fenced(cli.get_help(top))
    for name, command in commands_of_kg().items():
        yield f"## kg {name}"
        yield fenced(command.get_help(click.Context(command, parent=top, info_name=name)))


def fenced(text: str) -> str:
    return f"````\n{text.strip()}\n````"


def queries() -> Iterator[str]:
    yield "# Canned queries"
    yield "At `/queries/NAME`, as `/queries/NAME.csv` (`.json`, `.tsv`, `.xml`, `.xlsx`), and by `kg query NAME`."
    for query in load([resources.queries()]):
        yield f"## {query.name}"
        yield f"{query.summary}. {query.description}\n\n{query.summary_zh}。{query.description_zh}"
        if query.parameters:
            yield "| parameter | type | default |\n| --- | --- | --- |\n" + "\n".join(
                f"| `{one.name}` | {one.kind} | {one.default or ''} |" for one in query.parameters
            )
        yield "Columns: " + ", ".join(f"`{column}`" for column in query.columns)


def paths() -> Iterator[str]:
    yield "# Paths"
    app = create_app(Settings(store="memory:"), open_store("memory:"))
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static":
            continue
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        doc = (inspect.getdoc(view) or "").split("\n\n")[0].replace("\n", " ")
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.append(f"| `{cell(rule.rule)}` | {methods} | {cell(doc)} |")
    yield "| path | methods | what |\n| --- | --- | --- |\n" + "\n".join(rows)


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "settings.md": settings,
    "commands.md": commands,
    "queries.md": queries,
    "paths.md": paths,
}


def page(name: str) -> str:
    """Return the text of one page."""
    return "\n\n".join([NOTE, *PAGES[name]()]) + "\n"


if __name__ == "__main__":
    for each in PAGES:
        (FOLDER / each).write_text(page(each), "utf-8")
