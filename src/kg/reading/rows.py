"""Tables of knowledge: TOML files under `tables/`, one list of rows each, every row with its own examples.

A row has an `id` that stands in the `rule` of whatever it reads, a text `yes` in which it must
read something and a text `no` in which it must not; one generic test runs them all.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row; a table adds columns of its own by subclassing."""

    id: str
    yes: str
    no: str


R = TypeVar("R", bound=Row)


@cache
def load_rows(table: str, kind: type[R]) -> tuple[R, ...]:
    """Return the rows of `tables/<table>.toml` in file order.

    Raises:
        msgspec.ValidationError: a row lacks a column, or has one that nothing reads.
        ValueError: two rows share an id.
    """
    rows = tuple(
        msgspec.convert(row, kind) for row in msgspec.convert(_document(table)["row"], list[dict[str, object]])
    )
    ids = [row.id for row in rows]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"tables/{table}.toml has two rows called {', '.join(twice)}; rename one.")
    return rows


@cache
def load_words(table: str, key: str) -> tuple[str, ...]:
    """Return a plain list of words that stands above the rows of `tables/<table>.toml`."""
    return tuple(msgspec.convert(_document(table)[key], list[str]))


@cache
def load_text(table: str, key: str) -> str:
    """Return a single text that stands above the rows of `tables/<table>.toml`."""
    return msgspec.convert(_document(table)[key], str)


@cache
def _document(table: str) -> dict[str, object]:
    """Parse one table; the file is read once."""
    return tomllib.loads((files(__package__) / "tables" / f"{table}.toml").read_text(encoding="utf-8"))
