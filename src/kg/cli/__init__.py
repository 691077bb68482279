"""The command line: one file a command, each a thin face over the core."""

from kg.cli.main import cli, main

__all__ = ["cli", "main"]
