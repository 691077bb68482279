"""What a canned query says of itself: the `#+` lines at the head of its file, in grlc's form.

grlc reads `summary`, `description`, `tags`, `defaults`, `enumerate` and ignores the rest; the keys that end in `-zh`
say the same in Chinese, `parameters` gives each parameter its label and the values to choose from, `chart` what to
draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import yaml

from kg.errors import CannedQueryError


class ParameterNote(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What the form shows for a parameter.

    `choices` is a SPARQL pattern that binds ?value to what the data offers, and ?label where a value has a name.
    """

    label: str
    label_zh: str
    choices: str | None = None


class Chart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bar for each row: `x` names the column of names, `y` the column of numbers."""

    x: str
    y: str


Scalar = str | int | float | bool


class Decorators(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The keys a file may have; `defaults` and `enumerate` are lists of one-key maps, as grlc has them."""

    summary: str
    summary_zh: str
    description: str
    description_zh: str
    tags: tuple[str, ...] = ()
    defaults: tuple[dict[str, Scalar], ...] = ()
    enumerate: tuple[dict[str, tuple[Scalar, ...]], ...] = ()
    parameters: dict[str, ParameterNote] = {}
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The decorators of one file, the line of its first `#+` and the query that follows them."""

    decorators: Decorators
    line: int
    query: str


def read_head(text: str, file: str) -> Head:
    """Split a file into its decorators and its query; line numbers stay those of the file.

    Raises:
        CannedQueryError: the decorators are missing, no YAML, or hold a key that nothing reads.
    """
    lines = text.split("\n")
    marked = [number for number, line in enumerate(lines) if line.startswith("#+")]
    if not marked:
        raise CannedQueryError(
            f"{file}, line 1: a canned query begins with its description in lines of '#+ key: value'."
        )
    source = "\n".join(line[2:] if line.startswith("#+") else "" for line in lines)
    try:
        decorators = msgspec.convert(_load(source), Decorators, strict=False)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else marked[0] + 1
        raise CannedQueryError(f"{file}, line {line}: the '#+' lines are no YAML: {error.problem}.") from None
    except msgspec.ValidationError as error:
        raise CannedQueryError(
            f"{file}, line {_line_of(error, lines, marked[0])}: in the '#+' lines: {error}."
        ) from None
    query = "\n".join("" if line.startswith("#+") else line for line in lines)
    return Head(decorators, marked[0] + 1, query)


def _load(source: str) -> Any:
    loaded = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader makes strings, lists and maps only
    return {} if loaded is None else loaded


def _line_of(error: msgspec.ValidationError, lines: list[str], first: int) -> int:
    """Return the line of the key that the message names, else the first."""
    for part in str(error).split("`"):
        key = part.removeprefix("$").strip(".").split(".")[0].split("[")[0]
        for number, line in enumerate(lines):
            if key and line.startswith("#+") and line[2:].strip().startswith(f"{key}:"):
                return number + 1
    return first + 1
