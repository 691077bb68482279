"""What can be told of a SPARQL text without parsing it: its tokens, its form, what it would fetch, how deep it nests.

The terminals are those of SPARQL 1.1 Query §19.8; strings, IRIs and comments are never mistaken for keywords.
The engine parses; this only looks, so that a request can be refused or routed before it is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

# Each of these is matched without going back (possessive), so that no text takes more than linear time. A group that
# may fail after its first character ends in an alternative that always fails: before Python 3.11.5 a possessive repeat
# would else go on from where the failure came (gh-106052).
_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_SKIP = r"\s+|\#[^\r\n]*"
_IRI = r"""<[^<>"{}|^`\\\x00-\x20]*>"""
_RUN = r"(?:[\w\-]++|\.++(?=[\w\-])|(?!))*+"
_NAME = rf"(?:[^\W\d_]{_RUN})?+:(?:{_LOCAL}(?:(?:{_LOCAL}|-|(?!))++|\.++(?={_LOCAL}|-)|(?!))*+)?"
_STRING = r"""{0}(?:[^{0}\\\r\n]|\\.)*+{0}"""
_LONG_STRING = r"""{0}{{3}}(?:{0}{{0,2}}(?:[^{0}\\]|\\.)|(?!))*+{0}{{3}}"""
# A run of letters that no colon follows is taken whole, then split into words and what stands between them.
_WORD = re.compile(r"(?P<word>[A-Za-z][A-Za-z0-9_]*)|(?P<other>.)")
_LONG = 1 << 17
_QUOTES = "\"'"
_UNCLOSED = frozenset({'"', "'", '""', "''"})


@cache
def _pattern(long: str, short: str) -> re.Pattern[str]:
    """Return the pattern of tokens in which strings stand between these quotes, and between three of these."""
    strings = [_LONG_STRING.format(quote) for quote in long] + [_STRING.format(quote) for quote in short]
    kinds = {
        "skip": _SKIP,
        "iri": _IRI,
        "name": _NAME,
        "string": "|".join(strings) or "(?!)",
        "variable": r"[?$]\w+",
        "blank": rf"_:\w{_RUN}",
        "run": rf"[^\W\d_]{_RUN}",
        "language": "@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
        "other": ".",
    }
    return re.compile("|".join(f"(?P<{kind}>{each})" for kind, each in kinds.items()), re.DOTALL)


# What may stand before the form of a query: its prologue, and nothing else.
_FORM = re.compile(
    rf"(?:{_SKIP}|{_IRI}|{_NAME}|(?:PREFIX|BASE|VERSION)(?![A-Za-z0-9_])|(?!))*+"
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
    """Yield the tokens of a SPARQL text, without white space and comments, in linear time.

    Where a string is not closed, no later one between the same quotes can be, so that none is looked for any more.
    """
    long = short = _QUOTES
    position, end = 0, len(text)
    while position < end:
        for found in _pattern(long, short).finditer(text, position):
            kind, position = found.lastgroup or "other", found.end()
            if kind == "skip":
                continue
            if kind == "run":
                yield from _words(found[0], found.start())
                continue
            yield Token(kind, found[0], found.start(), position)
            if found[0] in _UNCLOSED:
                quote = found[0][0]
                if kind == "other" and short:
                    long = short = ""
                    break
                if quote in long and text.startswith(quote, position):
                    long = long.replace(quote, "")
                    break


def _words(run: str, start: int) -> Iterator[Token]:
    for found in _WORD.finditer(run):
        yield Token(found.lastgroup or "other", found[0], start + found.start(), start + found.end())


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a text tells.

    `depth` is how deep brackets nest, at most (what stands behind one deeper than `DEEPEST` is not looked at);
    `fetches` the keyword that would make the engine fetch something; `graphs` counts the graphs that FROM merges into
    the default graph.
    """

    depth: int
    fetches: str | None
    graphs: int


_SHALLOW = 100
_FETCHES = ("SERVICE", "LOAD")
_FETCHING = frozenset(_FETCHES)
# Functions whose value differs from call to call.
_CHANCE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b|\\U")


_LONGEST_KEPT = 4096
DEEPEST = 200


def look(text: str) -> Look:
    """Look at a SPARQL text (see `Look`)."""
    return _look(text) if len(text) <= _LONGEST_KEPT else _look.__wrapped__(text)


@lru_cache(maxsize=1024)
def _look(text: str) -> Look:
    brackets = text.count("{") + text.count("(") + text.count("[")
    upper = text.upper()  # plain searches of it are far quicker than a pattern that knows no case
    if brackets <= _SHALLOW and not any(word in upper for word in (*_FETCHES, "FROM", "\\U")):
        return Look(brackets, None, 0)
    depth = deepest = graphs = 0
    seen: set[str] = set()
    before = ""
    for token in tokens(unescape(text)):
        word = token.text.upper() if token.kind == "word" else ""
        if token.kind == "other":
            depth += (token.text in "{([") - (token.text in "})]")
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                break
        seen |= {word} & _FETCHING
        graphs += before == "FROM" and word != "NAMED"
        before = word
    return Look(deepest, next((word for word in _FETCHES if word in seen), None), graphs)


def may_differ(text: str) -> bool:
    """Tell whether the answer to a query may differ from call to call; errs on the side of yes, and for a long text."""
    if len(text) > _LONG:  # to look would hold up other threads
        return True
    upper = text.upper()
    return any(word in upper for word in ("NOW", "RAND", "UUID", "\\U")) and _CHANCE.search(upper) is not None


def form_of(text: str) -> Form | None:
    """Return the form of a query, None where the text is none."""
    found = _FORM.match(unescape(text) if "\\" in text else text)
    return found[1].upper() if found else None  # type: ignore[return-value]


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
