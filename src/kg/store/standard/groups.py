"""The groups of a query, read from its tokens: where GRAPH, MINUS, VALUES, triples … stand, and where they end.

The engine parses; a text that is not understood here raises `NotUnderstood` and is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.store.lexer import Token

_GRAPHS = frozenset({"GRAPH", "SERVICE"})
_KEYWORDS = frozenset({"OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES", "UNION", "SELECT"})
_TEMPLATES = frozenset({"CONSTRUCT", "INSERT", "DELETE", "DATA"})
_OPEN, _CLOSE = "([", ")]"


class NotUnderstood(Exception):  # noqa: N818  # nothing is wrong: it is left to the engine
    """The tokens are not those of a query that this can read."""


@dataclass(slots=True)
class Element:
    """One element of a group: `kind` is its keyword in small letters, or triples, union (of one group or more).

    `first` and `last` are the indexes of its tokens, the last excluded; `groups` are those that it holds, within the
    expressions of a filter too; `term` is the graph that GRAPH names, `where` the pattern of a query or subquery.
    """

    kind: str
    first: int
    last: int = 0
    groups: list[Group] = field(default_factory=list)
    term: Token | None = None
    where: Group | None = None


@dataclass(slots=True)
class Group:
    """What stands between two braces; `first` is the index of the opening one, `last` that behind the closing one."""

    first: int
    last: int = 0
    elements: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Group]:
        """Yield this group and all within it."""
        yield self
        for element in self.elements:
            for group in element.groups:
                yield from group.walk()


def read_query(tokens: list[Token]) -> Element:
    """Read a whole query as one element, whose groups are those of its WHERE and of its expressions.

    An update's are those of its WHEREs; its templates and data are passed over.

    Raises:
        NotUnderstood: it is not one that this can read.
    """
    try:
        return _Reader(tokens).select(0, len(tokens))
    except IndexError:
        raise NotUnderstood from None


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens

    def _is(self, index: int, *signs: str) -> bool:
        token = self._tokens[index]
        return token.kind == "other" and token.text in signs

    def _word(self, index: int) -> str:
        token = self._tokens[index]
        return token.text.upper() if token.kind == "word" else ""

    def select(self, first: int, end: int | None = None) -> Element:
        """Read a query or a subquery: up to its closing brace, or to `end`."""
        element, index, depth = Element("select", first), first, 0
        while index != end and not (end is None and self._is(index, "}")):
            depth += self._is(index, "(") - self._is(index, ")")
            if self._word(index) == "VALUES":
                index = self._values(index)
            elif self._word(index) in _TEMPLATES and self._is(index + 1, "{"):
                index = self._balanced(index + 1)
            elif self._is(index, "{"):
                group = self.group(index)
                element.groups.append(group)
                element.where = element.where or (None if depth else group)
                index = group.last
            else:
                index += 1
        element.last = index
        return element

    def group(self, first: int) -> Group:
        """Read the group whose opening brace is at `first`."""
        group, index = Group(first), first + 1
        if self._word(index) == "SELECT":
            element = self.select(index)
            group.elements.append(element)
            index = element.last
        while not self._is(index, "}"):
            if self._is(index, "."):
                index += 1
                continue
            element = self._element(index)
            group.elements.append(element)
            index = element.last
        group.last = index + 1
        return group

    def _element(self, index: int) -> Element:
        word = self._word(index)
        if self._is(index, "{"):
            return self._union(index)
        if word in {"OPTIONAL", "MINUS"}:
            return self._held(Element(word.lower(), index), index + 1)
        if word in _GRAPHS:
            silent = self._word(index + 1) == "SILENT"
            element = Element(word.lower(), index, term=self._tokens[index + 1 + silent])
            return self._held(element, index + 2 + silent)
        if word == "FILTER":
            return self._filter(index)
        element = Element(word.lower() if word in _KEYWORDS else "triples", index)
        if word == "BIND":
            element.last = self._parentheses(index + 1, element)
        elif word in _KEYWORDS - {"VALUES"}:
            raise NotUnderstood
        else:
            element.last = self._values(index) if word == "VALUES" else self._triples(index)
        return element

    def _held(self, element: Element, index: int) -> Element:
        if not self._is(index, "{"):
            raise NotUnderstood
        element.groups.append(self.group(index))
        element.last = element.groups[-1].last
        return element

    def _union(self, index: int) -> Element:
        element = self._held(Element("union", index), index)
        while self._word(element.last) == "UNION":
            self._held(element, element.last + 1)
        return element

    def _filter(self, index: int) -> Element:
        element, at = Element("filter", index), index + 1
        while not self._is(at, "(", "{"):
            if self._is(at, "}"):
                raise NotUnderstood
            at += 1
        if self._is(at, "{"):
            return self._held(element, at)
        element.last = self._parentheses(at, element)
        return element

    def _parentheses(self, index: int, element: Element) -> int:
        """Return the index behind the closing parenthesis; groups of EXISTS on the way are the element's."""
        if not self._is(index, "("):
            raise NotUnderstood
        depth = 0
        while True:
            depth += self._is(index, "(") - self._is(index, ")")
            if self._is(index, "{"):
                element.groups.append(self.group(index))
                index = element.groups[-1].last
                continue
            index += 1
            if not depth:
                return index

    def _values(self, index: int) -> int:
        while not self._is(index, "{"):
            index += 1
        return self._balanced(index)

    def _balanced(self, index: int) -> int:
        depth = 0
        while True:
            depth += self._is(index, "{") - self._is(index, "}")
            index += 1
            if not depth:
                return index

    def _triples(self, index: int) -> int:
        depth = 0
        while depth or not (self._is(index, "{", "}") or self._word(index) in _KEYWORDS):
            depth += self._is(index, *_OPEN) - self._is(index, *_CLOSE)
            index += 1
        return index
