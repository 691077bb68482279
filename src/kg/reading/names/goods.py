"""What shows that words before a trade tell goods, a branch or a work, and no firm: 富硒食品, 治安环境."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.reading.names.clauses import Clauses
from kg.reading.names.edges import is_hard
from kg.reading.names.specific import is_place
from kg.reading.rows import load_text, load_words
from kg.reading.vocabulary.gazetteer import ordinary_stems
from kg.reading.vocabulary.lexicon import Hit, suffix_rows
from kg.reading.vocabulary.tokens import Token

_BRAND = 3
_MONEY = frozenset({"CNY", "USD"})
_JOINTS = ("、", "和", "及", "与")
_NEAR = 5


@cache
def trades() -> frozenset[str]:
    """Return the trades that firms are named by."""
    return frozenset(word for row in suffix_rows() if row.needs.startswith("brand") for word in row.suffixes)


def tells_goods(text: Clauses, hit: Hit, trade: int, before: int, size: int) -> bool:
    """Tell whether what ends in a trade is what a work makes, and no firm: 晶易碳基复合材料项目.

    So where the trade only ends a longer word, three of them stand in a row, or the brand is long before 项目. `trade`
    is the index of the trade, `before` how many others stand before it, `size` the length of the brand.
    """
    common = hit.row.needs == "brand end"
    if common and text.tokens[trade].start < hit.start and text.tokens[trade].text not in trades():
        return True
    worked = text.article.folded.startswith("项目", hit.end)
    behind = _trades_behind(text, hit.end)
    if common and worked and before and text.tokens[trade - 1].text in load_words("words", "firm_trades"):
        return True
    sited = worked and before > 0 and text.tokens[trade - before - 1].tag == "ns"
    chained = before + max(behind - 1, 0) > 1 and (worked or behind > 0)
    return sited or chained or (common and worked and size > _BRAND)


def _trades_behind(text: Clauses, end: int) -> int:
    """Return how many trades stand behind an offset before 项目, 0 without it: 中力新能源电池材料项目 names no firm."""
    at = text.index(end) if end < text.sentence.end else len(text.tokens)
    first = at
    while at < len(text.tokens) and text.tokens[at].text in trades():
        at += 1
    worked = at < len(text.tokens) and text.tokens[at].text == "项目"
    return at - first + 1 if worked and at > first else 0


def names_trade(text: Clauses, index: int) -> bool:
    """Tell whether what stands behind a trade shows that no firm is named: 科技小镇, 晶硅电池生产企业."""
    if index < len(text.tokens) and text.tokens[index].text in load_words("words", "goods"):
        return True
    while index < len(text.tokens) and text.tokens[index].text in trades():
        index += 1
    behind = [token.text for token in text.tokens[index : index + 2]]
    if behind and (behind[0] in load_words("words", "not_behind_trade") or behind[0].startswith(("局", "园"))):
        return True
    return len(behind) == 2 and text.tokens[index].kind == "lead" and behind[1].endswith("企业")


def is_common(words: str) -> bool:
    """Tell whether the words before a trade are no brand: elements, or goods that the dictionary does not know."""
    elements = set(words) <= set(load_text("words", "elements"))
    return bool(words) and (elements or any(_ends(words, word) for word in load_words("goods", "goods")))


def _ends(words: str, word: str) -> bool:
    return words.endswith(word) and len(words) - len(word) < 2


def is_amount_of(text: Clauses, start: int) -> bool:
    """Tell whether a figure right before a token says how much there is of it: 15万吨预焙阳极环保节能改造."""
    offset = text.tokens[start].start
    return any(row.end == offset and row.noun is None and row.unit not in _MONEY for row in text.quantities)


def is_kind_of(text: Clauses, hit: Hit, start: int) -> bool:
    """Tell whether the same plain trade ends the words beside it, which tell its kinds: 服务环境和治安环境."""
    folded, trade = text.article.folded, text.article.folded[hit.start : hit.end]
    if trade not in load_words("goods", "branches"):
        return False
    begin = text.tokens[start].start
    before = any(folded.endswith(trade + joint, text.sentence.start, begin) for joint in _JOINTS)
    behind = folded.startswith(_JOINTS, hit.end) and trade in folded[hit.end : hit.end + _NEAR + len(trade)]
    return before or behind


def is_of_goods(text: Clauses, hit: Hit, first: int) -> bool:
    """Tell whether a trade is a part of what is made, so that a brand stands alone before it: 威能达锂电池项目."""
    token, behind = text.tokens[first], text.index(hit.end - 1) + 1
    if token.text in load_words("goods", "things"):
        return token.start < hit.start
    if token.text not in load_words("goods", "attributes") or token.end != hit.end or behind >= len(text.tokens):
        return False
    after, sites = text.tokens[behind], (*load_words("words", "parks"), "园")
    if any(token.text.endswith(sites) for token in text.tokens[behind : behind + 2]):
        return False
    return after.text.isalpha() and (
        after.text in load_words("goods", "made") or not (after.kind or after.text in trades() or is_hard(text, behind))
    )


def ends_before(text: Clauses, first: int, trade: int, end: int) -> bool:
    """Tell whether a firm's name ends with an earlier trade, and goods go on behind it: 振国药业生物医药技术研究中心.

    So where that trade is one that only firms bear, and the words go on behind the later one.
    """
    firm = any(
        token.text.endswith("业") and token.text in load_words("words", "firm_trades")
        for token in text.tokens[first:trade]
    )
    behind = text.index(end - 1) + 1
    return firm and behind < len(text.tokens) and text.tokens[behind].kind != "lead" and not is_hard(text, behind)


@cache
def _areas() -> frozenset[str]:
    return frozenset((*ordinary_stems(), *load_words("words", "realms")))


def is_sector(text: Clauses, run: Sequence[Token], hit: Hit) -> bool:
    """Tell whether a place and a trade tell a part of its economy (长兴工业), whatever else the place's name means."""
    sector = text.article.folded[hit.start : hit.end] in load_words("words", "sectors")
    return sector and all(is_place(token) or token.text in _areas() for token in run)
