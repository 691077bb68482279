"""Lists: "A、B和C等15个项目" names three things, and what stands behind 等 says what kind they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.names.brands import firm_of_capacity, past_callings
from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import AND, past_leads, separates
from kg.reading.names.enumerations import Enumeration, counted_before, opens_with_firm
from kg.reading.names.listed_kinds import ClassRow, is_announced, kind_of_list
from kg.reading.names.specific import has_brand, is_place, specific, told
from kg.reading.names.works import is_priced
from kg.reading.rows import load_words
from kg.reading.vocabulary.tokens import Token

_BESIDE, _TOLD = 7, 4
_LONG, _OWNED = 3, 12
_GREAT = re.compile(r"[一二三四五六七八九十两\d]+大[^,。;:、]{0,8}?(?:工程|行动|计划)")
_A_BATCH = re.compile(
    r"(?:一?批?(?:重点|重大)?(?:新上|新开工|续建|在建|竣工|签约|开工|投产|开复工|新建|新引进|在谈|储备)(?:的)?|一批)"
    r"(?:重点|重大|产业|工业)*项目"
)
_LEGAL = frozenset({"firm-legal", "firm-limited"})
_SITES = frozenset({"Park", "Facility"})


def listed_names(
    text: Clauses, lists: Sequence[Enumeration], names: Sequence[Name], known: Sequence[Name] = ()
) -> Iterator[Name]:
    """Yield the elements of lists that no suffix names, typed by what the list is of.

    `known` are firms that need no suffix.
    """
    for found in lists:
        row = kind_of_list(text, found, names)
        if row is None or (row.type == "Industry" and not _is_aim(text, found)) or _is_owned(text, found, names):
            continue
        fields = row.type == "Project" and _tells_fields(text, found) and not _counts_one_named(text, found, names)
        if row.type == "Project" and (fields or _are_programmes(text, found)):
            continue
        sure = row.type == "Project" and _counts_named(text, found, row, names)
        alone = len(found.elements) < _LONG and _counts_all(text, found)
        firms = [name for name in (*names, *known) if name.individual and name.type == "Enterprise"]
        read = [
            _element(text, element, row, names, sure=sure or _opens_with(text, element, row, firms))
            for element in found.elements
        ]
        if row.type == "Park" or _is_made(text, found, row):
            own = [text.tokens[slice(*element)] for element in found.elements]
            branded = [has_brand(tokens) or (row.type == "Park" and any(map(is_place, tokens))) for tokens in own]
            if sum(branded) * 2 < len(branded):
                continue
            read = [name if brand else None for name, brand in zip(read, branded, strict=True)]
        told_firms = [name for name in read if name is not None and name.type == "Enterprise"]
        for name, (first, last) in zip(read, found.elements, strict=True):
            ends = (len(found.elements) >= _LONG or _counts_two(text, found)) and (
                first == found.elements[0][0],
                last == found.elements[-1][1],
            )
            ends = ends or (alone and first == found.elements[0][0], alone and first != found.elements[0][0])
            told = name or _between_firms(text, (first, last), row, (*names, *known, *told_firms), ends)
            if told is not None:
                told_firms.append(told)
                yield told
                yield from firm_of_capacity(text, told)


def _opens_with(text: Clauses, element: tuple[int, int], row: ClassRow, firms: Sequence[Name]) -> bool:
    """Tell whether an element of a list of works opens with a firm and goes on behind it: 中储粮三期技改扩能."""
    first, last = element
    if row.type != "Project" or last <= first:
        return False
    start, end = text.tokens[past_leads(text, first, last - 1)].start, text.tokens[last - 1].end
    return any(firm.start == start and firm.end < end for firm in firms)


def without_industries(text: Clauses, lists: Sequence[Enumeration], names: Sequence[Name]) -> Iterator[Name]:
    """Yield the names of a sentence without the trades of places that a list of industries holds: 北河袜业等产业."""
    spans = set()
    for found in lists:
        row = kind_of_list(text, found, names)
        if row is not None and row.type == "Industry":
            spans |= {text.tokens[last - 1].end for first, last in found.elements if last > first}
    for name in names:
        if not (name.type == "Enterprise" and name.rule.startswith("firm-trade") and name.end in spans):
            yield name


def _is_made(text: Clauses, found: Enumeration, row: ClassRow) -> bool:
    """Tell whether a list may be of what firms make: 新型面板、钢管等生产企业; then only a brand names a firm."""
    tail = "".join(token.text for token in text.tokens[slice(*found.tail)])
    return row.type == "Enterprise" and any(maker in tail for maker in load_words("classes", "makers"))


def _counts_all(text: Clauses, found: Enumeration) -> bool:
    """Tell whether a number behind a list counts its elements and no more: 宏云、红新2家企业."""
    at = text.tokens[found.tail[0]].start if found.tail[1] > found.tail[0] else -1
    return any(row.start == at and row.low == len(found.elements) for row in text.quantities)


def _is_owned(text: Clauses, found: Enumeration, names: Sequence[Name]) -> bool:
    """Tell whether a list is of what a firm has: 丹天化工的环氧乙烷和乙醇胺等项目."""
    first = found.elements[0][0]
    if first < 2 or text.tokens[first - 1].text != "的":
        return False
    end = text.tokens[first - 2].end
    return any(name.individual and name.type == "Enterprise" and name.end == end for name in names)


def _tells_fields(text: Clauses, found: Enumeration) -> bool:
    """Tell whether a list is of the fields that works lie in: 涉及白柚深加工、服饰加工等13个项目."""
    first = found.elements[0][0]
    return first > 0 and text.tokens[first - 1].text in load_words("classes", "touching")


def _counts_one_named(text: Clauses, found: Enumeration, names: Sequence[Name]) -> bool:
    """Tell whether a list that a number of works ends has one told by name or capacity: 涵盖兴山机场、…等10个项目."""
    tail = text.tokens[slice(*found.tail)]
    if not tail or not any(row.start == tail[0].start and row.unit[:1] in "个项" for row in text.quantities):
        return False
    spans = [(text.tokens[first].start, text.tokens[last - 1].end) for first, last in found.elements if last > first]
    named = (name for name in names if name.individual and name.type in {"Project", "Facility", "Park"})
    return any(name.start <= start and name.end == end for name in named for start, end in spans)


def _are_programmes(text: Clauses, found: Enumeration) -> bool:
    """Tell whether a list's works are programmes: “产业链”“拳头产品”等四大工程, each in quotation marks."""
    great = (
        _GREAT.match(text.article.folded, text.tokens[found.tail[0]].start) if found.tail[1] > found.tail[0] else None
    )
    return great is not None and all(
        text.tokens[last - 1].text == "”" for first, last in found.elements if last > first
    )


def _is_aim(text: Clauses, found: Enumeration) -> bool:
    """Tell whether a list is of what is fostered: 培育A、B等产业."""
    first = found.elements[0][0]
    return first > 0 and text.tokens[first - 1].text.endswith(load_words("classes", "fostering"))


def _past_site(text: Clauses, first: int, last: int, names: Sequence[Name]) -> int:
    """Return where an element begins behind the park that it stands in (商贸集聚区红十字医养结合体)."""
    start, end = text.tokens[first].start, text.tokens[last - 1].end
    sites = [name.end for name in names if name.individual and name.type == "Park" and name.start == start]
    site = max((stop for stop in sites if end - stop >= 4), default=start)
    behind = text.index(site) if site > start else first
    if text.tokens[behind].text in AND:
        return first
    return behind if specific(text.tokens[behind:last]) else first


def _counts_named(text: Clauses, found: Enumeration, row: ClassRow, names: Sequence[Name]) -> bool:
    """Tell whether a list of works is counted and an element of it is surely named: then the others are too.

    Of a long one that is not counted, most must be.
    """
    tail = text.tokens[slice(*found.tail)]
    first = found.elements[0][0]
    starts = {tail[0].start, text.tokens[min(found.tail[1], len(text.tokens) - 1)].start} if tail else set()
    counted = any(row.start in starts for row in text.quantities)
    if tail and len(found.elements) > 1 and _A_BATCH.match(text.article.folded, tail[0].start):
        return True
    many = found.open and len(found.elements) > _LONG
    if not (counted or counted_before(text, first) or is_announced(text, first) or many):
        return False
    spans = [(text.tokens[first].start, text.tokens[last - 1].end) for first, last in found.elements if last > first]
    works = {name.end for name in names if name.individual and name.type == "Project"}
    listed = [_element(text, element, row, names) is not None for element in found.elements]
    if not (counted or counted_before(text, first) or is_announced(text, first)):
        return sum(named or end in works for named, (_, end) in zip(listed, spans, strict=False)) * 2 > len(listed)
    return any(end in works for _, end in spans) or any(listed)


def _start(text: Clauses, element: tuple[int, int], row: ClassRow, names: Sequence[Name]) -> int | None:
    """Return where the name of an element begins, None where it holds none."""
    first, last = element
    first = past_leads(text, first, last - 1)
    while row.type == "Enterprise" and first < last - 1 and text.tokens[first].kind == "inner":
        first += 1
    if first >= last or (text.tokens[first].kind == "lead" and text.tokens[first].text != "新"):
        return None
    if (
        row.type == "Project"
        and first > 1
        and text.tokens[first - 1].kind == "cut"
        and text.tokens[first - 2].text == "、"
    ):
        return None
    first = past_callings(text, first, last - 1, "callings" if row.type == "Enterprise" else "ranks")
    while first < last - 1 and text.tokens[first].text in load_words("classes", "wholes"):
        first += 1
    first = _past_site(text, first, last, names)
    return None if text.tokens[first].text == "(" else first


def _element(
    text: Clauses, element: tuple[int, int], row: ClassRow, names: Sequence[Name], *, sure: bool = False
) -> Name | None:
    """Read one element as a name, unless a suffix already reads it; a `sure` one names a work by any two words."""
    first, last = _start(text, element, row, names), element[1]
    if first is None:
        return None
    start, end, tokens = text.tokens[first].start, text.tokens[last - 1].end, text.tokens[first:last]
    if all(is_place(token) or token.text in load_words("words", "build") for token in tokens):
        return None
    barred = (*load_words("words", "persons"), *(load_words("classes", "places") if row.type == "Enterprise" else ()))
    if text.article.folded.endswith(barred, start, end) or (
        row.type == "Project" and tokens[-1].text in load_words("classes", "puts_in")
    ):
        return None
    merged = any(token.text in {*AND, "、"} and separates(text, first + at) for at, token in enumerate(tokens))
    site = next((name for name in names if (name.start, name.end) == (start, end) and name.type in _SITES), None)
    named = site is not None and (site.individual or _is_site(tokens, row))
    firm = any(name.individual and (name.start, name.end) == (start, end) for name in names)
    says = (
        _is_name(tokens, row)
        or named
        or (row.type == "Project" and firm)
        or (row.type == "Project" and _is_told(text, first, last))
    )
    ended = text.article.folded.endswith(("项目", "工程"), start, end)
    says = says or (sure and len(told(tokens)) >= 2 and end - start >= _TOLD)
    owned = row.type == "Project" and opens_with_firm(tokens)
    if (
        not 2 <= end - start <= row.longest + _OWNED * owned
        or _is_read(start, end, row, names, merged=merged)
        or not says
    ):
        return None
    own = [token for token in tokens if not token.kind]
    sized = row.type == "Project" and any(index in text.capacity for index in range(first, last))
    classed = any(not name.individual and name.end == end and name.type != "Industry" for name in names)
    if (
        classed
        and not (named or sized or owned or (sure and ended and own))
        and (row.type != "Enterprise" or not any(is_place(token) or len(token.text) == 1 for token in own))
    ):
        return None
    return Name(start, end, row.type, row.id, also=site.type if site and row.type == "Project" else None)


def _is_site(tokens: Sequence[Token], row: ClassRow) -> bool:
    """Tell whether words for a site name a work of a list: two words, the first of them not plain (会展交易中心)."""
    return (
        row.type == "Project"
        and len(tokens) >= 2
        and not tokens[0].kind
        and (len(tokens[0].text) > 1 or len(tokens) > 2)
    )


def _is_told(text: Clauses, first: int, last: int) -> bool:
    """Tell whether an element of a list of works is told by its capacity, or by the money put into it."""
    if is_priced(text, first, text.tokens[first:last]):
        return True
    ended = last < len(text.tokens) and (text.tokens[last].text in {*AND, "、", "等"} or last in text.blocked)
    return ended and any(index in text.capacity for index in range(first, last))


def _between_firms(
    text: Clauses, element: tuple[int, int], row: ClassRow, names: Sequence[Name], ends: tuple[bool, bool]
) -> Name | None:
    """Read a short element of a list of firms that stands between firms: 宁德时代、中创新航、亿纬锂能.

    `ends` tells whether it is the first or the last of a long list: one firm beside it is then enough.
    """
    tokens = text.tokens[slice(*element)]
    if row.type != "Enterprise" or not tokens or not 2 <= tokens[-1].end - tokens[0].start <= _BESIDE:
        return None
    if all(is_place(token) or token.kind for token in tokens):
        return None
    start, end = tokens[0].start, tokens[-1].end
    if text.article.folded.endswith(load_words("classes", "places"), start, end):
        return None
    firms = [name for name in names if name.individual and name.type == "Enterprise"]
    before = ends[0] or any(name.end == start - 1 for name in firms)
    behind = ends[1] or any(name.start == end + 1 for name in firms)
    sure = all(ends) is False and (not any(ends) or _is_apart(names, end))
    return Name(start, end, row.type, row.id) if before and behind and sure else None


def _counts_two(text: Clauses, found: Enumeration) -> bool:
    """Tell whether a number behind a list of two counts them as firms: 宏云、红新2家龙头企业."""
    at = text.tokens[found.tail[0]].start if found.tail[1] > found.tail[0] else -1
    return any(
        row.start == at and row.low == len(found.elements) and row.unit.startswith("家") for row in text.quantities
    )


def _is_apart(names: Sequence[Name], end: int) -> bool:
    """Tell whether no class of things ends at an offset."""
    return not any(name.end == end for name in names)


def _is_read(start: int, end: int, row: ClassRow, names: Sequence[Name], *, merged: bool) -> bool:
    """Tell whether a suffix already names an element; a trade name in a list of projects is read again, as one."""
    inside = [name for name in names if name.individual and start <= name.start and name.end <= end]
    if any(name.type == row.type and (name.start, name.end) != (start, end) for name in inside) and merged:
        return False
    if any(name.type == row.type for name in inside):
        return True
    whole = [name for name in inside if name.end == end]
    return any(row.type != "Project" or name.rule in _LEGAL for name in whole)


def _is_name(tokens: Sequence[Token], row: ClassRow) -> bool:
    """Tell whether the words of an element name something; of a list of industries any words do."""
    if row.type == "Industry":
        return not all(is_place(token) for token in tokens)
    own = [token for token in tokens if not token.kind] if row.type == "Enterprise" else tokens
    brand = row.type == "Enterprise" and has_brand(tokens)
    return (brand or specific(tokens)) and not all(is_place(token) for token in own)
