"""Programmes that a quote alone names (推行“两个创建”, 围绕“三个年”), and years named for what is done in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import is_hard
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.vocabulary.patterns import turn

_QUOTE = re.compile("“([^“”,。;:!?\\s]{2,14})”")
_GREAT = re.compile("等[一二三四五六七八九十两\\d]+大[^,。;:、]{0,8}?(?:工程|行动|计划)")


class QuotedRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a quote names a programme; `name` is the one read from `yes`."""

    name: str


def quoted_names(text: Clauses, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the quotes that name a programme: behind a verb such as 推行, behind another, or counted in a list.

    Years named for what is done in them are programmes too.
    """
    yield from years_of(text)
    inside = {name.end for name in names if name.individual}
    passed = -1
    for quote in _QUOTE.finditer(text.article.folded, text.sentence.start, text.sentence.end):
        start, end = quote.span()
        if end - 1 in inside or not _stands_alone(text, text.index(end - 1) + 1):
            continue
        if text.article.folded.startswith(load_words("words", "built"), end) and end - start >= 6:
            yield Name(start, end, "Project", "quoted-project")
        elif (
            start == passed
            or _GREAT.match(text.article.folded, end)
            or _is_introduced(text, text.index(start), text.index(end - 1) + 1)
        ):
            passed = end
            yield Name(start, end, "Programme", "quoted-programme")


def years_of(text: Clauses) -> Iterator[Name]:
    """Yield the years that are named for what is done in them: 开展大项目突破年、招商引资年等系列活动."""
    for match in turn("programme.year").finditer(text.article.folded, text.sentence.start, text.sentence.end):
        if match.start("name") in text.starts:
            yield Name(*match.span("name"), "Programme", "programme-year")


def _is_introduced(text: Clauses, first: int, behind: int) -> bool:
    """Tell whether a verb such as 推行 stands before a quote, 以 before and 为 behind it, or a figure counts it."""
    before = text.tokens[first - 1].text if first else ""
    if before == "以":
        return behind < len(text.tokens) and text.tokens[behind].text == "为"
    return before.endswith(load_words("words", "quoting")) or (before in {",", "、"} and behind in text.blocked)


def _stands_alone(text: Clauses, index: int) -> bool:
    """Tell whether no noun follows a quote at a token, nor 的."""
    if index >= len(text.tokens):
        return True
    token = text.tokens[index]
    return token.text != "的" and (is_hard(text, index) or token.text in {"“", "("})


def quoted_rows() -> tuple[QuotedRow, ...]:
    """Return the rows of `tables/quoted.toml`."""
    return load_rows("quoted", QuotedRow)
