"""What a request adds to an update's text: the graphs of `using-graph-uri` (SPARQL 1.1 Protocol §2.2.3).

Also: whether an update does the same every time, so that it may be applied once more to the copy on disk.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.base import Bindings, Dataset
from kg.store.lexer import Token, look, tokens, unescape

# Words after which an update may come out differently when it is applied to an equal dataset once more.
_UNREPEATABLE = re.compile(
    r"\b(?:NOW|RAND|UUID|STRUUID|BNODE|LIMIT|OFFSET|SAMPLE|GROUP_CONCAT|SUM|AVG|REDUCED)\b", re.IGNORECASE
)


def is_repeatable(text: str) -> bool:
    """Tell whether applying `text` to equal datasets gives equal datasets, up to the names of blank nodes.

    Errs on the side of no: such a word may stand in a string.
    """
    return _UNREPEATABLE.search(unescape(text)) is None


def with_dataset(text: str, dataset: Dataset) -> str:
    """Return the update with the request's graphs as USING clauses of every operation that has a WHERE.

    Raises:
        QueryError: the update says USING, USING NAMED or WITH itself (the protocol makes that an error), or an IRI
            is none.
    """
    if not dataset:
        return text
    text = unescape(text)
    listed = list(tokens(text))
    if any(token.is_word("USING", "WITH") for token in listed):
        raise QueryError(
            "This update says USING or WITH itself, so the request may not name using-graph-uri or "
            "using-named-graph-uri as well."
        )
    clauses = " ".join(
        [f"USING {_iri(name)}" for name in dataset.default or ()]
        + [f"USING NAMED {_iri(name)}" for name in dataset.named or ()]
    )
    pieces, last = [], 0
    for place, start in _wheres(listed):
        pieces += [text[last:start], place, clauses, " "]
        last = start
    return "".join([*pieces, text[last:]])


def _iri(name: str) -> str:
    try:
        return str(ox.NamedNode(name))
    except ValueError:
        raise QueryError(f"{name!r} is no IRI of a graph.") from None


def _wheres(listed: list[Token]) -> list[tuple[str, int]]:
    """Return where USING clauses go: before each WHERE outside of braces, with what must stand before them."""
    found, depth = [], 0
    for index, token in enumerate(listed):
        if token.kind == "other":
            depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.is_word("WHERE"):
            short = index > 0 and listed[index - 1].is_word("DELETE")
            found.append((_pattern_after(listed, index) if short else "", token.start))
    return found


def _pattern_after(listed: list[Token], index: int) -> str:
    """Return the pattern of DELETE WHERE { … }, written again as the template that the long form needs."""
    depth, words = 0, []
    for token in listed[index + 1 :]:
        words.append(token.text)
        if token.kind == "other":
            depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            break
    return " ".join(words) + " "


def with_values(text: str, bindings: Bindings) -> str:
    """Return the query joined with one row of values (§10.2.2), each written as the engine writes the term."""
    if not bindings:
        return text
    names, terms = " ".join(f"?{name}" for name in bindings), " ".join(str(term) for term in bindings.values())
    return f"{text}\nVALUES ({names}) {{ ({terms}) }}"


def without_service(text: str) -> str:
    """Return a query of the same shape, and of the same length, that asks nobody else: SERVICE as GRAPH."""
    text = unescape(text)
    listed = list(tokens(text))
    for token, after in pairwise(listed):
        if token.is_word("SERVICE"):
            text = _write_over(text, token, "GRAPH")
            if after.is_word("SILENT"):
                text = _write_over(text, after, "")
    return text


def without_silent_loads(text: str) -> str:
    """Return the update with an empty operation in place of each LOAD SILENT."""
    if look(text).fetches is None:
        return text
    text = unescape(text)
    listed = list(tokens(text))
    for index in reversed(range(len(listed) - 2)):
        load, silent, source = listed[index : index + 3]
        if load.is_word("LOAD") and silent.is_word("SILENT") and source.kind in {"iri", "name"}:
            target = listed[index + 3 : index + 6]
            into = len(target) == 3 and target[0].is_word("INTO") and target[1].is_word("GRAPH")
            text = text[: load.start] + "INSERT DATA { }" + text[(target[2] if into else source).end :]
    return text


def _write_over(text: str, token: Token, word: str) -> str:
    return text[: token.start] + word.ljust(len(token.text)) + text[token.end :]
