"""The group of commands, and the one place where failures become a message and an exit code."""

from __future__ import annotations

import importlib
import os
import sys

import click

from kg import __version__
from kg.errors import KgError

# Each command's module is imported when it is called: reading loads a model, serving an engine.
_COMMANDS = {
    "build": "read the articles, make the graph, check it, publish it",
    "serve": "serve the dataset",
    "extract": "print the facts of one article",
    "query": "run a canned query",
    "validate": "check the dataset against the shapes",
    "export": "write the whole dataset",
    "diff": "tell what facts came and went between two builds",
    "evaluate": "measure the extraction against annotated articles",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Make a knowledge graph of Chinese local-government articles, and serve it with its evidence.

    Exit codes: 0 done; 1 the work failed, with a message on standard error; 2 the arguments are wrong.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run `kg` with the arguments (the process's own by default) and return the exit code."""
    try:
        code = cli.main(arguments, prog_name="kg", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SystemExit:  # click ends so where the reader has seen enough: `kg export | head`
        return 0
    except (KgError, OSError, click.Abort) as error:
        return _failed(error)
    except Exception as error:  # noqa: BLE001 - the one place where a fault of the program becomes a sentence
        return _faulty(error)
    return code if isinstance(code, int) else 0


def _failed(error: Exception) -> int:
    """Say in one sentence what went wrong and return the exit code."""
    if isinstance(error, BrokenPipeError):  # the reader has seen enough: `kg export | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, click.Abort):
        return 130
    message = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
    click.echo(f"kg: {message}", err=True)
    return error.exit_code if isinstance(error, KgError) else 1


def _faulty(error: Exception) -> int:
    """Say that the program itself is at fault; KG_DEBUG=1 shows where."""
    if os.environ.get("KG_DEBUG") == "1":
        raise error
    click.echo(
        f"kg: a fault of the program, not of yours: {error!r}; run again with KG_DEBUG=1 to see where.", err=True
    )
    return 1
