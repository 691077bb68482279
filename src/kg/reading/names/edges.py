"""Where a name begins and where it cannot reach: words, brackets and conjunctions at its edge."""

from __future__ import annotations

import re
from functools import cache

from kg.reading.names.clauses import Clauses
from kg.reading.names.specific import is_number, is_place, unknown
from kg.reading.rows import load_words
from kg.reading.vocabulary.lexicon import suffix_rows
from kg.reading.vocabulary.tokens import Token

AND = frozenset({"及", "及其", "和", "与", "暨"})
_OPEN, _CLOSE = "(“《[", ")”》]"
_INSIDE = frozenset("·•-+&./—")
_PARALLEL = re.compile(r"\w{2,8}(?:、\w{2,4})*、(\w{2,4})、$")
_LISTED_BEFORE = re.compile(r"(?:项目|工程)(?:\([^()]{1,12}\))?、[^,。;:、的\d]{0,32}$")
_LISTED_BEHIND = re.compile(r"[^,。;:、的\d]{0,24}?(?:项目|工程)(?=[、,。;和及与等\d])")
_MADE = re.compile(r"(?:年产|日产|年加工|年处理|年生产)[\d.]+[万亿]?[^,。;:、的\d]{1,16}$")
_MADE_BEHIND = re.compile(r"[^,。;:、的\d]{0,16}?(?:项目|工程)")
_TWO = re.compile(r"[^,。;:、的]{3,24}?(?:两|2)[个大项][^,。;:、]{0,6}项目")
_LONGEST = 70
_TIMES = frozenset("×xX*")
_CALLED = ("(下称", "(简称", "(以下简称", "(以下称")
_ENDED = ("项目",)
_HARD_TAGS = ("v", "d", "p", "c", "u", "r", "y", "i", "ad", "zg")


def left_edge(text: Clauses, first: int) -> int:
    """Return the index of the first token of the name that ends at or behind token `first`, 70 characters at most."""
    begin, reach = first, text.tokens[min(first, len(text.tokens) - 1)].start - _LONGEST
    while begin > 0 and text.tokens[begin - 1].start >= reach:
        if text.tokens[begin - 1].text in _CLOSE:
            opening = opening_of(text, begin - 1)
            if opening is None or text.article.folded.startswith(_CALLED, text.tokens[opening].start):
                break
            begin = opening
            continue
        ended = begin < first and text.tokens[begin - 1].text.endswith(_ENDED)
        if ended or is_hard(text, begin - 1) or _is_among(text, begin - 1):
            break
        begin -= 1
    return past_leads(text, begin, first)


def _is_among(text: Clauses, index: int) -> bool:
    """Tell whether a 中 says among which works the name stands behind it: 33个重点工程中东海大道、…."""
    before = text.tokens[index - 1].text if index else ""
    return text.tokens[index].text == "中" and before.endswith(("项目", "工程"))


def past_leads(text: Clauses, begin: int, first: int) -> int:
    """Return the index behind the words that a name does not begin with; a bracket in front belongs to none."""
    while begin < first:
        token = text.tokens[begin]
        if token.text in _INSIDE:
            begin += 1
        elif token.text == "(":
            close = next((index for index in range(begin, first) if text.tokens[index].text == ")"), None)
            if close is None:
                break
            begin = close + 1
            begin += begin < first and text.tokens[begin].text == "建"
        elif token.text == "配套" and begin + 2 < first and text.tokens[begin + 1].text in load_words("words", "build"):
            begin += 2
        elif _leads(text, begin) or (token.text in load_words("classes", "wholes") and begin + 1 < first):
            begin += 1
        else:
            break
    return begin


def _leads(text: Clauses, index: int) -> bool:
    """Tell whether a name does not begin with a word: 建 behind a sum, 重点; 新 may begin a brand or a lane's name."""
    token = text.tokens[index]
    if token.text == "建" and index > 0 and text.tokens[index - 1].text.endswith("元"):
        return True
    if token.text == "新" and token.kind == "lead":
        behind = text.tokens[index + 1]
        return not (unknown(behind) or behind.text.endswith(load_words("words", "lanes")))
    return token.kind == "lead"


def is_hard(text: Clauses, index: int) -> bool:
    """Tell whether no name reaches over a token; the model says so of a word that the tables do not know."""
    token = text.tokens[index]
    if index in text.blocked or _is_within(text, index) or _is_into(text, index):
        return not _multiplies(text, index)
    if token.kind:
        return _is_hard_kind(text, index)
    if index in text.capacity or index in text.inner or _multiplies(text, index):
        return False
    if len(token.text) == 1 or not token.text.isalnum():
        return _is_hard_mark(text, index)
    open_word = token.tag.startswith(_HARD_TAGS) and not token.tag.startswith("vn")
    listed = open_word and (index - 1 in text.capacity or _is_listed(text, token) or _stands_as_noun(text, index))
    return not listed and (is_number(token) or (open_word and not text.is_noun(index)))


def _multiplies(text: Clauses, index: int) -> bool:
    """Tell whether a token says how often a capacity behind it is built: 2×660MW燃煤机组扩建工程."""
    mark = index if text.tokens[index].text in _TIMES else index + 1
    if mark + 1 >= len(text.tokens) or text.tokens[mark].text not in _TIMES or mark + 1 not in text.capacity:
        return False
    return mark == index or text.tokens[index].text.isdigit()


def _is_hard_mark(text: Clauses, index: int) -> bool:
    """Tell whether no name reaches over a mark, or over a single character: a digit, or a unit behind a number."""
    token = text.tokens[index]
    if not token.text.isalnum():
        around = text.article.folded[token.start - 1 : token.end + 1]
        spaced = token.text == " " and index + 1 in text.capacity
        return (token.text not in _INSIDE and not spaced) or "——" in around
    return token.text.isdigit() or (token.tag[0] == "q" and index > 0 and is_number(text.tokens[index - 1]))


def _ends_element(text: Clauses, index: int) -> bool:
    """Tell whether a verb ends an element of a list, as a noun: 原料药扩产、….

    Something nominal must stand before it, and the list must go on behind it.
    """
    if index == 0 or index + 1 >= len(text.tokens) or text.tokens[index + 1].text not in {"、", "等"}:
        return False
    before = text.tokens[index - 1]
    return text.tokens[index].tag.startswith("v") and len(text.tokens[index].text) > 1 and before.tag.startswith("n")


def _stands_as_noun(text: Clauses, index: int) -> bool:
    """Tell whether a verb is a noun by where it stands: at the end of an element, behind a capacity, before a trade."""
    return (
        _ends_element(text, index)
        or _is_of_capacity(text, text.tokens[index])
        or _opens_brand(text, index)
        or _is_deed(text, index)
    )


def _is_deed(text: Clauses, index: int) -> bool:
    """Tell whether a verb is what is done to the noun before it, or with it in the noun behind: 环境恢复治理项目."""
    before = text.tokens[index - 1] if index else None
    if before is None or before.text.endswith(load_words("words", "doers")) or index - 1 in text.blocked:
        return False
    if not before.tag.startswith(("n", "vn", "j")) and before.kind not in {"plain", "inner"}:
        return False
    behind = text.tokens[index + 1].text if index + 1 < len(text.tokens) else ""
    return text.tokens[index].text in load_words("words", "deeds") or (
        text.tokens[index].tag == "v" and behind in load_words("words", "behind_deeds")
    )


def _is_of_capacity(text: Clauses, token: Token) -> bool:
    """Tell whether a word stands between a capacity and the end of a work's name: 年产2万吨聚氨酯粘接材料项目."""
    folded = text.article.folded
    before = _MADE.search(folded, max(text.sentence.start, token.start - 32), token.start)
    return before is not None and _MADE_BEHIND.match(folded, token.end) is not None


def _opens_brand(text: Clauses, index: int) -> bool:
    """Tell whether a word opens a clause as a firm's brand, right before a trade: 非凡重工."""
    opens = index == 0 or text.tokens[index - 1].text in {",", ";", "、", "。", "“", ":"}
    behind = text.tokens[index + 1].text if index + 1 < len(text.tokens) else ""
    return opens and behind in load_words("words", "firm_trades")


def _is_listed(text: Clauses, token: Token) -> bool:
    """Tell whether a word stands in a work of a list of works, whatever it is (…项目、鹿邑相约大酒店建设项目、…)."""
    folded = text.article.folded
    low = max(text.sentence.start, token.start - 48)
    return bool(_LISTED_BEHIND.match(folded, token.end)) and bool(_LISTED_BEFORE.search(folded, low, token.start))


def _is_into(text: Clauses, index: int) -> bool:
    """Tell whether a 成 says what is made of something: 打造成睿涛产业基地."""
    return (
        text.tokens[index].text == "成"
        and index > 0
        and text.tokens[index - 1].text in load_words("words", "made_into")
    )


def _is_within(text: Clauses, index: int) -> bool:
    """Tell whether a 中 stands behind a noun, so that what follows stands in it."""
    if index == 0 or text.tokens[index].text not in load_words("words", "within"):
        return False
    before, after = text.tokens[index - 1], text.tokens[index + 1 : index + 2]
    if after and text.tokens[index].text + after[0].text in load_words("words", "middles"):
        return False
    if is_place(before) and text.tokens[index].text == "中" and after and len(after[0].text) == 1 and unknown(after[0]):
        return False
    return len(before.text) > 1 and before.tag.startswith(("n", "v")) and before.kind != "cut"


def _is_hard_kind(text: Clauses, index: int) -> bool:
    """Tell whether no name reaches over a word of the tables: what cuts, what counts the number behind it, an "and"."""
    token = text.tokens[index]
    if token.kind == "cut":
        return not (
            _is_earth(text, index)
            or _is_trade_word(text, index)
            or _is_capital(text, index)
            or _is_nominal(text, index)
            or _is_quality(text, index)
        )
    if token.kind == "bound":
        return index + 1 < len(text.tokens) and (index + 1 in text.blocked or is_number(text.tokens[index + 1]))
    return token.kind == "join" and separates(text, index)


def _is_quality(text: Clauses, index: int) -> bool:
    """Tell whether a word for how something is done says of goods what they are: 年产1000万套高效节能压缩机项目."""
    if text.tokens[index].text not in load_words("words", "qualities"):
        return False
    behind = text.tokens[index + 1].text if index + 1 < len(text.tokens) else ""
    return index - 1 in text.capacity or behind in load_words("words", "qualities_beside")


def separates(text: Clauses, index: int) -> bool:
    """Tell whether an "and" separates names: not within a brand, nor between capacities (5万吨刚玉及1万吨蓝刚玉)."""
    token = text.tokens[index]
    if token.kind != "join":
        return False
    within = token.text in AND and index + 1 in text.capacity and not _TWO.match(text.article.folded, token.end)
    return not within and not _begins_brand(text, index)


def _is_trade_word(text: Clauses, index: int) -> bool:
    """Tell whether 投资 is a part of a firm's name (水务投资集团) and no verb."""
    folded, token = text.article.folded, text.tokens[index]
    return token.text == "投资" and folded.startswith(load_words("words", "behind_investment"), token.end)


def _is_nominal(text: Clauses, index: int) -> bool:
    """Tell whether a verb is a noun here: before what it is compounded with, or at the end of a list's element."""
    folded, token = text.article.folded, text.tokens[index]
    if folded.startswith(load_words("words", "compounds"), token.start):
        return True
    before = text.tokens[index - 1] if index else None
    joined = before is not None and (before.text in {"及", "及其"} or before.tag.startswith(("n", "vn")))
    return joined and token.text in load_words("words", "nominal") and folded.startswith(("、", "等"), token.end)


def _is_earth(text: Clauses, index: int) -> bool:
    """Tell whether a 地 is a part of a brand and no particle: 中科地星."""
    behind = text.tokens[index + 1 : index + 2]
    return text.tokens[index].text == "地" and bool(behind) and unknown(behind[0]) and behind[0].tag.startswith("n")


def _is_capital(text: Clauses, index: int) -> bool:
    """Tell whether 都 is what a place is the capital of: 中药都项目, 中药都建设."""
    behind = text.tokens[index + 1].text if index + 1 < len(text.tokens) else ""
    before = text.tokens[index - 1].tag if index else ""
    return text.tokens[index].text == "都" and before.startswith("n") and behind in {"项目", "工程", "建设"}


def _begins_brand(text: Clauses, index: int) -> bool:
    """Tell whether a 和 belongs to a name (和盛食品, 生和堂食品): it has nothing on its left to join, or one character.

    One unknown character must follow where nothing or a place stands before it, and then a word that is known.
    """
    if text.tokens[index].text not in {"和", "同"} or index + 2 >= len(text.tokens):
        return False
    before = text.tokens[index - 1] if index else None
    single = before is not None and len(before.text) == 1 and unknown(before)
    single = single and not (before and before.text.endswith(load_words("carried", "roads")))
    if (single and (index == 1 or is_hard(text, index - 2))) or _ends_brand(text, index):
        return True
    after, behind, *further = text.tokens[index + 1 : index + 4]
    if before is not None and is_place(before) and further and unknown(after) and unknown(behind):
        return further[0].text in _trades()
    if before is not None and before.text == "、" and unknown(after):
        return True
    if len(after.text) != 1 or after.kind or not after.text.isalpha() or len(behind.text) == 1:
        return False
    return before is None or not before.text.isalnum() or before.kind == "cut" or is_place(before)


def _ends_brand(text: Clauses, index: int) -> bool:
    """Tell whether a 和 ends a brand of single characters that no dictionary knows, before a trade: 正广和食品."""
    before = text.tokens[max(index - 2, 0) : index]
    single = len(before) > 1 and all(unknown(token) and len(token.text) == 1 for token in before)
    return single and text.tokens[index + 1].text in _trades()


@cache
def _trades() -> frozenset[str]:
    """Return the words that end a firm's name."""
    return frozenset(word for row in suffix_rows() if row.type == "Enterprise" for word in row.suffixes)


def opening_of(text: Clauses, close: int) -> int | None:
    """Return the index of the bracket that a bracket closes, at most twelve tokens before it."""
    mate = _OPEN[_CLOSE.index(text.tokens[close].text)]
    for index in range(close - 1, max(close - 13, -1), -1):
        if text.tokens[index].text == mate:
            return index
    return None


def parallel_edge(text: Clauses, begin: int) -> int:
    """Return where a name begins that counts two or more short words of one length: 春风、夏净、秋扫、冬清专项行动."""
    folded, start = text.article.folded, text.tokens[begin].start if begin < len(text.tokens) else 0
    match = _PARALLEL.search(folded, max(text.sentence.start, start - 24), start)
    if match is None:
        return begin
    size = len(match.group(1))
    words = match.group().removesuffix("、").split("、")
    if any(len(word) != size for word in words[1:]) or len(words[0]) < size:
        return begin
    return text.index(match.end() - (size + 1) * len(words))
