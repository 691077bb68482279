"""Names in a sentence: from a suffix leftwards to where the name begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.reading.names.brands import (
    firm_edge,
    firm_of_capacity,
    invests,
    is_greatest,
    is_group,
    is_newsroom,
    names_firm,
    past_callings,
    past_narrower,
    past_town,
)
from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import left_edge, opening_of, parallel_edge
from kg.reading.names.known import begins_known
from kg.reading.names.phases import end_with_phase, whole_of_phase
from kg.reading.names.specific import has_brand, is_place, specific, told
from kg.reading.names.trade_names import brand_name
from kg.reading.names.work_edges import joined_edge, past_place, past_site
from kg.reading.names.works import (
    as_built,
    campaign_start,
    is_class,
    is_plan,
    is_priced,
    is_title,
    names_work,
)
from kg.reading.rows import load_words
from kg.reading.vocabulary.lexicon import Hit, Need, SuffixRow, suffix_hits, word_kinds
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import Token

_LONGEST, _BRANDED = 60, 3
_LEVELS = ("县", "区", "市", "旗", "镇")
_TAKEN = frozenset({"租赁", "回收"})
_COUNTED = re.compile("[一二三四五六七八九十百千万双]")
_EDITION = re.compile(r"\([^()]{1,20}\)》")
_EACH = "个项户家处座条所栋幢"
_STANDARD = re.compile(r"标准(?=[,。;:、的])")


def find_names(text: Clauses) -> Iterator[Name]:
    """Yield every name and class that ends in a suffix, inner ones included, in the order of their ends."""
    base = text.sentence.start
    for hit in suffix_hits(text.article.folded[base : text.sentence.end]):
        placed = Hit(hit.start + base, hit.end + base, hit.row)
        name = _read(text, placed)
        if name is not None and hit.row.needs == "phase" and not name.individual:
            continue
        if name is not None and name.end - name.start <= _LONGEST:
            yield name
            yield from whole_of_phase(text, name)
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
    owned = hit.row.type == "System" and text.article.folded.endswith(("公司", "集团"), text.sentence.start, hit.start)
    begin = left_edge(text, first)
    whole = text.article.folded[text.tokens[min(begin, first)].start : hit.end]
    owned = owned or (hit.row.needs == "works" and text.article.folded.endswith(("公司", "集团"), 0, hit.start))
    word = text.article.folded[max(hit.start - 1, text.sentence.start) : hit.end]
    owned = owned or (
        hit.row.needs == "works" and text.article.folded.startswith(load_words("words", "lanes"), hit.end)
    )
    if owned or {text.tokens[first].text, whole, word} & set(load_words("words", "whole_words")):
        return None
    if hit.row.needs.startswith("brand"):
        return brand_name(text, hit, begin, first)
    return _named(text, hit, _begin(text, hit, begin, first), first)


def _begin(text: Clauses, hit: Hit, begin: int, first: int) -> int:
    """Return where a name begins, by what its suffix says that it is; `begin` is the edge of its noun phrase."""
    if hit.row.needs in {"firm", "works"}:
        branch = text.article.folded.endswith(("分行", "支行"), hit.start, hit.end)
        callings = "callings" if branch or hit.row.needs == "firm" else "works_callings"
        begin = past_callings(text, firm_edge(text, begin, first, hit.end), first, callings)
        begin += begin < first - 1 and text.tokens[begin].text in {*_TAKEN, *load_words("classes", "wholes")}
        return _past_county(text, hit, past_narrower(text, past_town(text, begin, first), first))
    if hit.row.type in {"Project", "Facility"}:
        return past_callings(text, joined_edge(text, begin, first), first, "ranks")
    if hit.row.type == "Park":
        return past_site(text, past_town(text, begin, first), first)
    if hit.row.type == "Product":
        return _past_firm(text, past_place(text, begin, first), first)
    if hit.row.needs in {"quote", "plan"}:
        if begin > 1 and text.tokens[begin - 1].text == "的" and text.tokens[begin - 2].text == "”":
            begin = opening_of(text, begin - 2) or begin
        begin = next((index for index in range(begin, first) if text.tokens[index].text == "“"), begin)
        return parallel_edge(text, begin)
    return begin


def _past_firm(text: Clauses, begin: int, first: int) -> int:
    """Return where a product begins behind the firm that makes it: 睿涛水泥有限公司日产2500吨熟料生产线."""
    ends = (index + 1 for index in range(first - 2, begin - 1, -1) if text.tokens[index].text.endswith("公司"))
    return next(ends, begin)


def _past_county(text: Clauses, hit: Hit, begin: int) -> int:
    """Return where a firm that everybody knows begins behind the county that it works in: 龙江县中粮集团."""
    county = text.tokens[begin].text.endswith(_LEVELS) and is_place(text.tokens[begin])
    return begin + 1 if county and begins_known(text.article.folded, text.tokens[begin].end, hit.end) else begin


def _title(text: Clauses, hit: Hit) -> Name | None:
    """A suffix at the end of a title in 《》, or of a quote, takes the whole: “丰羽计划” is a programme."""
    folded = text.article.folded
    mark = folded[hit.end : hit.end + 1]
    if mark == "》" or _EDITION.match(folded, hit.end):
        start = folded.rfind("《", text.sentence.start, hit.end) + 1
        return Name(start, hit.end, hit.row.type, hit.row.id) if start else None
    start = folded.rfind("“", max(text.sentence.start, hit.end - 14), hit.start)
    if mark != "”" or start < 0 or "”" in folded[start : hit.end] or hit.start == start + 1:
        return None
    counted = _COUNTED.search(folded, start, hit.start) is not None
    campaign = hit.row.type == "Project" and (folded.endswith("工程", 0, hit.end) or counted)
    kind = "Programme" if campaign else hit.row.type
    return Name(start, hit.end + 1, kind, hit.row.id) if kind in {"Programme", "Event"} else None


def _named(text: Clauses, hit: Hit, begin: int, first: int) -> Name:
    """A name where something specific stands before the suffix, else a class."""
    start, end = min(text.tokens[begin].start, hit.start), end_with_phase(text, hit)
    before = (*text.tokens[begin:first], *_head(text, hit, first))
    quoted = hit.row.type == "Park" and _is_quoted(text.article.folded, start, end)
    quoted = quoted or (hit.row.type == "Park" and end > hit.end and not text.article.folded.startswith("(", hit.end))
    if (
        (start == hit.start and not quoted)
        or (hit.row.type != "Product" and _counted(text, start))
        or (hit.row.type != "Park" and _counts_behind(text, end))
    ):
        return Name(start, end, hit.row.type, hit.row.id, individual=False)
    if hit.row.needs == "plan":
        return Name(start, end, hit.row.type, hit.row.id, individual=is_plan(text, begin, before, end))
    if hit.row.type == "Project" and (campaign := campaign_start(text, begin, first, end)) is not None:
        return Name(campaign, end, "Programme", f"{hit.row.id}-campaign")
    newsroom = hit.row.type == "Enterprise" and (is_newsroom(text, end) or is_greatest(text, start))
    slogan = _is_slogan(text.article.folded, start, end) or _is_said(text.article.folded, start, end)
    slogan = slogan or _STANDARD.match(text.article.folded, end) is not None
    titled = hit.row.type == "Park" and (slogan or is_title(text, begin, end) or _ends_list(text, begin))
    named = _is_individual(before, hit.row) or (hit.row.needs == "firm" and is_group(text, before, end))
    named = named or (hit.row.needs == "firm" and invests(text, before, end))
    individual = (named or quoted) and not newsroom and not titled
    found = Name(start, end, hit.row.type, hit.row.id, individual=individual)
    if hit.row.type == "Facility" and before and specific(before) and invests(text, before, end):
        found = Name(start, end, "Enterprise", "firm-investing")
    if hit.row.type == "Project":
        found = _as_work(text, found, begin, before)
    return as_built(text, found, begin, before)


def _as_work(text: Clauses, found: Name, begin: int, before: Sequence[Token]) -> Name:
    """Say what a work is by what it counts, by what stands around it, and by its price."""
    if turn("work.great").match(text.article.folded, found.start, found.end):
        return replace(found, type="Programme")
    if is_class(text, found, begin):
        return replace(found, individual=False)
    return replace(found, individual=found.individual or is_priced(text, begin, before))


def _is_quoted(folded: str, start: int, end: int) -> bool:
    """Tell whether a stretch is all that stands in quotation marks."""
    return folded[start - 1 : start] == "“" and folded[end : end + 1] == "”"


def _ends_list(text: Clauses, begin: int) -> bool:
    """Tell whether words behind 等 class what it lists: 某某工业园、某某模具园等大型产业园区."""
    while begin and text.tokens[begin - 1].kind == "lead":
        begin -= 1
    return bool(begin) and text.tokens[begin - 1].text == "等"


def _is_slogan(folded: str, start: int, end: int) -> bool:
    """Tell whether a quoted stretch counts (“千亿产业园”)."""
    counts = _COUNTED.search(folded, start, end) is not None or "亿" in folded[start:end]
    return counts and _is_quoted(folded, start, end)


def _is_said(folded: str, start: int, end: int) -> bool:
    """Tell whether a 基地 is what something is said to be: 是全国最大的铝型材生产基地, 出口棉生产基地县."""
    if not folded.endswith("基地", start, end):
        return False
    return folded.endswith(("是", "是中国", "是全国"), 0, start) or folded.startswith(_LEVELS, end)


def _is_individual(before: Sequence[Token], row: SuffixRow) -> bool:
    """Tell whether the words before a suffix make it a name, by what its row needs."""
    if row.needs in {"firm", "works"}:
        return names_firm(before, row)
    abroad = load_words("words", "abroad")
    bare_site = row.type == "Facility" and all(is_place(token) or token.text in abroad for token in before)
    return not bare_site and _JUDGES[row.needs](before)


def _says_words(before: Sequence[Token]) -> bool:
    """Tell whether any word is there that tells one thing from another."""
    classing = (*load_words("words", "vague"), *load_words("words", "park_classes"))
    return any(token.kind != "lead" and token.text not in classing for token in before)


def _says_place(before: Sequence[Token]) -> bool:
    """Tell whether an office's place or level is there."""
    return any(is_place(token) or token.text in load_words("words", "levels") for token in before)


def _has_phases(before: Sequence[Token]) -> bool:
    """Tell whether words name what is built in phases: by a brand (丰盈锂电池一期), and no town or class of sites."""
    plain = not before or before[-1].text.endswith((*_LEVELS, "乡", "村", "企业", "公司", "厂房", "项目"))
    return not plain and has_brand(before) and sum(len(token.text) for token in before) >= _BRANDED


_JUDGES: dict[Need, Callable[[Sequence[Token]], bool]] = {
    "words": _says_words,
    "quote": lambda before: any(token.text == "”" for token in before),
    "title": lambda before: False,  # noqa: ARG005 – a title is read where its suffix stands before 》
    "told": lambda before: specific(before) or len(told(before)) >= 2,
    "work": names_work,
    "phase": _has_phases,
    "office": _says_place,
    "specific": specific,
}


def _head(text: Clauses, hit: Hit, first: int) -> tuple[Token, ...]:
    """Return what stands before the suffix in its own token (重点 of 重点项目), as a token of the same kind."""
    token = text.tokens[first]
    if token.start == hit.start:
        return ()
    own = token.text[: hit.start - token.start]
    return (Token(token.start, hit.start, own, token.tag, token.kind or word_kinds().get(own, "")),)


def _counted(text: Clauses, start: int) -> bool:
    """Tell whether a number counts what begins at an offset: 5个改造项目 are a group."""
    folded = text.article.folded
    return any(row.end == start and row.low != 1 and folded[row.end - 1] in _EACH for row in text.quantities)


def _counts_behind(text: Clauses, end: int) -> bool:
    """Tell whether a number right behind counts what ends at an offset: 机械制造业项目24个 are a group."""
    return any(row.start == end and row.noun is None and row.unit[:1] in _EACH for row in text.quantities)
