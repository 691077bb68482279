"""Programmes that a quote alone names: 推行“两个创建”, 围绕“三个年”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.clauses import Clauses, Name
from kg.reading.edges import is_hard
from kg.reading.rows import Row, load_rows, load_words

_QUOTE = re.compile("“([^“”,。;:!?\\s]{2,14})”")


class QuotedRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a quote names a programme; `name` is the one read from `yes`."""

    name: str


def quoted_names(text: Clauses, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the quotes that name a programme: a verb such as 推行 before them, or another such quote, and nothing behind."""
    inside = {name.end for name in names if name.individual}
    base, verbs, passed = text.sentence.start, load_words("words", "quoting"), -1
    for quote in _QUOTE.finditer(text.article.folded, base, text.sentence.end):
        first, last = text.index(quote.start()), text.index(quote.end() - 1)
        verb = text.tokens[first - 1] if first else None
        if quote.end() - 1 in inside:
            continue
        after = text.tokens[last + 1] if last + 1 < len(text.tokens) else None
        if after is not None and (after.text == "的" or not _ends(text, last + 1)):
            continue
        if verb is not None and verb.text == "以" and (after is None or after.text != "为"):
            continue
        counted = last + 1 in text.blocked and verb is not None and verb.text in ",、"
        if counted or quote.start() == passed or (verb is not None and verb.text.endswith(verbs)):
            passed = quote.end()
            yield Name(quote.start(), quote.end(), "Programme", "quoted-programme")


def _ends(text: Clauses, index: int) -> bool:
    """Tell whether a quote stands alone before a token."""
    return is_hard(text, index) or text.tokens[index].text in "“("


def quoted_rows() -> tuple[QuotedRow, ...]:
    """Return the rows of `tables/quoted.toml`."""
    return load_rows("quoted", QuotedRow)
