"""What the engine's parser says of a text that does not parse, in words."""

from __future__ import annotations

import re

from kg.errors import QuerySyntaxError
from kg.store.lexer import tokens

_POSITION = re.compile(r"^(?:error|Parser error)? ?at (\d+):(\d+): *", re.IGNORECASE)
_EXPECTED = re.compile(r"expected (?:one of )?(.*)", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|\[[^\[\]]*(?:'\[?\]?'[^\[\]]*)*\]|[^,"\[]+)(?:,|$)""")
_ANYTHING = "[_]"
_QUOTES = ('"', "'")
_SHOWN = 40
SAID = "This does not parse at line {line}, column {column}: {said}."
UNDECLARED = "This does not parse at line {line}, column {column}: the prefix {prefix}: is not declared."
MISPLACED = "This does not parse at line {line}, column {column}: {found} cannot stand here."
ENDS = "This does not parse at line {line}, column {column}: the text ends here, and something before is missing."
REFUSED = "This does not parse at line {line}, column {column}: a variable is bound twice, or a part is out of place."


def syntax_error(message: str, text: str | None) -> QuerySyntaxError:
    """Take line and column, which count from 1, out of the engine's message, and say in words what is wrong there.

    Args:
        message: what the engine's parser says: a position, and what it expected. It names the tokens that it tried
            last, often a few of many, and classes of single characters: neither helps who reads it.
        text: the query that it parsed, so that the error can name what stands there; None for an upload.
    """
    found = _POSITION.match(message)
    if not found:
        return QuerySyntaxError(f"This does not parse: {message}.")
    line, column = int(found[1]), int(found[2])
    if text is None:
        return QuerySyntaxError(SAID, line=line, column=column, said=message[found.end() :])
    offset = _offset(text, line, column)
    missing = _undeclared(text, offset)
    if missing is not None:
        prefix, start = missing
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        return QuerySyntaxError(UNDECLARED, line=line, column=column, prefix=prefix)
    template, values = _in_words(message[found.end() :], text, offset)
    return QuerySyntaxError(template, line=line, column=column, **values)


def _undeclared(text: str, end: int) -> tuple[str, int] | None:
    """Return the first prefix before the code point `end` that is used and not declared, and where it starts."""
    declared, declares = set(), False
    for token in tokens(text):
        if token.start >= end or (token.kind == "other" and token.text in _QUOTES):  # a string that is not closed
            return None
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if declares:
                declared.add(prefix)
            elif prefix not in declared:
                return prefix, token.start
        declares = token.is_word("PREFIX")
    return None


def _in_words(said: str, text: str, offset: int) -> tuple[str, dict[str, str]]:
    expected = _EXPECTED.match(said)
    if expected is None:
        return SAID, {"said": said}
    items = [item.strip() for item in _ITEM.findall(expected[1])]
    told = next((item for item in items if " " in item and item[0] not in '["'), None)
    if told is not None:
        return SAID, {"said": told}
    if items == [_ANYTHING] and text.strip():
        return REFUSED, {}
    left = " ".join(text[offset:].split())
    return (MISPLACED, {"found": left if len(left) <= _SHOWN else left[:_SHOWN] + "…"}) if left else (ENDS, {})


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")[: line - 1]
    return min(sum(len(each) + 1 for each in lines) + column - 1, len(text))
