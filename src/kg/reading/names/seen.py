"""Firms that the model sees before a trade, where no rule finds a brand: 领航科技, 九二盐业, 平远物资."""

from __future__ import annotations

from collections.abc import Sequence

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import is_hard
from kg.reading.names.specific import is_place
from kg.reading.rows import load_words
from kg.reading.vocabulary.gazetteer import known_places, rank
from kg.reading.vocabulary.lexicon import Hit
from kg.reading.vocabulary.tokens import Token

_SHORTEST, _LONGEST, _COUNTY = 2, 8, 3


def seen_firm(text: Clauses, hit: Hit, begin: int, first: int) -> Name | None:
    """Return the firm that a trade ends and that the model sees: with the trade, or as the brand right before it.

    With the trade it may run into what it makes (森茂能源竹木屑); a brand alone ends with the trade.
    """
    if first == 0 or text.tokens[first].start < hit.start or not _may_be_brand(text, first):
        return None
    whole = text.organisation(hit.end)
    start = whole if whole is not None else text.organisation(hit.start)
    if start is None or start not in text.starts or not _SHORTEST <= hit.start - start <= _LONGEST:
        return None
    at, behind = text.index(start), text.index(hit.end - 1) + 1
    homonym = whole is not None and all(_is_county(token) for token in text.tokens[at:first])
    if any(token.text.endswith(("集团", "公司")) for token in text.tokens[at:first]):
        return None
    fostered = at > 0 and text.tokens[at - 1].text in load_words("classes", "fostering")
    if fostered or not (homonym or _is_brand(text.tokens[at:first])) or (at < begin and not _opens(text, at)):
        return None
    runs_on = behind < len(text.tokens) and not is_hard(text, behind) and text.tokens[behind].kind != "lead"
    if _is_office(text, behind) or (runs_on and (homonym or whole is None or not _opens(text, at))):
        return None
    return Name(start, hit.end, hit.row.type, "firm-seen")


def _is_county(token: Token) -> bool:
    """Tell whether a token is the short form of a county or less, as a firm's brand may be: 永泰能源."""
    return token.text not in known_places() and (rank(token.text) or 0) >= _COUNTY


def _may_be_brand(text: Clauses, first: int) -> bool:
    """Tell whether the word before a trade may be a brand's: the model is asked about no other."""
    token = text.tokens[first - 1]
    return token.text.isalnum() and token.kind not in {"plain", "lead", "join"} and first - 1 not in text.blocked


def _is_brand(own: Sequence[Token]) -> bool:
    """Tell whether words may be a firm's own: not of places and plain words alone, and no office's."""
    plain = all(is_place(token) or token.kind in {"plain", "lead"} for token in own)
    return not plain and not own[-1].text.endswith(load_words("words", "offices_end"))


def _opens(text: Clauses, index: int) -> bool:
    """Tell whether a token opens a clause or an element of a list, or stands right behind what cuts names."""
    return index == 0 or is_hard(text, index - 1)


def _is_office(text: Clauses, index: int) -> bool:
    """Tell whether what stands behind a trade makes the whole an office, a school or a place."""
    behind = text.tokens[index].text if index < len(text.tokens) else ""
    return behind.startswith((*load_words("words", "not_behind_trade"), *load_words("words", "offices_behind")))
