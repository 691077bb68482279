"""Firms without a suffix, told by what only a firm does: 中科曙光投资5亿元的…, 与康师傅签订…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.specific import has_brand, is_place
from kg.reading.rows import Row, load_rows, load_words


class ContextRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands around a firm's name: a pattern whose group `firm` is the name; `name` is the one read from `yes`.

    `placed`: a brand alone is not enough, a place must stand before it (安徽金禾).
    """

    pattern: str
    name: str
    placed: bool = False


def find_actors(text: Clauses, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the firms of a sentence that what stands around them tells, and that no other name reads."""
    folded = text.article.folded
    taken = [(name.start, name.end) for name in names if name.individual or name.type != "Enterprise"]
    for row, pattern in _patterns():
        for match in pattern.finditer(folded, text.sentence.start, text.sentence.end):
            start, end = match.span("firm")
            if not any(low < end and start < high for low, high in taken) and _is_firm(text, row, start, end):
                taken.append((start, end))
                yield Name(start, end, "Enterprise", row.id)


def _is_firm(text: Clauses, row: ContextRow, start: int, end: int) -> bool:
    """Tell whether a stretch of whole words bears a firm's name: by a brand, or by what the model sees."""
    first, last = text.index(start), text.index(end - 1)
    tokens = text.tokens[first : last + 1]
    if (
        tokens[0].start != start
        or tokens[-1].end != end
        or tokens[-1].text.endswith(load_words("contexts", "no_firms"))
    ):
        return False
    if any(token.kind in {"cut", "lead", "join"} or not token.text.isalpha() for token in tokens):
        return False
    own = [token for token in tokens if not is_place(token)]
    if not own or any(index in text.blocked for index in range(first, last + 1)):
        return False
    if own[-1].text in load_words("words", "firm_trades"):
        return True
    branded = has_brand(own) and (is_place(tokens[0]) or not row.placed)
    return branded or text.organisation(end) == start


@cache
def _patterns() -> tuple[tuple[ContextRow, re.Pattern[str]], ...]:
    return tuple((row, re.compile(row.pattern)) for row in context_rows())


def context_rows() -> tuple[ContextRow, ...]:
    """Return the rows of `tables/contexts.toml`."""
    return load_rows("contexts", ContextRow)
