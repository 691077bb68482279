"""The triples of a group that hold a path, each with its subject and its objects, where these are single terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.store.lexer import Token
from kg.store.standard.groups import NotUnderstood

_NAMES = frozenset({"iri", "name"})
_SINGLE = frozenset({"iri", "name", "variable", "blank", "string", "word"})
_CONSTANT = frozenset({"iri", "name", "string"})


@dataclass(frozen=True, slots=True)
class PathTriple:
    """A triple whose path may have length zero and of whose ends one is a constant: the only ones that matter here.

    `constant` is that end, `other` the other one; `first` and `last` are the indexes of the tokens to leave out where
    the triple is written otherwise, the full stop behind it included, the last excluded.
    """

    constant: str
    other: Token
    first: int
    last: int


def zero_paths(tokens: list[Token], first: int, last: int) -> Iterator[PathTriple]:
    """Yield the path triples of one block of triples, of those statements that are one subject, path and object."""
    for start, end in _statements(tokens, first, last):
        try:
            found = _path_triple(tokens, start, end)
        except (NotUnderstood, IndexError):
            continue
        if found is not None:
            yield replace(found, last=min(end + 1, last))


def _statements(tokens: list[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    depth, start = 0, first
    for index in range(first, last):
        token = tokens[index]
        if token.kind != "other":
            continue
        depth += (token.text in "([") - (token.text in ")]")
        if token.text == "." and not depth and not _is_decimal(tokens, index):
            yield start, index
            start = index + 1
    if start < last:
        yield start, last


def _is_decimal(tokens: list[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is not None and after.text.isdigit() and after.start == tokens[index].end


def _path_triple(tokens: list[Token], start: int, end: int) -> PathTriple | None:
    zero, at = _path(tokens, _term_end(tokens, start))
    if not zero or _term_end(tokens, at) != end:
        return None
    kinds = [("constant" if each.kind in _CONSTANT else each.kind) for each in (tokens[start], tokens[at])]
    here = PathTriple(_text(tokens, start, end), tokens[at], start, end)
    match kinds:
        case ["constant", "variable"]:
            return replace(here, constant=_text(tokens, start, _term_end(tokens, start)))
        case ["variable", "constant"]:
            return replace(here, constant=_text(tokens, at, end), other=tokens[start])
        case ["constant", "constant"] if _text(tokens, start, _term_end(tokens, start)) == _text(tokens, at, end):
            return replace(here, constant=_text(tokens, at, end))
    return None


def _text(tokens: list[Token], first: int, last: int) -> str:
    return "".join(token.text for token in tokens[first:last])


def _term_end(tokens: list[Token], index: int) -> int:
    """Return the index behind the term at `index`.

    Raises:
        NotUnderstood: it is no term of one token, nor a literal.
    """
    if tokens[index].kind not in _SINGLE:
        raise NotUnderstood
    after = [token.text for token in tokens[index + 1 : index + 4]]
    if tokens[index].kind == "string" and after[:2] == ["^", "^"]:
        return index + 4
    if tokens[index].kind == "string" and after and after[0].startswith("@"):
        return index + 2
    return index + 1


def _path(tokens: list[Token], index: int) -> tuple[bool, int]:
    """Read a path (rule 88 and on): whether it may have length zero from a constant, and where it ends."""
    zero, index = _sequence(tokens, index)
    while tokens[index].text == "|":
        other, index = _sequence(tokens, index + 1)
        zero = zero or other
    return zero, index


def _sequence(tokens: list[Token], index: int) -> tuple[bool, int]:
    zero, index = _step(tokens, index)
    while tokens[index].text == "/":
        _, index = _step(tokens, index + 1)
        zero = False  # what stands between its steps is a variable, which takes terms of the graph only (§18.4)
    return zero, index


def _step(tokens: list[Token], index: int) -> tuple[bool, int]:
    index += tokens[index].text == "^"
    zero = False
    if tokens[index].text == "(":
        zero, index = _path(tokens, index + 1)
        if tokens[index].text != ")":
            raise NotUnderstood
        index += 1
    else:
        index = _link(tokens, index)
    if tokens[index].kind == "other" and tokens[index].text in "*?+":
        return zero or tokens[index].text != "+", index + 1
    return zero, index


def _link(tokens: list[Token], index: int) -> int:
    """Return the index behind a predicate, or behind the predicates that `!` excludes."""
    if tokens[index].text == "!":
        index += 1
        if tokens[index].text == "(":
            while tokens[index].text != ")":
                index += 1
            return index + 1
        index += tokens[index].text == "^"
    if tokens[index].kind not in _NAMES and tokens[index].text != "a":
        raise NotUnderstood
    return index + 1
