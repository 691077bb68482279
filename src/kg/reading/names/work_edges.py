"""Where works and parks begin: behind who has them, what is put into them and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.reading.names.clauses import Clauses
from kg.reading.names.edges import AND, is_hard, left_edge
from kg.reading.names.specific import begins_longer, has_brand, is_place, specific
from kg.reading.names.works import names_work
from kg.reading.rows import load_words
from kg.reading.vocabulary.gazetteer import known_places, stems
from kg.reading.vocabulary.lexicon import suffix_hits
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import Token

_REACH = 40
_SIZES = ("大型", "中型", "小型")
_LISTED = re.compile(r"(?!(?:建设)?(?:项目|工程))|(?:建设)?(?:项目|工程)[^,。;:、等]{0,3}[、等]")
_ENDED = ("项目", "工程", "基地", "园", "园区", "中心", "厂房")


def joined_edge(text: Clauses, begin: int, first: int) -> int:
    """Return where a work begins that an "and" is part of: …技术研发及产业孵化项目, 药用植物种植及加工项目.

    The last part alone names nothing, or 及 joins it; the part before names something, and is no firm or project.
    """
    for edge in (_behind_owner(text, first), _behind_attribute(text, begin, first)):
        if edge is not None:
            return edge
    begin = _with_levels(text, past_place(text, begin, first))
    outputs = turn("work.outputs").search(text.article.folded, text.sentence.start, text.tokens[begin].start)
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


def _with_levels(text: Clauses, begin: int) -> int:
    """Return where a work begins that several levels have: 市、区人民医院共建项目."""
    levels = load_words("words", "levels")
    while begin > 1 and text.tokens[begin - 1].text == "、" and text.tokens[begin - 2].text in levels:
        if text.tokens[begin].text not in levels:
            break
        begin -= 2
    return begin


def _is_apart(joint: str, before: Sequence[Token], own: Sequence[Token]) -> bool:
    """Tell whether words behind an "and" name a work, or only a class of works behind 暨 (开园暨重大产业项目)."""
    if joint == "暨":
        return "".join(token.text for token in before).endswith(("会", "仪式", "活动", "节")) or all(
            token.kind in {"plain", "lead"} for token in own
        )
    if own and own[0].text in load_words("words", "others"):
        return True
    together = load_words("words", "together")
    return joint not in {"及", "及其"} and names_work(own) and not any(token.text in together for token in own)


def _behind_owner(text: Clauses, first: int) -> int | None:
    """Return where a project begins right behind the firm that has it: 睿涛公司的一、二次融合开关生产项目."""
    folded, end = text.article.folded, text.tokens[first].start
    match = turn("work.owner").search(folded, max(text.sentence.start, end - _REACH - 20), end)
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
        if text.tokens[at].text in _SIZES and turn("work.put").search(
            text.article.folded, max(text.tokens[at].start - 24, 0), text.tokens[at].start
        ):
            return at
        at += 1
    start = text.tokens[at].start if at < len(text.tokens) else 0
    low = max(start - 24, text.sentence.start)
    behind = any(
        pattern.search(text.article.folded, low, start)
        for pattern in (turn("work.put"), turn("work.put-in"), turn("work.done-to"))
    )
    over = any(is_hard(text, index) for index in range(at, begin) if index not in joints)
    if not (joints or over) or not behind or any(_ends_part(text, index) for index in joints):
        return None
    if not joints:
        return at
    plain = turn("work.put").search(text.article.folded, low, start) and all(
        text.tokens[index].text in AND for index in joints
    )
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
