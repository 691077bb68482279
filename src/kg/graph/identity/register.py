"""The file of published addresses, and the redirects that merges leave.

`things.csv` has the columns path, family, scope and name; `redirects.csv` has from, to, reason and date.
A build reads both and writes neither: `added` gives the rows that a new build would register.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.graph.identity.identity import Identifier, Key

_COLUMNS = ("path", "family", "scope", "name")
_REDIRECT = ("from", "to", "reason", "date")


@dataclass(frozen=True, slots=True)
class Register:
    """What was published: addresses in order of paths, and which of them now lead to another."""

    identifiers: tuple[Identifier, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()

    def target(self, path: str) -> str:
        """Return where a path leads after all merges."""
        return self.targets()(path)

    def targets(self) -> Callable[[str], str]:
        """Return what tells where a path leads after all merges, for asking often."""
        table = dict(self.redirects)

        def target(path: str) -> str:
            seen = {path}
            while path in table and table[path] not in seen:
                path = table[path]
                seen.add(path)
            return path

        return target


def load_register(folder: Path) -> Register:
    """Read `things.csv` and `redirects.csv`; a missing file is an empty one.

    Raises:
        OntologyError: a file has other columns, or a path stands twice; the message names file and line.
    """
    rows = _rows(folder / "things.csv", _COLUMNS)
    paths = [row["path"] for row in rows]
    twice = sorted(path for path, count in Counter(paths).items() if count > 1)
    if twice:
        raise OntologyError(f"{folder / 'things.csv'}: the path {twice[0]} stands twice.")
    identifiers = tuple(Identifier(row["path"], Key(row["family"], row["scope"], row["name"])) for row in rows)
    redirects = tuple((row["from"], row["to"]) for row in _rows(folder / "redirects.csv", _REDIRECT))
    return Register(identifiers, redirects)


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            raise OntologyError(f"{path}: its columns must be {', '.join(columns)}.")
        rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise OntologyError(f"{path}, line {number}: it must have {len(columns)} cells.")
    return rows


def added(register: Register, minted: Iterable[Identifier]) -> bytes:
    """Return the contents of `things.csv` with the new addresses in it, sorted by path."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for identifier in sorted((*register.identifiers, *minted), key=lambda i: i.path):
        writer.writerow((identifier.path, identifier.key.family, identifier.key.scope, identifier.key.name))
    return out.getvalue().encode()
