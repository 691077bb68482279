"""Names in a sentence: from a suffix leftwards to where the name begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.reading.clauses import Clauses, Name
from kg.reading.gazetteer import known_places, rank, stems
from kg.reading.lexicon import Hit, SuffixRow, suffix_hits, suffix_rows
from kg.reading.rows import load_words
from kg.reading.tokens import Token

_AND = frozenset({"及", "和", "与", "暨"})
_OPEN, _CLOSE = "(“《[", ")”》]"
_INSIDE = frozenset("·-+&./")
_PARALLEL = re.compile(r"\w{2,8}(?:、\w{2,4})*、(\w{2,4})、$")
_EACH = "个项户家处座条所"
_HARD_TAGS = ("v", "d", "p", "c", "u", "r", "y", "i", "ad", "zg")
_PROPER = ("nr", "nz", "ns", "nt", "eng")


def find_names(text: Clauses) -> Iterator[Name]:
    """Yield every name and class that ends in a suffix, inner ones included, in the order of their ends."""
    base = text.sentence.start
    for hit in suffix_hits(text.article.folded[base : text.sentence.end]):
        placed = Hit(hit.start + base, hit.end + base, hit.row)
        name = _read(text, placed)
        if name is not None:
            yield name
            yield from _whole_of_phase(text, name)
            yield from firm_of_capacity(text, name)


def _read(text: Clauses, hit: Hit) -> Name | None:
    """Read the name that a suffix ends, if one does."""
    last = text.index(hit.end - 1)
    if text.tokens[last].end != hit.end or last in text.blocked:
        return None
    title = _title(text, hit)
    if title is not None:
        return title
    first = text.index(hit.start)
    if hit.end - hit.start == 1 and text.tokens[first].start < hit.start and not text.tokens[first].tag.startswith("n"):
        return None
    if text.tokens[first].text in load_words("words", "whole_words"):
        return None
    begin = left_edge(text, first)
    if hit.row.needs.startswith("brand"):
        return _brand(text, hit, begin, first)
    if hit.row.needs in {"firm", "works"}:
        begin = _past_callings(text, _firm_edge(text, begin, first, hit.end), first)
    elif hit.row.type == "Project":
        begin = _joined_edge(text, begin, first)
    elif hit.row.needs in {"quote", "plan"}:
        if begin > 1 and text.tokens[begin - 1].text == "的" and text.tokens[begin - 2].text == "”":
            begin = _opening(text, begin - 2) or begin
        begin = next((index for index in range(begin, first) if text.tokens[index].text == "“"), begin)
        begin = _parallel_edge(text, begin)
    return _named(text, hit, begin, first)


def firm_of_capacity(text: Clauses, name: Name) -> Iterator[Name]:
    """Yield the firm that a project's name begins with, right before a capacity: 立雅信5万吨…, 精锐恒丰年产300万只…."""
    if name.type != "Project" or not name.individual:
        return
    begin, last = text.index(name.start), text.index(name.end - 1)
    at = next((index for index in range(begin, last) if index in text.capacity), begin)
    while at > begin and text.tokens[at - 1].text in load_words("words", "capacity"):
        at -= 1
    own = text.tokens[begin:at]
    if own and 3 <= own[-1].end - name.start <= 9 and has_brand(own):
        yield Name(name.start, own[-1].end, "Enterprise", "firm-capacity")


def _whole_of_phase(text: Clauses, name: Name) -> Iterator[Name]:
    """Yield the project of which a name is a phase: 钢结构生产项目 of 钢结构生产项目一期."""
    written = text.article.folded[name.start : name.end]
    for phase in load_words("words", "phases"):
        if name.type == "Project" and name.individual and written.endswith((f"项目{phase}", f"项目{phase}工程")):
            yield Name(name.start, name.start + written.rindex(phase), "Project", "project-whole")


def _title(text: Clauses, hit: Hit) -> Name | None:
    """A suffix at the end of a title in 《》, or of a quote, takes the whole: “丰羽计划” is a programme."""
    folded = text.article.folded
    mark = folded[hit.end : hit.end + 1]
    if mark == "》":
        start = folded.rfind("《", text.sentence.start, hit.end) + 1
        return Name(start, hit.end, hit.row.type, hit.row.id) if start else None
    start = folded.rfind("“", max(text.sentence.start, hit.end - 14), hit.start)
    if mark != "”" or start < 0 or "”" in folded[start : hit.end] or hit.start == start + 1:
        return None
    campaign = hit.row.type == "Project" and folded.endswith("工程", 0, hit.end)
    kind = "Programme" if campaign else hit.row.type
    return Name(start, hit.end + 1, kind, hit.row.id) if kind in {"Programme", "Event"} else None


def left_edge(text: Clauses, first: int) -> int:
    """Return the index of the first token of the name that ends at or behind token `first`."""
    begin = first
    while begin > 0:
        if text.tokens[begin - 1].text in _CLOSE:
            opening = _opening(text, begin - 1)
            if opening is None:
                break
            begin = opening
            continue
        if (begin < first and text.tokens[begin - 1].text.endswith("项目")) or is_hard(text, begin - 1):
            break
        begin -= 1
    return _past_leads(text, begin, first)


def _past_leads(text: Clauses, begin: int, first: int) -> int:
    """Return the index behind the words that a name does not begin with; a bracket in front belongs to none."""
    while begin < first:
        token = text.tokens[begin]
        if token.text == "(":
            close = next((index for index in range(begin, first) if text.tokens[index].text == ")"), None)
            if close is None:
                break
            begin = close + 1
        elif token.kind == "lead" and not (token.text == "新" and _unknown(text.tokens[begin + 1])):
            begin += 1
        else:
            break
    return begin


def is_hard(text: Clauses, index: int) -> bool:
    """Tell whether no name reaches over a token; the model says so of a word that the tables do not know."""
    token = text.tokens[index]
    if index in text.blocked:
        return True
    if token.kind == "cut":
        return not _is_trade_word(text, index)
    if token.kind == "bound":
        return index + 1 < len(text.tokens) and (index + 1 in text.blocked or is_number(text.tokens[index + 1]))
    if token.kind == "join":
        return separates(text, index)
    if token.kind or index in text.capacity or index in text.inner:
        return False
    if not token.text.isalnum():
        return token.text not in _INSIDE
    if len(token.text) == 1:
        return token.text.isdigit() or (token.tag[0] == "q" and index > 0 and is_number(text.tokens[index - 1]))
    if is_number(token):
        return True
    if token.tag.startswith(_HARD_TAGS) and not token.tag.startswith("vn"):
        return not text.is_noun(index)
    return False


def separates(text: Clauses, index: int) -> bool:
    """Tell whether an "and" separates names: not within a brand, nor between two capacities (5万吨刚玉及1万吨蓝刚玉)."""
    token = text.tokens[index]
    if token.kind != "join":
        return False
    return not (token.text in _AND and index + 1 in text.capacity) and not _begins_brand(text, index)


def _is_trade_word(text: Clauses, index: int) -> bool:
    """Tell whether 投资 is a part of a firm's name (水务投资集团) and no verb."""
    folded, token = text.article.folded, text.tokens[index]
    return token.text == "投资" and folded.startswith(load_words("words", "behind_investment"), token.end)


def is_number(token: Token) -> bool:
    """Tell whether a token is a number and no name (5G)."""
    return token.text[0].isdigit() and (token.text.isdigit() or not token.text[-1].isascii())


def _begins_brand(text: Clauses, index: int) -> bool:
    """Tell whether a 和 belongs to a name (和盛食品, 生和堂食品): it has nothing on its left to join, or one character.

    One unknown character must follow where nothing or a place stands before it, and then a word that is known.
    """
    if text.tokens[index].text != "和" or index + 2 >= len(text.tokens):
        return False
    before = text.tokens[index - 1] if index else None
    if before is not None and len(before.text) == 1 and _unknown(before) and (index == 1 or is_hard(text, index - 2)):
        return True
    after, behind = text.tokens[index + 1 : index + 3]
    if len(after.text) != 1 or after.kind or not after.text.isalpha() or len(behind.text) == 1:
        return False
    return before is None or not before.text.isalnum() or before.kind == "cut" or is_place(before)


def _opening(text: Clauses, close: int) -> int | None:
    """Return the index of the bracket that a bracket closes, at most twelve tokens before it."""
    mate = _OPEN[_CLOSE.index(text.tokens[close].text)]
    for index in range(close - 1, max(close - 13, -1), -1):
        if text.tokens[index].text == mate:
            return index
    return None


def _past_callings(text: Clauses, begin: int, first: int) -> int:
    """Return where a firm begins behind what it is called: 电池生产企业通威集团, 投资者圣丰集团."""
    callings = load_words("words", "callings")
    stops = [index for index in range(begin, first) if text.tokens[index].text.endswith(callings)]
    return _past_leads(text, stops[-1] + 1, first) if stops else begin


def _firm_edge(text: Clauses, begin: int, first: int, end: int) -> int:
    """Return where a firm of legal form begins, when a character broke it off that may be a part of it (上海均和集团).

    The model is asked; where it sees no organisation, one or two such characters are taken, so that a brand has two.
    """
    ambiguous = load_words("words", "ambiguous")
    if begin == 0 or text.tokens[begin - 1].text not in ambiguous:
        return begin
    start = text.organisation(end)
    if start is not None and start < text.tokens[begin].start:
        return text.index(start)
    at = begin
    while at > 0 and text.tokens[first].start - text.tokens[at].start < 2 and text.tokens[at - 1].text in ambiguous:
        at -= 1
    return left_edge(text, at) if at and is_place(text.tokens[at - 1]) else begin


def _joined_edge(text: Clauses, begin: int, first: int) -> int:
    """Return where a work begins that an "and" is part of: …技术研发及产业孵化项目, 药用植物种植及加工项目.

    The last part alone names nothing, or 及 joins it; the part before names something, and is no firm or project itself.
    """
    at = begin
    while at > 0 and text.tokens[at - 1].kind == "lead" and at - 1 not in text.blocked:
        at -= 1
    if at < 2 or text.tokens[at - 1].text not in _AND:
        return begin
    if text.tokens[at - 1].text != "及" and names_work(text.tokens[begin:first]):
        return begin
    left = left_edge(text, at - 1)
    part = "".join(token.text for token in text.tokens[left : at - 1])
    firm = any(hit.row.type == "Enterprise" and hit.end == len(part) for hit in suffix_hits(part))
    return left if specific(text.tokens[left : at - 1]) and not firm and "项目" not in part else begin


def _parallel_edge(text: Clauses, begin: int) -> int:
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


def _brand(text: Clauses, hit: Hit, begin: int, first: int) -> Name | None:
    """A trade name: two to four characters that no dictionary knows, right before the trade."""
    while first > begin and text.tokens[first - 1].text in trades():
        first -= 1
    start, base = first, text.tokens[first].start
    while start > begin and _unknown(text.tokens[start - 1]) and base - text.tokens[start - 1].start <= 4:
        start -= 1
    run = text.tokens[start:first]
    if base - text.tokens[start].start < 2:
        return None
    after = text.index(hit.end - 1) + 1
    if all(is_place(token) for token in run) and not _is_homonym(text, run, hit, after):
        return None
    if hit.row.needs == "brand end" and _goes_on(text, after):
        return None
    if _names_trade(text, after):
        return None
    return Name(text.tokens[start].start, hit.end, hit.row.type, hit.row.id)


@cache
def trades() -> frozenset[str]:
    """Return the trades that firms are named by."""
    return frozenset(word for row in suffix_rows() if row.needs.startswith("brand") for word in row.suffixes)


def _names_trade(text: Clauses, index: int) -> bool:
    """Tell whether what stands behind a trade shows that no firm is named: 科技小镇, 晶硅电池生产企业."""
    behind = [token.text for token in text.tokens[index : index + 2]]
    if behind and behind[0] in load_words("words", "not_behind_trade"):
        return True
    return len(behind) == 2 and text.tokens[index].kind == "lead" and behind[1].endswith("企业")


def _is_homonym(text: Clauses, run: Sequence[Token], hit: Hit, index: int) -> bool:
    """Tell whether a place's name is a brand here: 北辰冷链拟投资, 安达科技; a district in full is none."""
    if any(token.text in known_places() for token in run):
        return False
    if index < len(text.tokens) and text.tokens[index].text in load_words("words", "firm_acts"):
        return True
    county = all((rank(token.text) or 0) >= 3 for token in run)
    return county and text.article.folded[hit.start : hit.end] in load_words("words", "firm_trades")


def has_brand(tokens: Sequence[Token]) -> bool:
    """Tell whether words hold a run of two characters that no dictionary knows, or a proper name."""
    run = 0
    for token in tokens:
        run = run + len(token.text) if _unknown(token) and not is_place(token) else 0
        if run >= 2:
            return True
    return False


def _goes_on(text: Clauses, index: int) -> bool:
    """Tell whether a noun phrase goes on at a token: "科技" of 科技园 names no firm."""
    if index >= len(text.tokens) or text.tokens[index].kind == "lead":
        return False
    if text.tokens[index].text in load_words("words", "capacity"):
        return False
    return not is_hard(text, index)


def _unknown(token: Token) -> bool:
    """Tell whether a token is a character left over, or tagged as a proper name."""
    if token.kind not in {"", "bound"} or not token.text.isalnum():
        return False
    return len(token.text) == 1 or token.tag.startswith(_PROPER)


def _named(text: Clauses, hit: Hit, begin: int, first: int) -> Name:
    """A name where something specific stands before the suffix, else a class."""
    start, end = min(text.tokens[begin].start, hit.start), _with_phase(text, hit)
    before = (*text.tokens[begin:first], *_head(text, hit, first))
    if start == hit.start or (hit.row.type != "Product" and _counted(text, start)) or _counts_behind(text, end):
        return Name(start, end, hit.row.type, hit.row.id, individual=False)
    if hit.row.needs == "plan":
        return Name(start, end, hit.row.type, hit.row.id, individual=_is_plan(text, begin, before, end))
    if hit.row.type == "Project" and (campaign := _campaign(text, begin, first, end)) is not None:
        return Name(campaign, end, "Programme", f"{hit.row.id}-campaign")
    found = Name(start, end, hit.row.type, hit.row.id, individual=_is_individual(before, hit.row))
    return _as_built(text, found, begin, before)


def _is_individual(before: Sequence[Token], row: SuffixRow) -> bool:
    """Tell whether the words before a suffix make it a name, by what its row needs."""
    if row.needs == "words":
        return any(token.kind != "lead" and token.text not in load_words("words", "vague") for token in before)
    if row.needs in {"quote", "title"}:
        return row.needs == "quote" and any(token.text == "”" for token in before)
    if row.needs == "work":
        return names_work(before)
    if row.needs == "office":
        return any(is_place(token) or token.text in load_words("words", "levels") for token in before)
    return specific(before) if row.needs == "specific" else _names_firm(before, row)


def _is_plan(text: Clauses, begin: int, before: Sequence[Token], end: int) -> bool:
    """Tell whether words before 计划 or 战略 name one: a quote, or a verb that carries a plan out, and two words."""
    if any(token.text == "”" for token in before):
        return True
    verb = text.tokens[begin - 1].text if begin else ""
    told = [token for token in before if token.text.isalnum() and token.text not in load_words("words", "vague")]
    enough = 2 if text.article.folded.endswith("改革", 0, end) else 4
    return verb.endswith(load_words("words", "carry_out")) and sum(len(token.text) for token in told) >= enough


def _campaign(text: Clauses, begin: int, first: int, end: int) -> int | None:
    """Return where a 工程 begins that is a campaign and no building work: 实施企业成长工程."""
    if not text.article.folded.endswith("工程", 0, end):
        return None
    while begin > 0 and text.tokens[begin - 1].kind == "lead" and begin - 1 not in text.blocked:
        begin -= 1
    verb = text.tokens[begin - 1].text if begin else ""
    words = "".join(token.text for token in text.tokens[begin:first])
    told = any(word in words for word in load_words("words", "campaign"))
    if not told or any(word in words for word in load_words("words", "construction")):
        return None
    return text.tokens[begin].start if verb.endswith(load_words("words", "carry_out")) else None


def _as_built(text: Clauses, name: Name, begin: int, before: Sequence[Token]) -> Name:
    """A site right behind a word such as 新建 is a project too; one that two words tell apart is then an individual."""
    if name.type not in {"Park", "Facility"} or not _is_being_built(text, name, begin):
        return name
    told = [token for token in before if token.text.isalnum() and token.text not in load_words("words", "vague")]
    individual = name.individual or len(told) >= 2
    return Name(name.start, name.end, "Project", f"{name.rule}-built", individual, name.type)


def _is_being_built(text: Clauses, name: Name, begin: int) -> bool:
    """Tell whether a site is being built: 新建 before it, or before what describes it (…的); 主体 or 封顶 behind it."""
    folded, verbs = text.article.folded, load_words("words", "build")
    if begin and begin - 1 not in text.blocked and text.tokens[begin - 1].text in verbs:
        return True
    if name.type == "Park":
        return False
    if begin and text.tokens[begin - 1].text == "的":
        return any(token.text in verbs for token in text.tokens[: begin - 1] if token.start >= name.start - 60)
    words = load_words("words", "building" if name.individual else "surely_building")
    return folded.startswith(words, name.end)


def _head(text: Clauses, hit: Hit, first: int) -> tuple[Token, ...]:
    """Return what stands before the suffix in its own token (重点 of 重点项目), as a token of the same kind."""
    token = text.tokens[first]
    if token.start == hit.start:
        return ()
    return (Token(token.start, hit.start, token.text[: hit.start - token.start], token.tag, token.kind),)


def _counted(text: Clauses, start: int) -> bool:
    """Tell whether a number counts what begins at an offset: 5个改造项目 are a group."""
    folded = text.article.folded
    return any(row.end == start and row.low != 1 and folded[row.end - 1] in _EACH for row in text.quantities)


def _counts_behind(text: Clauses, end: int) -> bool:
    """Tell whether a number right behind counts what ends at an offset: 机械制造业项目24个 are a group."""
    return any(row.start == end and row.noun is None and row.unit[:1] in _EACH for row in text.quantities)


def _names_firm(tokens: Sequence[Token], row: SuffixRow) -> bool:
    """Tell whether the words before a firm's suffix name one: by a brand, that is an unknown or a proper word.

    Of legal form, one word that is not plain is enough behind a place (江苏远景集团), two anywhere.
    """
    own = [token for token in tokens if not is_place(token)]
    if any(_unknown(token) or token.kind in {"cut", "join"} for token in own):
        return True
    content = _content(own)
    if row.id == "firm-limited" and tokens and (content or len(tokens[-1].text) == 2):
        return True
    enough = 1 if len(own) < len(tokens) else 2
    return row.needs == "firm" and len(content) >= enough


def names_work(tokens: Sequence[Token]) -> bool:
    """Tell whether the words before 项目 name one: something specific, or an object that is not plain and an action.

    What belongs to the place or park that they begin with does not count (开发区重点项目).
    """
    own = list(tokens)
    while own and is_place(own[0]):
        own.pop(0)
    slogan = list(own)
    while slogan and (slogan[0].kind or slogan[0].tag == "m") and slogan[0].text != "“":
        slogan.pop(0)
    if slogan and slogan[0].text == "“" and slogan[-1].text == "”":
        return False
    parks = [index for index, token in enumerate(own) if token.text in load_words("words", "sites")]
    if parks and own[parks[-1] + 1 :]:
        own = own[parks[-1] + 1 :]
    told = [token for token in own if token.text.isalnum() and token.text not in load_words("words", "vague")]
    if any(token.text.endswith("亿元") or token.text.endswith("万元") or token.text == "以上" for token in own):
        return False
    content = _content(own)
    return specific(own) or (bool(content) and (len(told) >= 2 or len(content[0].text) >= 4))


def _content(tokens: Sequence[Token]) -> list[Token]:
    """Return the words that are in no table and no number."""
    return [token for token in tokens if not token.kind and token.text.isalnum() and token.tag != "m"]


def _with_phase(text: Clauses, hit: Hit) -> int:
    """Return where a name ends, a phase in brackets behind it included: 项目(一期)."""
    folded = text.article.folded
    for phase in load_words("words", "phases"):
        if hit.row.type in {"Project", "Park"} and folded.startswith(f"({phase})", hit.end):
            return hit.end + len(phase) + 2
    return hit.end


def is_place(token: Token) -> bool:
    """Tell whether a token is a place of the reference table, in full or without its level."""
    return token.text in known_places() or token.text in stems()


def specific(tokens: Sequence[Token]) -> bool:
    """Tell whether words name an individual: a proper name, an unknown run, a quote, or two words that are not plain."""
    content = _content(tokens)
    if any(token.text == "”" for token in tokens):
        return True
    if any(token.tag.startswith(_PROPER) and len(token.text) > 1 for token in content):
        return True
    return len(content) >= 2
