"""Places that are known by name: the reference table `data/reference/places.csv` and the levels of `tables/levels.toml`."""

from __future__ import annotations

import csv
from functools import cache

from kg import resources
from kg.reading.rows import Row, load_rows, load_words


class LevelRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A level of administration: how its names end, `rank` counting from the province down."""

    suffixes: tuple[str, ...]
    rank: int
    name: str


@cache
def known_places() -> frozenset[str]:
    """Return the full names of the reference table, without those that are ordinary words (城区)."""
    path = resources.reference() / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    return frozenset(name for name in names if len(name) > 2) - frozenset(load_words("levels", "ordinary"))


def rank(name: str) -> int | None:
    """Return the level of a district's name, 1 for a province, None for no district; a bare stem has that of its place."""
    name = stems().get(name, (name,))[0]
    rows = [row for row in load_rows("levels", LevelRow) if name.endswith(row.suffixes)]
    longest = max(rows, key=lambda row: max(len(end) for end in row.suffixes if name.endswith(end)), default=None)
    return longest.rank if longest else None


@cache
def stems() -> dict[str, tuple[str, ...]]:
    """Map names without their level to the full names, in the table's order; two characters at least."""
    found: dict[str, list[str]] = {}
    for name in sorted(known_places()):
        stem = next(
            (name[: -len(end)] for end in sorted(level_suffixes(), key=len, reverse=True) if name.endswith(end)), ""
        )
        if len(stem) >= 2:
            found.setdefault(stem, []).append(name)
    return {stem: tuple(names) for stem, names in found.items()}


@cache
def level_suffixes() -> tuple[str, ...]:
    return tuple(end for row in load_rows("levels", LevelRow) for end in row.suffixes)
