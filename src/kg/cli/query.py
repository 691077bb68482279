"""`kg query`: a canned query on the local dataset or on any SPARQL endpoint."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import settings_from, settings_options
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.service.canned import CannedQuery, Catalogue
    from kg.settings import Settings


@click.command("query", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--format", "form", type=click.Choice(["csv", "json", "table"]), default="table", show_default=True)
@click.option("--endpoint", metavar="URL", help="ask this SPARQL endpoint instead of the local dataset")
@settings_options("queries", "store")
@click.pass_context
def command(context: click.Context, /, *, name: str | None, form: str, endpoint: str | None, **given: Any) -> None:
    """Run the canned query NAME; without NAME list them all. Its parameters are options: --PARAMETER VALUE."""
    from kg.service.canned import load

    settings = settings_from(**given)
    catalogue = load(settings.queries)
    if name is None:
        click.echo(_listing(catalogue))
        return
    query = catalogue.get(name)
    text = query.bind(parameters(context.args))
    body = _ask_endpoint(endpoint, text, form) if endpoint else _ask_store(settings, text, form)
    if form == "table":
        from kg.cli.table import render

        click.echo(render(body))
        return
    sys.stdout.buffer.write(body)


def parameters(arguments: list[str]) -> dict[str, str]:
    """Read `--name value` and `--name=value` pairs.

    Raises:
        UsageError: an argument is no option, or an option lacks its value.
    """
    values: dict[str, str] = {}
    left = list(arguments)
    while left:
        option = left.pop(0)
        if not option.startswith("--"):
            raise UsageError(f"{option!r} is no parameter; write --PARAMETER VALUE.")
        flag, equals, value = option[2:].partition("=")
        if not equals:
            if not left:
                raise UsageError(f"--{flag} lacks its value; write --{flag} VALUE.")
            value = left.pop(0)
        values[flag] = value
    return values


def _listing(catalogue: Catalogue) -> str:
    return "\n".join(f"{query.name:28} {query.summary}{_takes(query)}" for query in catalogue)


def _takes(query: CannedQuery) -> str:
    options = " ".join(f"[--{parameter.name} {parameter.kind.upper()}]" for parameter in query.parameters)
    return f"  {options}" if options else ""


def _ask_store(settings: Settings, text: str, form: str) -> bytes:
    from kg.store import open_store
    from kg.store.formats import CSV, JSON

    store = open_store(settings.store)
    try:
        return store.query(text, syntax=CSV if form == "csv" else JSON).body
    finally:
        store.close()


def _ask_endpoint(url: str, text: str, form: str) -> bytes:
    from kg.cli.endpoint import ask

    return ask(url, text, "csv" if form == "csv" else "json")
