"""Firms: where a firm's name begins, and what makes words one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import is_hard, left_edge, past_leads
from kg.reading.names.goods import (
    is_amount_of,
    trades,
)
from kg.reading.names.specific import content, has_brand, is_place, unknown
from kg.reading.rows import load_text, load_words
from kg.reading.vocabulary.gazetteer import known_places, level_suffixes, rank
from kg.reading.vocabulary.lexicon import SuffixRow, suffix_rows
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import Token

_REACH, _BRAND = 20, 3
_FACTORS = frozenset({"×", "x", "X", "*"})
_COUNTRY = 2


def _past_quoted_verb(text: Clauses, begin: int, first: int) -> int:
    """Return the index behind a verb in quotation marks that a firm's name does not begin with: “牵手”华润集团."""
    quoted = [token.text for token in text.tokens[begin : min(begin + 3, first)]]
    verb = len(quoted) == 3 and (quoted[0], quoted[2]) == ("“", "”") and text.tokens[begin + 1].kind == "cut"
    return begin + 3 if verb else begin


def is_group(text: Clauses, before: Sequence[Token], end: int) -> bool:
    """Tell whether a 集团 is one firm: behind a word and a trade (远景科技集团), or by the model.

    A 公司 is by the model alone, behind one word of two characters or three: 宏大公司, 力源公司.
    """
    folded = text.article.folded
    if not before or (before[0].kind and not _is_traded(before)) or before[0].text in load_words("words", "vague"):
        return False
    if folded.endswith("公司", before[0].start, end) and len(before) == 1 and 2 <= len(before[0].text) <= _BRAND:
        return not is_place(before[0]) and text.organisation(end) == before[0].start
    if not folded.endswith("集团", before[0].start, end):
        return False
    return (len(before) > 1 and before[-1].text in trades()) or text.organisation(end) == before[0].start


def _is_traded(before: Sequence[Token]) -> bool:
    """Tell whether a trade stands behind a word that no table of plain words has: 育才玻璃集团."""
    return len(before) == 2 and before[0].kind == "inner" and before[1].text in trades()


def invests(text: Clauses, before: Sequence[Token], end: int) -> bool:
    """Tell whether a firm told by a word that is not plain puts money into something: 省港航公司投资13.6亿元."""
    return bool(content(before)) and turn("firm.puts-in").match(text.article.folded, end) is not None


def is_greatest(text: Clauses, start: int) -> bool:
    """Tell whether what begins at an offset is a firm's kind: 国内最大的晶圆服务公司, 设备先进的大型玻璃制品厂."""
    before = text.article.folded[text.sentence.start : start]
    sized = next((size for size in load_words("words", "sizes") if before.endswith(size)), "")
    return before.removesuffix(sized).endswith(load_words("words", "praised")) or (
        bool(sized) and before.endswith((f"的{sized}", f"家{sized}"))
    )


def is_newsroom(text: Clauses, end: int) -> bool:
    """Tell whether what a firm's suffix ends is where a reporter works: 大连新闻传媒集团记者."""
    return text.article.folded.startswith(load_words("words", "reporters"), end)


def firm_edge(text: Clauses, begin: int, first: int, end: int) -> int:
    """Return where a firm of legal form begins, when a character broke it off that may be a part of it (上海均和集团).

    The model is asked; where it sees no organisation, one or two such characters are taken, so that a brand has two.
    """
    ambiguous = load_words("words", "ambiguous")
    verbal = begin > 0 and text.tokens[begin - 1].text in load_words("words", "within_firms")
    if verbal and not _names_itself(text.tokens[begin:first]):
        return _behind_boundary(text, begin, first)
    before = text.tokens[begin - 1] if begin else None
    if before is None or begin - 1 in text.blocked:
        return begin
    placed = begin > 1 and is_place(text.tokens[begin - 2])
    if before.text not in ambiguous and ((before.kind and not placed) or not before.text.isalpha()):
        return begin
    start = text.organisation(end)
    if start is not None and start < text.tokens[begin].start and not _holds_verb(text, text.index(start), begin):
        at = text.index(start)
        return at + (at + 1 < begin and text.tokens[at].text in load_text("words", "before_firms"))
    if before.text not in ambiguous:
        return begin
    at = begin
    while at > 0 and text.tokens[first].start - text.tokens[at].start < 2 and text.tokens[at - 1].text in ambiguous:
        at -= 1
    return left_edge(text, at) if at and is_place(text.tokens[at - 1]) else begin


def past_town(text: Clauses, begin: int, first: int) -> int:
    """Return where a firm or a park begins behind the county and town that it stands in; 鹤乡 is no town."""
    towns = [index for index in range(begin, first) if _is_town(text, index)]
    if not towns or not begin < towns[-1] < first - 1 or not is_place(text.tokens[begin]):
        return begin
    return towns[-1] + 1 if _names_itself(text.tokens[towns[-1] + 1 : first]) else begin


def _is_town(text: Clauses, index: int) -> bool:
    """Tell whether a token ends the name of a town; right behind a place two characters do not (盘锦鹤乡…)."""
    token = text.tokens[index]
    if not token.text.endswith(("镇", "乡", "街道")):
        return False
    first = index - (len(token.text) == 1)
    behind_place = first > 0 and is_place(text.tokens[first - 1])
    return not behind_place or token.end - text.tokens[first].start != _COUNTRY


def _holds_verb(text: Clauses, start: int, end: int) -> bool:
    """Tell whether a word that no name holds stands between two tokens, single characters apart."""
    return any(token.kind == "cut" and len(token.text) > 1 for token in text.tokens[start:end])


def past_narrower(text: Clauses, begin: int, first: int) -> int:
    """Return where a firm begins behind the district that it stands in: 龙沙区黑龙江睿涛豆业有限公司."""
    for index in range(begin + 1, first):
        own, wider = rank(text.tokens[index - 1].text), rank(text.tokens[index].text)
        if not (is_place(text.tokens[index]) and own and wider):
            return begin
        if text.tokens[index - 1].text not in known_places() and text.tokens[index].text not in known_places():
            return begin
        if wider < own:
            return index
    return begin


def without_works(names: Sequence[Name], folded: str) -> Iterator[Name]:
    """Yield the names of a sentence without the works of a firm that only a project bears: 睿涛药业新建制药厂项目."""
    firms = {name.start for name in names if name.individual and name.rule in {"firm-trade", "firm-limited"}}
    for name in names:
        owned = name.rule == "firm-works" and name.start in firms and not folded.endswith("公司", 0, name.end)
        if not (owned and folded.startswith(load_words("words", "borne"), name.end)):
            yield name


def _is_calling(text: Clauses, index: int, callings: Sequence[str]) -> bool:
    """Tell whether a word is what a firm is called before its name; a bare 强 is one only behind a number."""
    word = text.tokens[index].text
    if word == "强":
        before = text.article.folded[text.sentence.start : text.tokens[index].start].rstrip()
        return before.endswith(("百", "十", "千", *"0123456789"))
    return word.endswith(tuple(calling for calling in callings if calling != "强"))


def _behind_boundary(text: Clauses, begin: int, first: int) -> int:
    """Return where a firm begins whose name holds a verb: 紫金县龙和汇联合投资发展有限公司.

    That is at the nearest place before it, else with the brand right before the verb, where one stands there.
    """
    at, inside = begin, (*load_words("words", "within_firms"), *load_words("words", "ambiguous"))
    reach = text.tokens[first].start - _REACH
    while (
        at > 0
        and text.tokens[at - 1].start >= reach
        and (text.tokens[at - 1].text in inside or not is_hard(text, at - 1))
    ):
        at -= 1
        if is_place(text.tokens[at]):
            return left_edge(text, at + 1)
    verb = begin - 1
    while verb > 0 and text.tokens[verb - 1].text in inside:
        verb -= 1
    start = left_edge(text, verb)
    return start if has_brand(text.tokens[start:verb]) else begin


def _past_quote(text: Clauses, begin: int, first: int) -> int:
    """Return where a firm begins behind a quote that ends what is said before it: 夺取“开门红”吉安睿涛公司."""
    close = next((index for index in range(begin, first) if text.tokens[index].text == "”"), first)
    placed = close + 1 < first and is_place(text.tokens[close + 1])
    return close + 1 if placed and _names_itself(text.tokens[close + 1 : first]) else begin


def _past_site(text: Clauses, begin: int, first: int) -> int:
    """Return where a firm begins behind the park that it stands in: 广安高新区福佳机械有限公司."""
    sites = [index for index in range(begin + 1, first) if text.tokens[index].text in load_words("words", "parks")]
    if not sites or not _names_itself(text.tokens[sites[-1] + 1 : first]):
        return begin
    return sites[-1] + 1


def past_callings(text: Clauses, begin: int, first: int, table: str) -> int:
    """Return where a firm begins behind what it is called: 电池生产企业通威集团, 民营企业500强杭萧钢构.

    `table` is the list of such words: `callings`, or `ranks` where a project may hold the others.
    """
    begin = _past_quoted_verb(text, begin, first)
    if table == "callings":
        begin = _past_quote(text, _past_site(text, begin, first), first)
    callings = load_words("words", table)
    stops = [index for index in range(begin, first) if _is_calling(text, index, callings)]
    own = text.tokens[stops[-1] + 1 : first] if stops else ()
    if not stops or (table != "ranks" and not (_names_itself(own) or _is_traded(own))):
        return begin
    return past_leads(text, stops[-1] + 1, first)


def _names_itself(tokens: Sequence[Token]) -> bool:
    """Tell whether words name a firm without what it is called: 孵化器有限公司 behind 企业 does not."""
    own = [token for token in tokens if token.text not in _endings()]
    return bool(own) and (has_brand(own) or is_place(own[0]) or any(unknown(token) for token in own))


@cache
def _endings() -> frozenset[str]:
    return frozenset(suffix for row in suffix_rows() for suffix in row.suffixes)


def names_firm(tokens: Sequence[Token], row: SuffixRow) -> bool:
    """Tell whether the words before a firm's suffix name one: by a brand, that is an unknown or a proper word.

    Of legal form, one word that is not plain is enough behind a place (江苏远景集团) or the level of one (县冷藏公司),
    two anywhere. What a company has is none: 中农兴和公司蛋品加工厂.
    """
    own = [token for token in tokens if not is_place(token) and not token.text.endswith("公司")]
    if row.needs == "works" and any(token.text.endswith("公司") for token in tokens):
        return False
    bank = row.needs == "works" and any(token.text.endswith("银行") for token in tokens)
    national = row.needs == "firm" and len(tokens) > 1 and tokens[0].text == "中国" and tokens[-1].text in trades()
    if bank or national or any(unknown(token) or token.kind in {"cut", "join"} for token in own):
        return True
    words = content(own)
    if row.id == "firm-limited" and tokens and (words or len(tokens[-1].text) == 2):
        return True
    if row.id == "firm-legal" and len(tokens) == 1 and not own and tokens[0].text not in known_places():
        return (rank(tokens[0].text) or 0) >= 3
    if row.id == "firm-legal" and len(own) > 1 and own[0].text in load_words("words", "levels"):
        return all(token.kind in {"", "inner"} and token.tag.startswith(("n", "v")) for token in own[1:])
    return row.needs == "firm" and len(words) >= (1 if len(own) < len(tokens) else 2)


def firm_of_capacity(text: Clauses, name: Name) -> Iterator[Name]:
    """Yield the firm that a project's name begins with, right before a capacity: 立雅信5万吨…, 精锐恒丰年产300万只…."""
    if name.type != "Project" or not name.individual:
        return
    begin, last = text.index(name.start), text.index(name.end - 1)
    at = next((index for index in range(begin, last) if index in text.capacity), begin)
    before = text.article.folded[name.start : text.tokens[at].start]
    said = max((len(word) for word in load_words("words", "capacity") if before.endswith(word)), default=0)
    at = max(begin, text.index(text.tokens[at].start - said)) if said else at
    while at > begin and _goes_with_capacity(text.tokens[at - 1].text):
        at -= 1
    while begin < at - 1 and any(token.text.endswith(level_suffixes()) for token in text.tokens[begin : at - 1]):
        begin += 1
    while at > begin + 1 and is_place(text.tokens[at - 1]):
        at -= 1
    own = text.tokens[begin:at]
    if not own or own[-1].text.endswith((*level_suffixes(), *load_words("words", "landforms"))):
        return
    start = own[0].start
    short = start > name.start and own[-1].end - start == 2
    if (3 <= own[-1].end - start <= 9 or short) and has_brand(own) and not is_amount_of(text, begin):
        yield Name(start, own[-1].end, "Enterprise", "firm-capacity")


def _goes_with_capacity(word: str) -> bool:
    """Tell whether a word before a capacity is how often it stands, or the phase that has it: 2×350兆瓦, 一期50万吨."""
    return word in _FACTORS or word.isdigit() or word in load_words("words", "phases")
