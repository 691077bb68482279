"""Trade names: a brand that no dictionary knows, or that the model sees, right before a trade (永裕肉禽)."""

from __future__ import annotations

from collections.abc import Sequence

from kg.reading.names.brands import past_callings
from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import is_hard
from kg.reading.names.goods import (
    ends_before,
    is_amount_of,
    is_common,
    is_kind_of,
    is_of_goods,
    is_sector,
    names_trade,
    tells_goods,
    trades,
)
from kg.reading.names.seen import seen_firm
from kg.reading.names.specific import has_brand, is_place, unknown
from kg.reading.rows import load_text, load_words
from kg.reading.vocabulary.gazetteer import known_places, rank
from kg.reading.vocabulary.lexicon import Hit
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import Token, words

_BRAND = 3


def brand_name(text: Clauses, hit: Hit, begin: int, first: int) -> Name | None:
    """A trade name: two to four characters that no dictionary knows, right before the trade, or what the model sees."""
    if first > 0 and text.tokens[first - 1].text in load_words("words", "making"):
        return None
    if text.tokens[first].start < hit.start and (known := _in_one_word(text, hit, first)) is not None:
        return known
    if is_of_goods(text, hit, first):
        return _before_goods(text, hit, begin, first)
    return _by_brand(text, hit, begin, first) or seen_firm(text, hit, begin, first)


def _before_goods(text: Clauses, hit: Hit, begin: int, first: int) -> Name | None:
    """Return the firm whose brand alone stands before goods: 宝特瑞能锂离子电池项目."""
    start = _brand_start(text, begin, first)
    brand = text.tokens[start:first]
    end = text.tokens[first].start
    if not 2 <= end - text.tokens[start].start <= _BRAND + 1 or not has_brand(brand) or is_amount_of(text, start):
        return None
    if is_common(text.article.folded[text.tokens[start].start : end]) or all(is_place(token) for token in brand):
        return None
    return Name(text.tokens[start].start, end, hit.row.type, "firm-goods")


def _in_one_word(text: Clauses, hit: Hit, first: int) -> Name | None:
    """Return the firm that the dictionary has as one proper word, where its brand alone is in none: 龙净环保."""
    token = text.tokens[first]
    brand = words(token.text[: hit.start - token.start], 0, hit.start - token.start)
    proper = token.end == hit.end and token.tag.startswith(("nz", "nt")) and 2 <= hit.start - token.start <= _BRAND
    if not proper or not has_brand(brand) or names_trade(text, first + 1):
        return None
    return Name(token.start, hit.end, hit.row.type, hit.row.id)


def _by_brand(text: Clauses, hit: Hit, begin: int, first: int) -> Name | None:
    trade = first
    while first > begin and text.tokens[first - 1].text in trades():
        first -= 1
    start = _brand_start(text, begin, first)
    size = text.tokens[first].start - text.tokens[start].start
    run_text = text.article.folded[text.tokens[start].start : text.tokens[first].start]
    if is_common(run_text) or is_amount_of(text, start) or is_kind_of(text, hit, start):
        return None
    made = start > 0 and text.tokens[start - 1].text in load_words("words", "making")
    if made or tells_goods(text, hit, trade, trade - first, size):
        return None
    if ends_before(text, first, trade, hit.end):
        return None
    if size < 2:
        return _word_brand(text, hit, begin, first)
    run = text.tokens[start:first]
    after = text.index(hit.end - 1) + 1
    placed = all(is_place(token) for token in run) and not _is_homonym(text, run, hit, after)
    placed = placed or is_sector(text, run, hit)
    goes_on = hit.row.needs == "brand end" and _goes_on(text, after)
    if placed or goes_on or not any(token.text.isalpha() for token in run) or names_trade(text, after):
        return None
    return Name(
        text.tokens[start].start, hit.end, hit.row.type, "firm-trade" if _has_branch(text, after) else hit.row.id
    )


def _has_branch(text: Clauses, index: int) -> bool:
    """Tell whether what a firm has in a place stands behind its name: 汇福粮油江苏基地."""
    behind = text.tokens[index : index + 2]
    return len(behind) == 2 and is_place(behind[0]) and behind[1].text.endswith(load_words("words", "branches"))


def _brand_start(text: Clauses, begin: int, first: int) -> int:
    """Return where the brand begins that ends before a token: the unknown words, four characters at most."""
    start, base = first, text.tokens[first].start
    new = first - 1 > begin and text.tokens[first - 1].text == "新" and unknown(text.tokens[first - 2])
    start -= new and len(text.tokens[first - 2].text) == 1
    while start > begin and unknown(text.tokens[start - 1]) and base - text.tokens[start - 1].start <= 4:
        if text.tokens[start - 1].text in load_text("words", "floors"):
            break
        start -= 1
    headed = start > 0 and text.tokens[start - 1].text in load_words("words", "brand_heads")
    start -= headed and base - text.tokens[start].start == 1
    start = past_callings(text, _behind_place(text, begin, start), first, "ranks")
    if start - 1 == begin and is_place(text.tokens[begin]) and text.tokens[begin].text not in known_places():
        return begin
    return start


def _word_brand(text: Clauses, hit: Hit, begin: int, first: int) -> Name | None:
    """A trade name whose brand is a known word, where the model agrees.

    It is of a trade that only firms bear (海天实业), or stands before what only a firm does (广济生物投资7.5亿元).
    """
    if begin != first - 1:
        return None
    token, after = text.tokens[begin], text.index(hit.end - 1) + 1
    acts = after < len(text.tokens) and text.tokens[after].text in load_words("words", "firm_acts")
    surely = acts or text.article.folded[hit.start : hit.end] in load_words("words", "firm_trades")
    if not surely or token.kind or not 2 <= len(token.text) <= 3:
        return None
    if not _owns_work(text, begin, hit.end) and text.organisation(hit.end) != token.start:
        return None
    return Name(token.start, hit.end, hit.row.type, hit.row.id)


def _behind_place(text: Clauses, begin: int, start: int) -> int:
    """Return where a brand begins right behind a place, one word before it included: 深圳前海港通能源."""
    at = start - 2
    near = at >= begin and is_place(text.tokens[at]) and len(text.tokens[start - 1].text) == 1
    joined = text.tokens[start - 1].text.isalpha() and text.tokens[start - 1].kind in {"", "plain"}
    return at if near and joined and start > at + 1 else start


def _owns_work(text: Clauses, begin: int, end: int) -> bool:
    """Tell whether a proper word and a trade open a work's name: 中天科技海缆扩能项目."""
    token, folded = text.tokens[begin], text.article.folded
    opens = token.start == text.sentence.start or folded[token.start - 1] in "、,。;:“和与及的"
    proper = token.tag.startswith(("nr", "nz", "nt", "t")) and token.text not in trades()
    return opens and proper and turn("firm.work-behind").match(folded, end) is not None


def _is_homonym(text: Clauses, run: Sequence[Token], hit: Hit, index: int) -> bool:
    """Tell whether a place's name is a brand here: 北辰冷链拟投资, 安达科技; a district in full is none."""
    if any(token.text in known_places() for token in run):
        return False
    if index < len(text.tokens) and text.tokens[index].text in load_words("words", "firm_acts"):
        return True
    county = all((rank(token.text) or 0) >= 3 for token in run)
    return county and text.article.folded[hit.start : hit.end] in load_words("words", "firm_trades")


def _goes_on(text: Clauses, index: int) -> bool:
    """Tell whether a noun phrase goes on at a token: "科技" of 科技园 names no firm."""
    if index >= len(text.tokens) or text.tokens[index].kind == "lead":
        return False
    if text.tokens[index].text.startswith((*load_words("words", "capacity"), *load_words("words", "firm_acts"))):
        return False
    return not (_has_branch(text, index) or is_hard(text, index))
