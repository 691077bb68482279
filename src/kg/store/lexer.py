"""What can be told of a SPARQL text without parsing it: its tokens, its form, what it would fetch, how deep it nests.

The terminals are those of SPARQL 1.1 Query §19.8; strings, IRIs and comments are never mistaken for keywords.
The engine parses; this only looks, so that a request can be refused or routed before it is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_SKIP = r"\s+|\#[^\r\n]*"
_IRI = r"""<[^<>"{}|^`\\\x00-\x20]*>"""
_NAME = rf"(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:{_LOCAL}(?:(?:{_LOCAL}|[.\-])*(?:{_LOCAL}|-))?)?"
_TOKEN = re.compile(
    rf"(?P<skip>{_SKIP})|(?P<iri>{_IRI})|(?P<name>{_NAME})"
    r"""|(?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
       |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:\w(?:[\w.\-]*[\w\-])?)
    |(?P<word>[A-Za-z][A-Za-z0-9_]*)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
# What may stand before the form of a query: its prologue, and nothing else.
_FORM = re.compile(
    rf"(?:{_SKIP}|{_IRI}|{_NAME}|(?:PREFIX|BASE|VERSION)(?![A-Za-z0-9_]))*+"
    r"(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the pattern), its text, and where it starts and ends (code points)."""

    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Tell whether this is one of these keywords; SPARQL's keywords know no case."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text, without white space and comments."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "other"
        if kind != "skip":
            yield Token(kind, found[0], found.start(), found.end())


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a text tells.

    `form` is None where the text is no query; `depth` is how deep brackets nest, at most; `fetches` the keyword that
    would make the engine fetch something; `graphs` counts the graphs that FROM merges into the default graph; `chance`
    is true where the answer may differ from call to call (and sometimes where it can't).
    """

    form: Form | None
    depth: int
    fetches: str | None
    graphs: int
    chance: bool


_SHALLOW = 100
_FETCHES = ("SERVICE", "LOAD")
# Functions whose value differs from call to call.
_CHANCE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b|\\U")


@lru_cache(maxsize=1024)
def look(text: str) -> Look:
    """Look at a SPARQL text (see `Look`)."""
    brackets = text.count("{") + text.count("(") + text.count("[")
    upper = text.upper()  # plain searches of it are far quicker than a pattern that knows no case
    chance = any(word in upper for word in ("NOW", "RAND", "UUID", "\\U")) and _CHANCE.search(upper) is not None
    if brackets <= _SHALLOW and not any(word in upper for word in (*_FETCHES, "FROM", "\\U")):
        return Look(_form(text), brackets, None, 0, chance)
    text = unescape(text)
    listed = list(tokens(text))
    fetches = next((word for word in _FETCHES if any(token.is_word(word) for token in listed)), None)
    graphs = sum(1 for here, after in pairwise(listed) if _is_from(here, after))
    return Look(_form(text), _depth(listed), fetches, graphs, chance)


def prologue_end(text: str) -> int:
    """Return where the prologue (BASE and PREFIX, §4.1) ends and the first form or operation begins."""
    for token in tokens(text):
        if token.kind not in {"iri", "name"} and not token.is_word("PREFIX", "BASE", "VERSION"):
            return token.start
    return len(text)


def unescape(text: str) -> str:
    r"""Replace codepoint escapes, which may stand anywhere in a text (§19.2): `\\u0053` is S."""
    if "\\u" not in text and "\\U" not in text:
        return text
    return _ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code < 0x110000 else found[0]


def _is_from(here: Token, after: Token) -> bool:
    return here.is_word("FROM") and not after.is_word("NAMED")


def _form(text: str) -> Form | None:
    found = _FORM.match(text)
    return found[1].upper() if found else None  # type: ignore[return-value]


def _depth(listed: list[Token]) -> int:
    depth = deepest = 0
    for token in listed:
        if token.kind == "other":
            if token.text in "{([":
                depth += 1
                deepest = max(deepest, depth)
            elif token.text in "})]":
                depth -= 1
    return deepest
