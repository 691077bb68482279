"""Canned queries: questions kept as `.rq` files that a person asks by filling in a form.

A file is valid SPARQL as it stands (its parameters are unbound variables) and runs unchanged in grlc. A parameter that
is optional and not given stays a variable, so a condition on it reads ``FILTER(COALESCE(?status = ?__status, true))``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import CannedQueryError, NotFoundError, ParameterError
from kg.service.binding import XSD, Slot, Term, bind, read_slot, variables
from kg.service.decorators import Chart, Decorators, Head, read_head
from kg.service.parameters import TYPES, Parameter

_Value = TypeVar("_Value")

RESERVED = frozenset({"lang", "page", "sort", "format", "limit", "endpoint", "output"})
EVIDENCE_COLUMNS = ("article", "quote", "start", "end", "evidenceUrl", "origin")

_FILE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SAMPLES = {"number": "1", "decimal": "1", "integer": "1", "date": "2020-01-01", "boolean": "true", "iri": "urn:x:y"}
_XSD = f"PREFIX xsd: <{XSD}>"
_SYNTAX_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)(?:: (?P<message>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """One file; `columns` are the variables it selects, `text` the whole file."""

    name: str
    text: str
    query: str
    summary: str
    summary_zh: str
    description: str
    description_zh: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    chart: Chart | None = None

    def bind(self, values: Mapping[str, str]) -> str:
        """Return the query with its parameters bound; what is not given takes its default, an empty value none.

        Raises:
            ParameterError: a name that the query does not have, a value of the wrong type, or a required one missing.
        """
        return bind(self.query, self.terms(values))

    def terms(self, values: Mapping[str, str]) -> dict[str, Term]:
        """Return the term of each parameter that is bound, by the name of its variable."""
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                sentence = "The query {query} has no parameter {name}: it takes {known}."
                if not known:
                    sentence = "The query {query} has no parameter {name}: it takes none."
                about = {"query": self.name, "name": repr(name), "known": ", ".join(sorted(known))}
                raise ParameterError(sentence, parameter=name, **about)
        terms = {}
        for parameter in self.parameters:
            text = values.get(parameter.name, parameter.default)
            if text == "" and not parameter.slot.optional:
                text = parameter.default
            if text:
                terms[parameter.slot.variable] = parameter.term(text)
            elif not parameter.slot.optional:
                raise ParameterError(
                    "The query {query} needs its parameter {name}.",
                    parameter=parameter.name,
                    query=self.name,
                    name=parameter.name,
                )
        return terms


class Catalogue:
    """The canned queries of some folders, by name; a later folder's query replaces one of the same name."""

    def __init__(self, queries: Iterable[CannedQuery]) -> None:
        self._queries = {query.name: query for query in queries}

    def __iter__(self) -> Iterator[CannedQuery]:
        return iter(sorted(self._queries.values(), key=lambda query: query.name))

    def __len__(self) -> int:
        return len(self._queries)

    def get(self, name: str) -> CannedQuery:
        """Return the query of that name.

        Raises:
            NotFoundError: there is none.
        """
        if name not in self._queries:
            raise NotFoundError("There is no canned query {name}; `kg query` and /queries list them.", name=repr(name))
        return self._queries[name]


def load(folders: Iterable[Path]) -> Catalogue:
    """Read every `.rq` file of these folders, in the order of their names.

    Raises:
        CannedQueryError: a folder cannot be read or a file is broken; the sentence names the file and the line.
    """
    found = []
    for folder in folders:
        if not folder.is_dir():
            raise CannedQueryError(f"There is no folder of canned queries at {folder}.")
        found += [read_file(path) for path in sorted(folder.glob("*.rq"))]
    return Catalogue(found)


def read_file(path: Path) -> CannedQuery:
    """Read one file.

    Raises:
        CannedQueryError: it cannot be read or is broken; the sentence names the file and the line.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannedQueryError(f"{path.name}: cannot be read as UTF-8 text: {error}.") from None
    return parse(text, path.stem, file=path.name)


def parse(text: str, name: str, *, file: str = "") -> CannedQuery:
    """Read a canned query from the text of its file.

    Raises:
        CannedQueryError: it is broken; the sentence names the file and the line.
    """
    file = file or f"{name}.rq"
    if not _FILE_NAME.fullmatch(name):
        raise CannedQueryError(f"{file}: a query's name is of lower-case letters, digits and single hyphens.")
    text = text.replace("\r\n", "\n")
    head = read_head(text, file)
    columns = _check_syntax(head.query, file)
    slots = _slots(head.query, file)
    if any(slot.variable.endswith("_integer") or "_xsd_" in slot.variable for slot in slots) and _XSD not in head.query:
        raise CannedQueryError(f"{file}: a parameter with a datatype needs the line {_XSD}; grlc would break it.")
    parameters = tuple(_parameter(slot, head, file) for slot in slots)
    _check_notes(head, {slot.name for slot in slots}, columns, file)
    _check_syntax(bind(head.query, {p.slot.variable: p.term(_sample(p)) for p in parameters}), file, bound=True)
    notes = head.decorators
    return CannedQuery(
        name=name,
        text=text,
        query=head.query.strip() + "\n",
        summary=notes.summary,
        summary_zh=notes.summary_zh,
        description=notes.description,
        description_zh=notes.description_zh,
        tags=notes.tags,
        parameters=parameters,
        columns=columns,
        chart=notes.chart,
    )


def _check_syntax(query: str, file: str, *, bound: bool = False) -> tuple[str, ...]:
    """Parse the query and return the columns it selects."""
    try:
        result = ox.Store().query(query)
    except SyntaxError as error:
        place = _SYNTAX_PLACE.search(str(error))
        line, what = (int(place["line"]), place["message"] or "") if place else (1, str(error))
        when = "with its parameters bound, " if bound else ""
        raise CannedQueryError(f"{file}, line {line}: {when}the query is no valid SPARQL: {what}.") from None
    except (RuntimeError, OSError) as error:
        raise CannedQueryError(f"{file}: the query asks for what this service never does: {error}.") from None
    if not isinstance(result, ox.QuerySolutions):
        raise CannedQueryError(f"{file}: a canned query is a SELECT.")
    return tuple(variable.value for variable in result.variables)


def _slots(query: str, file: str) -> list[Slot]:
    """Return the parameters of a query in the order in which they first stand."""
    slots: dict[str, Slot] = {}
    for variable, offset in variables(query):
        line = query.count("\n", 0, offset) + 1
        try:
            slot = read_slot(variable)
        except ValueError as error:
            raise CannedQueryError(f"{file}, line {line}: {error}.") from None
        if slot is None:
            continue
        if slot.name in slots and slots[slot.name] != slot:
            raise CannedQueryError(f"{file}, line {line}: the parameter {slot.name} is spelt in two ways.")
        problem = _slot_problem(slot, slots.values())
        if problem:
            raise CannedQueryError(f"{file}, line {line}: {problem}.")
        slots.setdefault(slot.name, slot)
    return list(slots.values())


def _slot_problem(slot: Slot, others: Iterable[Slot]) -> str | None:
    if slot.name in RESERVED:
        return f"the parameter name {slot.name} is reserved"
    if slot.kind not in TYPES:
        return f"the parameter {slot.name} has the type {slot.kind}; the types are {', '.join(sorted(TYPES))}"
    for other in others:
        short, long = sorted((slot.variable, other.variable), key=len)
        if short != long and long.startswith(short):
            return f"?{short} begins ?{long}, which grlc's text replacement would break"
    return None


def _merge(maps: Iterable[Mapping[str, _Value]]) -> dict[str, _Value]:
    return {key: value for one in maps for key, value in one.items()}


def _parameter(slot: Slot, head: Head, file: str) -> Parameter:
    notes: Decorators = head.decorators
    note = notes.parameters.get(slot.name)
    if note is None:
        raise CannedQueryError(f"{file}, line {head.line}: '#+ parameters' does not describe {slot.name}.")
    default = _merge(notes.defaults).get(slot.name)
    parameter = Parameter(
        slot=slot,
        label=note.label,
        label_zh=note.label_zh,
        default=None if default is None else str(default),
        values=tuple(str(value) for value in _merge(notes.enumerate).get(slot.name, ())),
        choices=note.choices,
    )
    for text in (*parameter.values, *([parameter.default] if parameter.default else [])):
        try:
            parameter.term(text)
        except ParameterError as error:
            raise CannedQueryError(f"{file}, line {head.line}: a default or listed value is wrong: {error}") from None
    if not slot.optional and not parameter.default:
        raise CannedQueryError(f"{file}, line {head.line}: the required parameter {slot.name} has no default.")
    return parameter


def _sample(parameter: Parameter) -> str:
    return parameter.default or next(iter(parameter.values), _SAMPLES.get(parameter.kind, "x"))


def _check_notes(head: Head, names: set[str], columns: tuple[str, ...], file: str) -> None:
    notes = head.decorators
    described = {*notes.parameters, *_merge(notes.defaults), *_merge(notes.enumerate)}
    for name in sorted(described - names):
        raise CannedQueryError(f"{file}, line {head.line}: the '#+' lines describe {name}, which the query has not.")
    for column in (notes.chart.x, notes.chart.y) if notes.chart else ():
        if column not in columns:
            raise CannedQueryError(f"{file}, line {head.line}: the chart's column {column} is not selected.")
