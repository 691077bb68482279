"""SERVICE (SPARQL 1.1 Federated Query) as a table of what the other service answers.

SERVICE <s> { P } is P asked of s, joined with what stands around it (§2.4): that does not depend on the rest of the
query, so it is asked first. What such a table cannot hold is refused: a variable in place of <s>, a SERVICE within
another, and blank nodes, which VALUES cannot name.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import FetchError, KgError, RefusedError, TooLargeError
from kg.store.fetching.http import Fetched, Fetcher
from kg.store.lexer import prologue_end, tokens, unescape
from kg.store.standard.groups import Element, NotUnderstood, read_query
from kg.store.standard.terms import resolved

ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_MOST = 20_000


def with_services(text: str, base: str | None, fetcher: Fetcher, deadline: float) -> str:
    """Return a query, or an update, that parses, with each SERVICE as the table of its solutions.

    Raises:
        RefusedError: a host is not listed, or a SERVICE is of a kind that is not answered here.
        FetchError, TimeLimitError, TooLargeError, BusyError: one that is not SILENT cannot be asked.
    """
    text = unescape(text)
    listed = list(tokens(text))
    try:
        found = list(_services(read_query(listed)))
    except NotUnderstood:
        raise RefusedError("SERVICE is not understood where it stands here.") from None
    prologue = text[: prologue_end(text)]
    pieces, position = [], 0
    for element in found:
        group, term = element.groups[0], element.term
        if term is None or term.kind == "variable":
            raise RefusedError("SERVICE takes the address of a service here, not a variable.")
        if any(token.is_word("SERVICE") for token in listed[group.first : group.last]):
            raise RefusedError("A SERVICE within another is not asked here.")
        pattern = text[listed[group.first].start : listed[group.last - 1].end]
        address = resolved(prologue, [term.text], base)[0].value
        query = f"{f'BASE <{base}> ' if base else ''}{prologue} SELECT * WHERE {pattern}"
        silent = listed[element.first + 1].is_word("SILENT")
        pieces += [
            text[position : listed[element.first].start],
            _table(address, query, fetcher, deadline, silent=silent),
        ]
        position = listed[element.last - 1].end
    return "".join([*pieces, text[position:]])


def _services(query: Element) -> Iterator[Element]:
    """Yield the outermost SERVICEs, in the order of the text."""
    for group in query.groups:
        for element in group.elements:
            if element.kind == "service":
                yield element
            else:
                yield from _services(element)


def _table(address: str, query: str, fetcher: Fetcher, deadline: float, *, silent: bool) -> str:
    try:
        return _written(fetcher.post(address, urlencode({"query": query}).encode(), ACCEPT, deadline))
    except KgError as error:
        if not silent or isinstance(error, RefusedError):
            raise
        return "{ }"


def _written(fetched: Fetched) -> str:
    syntax = ox.QueryResultsFormat.from_media_type(fetched.media_type)
    if syntax is None:
        raise FetchError(f"The other service sent {fetched.media_type}, which is no table of solutions.")
    try:
        results = ox.parse_query_results(fetched.body, format=syntax)
        if not isinstance(results, ox.QuerySolutions):
            raise FetchError("The other service answered yes or no where a table was asked for.")
        names = [variable.value for variable in results.variables]
        rows = [tuple(solution) for solution in results]
    except (SyntaxError, ValueError):
        raise FetchError("What the other service sent cannot be read as a table of solutions.") from None
    if len(rows) > _MOST:
        raise TooLargeError(f"The other service gave more than {_MOST:,} solutions.")
    if any(isinstance(term, ox.BlankNode) for row in rows for term in row):
        raise RefusedError("The other service's answer holds blank nodes, which cannot be joined here; select others.")
    head = " ".join(f"?{name}" for name in names)
    body = " ".join(f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows)
    return f"VALUES ({head}) {{ {body} }}"
