"""BNODE(label) and GROUP_CONCAT as SPARQL 1.1 has them.

- BNODE(label) gives the same node for the same label within one solution, another for each other solution (§17.4.2.9);
  the engine gives one node to a whole query. The label is written joined with what tells the solution.
- GROUP_CONCAT gives a simple literal (§18.5.1.7); the engine keeps a language tag that all members share.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.store.lexer import Token, tokens
from kg.store.standard.groups import Element, Group, NotUnderstood, read_query

_STRING = "<http://www.w3.org/2001/XMLSchema#string>"
_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")

Edit = tuple[int, int, str]


def labelled(text: str) -> str:
    """Return a query or an update in which BNODE and GROUP_CONCAT do as the standard says."""
    upper = text.upper()
    if "BNODE" not in upper and "GROUP_CONCAT" not in upper:
        return text
    listed = list(tokens(text))
    edits: list[Edit] = []
    for index, token in enumerate(listed[:-1]):
        if token.is_word("GROUP_CONCAT") and listed[index + 1].text == "(":
            end = _closing(listed, index + 1)
            edits += [(token.start, token.start, "STR("), (end, end, ")")]
    return edited(text, edits + list(_nodes(text, listed)))


def edited(text: str, edits: list[Edit]) -> str:
    """Return a text with what stands between two offsets replaced, for each edit."""
    pieces, position = [], 0
    for start, end, new in sorted(edits):
        pieces += [text[position:start], new]
        position = end
    return "".join([*pieces, text[position:]])


def _closing(listed: list[Token], index: int) -> int:
    """Return the offset behind the parenthesis that closes the one at `index`, or the text's end."""
    depth = 0
    for token in listed[index:]:
        if token.kind == "other":
            depth += (token.text == "(") - (token.text == ")")
        if not depth:
            return token.end
    return listed[-1].end


def _nodes(text: str, listed: list[Token]) -> Iterator[Edit]:
    """Yield the edits of BNODE(label), a scope at a time: the BINDs of one group, the expressions of one SELECT."""
    calls = [
        index
        for index, token in enumerate(listed[:-2])
        if token.is_word("BNODE") and listed[index + 1].text == "(" and listed[index + 2].text != ")"
    ]
    if not calls:
        return
    try:
        query = read_query(listed)
    except NotUnderstood:
        return
    for number, (place, within) in enumerate(_scopes(listed, query)):
        here = [index for index in calls if any(first <= index < last for first, last in within)]
        if len(here) > 1 and (place is None or _selects_all(listed)):
            continue
        row = f"?row{number}of{len(text)}" if len(here) > 1 else "STRUUID()"
        if len(here) > 1 and place is not None:
            yield place, place, f" BIND(STRUUID() AS {row}) "
        for index in here:
            yield listed[index + 1].end, listed[index + 1].end, 'CONCAT("b", SHA1(STRDT('
            end = _closing(listed, index + 1) - 1
            yield end, end, f", {_STRING})), {row})"


def _scopes(listed: list[Token], query: Element) -> Iterator[tuple[int | None, list[tuple[int, int]]]]:
    """Yield for each scope where its solution can be given a name (None: nowhere), and the tokens of its calls."""
    for outer in (query, *_subqueries(query)):
        if outer.where is not None:
            grouped = any(
                token.is_word("GROUP", *_AGGREGATES)
                for token in listed[outer.first : outer.where.first] + listed[outer.where.last : outer.last]
            )
            yield None if grouped else listed[outer.where.last - 1].start, [(outer.first, outer.where.first)]
    for group in _groups(query):
        binds = [(element.first, element.last) for element in group.elements if element.kind == "bind"]
        if binds:
            yield listed[binds[0][0]].start, binds


def _groups(query: Element) -> Iterator[Group]:
    for group in query.groups:
        yield from group.walk()


def _subqueries(query: Element) -> Iterator[Element]:
    return (element for group in _groups(query) for element in group.elements if element.kind == "select")


def _selects_all(listed: list[Token]) -> bool:
    before = ("SELECT", "DISTINCT", "REDUCED")
    return any(token.text == "*" and listed[index].is_word(*before) for index, token in enumerate(listed[1:]))
