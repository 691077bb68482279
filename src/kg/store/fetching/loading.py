"""LOAD (SPARQL 1.1 Update §3.1.4) as an insertion of what was fetched before: an update stays all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import FetchError, KgError, QuerySyntaxError
from kg.store.changes import as_update, read_triples
from kg.store.fetching.http import Fetched, Fetcher
from kg.store.formats import GRAPHS, Format, graph_format
from kg.store.lexer import Token, prologue_end, tokens
from kg.store.standard.terms import resolved

ACCEPT = ", ".join(each.media_type for each in GRAPHS if not each.quads) + ", */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Load:
    """One LOAD: its source, the graph that it goes into (None: the default graph), and where it stands in the text."""

    source: str
    graph: str | None
    silent: bool
    start: int
    end: int


def with_loaded(text: str, base: str | None, fetcher: Fetcher, deadline: float) -> str:
    """Return an update that parses with each LOAD as an insertion; LOAD SILENT that fails inserts nothing.

    Raises:
        RefusedError, FetchError, TimeLimitError, TooLargeError, BusyError: one that is not SILENT cannot be fetched.
    """
    pieces, position = [], 0
    for load in loads(text, base):
        pieces += [text[position : load.start], _insertion(load, fetcher, deadline)]
        position = load.end
    return "".join([*pieces, text[position:]])


def _insertion(load: Load, fetcher: Fetcher, deadline: float) -> str:
    try:
        fetched, syntax = fetch_graph(load, fetcher, deadline)
        quads = read_triples(fetched.body, syntax, load.graph, fetched.url)
    except QuerySyntaxError as error:
        if not load.silent:
            raise FetchError(f"What was fetched cannot be read: {error}") from None
    except KgError:
        if not load.silent:
            raise
    else:
        return as_update(load.graph, quads, replace=False)
    return "INSERT DATA { }"


def fetch_graph(load: Load, fetcher: Fetcher, deadline: float) -> tuple[Fetched, Format]:
    """Return what a LOAD names, and the syntax that it is in.

    Raises:
        RefusedError, FetchError, TimeLimitError, TooLargeError, BusyError: it cannot be fetched.
    """
    fetched = fetcher.get(load.source.partition("#")[0], ACCEPT, deadline)
    syntax = graph_format(fetched.media_type)
    if syntax is None or syntax.quads:
        raise FetchError(f"What was fetched is no graph: {fetched.media_type}.")
    return fetched, syntax


def only_load(text: str, base: str | None) -> Load | None:
    """Return the LOAD of an update that is nothing else, None where it is more."""
    found = list(loads(text, base))
    if len(found) != 1 or prologue_end(text) != found[0].start:
        return None
    rest = [token.text for token in tokens(text[found[0].end :])]
    return found[0] if rest in ([], [";"]) else None


def loads(text: str, base: str | None) -> Iterator[Load]:
    """Yield the LOADs of an update that parses."""
    listed, depth, prologue = list(tokens(text)), 0, ""
    for index, token in enumerate(listed):
        depth += (token.text == "{") - (token.text == "}")
        if depth:
            continue
        if token.is_word("PREFIX", "BASE"):
            length = 3 if token.is_word("PREFIX") else 2
            prologue += text[token.start : listed[index + length - 1].end] + " "
        elif token.is_word("LOAD"):
            yield _load(listed, index, prologue, base)


def _load(listed: list[Token], index: int, prologue: str, base: str | None) -> Load:
    silent = listed[index + 1].is_word("SILENT")
    at = index + 1 + silent
    names, end = [listed[at].text], listed[at].end
    if at + 1 < len(listed) and listed[at + 1].is_word("INTO"):
        names.append(listed[at + 3].text)
        end = listed[at + 3].end
    found = [term.value for term in resolved(prologue, names, base)]
    return Load(found[0], found[1] if len(found) > 1 else None, silent, listed[index].start, end)
