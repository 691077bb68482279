"""The engine, asked so that it answers as the standard says (see the package)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

import pyoxigraph as ox

from kg.errors import KgError
from kg.store.base import Query
from kg.store.standard.labels import labelled
from kg.store.standard.mending import Anatomy, anatomy, mended
from kg.store.standard.syntax import refuse_misread

_LONGEST_KEPT = 1 << 14
_TAME, _ANY = re.compile(r"<[A-Za-z][\w+.-]*:[\w:/.#%~-]*>", re.ASCII), "<urn:x>"
_UNKNOWN = re.compile(r"The custom function <([^>]*)> is not supported")

Functions = dict[ox.NamedNode, Callable[..., None]]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Plan:
    """A text as it is written for any dataset, and what of it depends on the dataset."""

    text: str
    anatomy: Anatomy | None


def as_standard(store: ox.Store, query: Query) -> Query:
    """Return a query, or an update, as the engine has to be given it on this store; itself where nothing needs mending.

    Raises:
        QuerySyntaxError: it parses only where an IRI is read as a comparison.
        TooLargeError: it grows too large.
    """
    text, base = query.text, query.base
    if len(text) > _LONGEST_KEPT:
        plan = _plan.__wrapped__(text, base)
    else:
        plan = None if _is_plain(_TAME.sub(_ANY, text), base) else _plan(text, base)
    if plan is None:
        return query
    new = replace(query, text=plan.text)
    return new if plan.anatomy is None else replace(new, text=mended(store, new, plan.anatomy))


@lru_cache(maxsize=512)
def _is_plain(shape: str, base: str | None) -> bool:
    """Tell whether no text of this shape needs anything: texts that differ in their tame IRIs alone have the same.

    Such an IRI is one token wherever a token may begin, and closes no string or comment that it stands in.
    """
    try:
        return _plan.__wrapped__(shape, base) is None
    except KgError:
        return False


@lru_cache(maxsize=512)
def _plan(text: str, base: str | None) -> Plan | None:
    """Return what a text needs, None where that is nothing; a text with codepoint escapes is left to the engine."""
    if "\\u" in text or "\\U" in text:
        return None
    refuse_misread(text, base)
    new = labelled(text)
    found = anatomy(new, base)
    return Plan(new, found) if found is not None or new != text else None


def tried(ask: Callable[[str, Functions | None], Result], text: str, plain: str) -> Result:
    """Ask the engine, and once more with each function that it does not know: one that gives an error (§17.2).

    A text that was written anew and does not parse gives way to `plain`, what the client wrote.
    """
    unknown: Functions = {}
    while True:
        try:
            return ask(text, unknown or None)
        except SyntaxError:
            if text is plain:
                raise
            text = plain
        except RuntimeError as error:
            found = _UNKNOWN.search(str(error))
            if found is None or ox.NamedNode(found[1]) in unknown:
                raise
            unknown[ox.NamedNode(found[1])] = _fails


def _fails(*_: Any) -> None:
    """Give no value: the engine takes that as an error of the expression."""


def apply(store: ox.Store, text: str, plain: str, base: str | None) -> str:
    """Apply an update that was written as the engine has to be given it, else `plain`; return the one applied."""

    def ask(each: str, functions: Functions | None) -> str:
        store.update(each, base_iri=base, custom_functions=functions)  # type: ignore[arg-type]
        return each

    return tried(ask, text, plain)
