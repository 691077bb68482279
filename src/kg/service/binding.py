"""Parameters of a query: which variables they are, and how terms take their place.

A parameter is a variable named as grlc names it (https://github.com/CLARIAH/grlc, "SPARQL variable names"):

    ?_name  ?__name          required, optional; a plain string
    ?_name_iri  ?_name_number  ?_name_integer  ?_name_literal
    ?_name_xsd_date          a literal of that datatype
    ?_name_zh                a string in that language

`bind` replaces the variables in the token stream of the query, each by one whole term written by `write_term`; the
values never meet the parser as text. The query that comes out means the same on every SPARQL store. (The engine's own
substitutions bind only variables that the query selects: pyoxigraph 0.5.13.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.store.lexer import tokens

XSD = "http://www.w3.org/2001/XMLSchema#"

Term = Literal | NamedNode

_NAME = re.compile(
    r"(?P<marks>__?)(?P<name>[A-Za-z0-9]+)"
    r"(?:_(?P<kind>iri|number|literal|integer)|_(?P<prefix>[A-Za-z0-9]+)_(?P<local>[A-Za-z0-9]+)|_(?P<lang>[a-z]{2,3}))?"
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BAD_IRI = re.compile(r'[<>"{}|^`\\\x00-\x20]')


class Slot(NamedTuple):
    """A parameter as its variable spells it; `variable` is without the question mark."""

    variable: str
    name: str
    optional: bool
    kind: str
    language: str | None = None


def read_slot(variable: str) -> Slot | None:
    """Read a variable's name; None where it is an ordinary variable.

    Raises:
        ValueError: it begins like a parameter and has no type that grlc knows.
    """
    if not variable.startswith("_"):
        return None
    match = _NAME.fullmatch(variable)
    if match is None or (match["prefix"] or "xsd") != "xsd":
        raise ValueError(f"?{variable} is no parameter name: write ?_name, ?__name, ?_name_TYPE or ?_name_xsd_TYPE")
    kind = match["local"] or match["kind"] or "string"
    return Slot(variable, match["name"], match["marks"] == "__", "string" if kind == "literal" else kind, match["lang"])


@lru_cache(maxsize=256)
def variables(query: str) -> tuple[tuple[str, int], ...]:
    """Return every variable of a query with its offset, in order, comments and strings left out."""
    return tuple((token.text[1:], token.start) for token in tokens(query) if token.kind == "variable")


def bind(query: str, terms: Mapping[str, Term]) -> str:
    """Return the query with each of these variables (named without the question mark) replaced by its term."""
    written, end = [], 0
    for name, start in variables(query):
        if name in terms:
            written += [query[end:start], write_term(terms[name])]
            end = start + 1 + len(name)
    return "".join(written) + query[end:]


def write_term(term: Term) -> str:
    r"""Write a term as SPARQL 1.1 spells it, safe in front of every parser.

    A `u` that follows a backslash is itself written as an escape: some parsers expand `\uXXXX` before they look for
    the end of a string (SPARQL 1.1, 19.2 allows it), and would read the value's own `\u0022` as a closing quote.
    """
    if isinstance(term, NamedNode):
        return f"<{check_iri(term.value)}>"
    text = '"' + _escape(term.value) + '"'
    if term.language:
        return f"{text}@{term.language}"
    return text if term.datatype.value == XSD + "string" else f"{text}^^<{check_iri(term.datatype.value)}>"


def check_iri(iri: str) -> str:
    """Return the IRI.

    Raises:
        ValueError: it holds a character that no IRI may hold (SPARQL 1.1, IRIREF), or no scheme.
    """
    if _BAD_IRI.search(iri) or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", iri):
        raise ValueError(f"{iri!r} is no absolute IRI")
    return iri


def _escape(value: str) -> str:
    escaped, before = [], ""
    for char in value:
        if char in "uU" and before == "\\":
            escaped.append(f"\\u{ord(char):04X}")
        else:
            escaped.append(_ESCAPES.get(char, char))
        before = char
    return "".join(escaped)
