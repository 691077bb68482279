"""Projects, sites being built, plans and campaigns: what makes words one, and where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import AND, is_hard, left_edge
from kg.reading.names.specific import begins_longer, content, has_brand, is_place, is_site, specific, told
from kg.reading.rows import load_words
from kg.reading.vocabulary.gazetteer import known_places, stems
from kg.reading.vocabulary.lexicon import suffix_hits
from kg.reading.vocabulary.tokens import Token

_IS = re.compile(r"(?<![分称成作因设改认])(?:为|是|系|属|属于)(?:全[国省市县区]|我[省市县区]|当地)?$")
_BECOMING = re.compile(r"(?:成为|打造成为?|建设成为?|建成为|发展成为)[^;。:]*$")
_PUT_INTO = re.compile(r"投资[^,。;:、]{0,14}?(?:建设|兴建|新建|打造|建成|开发)的$")
_SLOGAN = re.compile(
    r"“(?:(?:[一二三四五六七八九十双][个大项类]?|两[^“”]{1,2}(?=[一两三四]))[^“”]{1,6}|[^“”]{1,4}一批)”$"
)
_REACH, _SITED, _SAID = 40, 3, 3
_SIZES = ("大型", "中型", "小型")
_PUT = re.compile(r"投资(?:[^,。;:、的]{0,14})的$")
_PUT_IN = re.compile(r"投资[约近超]?[\d.]+[万亿]*多?余?元?(?:人民币)?,?(?:建设|新建|兴建|打造|实施|上马|新上)$")
_OWNERS = re.compile(r"(?:公司|集团|厂|合作社)(?:\([^()]{1,10}\))?的(?P<name>[^,。;:的等“”()]{4,40})$")
_OWNED = re.compile(
    r"(?:(?:有限|集团|总|分|子)?公司|集团|厂|合作社)(?:\([^()]{1,10}\))?(?:的|启动|新上|实施|推进|上马)$"
)
_OWN_PRICE = re.compile(r"(?:公司|集团|厂|合作社)(?:计划|拟|共)?总?投资[约近超]?[\d.]+[万亿]+元?的$")
_DONE_TO = re.compile(r"(?:签约|签订|签署|建设|兴建|新建|打造|实施|引进|承建|投建|开工|谋划|推进)的$")
_SUCH = re.compile(r"[于为]一体的(?:综合性|现代化|大型|综合|国际化|一流|高端|规模化)")
_OUTPUTS = re.compile(r"(?:公司|集团|厂)(?:年产)?[\d.]+[^,。;:、的\s\d]{2,16}(?<!项目)(?<!工程)(?<!基地)(?<!生产线)、$")
_CULTURED = ("文化村", "度假村", "民俗村", "民宿村", "旅游村", "小镇", "新城镇")
_LEVELS = ("镇", "乡", "街道", "村", "县", "市", "旗", "省")
_LISTED = re.compile(r"(?!(?:建设)?(?:项目|工程))|(?:建设)?(?:项目|工程)[^,。;:、等]{0,3}[、等]")
_ENDED = ("项目", "工程", "基地", "园", "园区", "中心", "厂房")
_CEREMONY = re.compile(r"(?:集中)?(?:签约|开工|奠基|投产|竣工|启动|开业|揭牌|落成|通车|动工)(?:仪式|大会|活动)?$")
_INTO = re.compile(r"(?:打造成?为?|建设?成为?)集[^;。]{2,40}[为于]一体的(?:综合[型性]|现代化|大型|复合型)?$")
_ONE_OF = re.compile(r"一个(?:项目)?(?:为|是)$")
_CAMPAIGN = 8
_OPENS = tuple(",;。:\n ")


def joined_edge(text: Clauses, begin: int, first: int) -> int:
    """Return where a work begins that an "and" is part of: …技术研发及产业孵化项目, 药用植物种植及加工项目.

    The last part alone names nothing, or 及 joins it; the part before names something, and is no firm or project.
    """
    for edge in (_behind_owner(text, first), _behind_attribute(text, begin, first)):
        if edge is not None:
            return edge
    begin = past_place(text, begin, first)
    outputs = _OUTPUTS.search(text.article.folded, text.sentence.start, text.tokens[begin].start)
    if outputs is not None and begin < first:
        return left_edge(text, begin - 1)
    at = begin
    while at > 0 and text.tokens[at - 1].kind == "lead" and at - 1 not in text.blocked:
        at -= 1
    if at < 2 or at == first or text.tokens[at - 1].text not in AND:
        return begin
    if _is_apart(text.tokens[at - 1].text, text.tokens[max(at - 4, 0) : at - 1], text.tokens[begin:first]):
        return begin
    left = left_edge(text, at - 1)
    part = "".join(token.text for token in text.tokens[left : at - 1])
    owned = "公司" in part[:-2] or "集团" in part[:-2]
    brand = has_brand(text.tokens[left : at - 1])
    firm = any(
        hit.row.type == "Enterprise" and hit.end == len(part) and not owned and (brand or hit.row.needs != "brand end")
        for hit in suffix_hits(part)
    )
    return left if specific(text.tokens[left : at - 1]) and not firm and "项目" not in part else begin


def _is_apart(joint: str, before: Sequence[Token], own: Sequence[Token]) -> bool:
    """Tell whether words behind an "and" name a work, or only a class of works behind 暨 (开园暨重大产业项目)."""
    if joint == "暨":
        return _written(before).endswith(("会", "仪式", "活动", "节")) or all(
            token.kind in {"plain", "lead"} for token in own
        )
    return joint not in {"及", "及其"} and names_work(own)


def _behind_owner(text: Clauses, first: int) -> int | None:
    """Return where a project begins right behind the firm that has it: 睿涛公司的一、二次融合开关生产项目."""
    folded, end = text.article.folded, text.tokens[first].start
    match = _OWNERS.search(folded, max(text.sentence.start, end - _REACH - 20), end)
    listed = _LISTED.match(folded, end) is not None and "、" in folded[match.start("name") : end] if match else True
    if (
        match is None
        or listed
        or any(word in match["name"] for word in ("项目", "工程", "支持", "带动", "帮助", "努力"))
    ):
        return None
    begin = text.index(match.start("name"))
    return begin if text.tokens[begin].start == match.start("name") and begin < first else None


def _behind_attribute(text: Clauses, begin: int, first: int) -> int | None:
    """Return where a work begins right behind what is put into it or done with it, its parts joined within.

    So in 投资5亿元的饲料及种猪繁育项目 and 投资3亿元的电动车研发、制造及销售项目. A part that is a work is apart,
    and so is one behind the first that begins with a brand.
    """
    at = begin
    reach = text.tokens[min(begin, len(text.tokens) - 1)].start - _REACH
    while at > 0 and text.tokens[at - 1].start >= reach and _goes_back(text, at - 1):
        at -= 1
    joints = [index for index in range(at, begin) if text.tokens[index].text in AND or text.tokens[index].text == "、"]
    while at < begin and text.tokens[at].kind == "lead":
        if text.tokens[at].text in _SIZES and _PUT.search(
            text.article.folded, max(text.tokens[at].start - 24, 0), text.tokens[at].start
        ):
            return at
        at += 1
    start = text.tokens[at].start if at < len(text.tokens) else 0
    low = max(start - 24, text.sentence.start)
    behind = any(pattern.search(text.article.folded, low, start) for pattern in (_PUT, _PUT_IN, _DONE_TO))
    over = any(is_hard(text, index) for index in range(at, begin) if index not in joints)
    if not (joints or over) or not behind or any(_ends_part(text, index) for index in joints):
        return None
    if not joints:
        return at
    plain = _PUT.search(text.article.folded, low, start) and all(text.tokens[index].text in AND for index in joints)
    if not plain and _LISTED.match(text.article.folded, text.tokens[first].start) is not None:
        return None
    return at


def _ends_part(text: Clauses, joint: int) -> bool:
    """Tell whether a work ends at an "and" or "、", or one of its own begins behind it."""
    if text.tokens[joint - 1].text.endswith(_ENDED):
        return True
    if text.tokens[joint].text in {"及", "及其", "暨"}:
        return False
    part = text.tokens[joint + 1 : joint + 3]
    own = "".join(token.text for token in part if token.tag.startswith(("nr", "nz", "nt")))
    return len(own) >= 2 or (bool(part) and is_place(part[0]))


def _goes_back(text: Clauses, index: int) -> bool:
    """Tell whether a work that an attribute describes may hold a token: an "and" too."""
    token = text.tokens[index]
    verbal = not token.kind and token.text.isalpha() and index not in text.blocked
    return token.text in AND or token.text == "、" or token.kind == "lead" or verbal or not is_hard(text, index)


def past_place(text: Clauses, begin: int, first: int) -> int:
    """Return where a work begins behind where, or by whom, it is built: 在高新区建设建材项目, 某公司扩建铁精矿项目."""
    within = begin > 0 and text.tokens[begin - 1].text in {"在", "于"}
    verbs = load_words("words", "build") + (load_words("words", "done_there") if within else ())
    for index in range(begin + 1, first):
        by_firm = index < first - 1 and text.tokens[index - 1].text.endswith(load_words("words", "firm_ends"))
        if text.tokens[index].text in verbs and (within or by_firm):
            return index + 1
    return begin


def past_site(text: Clauses, begin: int, first: int) -> int:
    """Return where a park begins behind the area that it lies in: 在高新区建设低碳产业园, 开发区睿涛科技园."""
    begin = _at_place(text, past_place(text, begin, first), first)
    begin = next((index + 1 for index in range(first - 1, begin, -1) if text.tokens[index].text == "至"), begin)
    bare = begin + 1 < first and text.tokens[begin].text in load_words("words", "parks")
    return begin + 1 if bare and has_brand(text.tokens[begin + 1 : first]) else begin


def _at_place(text: Clauses, begin: int, first: int) -> int:
    """Return where a park begins that only a place names, behind whatever is no place: 布局成都高新区."""
    folded, token = text.article.folded, text.tokens[first]
    areas = tuple(area for area in load_words("words", "parks") if area.endswith(("开发区", "高新区", "经开区")))
    if not (token.text.endswith(areas) or folded.startswith(areas, token.start)):
        return begin
    at = first if any(_names_place(token.text[:size]) for size in (2, 3) if size < len(token.text)) else None
    for size in (2, 3, 4):
        start = token.start - size
        if at is None and start in text.starts and _names_place(folded[start : token.start]):
            at = text.index(start)
    if at is None or at <= begin or is_place(text.tokens[at - 1]) or not text.tokens[at - 1].text.isalnum():
        return begin
    return at - begins_longer(text.tokens, at)


def _names_place(word: str) -> bool:
    return word in known_places() or word in stems()


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
    return specific(own) or (bool(words) and (len(told(own)) >= 2 or len(words[0].text) >= 4))


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
    return all(token.text in load_words("words", "class_actions") or token.kind == "lead" for token in own)


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
    if before and _OWN_PRICE.search(text.article.folded, max(start - 32, text.sentence.start), start):
        return bool(told(before))
    put = any(pattern.search(text.article.folded, low, start) for pattern in (_PUT, _PUT_IN, _OWNED))
    own = [token for token in told(before) if token.text not in load_words("words", "class_heads")]
    plain = len(own) == 1 and own[0].kind == "plain"
    size = sum(len(token.text) for token in own)
    whole = sum(len(token.text) for token in before if token.kind != "lead")
    said = bool(own) and not own[-1].kind and max(size, whole - 1) >= _SAID
    return put and not plain and (size > _SAID or said)


def described(names: Sequence[Name], folded: str, start: int) -> Iterator[Name]:
    """Yield the names of a sentence, a work that another is said to be as a class: A为…下游项目."""
    works = [name for name in names if name.individual and name.type in {"Project", "Park"}]
    for name in names:
        before = folded[start : name.start]
        said = any(other.end <= name.start and "项目" in folded[other.start : other.end] for other in works)
        one = _ONE_OF.search(before) is not None or (said and _INTO.search(before) is not None)
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
    meant = any(word in words for word in load_words("words", "campaign"))
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
