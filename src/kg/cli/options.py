"""Options that several commands share; what is not given comes from the environment, then the defaults."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import UsageError
from kg.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDERS = {"articles", "corrections", "queries"}
_PLACEHOLDERS = {"store": "URL", "base_iri": "IRI", "query_timeout": "SECONDS", "identifiers": "DIR", "facts": "DIR"}
_Command = TypeVar("_Command", bound="Callable[..., Any]")


def settings_options(*names: str) -> Callable[[_Command], _Command]:
    """Add an option for each named field of `Settings`, its help text and variable taken from there."""
    table = {option.name: option for option in fields(Settings)}

    def decorate(command: _Command) -> _Command:
        for name in reversed(names):
            command = _option(name, table[name].metadata)(command)
        return command

    return decorate


def _option(name: str, metadata: Any) -> Callable[[_Command], _Command]:
    help_text = f"{metadata['doc']}  [{metadata['env']}]"
    flag = "--" + name.replace("_", "-")
    if name in _FOLDERS:
        kind = click.Path(exists=True, file_okay=False, path_type=Path)
        return click.option(flag, name, type=kind, multiple=True, metavar="DIR", help=help_text + "; may be repeated")
    return click.option(flag, name, metavar=_PLACEHOLDERS.get(name, "VALUE"), help=help_text)


def settings_from(**given: Any) -> Settings:
    """Make the settings of this run.

    Raises:
        UsageError: an option or a variable has a value that cannot be used.
    """
    table = {option.name: option for option in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if value is None or value == ():
            continue
        try:
            values[name] = value if name in _FOLDERS else table[name].metadata["read"](value)
        except ValueError:
            flag = "--" + name.replace("_", "-")
            raise UsageError(f"{flag} {value!r} cannot be used: {table[name].metadata['doc']}.") from None
    return load(os.environ, **values)
