"""GRAPH and paths of length zero, written so that the engine answers as SPARQL 1.1 Query §18 says.

- GRAPH ?g { P } is P asked of each graph by itself, joined with its name (§18.5). The engine gives ?g to the triples
  of P instead: it is lost where P holds none (VALUES, a subquery), or has P's own ?g, MINUS or subquery see it.
  Where P is such a pattern it is written out for each named graph.
- GRAPH <g> { P } of a graph that is not there has no solution, whatever P is.
- A path of length zero from a constant leads to that constant (§18.4), even one that the graph does not hold.

Whatever is needed of this depends on the graphs that are there: the text is looked at once, the store each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import TooLargeError
from kg.store.base import Query
from kg.store.lexer import Token, form_of, prologue_end, tokens
from kg.store.merging import dataset_of
from kg.store.standard.groups import Element, Group, NotUnderstood, read_query
from kg.store.standard.statements import PathTriple, zero_paths
from kg.store.standard.terms import resolved

LARGEST = 1 << 20
_LONGEST = 1 << 20
_PATH = re.compile(r"[*?](?<=[\w>)].)(?!\w)")  # what may be a path that may have length zero
_UNSAFE = ("MINUS", "SELECT")
_WITHOUT_TRIPLES = frozenset({"values", "select", "graph", "service", "union"})
_OTHER_DATASETS = ("WITH", "USING")

Graph = ox.NamedNode | ox.DefaultGraph


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A text that may need mending: its tokens, its groups, and its constants that matter, as terms."""

    text: str
    tokens: list[Token]
    query: Element
    terms: dict[str, ox.NamedNode | ox.Literal]
    names_graphs: bool


def mended(store: ox.Store, query: Query, found: Anatomy) -> str:
    """Return the text of a query, or of an update, as it has to be written for the engine and for this dataset.

    Raises:
        TooLargeError: there are too many graphs to write a pattern out for each.
    """
    return _Writer(found, store, query).whole()


def anatomy(text: str, base: str | None) -> Anatomy | None:
    """Look at a text once; None where nothing in it can need mending."""
    if not _is_doubtful(text):
        return None
    listed = list(tokens(text))
    if _many_operations(listed):
        return None
    try:
        query = read_query(listed)
        constants = dict.fromkeys(_constants(query, listed))
        if not constants and not any(_spread(element, listed) for element in _graphs(query)):
            return None
        terms = dict(zip(constants, resolved(text[: prologue_end(text)], list(constants), base), strict=True))
    except (NotUnderstood, SyntaxError, ValueError):
        return None
    return Anatomy(text, listed, query, terms, any(token.is_word("FROM") for token in listed))


def _is_doubtful(text: str) -> bool:
    """Tell whether a text is worth being read: not one that only names data, and none that takes long."""
    upper = text.upper()
    if len(text) > _LONGEST or (_PATH.search(text) is None and "GRAPH" not in upper):
        return False
    return "WHERE" in upper or form_of(text) is not None


def _many_operations(listed: list[Token]) -> bool:
    """Tell whether this is an update whose WHEREs may be asked of other graphs than those that are there now."""
    depth = 0
    for token in listed[:-1]:
        depth += (token.text == "{") - (token.text == "}")
        if not depth and (token.text == ";" or token.is_word(*_OTHER_DATASETS)):
            return True
    return False


def _walk(query: Element) -> Iterator[Element]:
    for outer in query.groups:
        for group in outer.walk():
            yield from group.elements


def _graphs(query: Element) -> Iterator[Element]:
    return (element for element in _walk(query) if element.kind == "graph")


def _constants(query: Element, listed: list[Token]) -> Iterator[str]:
    for element in _walk(query):
        if element.kind == "triples":
            yield from (each.constant for each in zero_paths(listed, element.first, element.last))
        elif element.kind == "graph" and _name(element) is None:
            blocks = list(_inside(element.groups[0]))
            if not blocks or any(any(zero_paths(listed, each.first, each.last)) for each in blocks):
                yield element.term.text  # type: ignore[union-attr]  # GRAPH always has one


def _name(element: Element) -> str | None:
    """Return the name of the variable of GRAPH, None where it names a graph."""
    token = element.term
    return token.text[1:] if token is not None and token.kind == "variable" else None


def _spread(element: Element, listed: list[Token]) -> bool:
    """Tell whether a GRAPH ?g has to be written out for each graph."""
    name, group = _name(element), element.groups[0]
    if name is None:
        return False
    within = listed[group.first : group.last]
    return not _binds(group) or any(
        token.is_word(*_UNSAFE) or (token.kind == "variable" and token.text[1:] == name) for token in within
    )


def _binds(group: Group) -> bool:
    """Tell whether the engine gives the graph's name to every solution of a group."""
    kinds = {element.kind for element in group.elements}
    return _holds_triples(group) or not kinds & _WITHOUT_TRIPLES


def _holds_triples(group: Group) -> bool:
    return any(
        element.kind == "triples" or (element.kind == "union" and all(map(_holds_triples, element.groups)))
        for element in group.elements
    )


class _Writer:
    """Writes one text anew; `graph` of its methods is the graph that is asked, None where that is not known."""

    def __init__(self, found: Anatomy, store: ox.Store, query: Query) -> None:
        self._text, self._tokens, self._terms = found.text, found.tokens, found.terms
        self._query, self._store = found.query, store
        dataset = query.dataset or (dataset_of(query) if found.names_graphs else query.dataset)
        self._default: list[Graph] = (
            [ox.DefaultGraph()] if dataset.default is None else [ox.NamedNode(name) for name in dataset.default]
        )
        names = store.named_graphs() if dataset.named is None else map(ox.NamedNode, dict.fromkeys(dataset.named))
        self._named = sorted((name for name in names if isinstance(name, ox.NamedNode)), key=str)

    def whole(self) -> str:
        pieces, position = [], 0
        for group in self._query.groups:
            start, end = self._range(group.first, group.last)
            pieces += [self._text[position:start], self._group(group, self._default)]
            position = end
        return "".join([*pieces, self._text[position:]])

    def _range(self, first: int, last: int) -> tuple[int, int]:
        return self._tokens[first].start, self._tokens[last - 1].end

    def _group(self, group: Group, graph: list[Graph] | None) -> str:
        position, end = self._range(group.first, group.last)
        pieces = []
        for element in group.elements:
            start, behind = self._range(element.first, element.last)
            pieces += [self._text[position:start], self._element(element, graph)]
            position = behind
        return "".join([*pieces, self._text[position:end]])

    def _element(self, element: Element, graph: list[Graph] | None) -> str:
        if element.kind == "triples":
            return self._triples(element, graph)
        if element.kind != "graph":
            return self._with_groups(element, graph)
        return self._named_graph(element) if _name(element) is None else self._each_graph(element)

    def _with_groups(self, element: Element, graph: list[Graph] | None) -> str:
        position, end = self._range(element.first, element.last)
        pieces = []
        for group in element.groups:
            start, behind = self._range(group.first, group.last)
            pieces += [self._text[position:start], self._group(group, graph)]
            position = behind
        return "".join([*pieces, self._text[position:end]])

    def _triples(self, element: Element, graph: list[Graph] | None) -> str:
        missing = [each for each in self._zero_paths(element) if graph is not None and self._is_absent(each, graph)]
        position, end = self._range(element.first, element.last)
        pieces, values = [], []
        for each in missing:
            start, behind = self._range(each.first, each.last)
            pieces.append(self._text[position:start])
            position = behind
            if each.other.kind == "variable":
                values.append(f" VALUES {each.other.text} {{ {each.constant} }}")
        return "".join([*pieces, self._text[position:end], *values])

    def _zero_paths(self, element: Element) -> Iterator[PathTriple]:
        return zero_paths(self._tokens, element.first, element.last)

    def _is_absent(self, path: PathTriple, graphs: list[Graph]) -> bool:
        """Tell whether none of the graphs holds a term as subject or object: it is no node of them."""
        term = self._terms[path.constant]
        for graph in graphs:
            if any(self._store.quads_for_pattern(None, None, term, graph)):
                return False
            if isinstance(term, ox.NamedNode) and any(self._store.quads_for_pattern(term, None, None, graph)):
                return False
        return True

    def _named_graph(self, element: Element) -> str:
        name = self._terms.get(element.term.text)  # type: ignore[union-attr]
        if name is None or not isinstance(name, ox.NamedNode):
            return self._with_groups(element, None)
        text = self._with_groups(element, [name])
        there = name in self._named or _holds_triples(element.groups[0])
        return text if there else f"{{ {text} FILTER(false) }}"

    def _each_graph(self, element: Element) -> str:
        if not self._is_spread(element):
            return self._with_groups(element, None)
        token, length = element.term, element.last - element.first
        assert token is not None  # noqa: S101  # GRAPH always has one
        if not self._named:
            return f"{{ {self._with_groups(element, None)} FILTER(false) }}"
        if len(self._named) * length > LARGEST:
            raise TooLargeError(
                f"GRAPH {token.text} has to be asked of {len(self._named):,} graphs one by one here: name the graph."
            )
        copies = []
        for number, name in enumerate(self._named):
            body = _relabelled(self._group(element.groups[0], [name]), number)
            copies.append(f"{{ VALUES {token.text} {{ {name} }} GRAPH {name} {body} }}")
        text = " UNION ".join(copies)
        if len(text) > LARGEST:
            raise TooLargeError(f"GRAPH {token.text} has to be asked of too many graphs one by one: name the graph.")
        return f"{{ {text} }}"

    def _is_spread(self, element: Element) -> bool:
        if _spread(element, self._tokens):
            return True
        paths = [path for inner in _inside(element.groups[0]) for path in self._zero_paths(inner)]
        return any(self._is_absent(path, [name]) for path in paths for name in self._named)


def _inside(group: Group) -> Iterator[Element]:
    """Yield the blocks of triples that are asked of the same graph as a group."""
    for element in group.elements:
        if element.kind == "triples":
            yield element
        elif element.kind not in {"graph", "service"}:
            for inner in element.groups:
                yield from _inside(inner)


def _relabelled(text: str, number: int) -> str:
    """Return a copy's text with blank nodes of its own."""
    pieces, position = [], 0
    for token in tokens(text):
        if token.kind == "blank":
            pieces += [text[position : token.end], f"g{number}"]
            position = token.end
    return "".join([*pieces, text[position:]])
