"""What makes words specific: places, brands, words in no table; all judged token by token."""

from __future__ import annotations

from collections.abc import Sequence

from kg.reading.rows import load_words
from kg.reading.vocabulary.gazetteer import known_places, stems
from kg.reading.vocabulary.tokens import Token

_PROPER = ("nr", "nz", "ns", "nt", "eng")


def is_place(token: Token) -> bool:
    """Tell whether a token is a place of the reference table, in full or without its level."""
    return token.text in known_places() or token.text in stems()


def is_site(token: Token) -> bool:
    """Tell whether a token is a park or an area and no name of one (物流园区)."""
    sites = load_words("words", "sites")
    return token.text in sites or token.text.endswith(tuple(site for site in sites if len(site) > 1))


def specific(tokens: Sequence[Token]) -> bool:
    """Tell whether words name an individual: a proper name, a quote, or two words that are not plain."""
    words = content(tokens)
    if any(token.text == "”" for token in tokens):
        return True
    if any((token.tag.startswith(_PROPER) or token.text[0] == "第") and len(token.text) > 1 for token in words):
        return True
    return len(words) >= 2


def content(tokens: Sequence[Token]) -> list[Token]:
    """Return the words that are in no table and no number."""
    return [token for token in tokens if not token.kind and token.text.isalnum() and _is_word(token)]


def _is_word(token: Token) -> bool:
    """Tell whether a token is no numeral; an ordinal is a word (第二十中学), but for one of turns (第二次)."""
    if token.text.startswith("第"):
        return not token.text.endswith(("次", "批", "轮", "届", "个", "期", "季度"))
    return token.tag != "m"


def has_brand(tokens: Sequence[Token]) -> bool:
    """Tell whether words hold a run of two characters that no dictionary knows, or a proper name."""
    run = 0
    for token in tokens:
        run = run + len(token.text) if unknown(token) and not is_place(token) else 0
        if run >= 2:
            return True
    return False


def unknown(token: Token) -> bool:
    """Tell whether a token is a character left over, or tagged as a proper name."""
    if token.kind not in {"", "bound"} or not token.text.isalnum():
        return False
    return len(token.text) == 1 or token.tag.startswith(_PROPER)


def begins_longer(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a place's name is the end of a longer one, whose first character stands before it: 宝龙山, 南龙山镇.

    That is a character of names that opens its clause, or stands right behind another place.
    """
    if index == 0 or len(tokens[index - 1].text) != 1 or tokens[index - 1].kind:
        return False
    if not tokens[index - 1].tag.startswith(("nr", "ns", "zg")) or tokens[index - 1].text in "县区市州旗镇乡村":
        return False
    if index == 1 or not tokens[index - 2].text.isalnum():
        return True
    return is_place(tokens[index - 2]) or tokens[index - 2].text.endswith(("县", "区", "市", "旗"))


def is_number(token: Token) -> bool:
    """Tell whether a token is a number and no name (5G)."""
    return token.text[0].isdigit() and (token.text.isdigit() or not token.text[-1].isascii())


def told(tokens: Sequence[Token]) -> list[Token]:
    """Return the words that tell one thing from another: not 重点, not 全区."""
    vague = load_words("words", "vague")
    return [token for token in tokens if token.text.isalnum() and token.text not in vague]
