"""Names that need no suffix: firms that everybody knows, and the cells of a column that says what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.facts import EntityType
from kg.reading.layers import Article
from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import is_hard
from kg.reading.names.goods import trades
from kg.reading.names.specific import is_place, unknown
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.vocabulary.gazetteer import known_places, rank

_BRAND, _LONGEST_BRAND = 2, 4
_CITY = 2
_BUREAU = re.compile("[一二三四五六七八九十]{1,3}局")


class FirmRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Firms by their short names; `name` is the one read from `yes`."""

    firms: tuple[str, ...]
    name: str


class CellRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Headers of a table's column and the type of what stands in it; `name` is a cell read from `yes`."""

    type: EntityType
    headers: tuple[str, ...]
    name: str


def known_firms(text: Clauses) -> Iterator[Name]:
    """Yield the firms of `tables/firms.toml` in a sentence, where words begin and end with them."""
    base = text.sentence.start
    ends = {token.end for token in text.tokens}
    for _, start, end in _firms().find_matches_as_indexes(text.article.folded[base : text.sentence.end]):
        bureau = _BUREAU.match(text.article.folded, base + end, text.sentence.end)
        stop = bureau.end() if bureau else _with_form(text, base + end)
        stop = max(_with_brand(text, base + start, stop), _with_trade(text, stop))
        if stop in ends and base + start in text.starts and not _is_ordinary(text, base + start, stop):
            yield Name(_from_place(text, base + start), stop, "Enterprise", "firm-known")


def _from_place(text: Clauses, start: int) -> int:
    """Return where a firm begins that the name of a province or city alone stands before: 江苏恒瑞医药, 广西玉柴."""
    index = text.index(start) - 1
    if index < 0 or not is_place(text.tokens[index]) or text.tokens[index].text in known_places():
        return start
    before = text.article.folded[max(text.sentence.start, text.tokens[index].start - 1) : text.tokens[index].start]
    bounded = before in ("", "、", ",", "。", ";", ":", "由", "与", "和", "的", "\n")
    return text.tokens[index].start if bounded and (rank(text.tokens[index].text) or 9) <= _CITY else start


def begins_known(folded: str, start: int, end: int) -> bool:
    """Tell whether a stretch is a firm of the table and its legal form, and no more: 中粮集团."""
    names = (firm for row in load_rows("firms", FirmRow) for firm in row.firms)
    known = next((firm for firm in names if folded.startswith(firm, start, end)), None)
    return known is not None and folded[start + len(known) : end] in load_words("firms", "forms")


def _is_ordinary(text: Clauses, start: int, end: int) -> bool:
    """Tell whether a firm's name is an ordinary word here: 火热浪潮, but not 浪潮信息 or 华为、浪潮、."""
    folded = text.article.folded
    if folded[start:end] not in load_words("firms", "ordinary"):
        return False
    listed = "、" in (folded[start - 1 : start], folded[end : end + 1])
    return not listed and not folded.startswith(load_words("firms", "trades"), end)


def _with_form(text: Clauses, end: int) -> int:
    """Return where a firm's name ends, a legal form right behind it included: 金锣集团."""
    forms = (form for form in load_words("firms", "forms") if text.article.folded.startswith(form, end))
    return end + max(map(len, forms), default=0)


def _with_trade(text: Clauses, end: int) -> int:
    """Return where a firm's name ends, a trade right behind it included that ends the words: 海螺水泥."""
    at = text.index(end) if end < text.sentence.end else len(text.tokens)
    if at >= len(text.tokens) or text.tokens[at].start != end or text.tokens[at].text not in trades():
        return end
    runs_on = at + 1 < len(text.tokens) and not is_hard(text, at + 1)
    return end if runs_on else text.tokens[at].end


def _with_brand(text: Clauses, start: int, end: int) -> int:
    """Return where the name of a firm's branch ends, a brand behind it included: 中粮家佳康, 中航奥龙.

    The brand is of characters that no dictionary knows, and the model sees the whole as one organisation.
    """
    at = text.index(end) if end < text.sentence.end else len(text.tokens)
    if at >= len(text.tokens) or text.tokens[at].start != end or not unknown(text.tokens[at]):
        return end
    stop = text.organisation_from(start)
    return stop if stop is not None and end + _BRAND <= stop <= end + _LONGEST_BRAND else end


@cache
def _firms() -> AhoCorasick:
    names = [firm for row in load_rows("firms", FirmRow) for firm in row.firms]
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


def column_names(article: Article) -> Iterator[Name]:
    """Yield the cells of columns headed 项目名称, 建设单位 and the like; sums and figures are none."""
    offices = load_words("cells", "offices")
    for cell in article.cells:
        head = cell.header and article.folded[cell.header.start : cell.header.end]
        row = _column(head) if head else None
        written = article.folded[cell.start : cell.end]
        if row is None or len(written) < 2 or not written[0].isalpha() or _is_sum(written):
            continue
        kind: EntityType = "PublicBody" if row.type == "Enterprise" and written.endswith(offices) else row.type
        yield Name(cell.start, cell.end, kind, row.id)


def _is_sum(written: str) -> bool:
    """Tell whether a cell only says that its row adds up others (全市小计:)."""
    return written.rstrip(": ").endswith(load_words("cells", "sums"))


def _column(header: str) -> CellRow | None:
    return next((row for row in load_rows("cells", CellRow) if header.replace(" ", "") in row.headers), None)
