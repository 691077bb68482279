"""Where lists stand: their elements, and what counts or classes them behind (A、B和C等15个项目)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.reading.names.clauses import Clauses
from kg.reading.names.edges import AND, is_hard, left_edge, past_leads, separates
from kg.reading.names.specific import has_brand, is_place, specific
from kg.reading.rows import load_words
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import Token

_LONG, _REACH, _SHORT = 3, 200, 2
_COUNT = re.compile(
    r"(?:(?:项目|工程|企业|公司)(?:共|达|有)?\d+[个项家]|\d+[个项家][^,。;:()]{0,8}(?:项目|工程|企业|公司))$"
)
_ATTRIBUTE = re.compile(r"[^,。;:、的]{1,10}(?:、[^,。;:、的]{1,10})?的[^,。;:、的]{0,8}?(?:项目|工程|企业|公司)")
_PRICE = re.compile(
    r"(?:计划|预计|协议)?总?投资额?[约近超达]?[\d.]+[万亿]*余?元?(?:人民币)?的|[\d.]+[万亿]+元的|[\d.]+[万亿]+元(?=[^\d,。;:、的]{3})"
)
_OF_WORKS = re.compile(r"等[^,。;:]{0,10}项目")
_COUNTED_LIST = re.compile(
    r"(?:[^,。;:!?、]{0,16}、[^,。;:!?]{0,200}?|[^,。;:!?、]{0,16}?)"
    r"等 ?(?:(?:\d|[一二三四五六七八九十两])[\d余多]* ?[个项只家]|一批|重点|重大)?[^,。;:、]{0,12}?(?:项目|工程)"
)
_COUNTED_WORKS = re.compile(
    r" ?(?:(?:\d|[一二三四五六七八九十两])[\d余多]* ?[个项][^,。;:、]{0,12}?(?:项目|工程)"
    r"|[^,。;:、\d]{0,16}?(?:项目|工程) ?\d+ ?[个项])"
)
_OPENS = frozenset(",;。:、\n")
_FIRMS_LISTED = re.compile(
    r"(?:、[^,。;:!?]{1,60})?等 ?(?:[\d余多一二三四五六七八九十]+家)?[^,。;:、的]{0,12}?(?:企业|公司|集团)"
)
_STATED = re.compile(
    r"(?:新上|新开工|开工|新签约|签约|竣工|投产|落地|开复工|新引进|引进|完工|在谈|储备)(?:建设)?(?:重点|重大|产业|工业)*项目"
)
_SOFT_TAGS = ("v", "d", "a", "m", "f", "p", "q", "z", "r")
_MATES = {"(": ")", "“": "”", "《": "》"}
_FIRM_ENDS = ("公司", "集团")
_ENDED_WORKS = ("项目", "工程", "基地", "中心", "园", "园区", "生产线", "厂")
_WORK_ENDS = ("项目", "工程")
_COUNTED = ("项目", "工程", "企业", "公司")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list: its elements as (first, last) token indexes, last not included; `tail` the tokens of what counts them."""

    elements: tuple[tuple[int, int], ...]
    tail: tuple[int, int]
    open: bool


def find_lists(text: Clauses) -> Iterator[Enumeration]:
    """Yield the lists of a sentence from left to right: with 、, or of two (A和B两个项目) where a number says so."""
    reach = 0
    for index, token in enumerate(text.tokens):
        if index < reach or (token.kind != "join" and token.text != "等"):
            continue
        found = _list_at(text, index)
        if found is not None:
            yield found
            reach = max(found.tail[1], found.elements[-1][1]) + 1


def _list_at(text: Clauses, index: int) -> Enumeration | None:
    """Return the list that a separator begins, or the single example before 等, if one does."""
    if text.tokens[index].text == "等" and index > 0:
        first = _open_edge(text, index)
        return Enumeration(((first, index),), _tail(text, index + 1), open=True) if first < index else None
    if not separates(text, index) or _in_brackets(text, index):
        return None
    found = _follow(text, index)
    return found if found.open or text.tokens[index].text == "、" else None


def _open_edge(text: Clauses, index: int) -> int:
    """Return where the single example of counted works begins, a verb inside it included: 退水材料生产线等…项目6个."""
    first = left_edge(text, index)
    if _COUNTED_WORKS.match(text.article.folded, text.tokens[index].end, text.sentence.end) is None:
        return first
    at = first
    while at > 0 and at - 1 not in text.blocked and _is_soft(text.tokens[at - 1]):
        at -= 1
    opens = at == 0 or text.tokens[at - 1].text in _OPENS
    return past_leads(text, at, index) if opens and at < first else first


def _is_soft(token: Token) -> bool:
    """Tell whether a word may stand inside a work's name, verbs that the tables do not know included."""
    return token.text.isalnum() and token.kind in {"", "inner", "lead", "plain"} and not token.text.isdigit()


def counted_before(text: Clauses, index: int) -> bool:
    """Tell whether a token stands in a bracket right behind a count of works or firms: 续建项目4个(…)."""
    start = text.tokens[index].start if index < len(text.tokens) else 0
    opening = text.article.folded.rfind("(", max(text.sentence.start, start - _REACH), start + 1)
    return opening >= 0 and _COUNT.search(text.article.folded, max(opening - 16, 0), opening) is not None


def _in_brackets(text: Clauses, index: int) -> bool:
    """Tell whether a bracket or quote is open at a token."""
    before = "".join(token.text for token in text.tokens[:index])
    open_marks = [mark for mark, mate in ("()", "“”", "《》") if before.count(mark) > before.count(mate)]
    return bool(open_marks) and (open_marks != ["("] or not counted_before(text, index))


def _follow(text: Clauses, separator: int) -> Enumeration:
    """Follow a list from its first separator to its end."""
    elements = [(left_edge(text, separator), separator)]
    at = separator
    while at < len(text.tokens) and _separates(text, at):
        begin = _behind_price(text, at + 1)
        end = _element_end(text, begin)
        elements.append((begin, end))
        at = end
    elements = _merged(text, elements)
    closed = at < len(text.tokens) and text.tokens[at].text in {"等", "等等"}
    if not closed and elements[-1][0] < elements[-1][1] and _counts(text, at, len(elements)):
        return Enumeration(tuple(elements), _tail(text, at), open=True)
    return Enumeration(tuple(elements), _tail(text, at + 1) if closed else (at, at), closed)


def _behind_price(text: Clauses, begin: int) -> int:
    """Return where an element begins behind the money put into it, or the place that has it.

    So in …、总投资3亿元的仁和萃取等项目 and …、江油的攀长钢新区等重点项目.
    """
    if begin + 2 < len(text.tokens) and is_place(text.tokens[begin]) and text.tokens[begin + 1].text == "的":
        return begin + 2
    start = text.tokens[begin].start
    priced = turn("list.sited").match(text.article.folded, start, text.sentence.end) or _PRICE.match(
        text.article.folded, start, text.sentence.end
    )
    if priced is None or priced.end() >= text.sentence.end:
        return begin
    return text.index(priced.end())


def _merged(text: Clauses, elements: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what an "and" joins within one element of a list of works: 百消丹保健食品及王老吉饮料生产项目、…."""
    kept = [elements[0]]
    for place, (first, last) in enumerate(elements[1:], 1):
        kept.append((kept.pop()[0] if _is_joined(text, elements, place) else first, last))
    return kept


def _is_joined(text: Clauses, elements: Sequence[tuple[int, int]], place: int) -> bool:
    """Tell whether an element goes on with the one before it, which ends in no word for a work.

    In a list whose other elements end so it does. Behind 及 it does where a 、 follows or it alone lacks that end; and
    where it bears no brand, behind 和 no word that tells it apart, in a list that 等…项目 ends.
    """
    first, last = elements[place]
    joint, own = text.tokens[first - 1].text, text.tokens[first:last]
    if own and _goes_on_firms(text, elements, place):
        return True
    if not own or joint not in AND or text.tokens[first - 2].text.endswith(_WORK_ENDS):
        return False
    works = [text.tokens[end - 1].text.endswith(_WORK_ENDS) for start, end in elements if end > start]
    if joint in {"及", "及其"} and not has_brand(own) and not is_place(own[0]) and _goes_further(text, elements, place):
        return True
    if not own[-1].text.endswith(_WORK_ENDS):
        named = has_brand(own) if joint in {"及", "及其"} else specific(own)
        return not named and _OF_WORKS.match(text.article.folded, own[-1].end) is not None
    further = any(text.tokens[start - 1].text == "、" for start, _ in elements[place + 1 :])
    ended = {end for start, end in elements if end > start and text.tokens[end - 1].text.endswith(_WORK_ENDS)}
    joined = all(end in ended or end >= len(text.tokens) or text.tokens[end].text in AND for _, end in elements)
    return (joined and further and len(ended) >= _LONG) or (
        joint in {"及", "及其"} and (further or (len(works) > 2 and works.count(False) == 1))
    )


def _goes_further(text: Clauses, elements: Sequence[tuple[int, int]], place: int) -> bool:
    """Tell whether a list of works goes on behind an element with a 、 and another that ends in 项目."""
    behind = elements[place + 1 : place + 2]
    return any(
        text.tokens[start - 1].text == "、" and text.tokens[end - 1].text.endswith(_WORK_ENDS) for start, end in behind
    )


def _goes_on_firms(text: Clauses, elements: Sequence[tuple[int, int]], place: int) -> bool:
    """Tell whether an element goes on with what a firm builds: A公司生产线改造和新厂项目、B公司….

    The firm opens the element before, which ends in no work, and this one names none; at a "、" two others must.
    """
    first, last = elements[place]
    before, own = text.tokens[elements[place - 1][0] : elements[place - 1][1]], text.tokens[first:last]
    owned = opens_with_firm(before) and not before[-1].text.endswith(_ENDED_WORKS)
    if not owned or has_brand(own[:2]) or is_place(own[0]) or _holds_firm(own):
        return False
    if text.tokens[first - 1].text in AND:
        return True
    firms = sum(opens_with_firm(text.tokens[start:end]) for start, end in elements)
    return len(own) > 1 and own[-1].text.endswith(_ENDED_WORKS) and firms >= _LONG


def opens_with_firm(tokens: Sequence[Token]) -> bool:
    """Tell whether words go on behind a firm's form."""
    at = next((index for index, token in enumerate(tokens) if token.text.endswith(_FIRM_ENDS)), len(tokens))
    behind = tokens[at + 1 :]
    return bool(behind) and behind[0].text not in load_words("words", "build") and not _holds_firm(behind[-1:])


def _holds_firm(tokens: Sequence[Token]) -> bool:
    return any(token.text.endswith(_FIRM_ENDS) for token in tokens)


def _counts(text: Clauses, index: int, size: int) -> bool:
    """Tell whether a number at a token counts so many elements: A和B两个项目; of a long list it may be another."""
    at = text.tokens[index].start if index < len(text.tokens) else -1
    counts = (row for row in text.quantities if row.start == at and row.low is not None)
    return any(row.low == size or (size >= _LONG and (row.noun or "").endswith(_COUNTED)) for row in counts)


def _separates(text: Clauses, index: int) -> bool:
    return separates(text, index) and index + 1 < len(text.tokens)


def _element_end(text: Clauses, begin: int) -> int:
    """Return where an element ends: at a separator or at the first token no name reaches over."""
    end = begin
    while end < len(text.tokens):
        opening = text.tokens[end].text
        behind = _skip(text, end, _MATES[opening]) if opening in _MATES else end
        if behind > end:
            end = behind
        elif is_hard(text, end) and not (_is_inner_verb(text, begin, end) or _is_alone(text, end)):
            break
        else:
            end += 1
    return end


def _is_alone(text: Clauses, index: int) -> bool:
    """Tell whether an ordinary word is all of an element in a list of firms: 乐华、特地、圣泰等陶瓷企业."""
    token = text.tokens[index]
    if index in text.blocked or token.kind or len(token.text) < _SHORT or not token.text.isalpha():
        return False
    before = text.tokens[index - 1].text if index else ""
    return before == "、" and _FIRMS_LISTED.match(text.article.folded, token.end, text.sentence.end) is not None


def _is_inner_verb(text: Clauses, begin: int, index: int) -> bool:
    """Tell whether a verb stands inside an element of a list of works that is counted: 睿涛完善扁钢、…等12个项目."""
    token = text.tokens[index]
    if index in text.blocked or not token.text.isalpha() or not token.tag.startswith(_SOFT_TAGS):
        return False
    listed = begin > 0 and text.tokens[begin - 1].text in {"、", "的"}
    inside = (
        listed
        and (len(token.text) > 1 or not token.kind)
        and (not token.kind or (token.kind == "cut" and index > begin))
    )
    return inside and _COUNTED_LIST.match(text.article.folded, token.end, text.sentence.end) is not None


def _skip(text: Clauses, index: int, mate: str) -> int:
    """Return the index behind a closing bracket, or behind the opening one where it is never closed.

    A round bracket belongs to the element where no figure stands in it and its name goes on, or it says a phase.
    """
    for close in range(index + 1, min(index + 30, len(text.tokens))):
        if text.tokens[close].text == mate:
            return close + 1 if mate != ")" or _is_bracket_inside(text, index, close) else index
    return index + 1


def _is_bracket_inside(text: Clauses, index: int, close: int) -> bool:
    """Tell whether a bracket's words belong to a name: a phase, or no figure among them, and the name goes on."""
    plain = not any(at in text.blocked for at in range(index, close))
    if turn("bracket.phase").fullmatch(text.article.folded, text.tokens[index].end, text.tokens[close].start):
        return True
    behind = text.tokens[close + 1].text if close + 1 < len(text.tokens) else ""
    return plain and behind.isalpha() and behind not in {"等", "等等", *AND}


def _is_count(text: Clauses, index: int) -> bool:
    """Tell whether a token is of a count: a number, a classifier, a blank beside one."""
    blank = text.tokens[index].text == " " and (index - 1 in text.blocked or index + 1 in text.blocked)
    return blank or index in text.blocked or text.tokens[index].tag in {"m", "q"}


def _tail(text: Clauses, begin: int) -> tuple[int, int]:
    """Return the tokens behind 等: a count and a noun phrase."""
    while begin < len(text.tokens) and text.tokens[begin].text == " ":
        begin += 1
    end = begin
    while end < len(text.tokens) and _is_count(text, end):
        end += 1
    if end < len(text.tokens) and (priced := turn("list.priced").match(text.article.folded, text.tokens[end].start)):
        end = text.index(priced.end())
    while end < len(text.tokens) and (
        text.tokens[end].text in load_words("classes", "in_tail")
        or not is_hard(text, end)
        or _STATED.match(text.article.folded, text.tokens[end].start)
    ):
        end += 1
    attribute = _ATTRIBUTE.match(text.article.folded, text.tokens[begin].start) if begin < len(text.tokens) else None
    return begin, max(end, text.index(attribute.end() - 1) + 1) if attribute else end
