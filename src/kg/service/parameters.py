"""The typed parameters of canned queries: what a person may give, and the term it becomes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import ParameterError
from kg.service.binding import XSD, Slot, Term, check_iri

LONGEST = 2_000
_NUMBER = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _string(text: str) -> Term:
    return Literal(text)


def _number(text: str) -> Term:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Literal(text, datatype=NamedNode(XSD + "decimal"))


def _integer(text: str) -> Term:
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return Literal(text, datatype=NamedNode(XSD + "integer"))


def _date(text: str) -> Term:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return Literal(dt.date.fromisoformat(text).isoformat(), datatype=NamedNode(XSD + "date"))


def _boolean(text: str) -> Term:
    if text not in {"true", "false"}:
        raise ValueError(text)
    return Literal(text, datatype=NamedNode(XSD + "boolean"))


def _iri(text: str) -> Term:
    return NamedNode(check_iri(text))


# What each type reads, and the sentence that says what it takes.
TYPES: dict[str, tuple[Callable[[str], Term], str]] = {
    "string": (_string, "{name} takes a text, not {value}."),
    "number": (_number, "{name} takes a decimal number such as 12.5, not {value}."),
    "decimal": (_number, "{name} takes a decimal number such as 12.5, not {value}."),
    "integer": (_integer, "{name} takes a whole number such as 12, not {value}."),
    "date": (_date, "{name} takes a date such as 2020-08-27, not {value}."),
    "boolean": (_boolean, "{name} takes true or false, not {value}."),
    "iri": (_iri, "{name} takes an absolute IRI or the name of one thing, not {value}."),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of one canned query; `values` is the closed list it takes, empty where any value does."""

    slot: Slot
    label: str
    label_zh: str
    default: str | None = None
    values: tuple[str, ...] = ()
    choices: str | None = None

    @property
    def name(self) -> str:
        """The name in the query string and on the command line."""
        return self.slot.name

    @property
    def kind(self) -> str:
        """One of `TYPES`."""
        return self.slot.kind

    def term(self, text: str) -> Term:
        """Make the term of a value.

        Raises:
            ParameterError: the value is not of the parameter's type, or not one of its values.
        """
        read, sentence = TYPES[self.kind]
        if len(text) > LONGEST or not _encodable(text):
            raise self._error("{name} takes at most {most} characters of valid text.", most=LONGEST)
        if self.values and text not in self.values:
            raise self._error(
                "{name} takes one of {values}, not {value}.", values=", ".join(self.values), value=shorten(text)
            )
        try:
            term = read(text)
        except ValueError:
            raise self._error(sentence, value=shorten(text)) from None
        if self.slot.language and isinstance(term, Literal):
            return Literal(term.value, language=self.slot.language)
        return term

    def _error(self, sentence: str, **values: object) -> ParameterError:
        return ParameterError(sentence, parameter=self.name, name=self.name, **values)


def shorten(text: str) -> str:
    """Quote a value for a message, its first 60 characters."""
    return repr(text if len(text) <= 60 else text[:60] + "…")


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)
