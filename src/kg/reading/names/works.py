"""Projects, sites being built, plans and campaigns: what makes words one, and where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import AND, is_hard
from kg.reading.names.specific import content, has_brand, is_place, is_site, specific, told
from kg.reading.rows import load_words
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import Token

_IS = re.compile(r"(?<![分称成作因设改认])(?:为|是|系|属|属于)(?:全[国省市县区]|我[省市县区]|当地)?$")
_BECOMING = re.compile(r"(?:成为|打造成为?|建设成为?|建成为|发展成为)[^;。:]*$")
_PUT_INTO = re.compile(r"投资[^,。;:、]{0,14}?(?:建设|兴建|新建|打造|建成|开发)的$")
_SLOGAN = re.compile(
    r"“(?:(?:[一二三四五六七八九十双][个大项类]?|两[^“”]{1,2}(?=[一两三四]))[^“”]{1,6}|[^“”]{1,4}一批)”$"
)
_SITED, _SAID = 3, 3
_OWNED = re.compile(
    r"(?:(?:有限|集团|总|分|子)?公司|集团|厂|合作社)(?:\([^()]{1,10}\))?(?:的|启动|新上|实施|推进|上马)$"
)
_OWN_PRICE = re.compile(r"(?:公司|集团|厂|合作社)(?:计划|拟|共)?总?投资[约近超]?[\d.]+[万亿]+元?的$")
_SUCH = re.compile(r"[于为]一体的(?:综合性|现代化|大型|综合|国际化|一流|高端|规模化)")
_CULTURED = ("文化村", "度假村", "民俗村", "民宿村", "旅游村", "小镇", "新城镇")
_LEVELS = ("镇", "乡", "街道", "村", "县", "市", "旗", "省")
_CEREMONY = re.compile(r"(?:集中)?(?:签约|开工|奠基|投产|竣工|启动|开业|揭牌|落成|通车|动工)(?:仪式|大会|活动)?$")
_INTO = re.compile(r"(?:打造成?为?|建设?成为?)集[^;。]{2,40}[为于]一体的(?:综合[型性]|现代化|大型|复合型)?$")
_ONE_OF = re.compile(r"一个(?:项目)?(?:为|是)$")
_CAMPAIGN = 8
_SIZED = 3
_OPENS = tuple(",;。:\n ")


def names_work(tokens: Sequence[Token]) -> bool:
    """Tell whether the words before 项目 name one: something specific, or an object that is not plain and an action.

    What belongs to the place or park that they begin with does not count (开发区重点项目).
    """
    own = list(tokens)
    roads = load_words("carried", "road_words")
    if any(is_place(one) and other.text in roads for one, other in pairwise(own)):
        return True
    while own and is_place(own[0]):
        own.pop(0)
    slogan = list(own)
    while slogan and (slogan[0].kind or slogan[0].tag == "m") and slogan[0].text != "“":
        slogan.pop(0)
    if slogan and slogan[0].text == "“" and slogan[-1].text == "”" and not _SLOGAN.search(_written(own)):
        return has_brand(slogan[1:-1])
    own = _behind_site(own)
    if _tells_class(own) or _is_bare_site(own):
        return False
    vague = load_words("words", "vague")
    own = [token for token in own if len(token.text) == 1 or token.text not in vague]
    words = [token for token in content(own) if not token.text.endswith("平台")]
    sized = any(token.text.isdigit() for token in own) and len(told(own)) > _SIZED
    return specific(own) or sized or (bool(words) and (len(told(own)) >= 2 or len(words[0].text) >= 4))


def _is_bare_site(own: Sequence[Token]) -> bool:
    """Tell whether words say only where works are: 经济开发区项目, 马铺乡重点项目."""
    sites, vague = load_words("words", "sites"), {*load_words("words", "vague"), *load_words("words", "class_heads")}
    if own and all(token.text in sites for token in own):
        return True
    town = next((index for index, token in enumerate(own) if token.text in {"乡", "镇", "街道"}), None)
    return town is not None and town + 1 < len(own) and all(token.text in vague for token in own[town + 1 :])


def _written(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _behind_site(own: list[Token]) -> list[Token]:
    """Return the words behind the last park that they hold, all where but 建设 and the like follows a named one."""
    parks = [index for index, token in enumerate(own) if is_site(token)]
    behind = own[parks[-1] + 1 :] if parks else []
    if behind and (any(token.kind != "lead" for token in behind) or not specific(own[: parks[-1]])):
        return behind
    return own


def _tells_class(own: Sequence[Token]) -> bool:
    """Tell whether words make a class of works: a slogan, money, a count, a town, or what is done with any work."""
    if not own:
        return False
    last = own[-1].text
    if last == "”" and _SLOGAN.search(_written(own)):
        return True
    if last.endswith("型") or last in {*load_words("words", "pursuing"), *load_words("words", "counts")}:
        return True
    priced = any(token.text.endswith(("亿元", "万元", "以上")) for token in own)
    if priced or (last.endswith(_LEVELS) and not last.endswith(_CULTURED)):
        return True
    traded = last == "产业" and bool(content(own)) and 3 <= len(told(own)) <= (4 if len(content(own)) < 2 else 9)
    joined = traded or (len(own) > 1 and own[-2].text in AND)
    joined = joined or (last in load_words("words", "heads_of_objects") and bool(content(own[-2:-1])))
    if last in load_words("words", "class_heads") and not joined and not has_brand(own):
        return True
    actions = (*load_words("words", "class_actions"), *load_words("words", "vague"))
    return all(token.text in actions or token.kind == "lead" for token in own)


def is_class(text: Clauses, name: Name, begin: int) -> bool:
    """Tell whether what stands around a work's name makes it a class: 等业态融合项目, 一批强链补链项目, 作项目介绍."""
    if text.article.folded.startswith(load_words("words", "told_of"), name.end):
        return True
    if text.article.folded.endswith(load_words("words", "plural"), text.sentence.start, name.start):
        return True
    at = begin
    while at and text.tokens[at - 1].kind == "lead":
        at -= 1
        if text.tokens[at].text in load_words("words", "several"):
            return not text.article.folded.startswith(("、", "和", "等"), name.end)
    return bool(at) and text.tokens[at - 1].text in {"等", "等等", "作为"}


def is_priced(text: Clauses, begin: int, before: Sequence[Token]) -> bool:
    """Tell whether a figure before a work makes it a particular one: 总投资10亿的生态农业综合开发项目."""
    start = text.tokens[begin].start if begin < len(text.tokens) else 0
    low = max(start - 24, text.sentence.start)
    if before and turn("work.this-priced").search(text.article.folded, max(start - 32, text.sentence.start), start):
        return bool(told(before))
    if before and _OWN_PRICE.search(text.article.folded, max(start - 32, text.sentence.start), start):
        return bool(told(before))
    put = any(
        pattern.search(text.article.folded, low, start) for pattern in (turn("work.put"), turn("work.put-in"), _OWNED)
    )
    own = [token for token in told(before) if token.text not in load_words("words", "class_heads")]
    plain = len(own) == 1 and own[0].kind == "plain"
    size = sum(len(token.text) for token in own)
    whole = sum(len(token.text) for token in before if token.kind != "lead")
    said = bool(own) and not own[-1].kind and max(size, whole - 1) >= _SAID
    return put and not plain and (size > _SAID or said)


def _is_what_another_builds(works: Sequence[Name], folded: str, name: Name, start: int) -> bool:
    """Tell whether a capacity only says what another work is (甲项目投资12亿元,兴建年产200万平方米线路板项目)."""
    if not folded.startswith(load_words("words", "capacity"), name.start):
        return False
    begins = max(start, folded.rfind(";", start, name.start) + 1)
    opening = any(other.start == begins and other.end < name.start for other in works)
    return opening and turn("work.consists-of").search(folded, begins, name.start) is not None


def described(names: Sequence[Name], folded: str, start: int) -> Iterator[Name]:
    """Yield the names of a sentence, a work that another is said to be as a class: A为…下游项目."""
    works = [name for name in names if name.individual and name.type in {"Project", "Park"}]
    for name in names:
        before = folded[start : name.start]
        said = any(other.end <= name.start and "项目" in folded[other.start : other.end] for other in works)
        one = _ONE_OF.search(before) is not None or (said and _INTO.search(before) is not None)
        one = one or _is_what_another_builds(works, folded, name, start)
        is_said = name.type == "Project" and name.individual and ((said and _IS.search(before) is not None) or one)
        yield replace(name, individual=False) if is_said else name


def freed(names: Sequence[Name], folded: str) -> Iterator[Name]:
    """Yield the names of a sentence without the ceremonies of works that are named: 睿涛铸造项目开工仪式."""
    works = {name.end for name in names if name.individual and name.type == "Project"}
    for name in names:
        match = _CEREMONY.search(folded, name.start, name.end) if name.type == "Event" else None
        if match is None or match.start() not in works:
            yield name


def is_plan(text: Clauses, begin: int, before: Sequence[Token], end: int) -> bool:
    """Tell whether words before 计划 or 战略 name one: a quote, or a verb that carries a plan out, and two words."""
    if any(token.text == "”" for token in before):
        return True
    verb = text.tokens[begin - 1].text if begin else ""
    enough = 2 if text.article.folded.endswith("改革", 0, end) else 4
    return verb.endswith(load_words("words", "carry_out")) and sum(len(token.text) for token in told(before)) >= enough


def campaign_start(text: Clauses, begin: int, first: int, end: int) -> int | None:
    """Return where a 工程 begins that is a campaign and no building work: 实施企业成长工程, ;教育助学工程资助…."""
    if not text.article.folded.endswith("工程", 0, end):
        return None
    while begin > 0 and text.tokens[begin - 1].kind == "lead" and begin - 1 not in text.blocked:
        begin -= 1
    verb = text.tokens[begin - 1].text if begin else ""
    words = "".join(token.text for token in text.tokens[begin:first])
    meant = words.removesuffix("项目").endswith("”") or any(word in words for word in load_words("words", "campaign"))
    if not meant or any(word in words for word in load_words("words", "construction")):
        return None
    start = text.tokens[begin].start
    heads = end - start <= _CAMPAIGN and text.article.folded[start - 1 : start] in _OPENS
    return start if heads or verb.endswith(load_words("words", "carry_out")) else None


def as_built(text: Clauses, name: Name, begin: int, own: Sequence[Token]) -> Name:
    """A site right behind a word such as 新建 is a project too; one that two words tell apart is then an individual."""
    works = name.rule == "firm-works" and name.individual and text.article.folded[name.end - 1] == "厂"
    works = works and not text.article.folded.startswith(load_words("carried", "roads"), name.end)
    before = [token.text for token in text.tokens[max(begin - 2, 0) : begin] if token.text != "了"]
    if works and before and before[-1] in load_words("words", "build"):
        return Name(name.start, name.end, "Project", f"{name.rule}-built", also="Enterprise")
    if name.type not in {"Park", "Facility"} or not _is_being_built(text, name, begin):
        return name
    priced = bool(own) and is_priced(text, begin, [*own, *own])
    sited = len(own) == 1 and is_place(own[0]) and name.end - own[0].end >= _SITED
    numbered = any(row.start == name.end for row in text.quantities)
    told_apart = name.type == "Facility" and not numbered and (len(told(own)) >= 2 or priced or sited)
    individual = name.individual or told_apart
    individual = individual and not text.article.folded.startswith(load_words("words", "of_any_village"), name.start)
    return Name(name.start, name.end, "Project", f"{name.rule}-built", individual, name.type)


def _is_being_built(text: Clauses, name: Name, begin: int) -> bool:
    """Tell whether a site is being built: 新建 or 总投资3亿元的 before it, or such a verb before what describes it.

    Of a facility 主体 or 封顶 behind it says so too.
    """
    folded, verbs = text.article.folded, load_words("words", "build")
    while begin and text.tokens[begin - 1].text in load_words("words", "ranks"):
        begin -= 1
    before = text.tokens[begin - 1].text if begin else ""
    if before == "了" and begin > 1:
        before = text.tokens[begin - 2].text
    finished = before.startswith("建成") and folded.endswith("基地", 0, name.end)
    if begin - 1 not in text.blocked and before in verbs and not finished:
        return True
    priced = begin - 2 in text.blocked and "投资" in folded[max(name.start - 24, 0) : name.start]
    if before == "的" and (priced or folded.endswith("投资的", 0, name.start)):
        return True
    if _PUT_INTO.search(folded, max(name.start - 32, text.sentence.start), name.start):
        return True
    if name.type == "Park":
        return False
    if before == "的" and any(token.text in verbs and token.start >= name.start - 60 for token in text.tokens[:begin]):
        return True
    return folded.startswith(load_words("words", "building" if name.individual else "surely_building"), name.end)


def is_title(text: Clauses, begin: int, end: int) -> bool:
    """Tell whether words stand for a title that something got and for no site: 被评为首批国家级示范园.

    So does the end of a clause behind 成为 and an attribute: 将成为服务全省的物流园区.
    """
    behind = text.index(end - 1) + 1
    if behind < len(text.tokens) and not is_hard(text, behind) and text.tokens[behind].kind != "lead":
        return False
    at, skipped = begin, ("“", *load_words("classes", "wholes"))
    while at and (text.tokens[at - 1].kind == "lead" or text.tokens[at - 1].text in skipped):
        at -= 1
    if at > 1 and text.tokens[at - 1].text == "的":
        folded, start = text.article.folded, text.tokens[at].start
        such = _SUCH.match(folded, max(start - 4, text.sentence.start)) is not None
        return such or _BECOMING.search(folded[text.sentence.start : start]) is not None
    shown = at > 1 and text.tokens[at - 1].text == "为" and text.tokens[at - 2].text.endswith("图")
    return bool(at) and not shown and text.tokens[at - 1].text in load_words("words", "becoming")
