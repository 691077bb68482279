"""The longest token wins (SPARQL 1.1 Query §19.8): `<a&&?b>` is an IRI wherever it stands.

The engine reads comparisons there, and so takes texts that no other store takes.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QuerySyntaxError
from kg.store.lexer import Token, tokens
from kg.store.standard.labels import Edit, edited

_INSIDE = r"""[^<>"{}|^`\\\x00-\x20]"""
MISREAD = (
    "This does not parse at line {line}, column {column}: {found} is an IRI, as the longest token wins; put spaces "
    "around < and >."
)
_DOUBTFUL = re.compile(rf"<(?:(?![&,)]){_INSIDE}|&(?!&)|(?!))*+(?:&&|[,)]){_INSIDE}*+>")


def refuse_misread(text: str, base: str | None) -> None:
    """Refuse a query that parses only where an IRI is read as a comparison.

    Raises:
        QuerySyntaxError: with the place of the first such IRI.
    """
    if _DOUBTFUL.search(text) is None:
        return
    doubtful = [token for token in tokens(text) if token.kind == "iri" and _DOUBTFUL.fullmatch(token.text)]
    if doubtful and not _parses(edited(text, [_escaped(token) for token in doubtful]), base) and _parses(text, base):
        first = doubtful[0]
        line = text.count("\n", 0, first.start) + 1
        column = first.start - text.rfind("\n", 0, first.start)
        raise QuerySyntaxError(MISREAD, line=line, column=column, found=first.text)


def _escaped(token: Token) -> Edit:
    signs = "".join(f"\\u{ord(sign):04X}" if sign in "&,()" else sign for sign in token.text)
    return token.start, token.end, signs


def _parses(text: str, base: str | None) -> bool:
    try:
        ox.Store().query(text, base_iri=base)
    except SyntaxError:
        return False
    except (RuntimeError, ValueError):
        return True
    return True
