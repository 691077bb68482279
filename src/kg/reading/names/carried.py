"""Works that neither 项目 nor money tells, but what is done to them: 启动运动中心建设, 完成甲中学整体搬迁."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.reading.names.clauses import Clauses, Name, between_marks
from kg.reading.names.edges import separates
from kg.reading.names.enumerations import Enumeration
from kg.reading.names.specific import content, has_brand, is_place, told
from kg.reading.rows import Row, load_rows, load_text, load_words
from kg.reading.vocabulary.lexicon import suffix_rows
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import Token

_LONGEST, _SHORTEST = 24, 3
_SITES = frozenset({"Park", "Facility"})
_SIZES = frozenset({"m2", "mu", "km", "m"})


class CarriedRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a work is told by what is done to it; `name` is the one read from `yes`."""

    name: str


@dataclass(frozen=True, slots=True)
class _Part:
    """An element of what a clause says is done: its tokens, and how many at its end are the action."""

    first: int
    last: int
    action: int


def find_carried(text: Clauses, lists: Sequence[Enumeration], names: Sequence[Name]) -> Iterator[Name]:
    """Yield the works of a sentence by what its clauses say is done to them, where no other name reads them."""
    taken = [(name.start, name.end) for name in names if name.individual and name.type in {"Project", "Programme"}]
    sited = [found for found in lists if counts_sites(text, found)]
    taken += [(text.tokens[a].start, text.tokens[b - 1].end) for found in sited for a, b in found.elements if b > a]
    for found in (*_counted(text, sited), *_of_clauses(text, names)):
        if found.rule == "work-counted" or not any(start < found.end and found.start < end for start, end in taken):
            taken.append((found.start, found.end))
            yield found


def _of_clauses(text: Clauses, names: Sequence[Name]) -> Iterator[Name]:
    for first, high in between_marks(text):
        spent = _before_spent(text, first, high)
        last = high if spent is None else spent
        verb = _verb(text, first, last)
        end = _without_trail(text, first, last) if verb is not None else spent or _without_state(text, first, last)
        begin = _past_cuts(text, first, last) if verb is None else verb + 1
        building = verb is not None and text.tokens[verb].text in load_words("carried", "builders")
        if end is None or begin >= end:
            continue
        parts = tuple(_parts(text, begin, end))
        made = _action(text, begin, end) > 0
        if not parts or not (building or made or verb is None) or (made and end in text.blocked):
            continue
        rule = "work-under-way" if verb is None else ""
        plain = text.tokens[end - 1].text in load_words("carried", "made") or (verb is None and spent is not None)
        shared, strictly = building or made or verb is None, building or not plain
        works = [
            None if _is_numbered(text, part.last) else _work(text, part, rule, shared=shared, strictly=strictly)
            for part in parts
        ]
        if verb is None and works[-1] is None:
            continue
        for work in works:
            if work is not None:
                yield from _typed(work, names, surely=building or (verb is None and made))


def _typed(name: Name, names: Sequence[Name], *, surely: bool) -> Iterator[Name]:
    """Yield a work with the type of the site that it is; one that is only pushed on leaves a park what it is."""
    site = next((other for other in names if other.end == name.end and other.type in _SITES and other.individual), None)
    if site is None:
        yield name
    elif site.start <= name.start and (surely or site.type != "Park"):
        yield Name(name.start, name.end, "Project", name.rule, also=site.type)


def _verb(text: Clauses, first: int, last: int) -> int | None:
    """Return the index of the last of the verbs in a row that a clause's object stands behind, None without one."""
    verbs = (*load_words("carried", "verbs"), *load_words("carried", "builders"))
    at = next((index for index in range(first, last) if text.tokens[index].text in verbs), None)
    if at is None or any(text.tokens[index].text == "的" for index in range(first, at)):
        return None
    while at + 1 < last and (text.tokens[at + 1].text in verbs or text.tokens[at + 1].text == "了"):
        at += 1
    done = load_words("carried", "states")
    told = all(text.tokens[index].text in done or text.tokens[index].kind == "cut" for index in range(at + 1, last))
    return None if told else at


def _before_spent(text: Clauses, first: int, last: int) -> int | None:
    """Return where a clause ends before what was spent on its work: 铁路货场已完成投资300万元."""
    spent = load_words("carried", "spent")
    at = next(
        (at for at in range(first + 1, last) if text.article.folded.startswith(spent, text.tokens[at].start)), first
    )
    while at > first and text.tokens[at - 1].kind == "cut":
        at -= 1
    return at if at > first else None


def _past_cuts(text: Clauses, first: int, last: int) -> int:
    """Return where a clause begins behind the verbs that open it: 确保六中新校区投入使用."""
    while first < last and text.tokens[first].kind == "cut":
        first += 1
    return first


def _without_trail(text: Clauses, first: int, last: int) -> int:
    """Return where a clause ends without what only says how its work goes on (进度), and without a figure."""
    trailing = load_words("carried", "trailing")
    while last > first + 1 and (last - 1 in text.blocked or text.tokens[last - 1].text in trailing):
        last -= 1
    return last


def _without_state(text: Clauses, first: int, last: int) -> int | None:
    """Return where a clause ends without what became of its work (改造启动), None where it says nothing such."""
    states = load_words("carried", "states")
    end = last
    while end > first + 1 and _is_of_state(text, end - 1, states):
        end -= 1
    said = {text.tokens[index].text for index in range(end, last)}
    strong = load_words("carried", "strong_states")
    surely = bool(said.intersection(strong)) or _written(text.tokens[end:last]).endswith(strong)
    return end if surely or (said.intersection(states) and _action(text, first, end)) else None


def _is_of_state(text: Clauses, index: int, states: Sequence[str]) -> bool:
    """Tell whether a word is of what became of a work, or says when: 秋季投入使用."""
    token = text.tokens[index]
    return token.text in states or token.kind == "cut" or token.tag == "t"


def _parts(text: Clauses, begin: int, end: int) -> Iterator[_Part]:
    """Yield the elements between two tokens, apart at 、 and at an "and" that joins things.

    What 等 ends has the action behind it, and the class between them is no element: 紫薇路、景观路等市政道路建设.
    """
    shared = _action(text, begin, end)
    stop = next((index for index in range(begin, end) if text.tokens[index].text == "等"), None)
    if stop is not None and shared and begin < stop:
        counted = any(index in text.blocked for index in range(stop, end))
        yield from () if counted else _parts(text, begin, stop)
        return
    first = begin
    for index in range(begin, end + 1):
        if index == end or separates(text, index):
            if index > first:
                yield _Part(first, index, _action(text, first, index))
            first = index + 1


def _action(text: Clauses, first: int, last: int) -> int:
    """Return how many tokens at the end of a stretch say what is done to what stands before them, 0 if none do."""
    said = {*load_words("carried", "actions"), *load_words("carried", "made")}
    sizes = [size for size in (3, 2, 1) if size < last - first]
    return next((size for size in sizes if _written(text.tokens[last - size : last]) in said), 0)


def _is_numbered(text: Clauses, index: int) -> bool:
    """Tell whether a number stands at a token, which says how many of a class are built: 新建信号基站100处."""
    return index in text.blocked


def _work(text: Clauses, part: _Part, rule: str, *, shared: bool, strictly: bool) -> Name | None:
    """Read an element as a work: with an action of its own as a whole, else by the site that it is.

    `shared`: a verb of building, or an action behind the last element, is for this one too; `strictly` the site must
    then bear a name of its own.
    """
    begin = _start(text, part)
    own = text.tokens[begin : part.last - part.action]
    if not own or any(index in text.blocked for index in range(begin, part.last)):
        return None
    if any(token.kind == "cut" or token.text in {"的", "对", "家"} for token in own) or own[0].text == "(":
        return None
    own_made = _written(text.tokens[part.last - part.action : part.last]) in load_words("carried", "made")
    if part.action and not own_made:
        end, named = text.tokens[part.last - 1].end, _names_itself(own)
    else:
        end, named = own[-1].end, (own_made or shared) and _is_site(own, strictly=strictly and not own_made)
    start = own[0].start
    if not named or not _SHORTEST <= end - start <= _LONGEST:
        return None
    return Name(start, end, "Project", rule or ("work-carried" if part.action else "work-sited"))


def _start(text: Clauses, part: _Part) -> int:
    """Return where the name of an element begins: behind verbs of building, and words that begin none."""
    verbs, sized = load_words("carried", "builders"), _past_size(text, part.first)
    inner = range(sized, part.last - part.action - 1)
    first = next((index + 1 for index in reversed(inner) if text.tokens[index].text in verbs), sized)
    while first < part.last - 1 and text.tokens[first].kind == "lead":
        if text.tokens[first].text.endswith("家"):
            return part.last
        first += 1
    return first


def _past_size(text: Clauses, first: int) -> int:
    """Return the index behind the area or length that stands before a site: 3835平方米红星体育馆."""
    start = text.tokens[first].start
    size = next((row for row in text.quantities if row.start == start and row.unit in _SIZES), None)
    return text.index(size.end - 1) + 1 if size is not None else first


def _names_itself(own: Sequence[Token]) -> bool:
    """Tell whether words name what is done to: by a brand, or by a place with what stands in it."""
    rest = [token for token in own if not is_place(token)]
    if _is_own(own):
        return True
    if own[-1].end - own[0].start < _SHORTEST:
        return False
    if _written(own[-1:]).endswith(load_words("carried", "classes")) and not has_brand(rest):
        return False
    return has_brand(rest) or (len(rest) < len(own) and bool(content(rest)))


def _is_own(own: Sequence[Token]) -> bool:
    """Tell whether words name what a place has one of: 县医院, 区托育综合服务中心."""
    level = own[0].text in load_words("carried", "levels") or own[0].text[0] in load_words("carried", "levels")
    written = _written(own)
    return level and len(written) >= _SHORTEST and written[1:].endswith(load_words("carried", "singular"))


def _is_site(own: Sequence[Token], *, strictly: bool) -> bool:
    """Tell whether words name a site: they end in a word for one, and something tells it apart.

    Strictly that is a brand, a place or two words, else any word.
    """
    written = _written(own)
    if own[0].text == "“" and own[-1].text == "”":
        return not strictly and written[:-1].endswith(load_words("carried", "heads")) and not _counts(own)
    plain = written in load_words("carried", "classes") or turn("work.numbered").match(written) is not None
    plain = plain or written.endswith(load_words("carried", "never"))
    plain = plain or any(token.text in load_words("carried", "first_of_all") for token in own)
    if plain or "“" in written[:1] or not written.endswith(_heads()):
        return False
    if written.endswith(load_words("carried", "classes")):
        return has_brand(own[:-1])
    if len(written) >= _SHORTEST and written.endswith(load_words("carried", "roads")):
        return not written.endswith(load_words("carried", "no_roads")) or has_brand(own[:-1])
    telling = [token for token in own[:-1] if token.kind != "lead"]
    named = (
        _is_own(own) or has_brand(telling) or any(is_place(token) or token.text.startswith("第") for token in telling)
    )
    return named or len(content(telling)) > 1 or (not strictly and bool(content(telling)))


def _counted(text: Clauses, lists: Sequence[Enumeration]) -> Iterator[Name]:
    """Yield the elements of lists that a count of sites ends, where they are built: 新建甲路、乙路等10条城市道路."""
    for found in lists:
        if not _goes_on(text, found) or not _is_built(text, found):
            continue
        for first, high in found.elements:
            kept = (index for index in range(first, high) if text.tokens[index].kind not in {"lead", "cut"})
            low = next(kept, high)
            own = text.tokens[low:high]
            barred = any(index in text.blocked or text.tokens[index].kind == "cut" for index in range(low, high))
            if own and not barred and len(told(own)) and 2 <= own[-1].end - own[0].start <= _LONGEST:
                yield Name(own[0].start, own[-1].end, "Project", "work-counted")


def _goes_on(text: Clauses, found: Enumeration) -> bool:
    """Tell whether 等 ends a list; without it the elements may only say where what is counted stands."""
    return found.open and text.tokens[found.elements[-1][1]].text in {"等", "等等"}


def counts_sites(text: Clauses, found: Enumeration) -> bool:
    """Tell whether the number behind a list counts sites: 等10条城市道路, 等6个变电站."""
    start = text.tokens[found.tail[0]].start if found.tail[1] > found.tail[0] else -1
    count = next((row for row in text.quantities if row.start == start), None)
    return count is not None and _counts_site(count.unit, count.noun or "")


def _counts_site(unit: str, noun: str) -> bool:
    return unit.startswith(load_words("carried", "counted")) and noun.endswith(_heads())


def builds_sites(text: Clauses, found: Enumeration) -> bool:
    """Tell whether a list is of sites that are counted and built anew."""
    return counts_sites(text, found) and _is_built(text, found)


def _is_built(text: Clauses, found: Enumeration) -> bool:
    """Tell whether a verb of building anew stands right before a list, or behind what ends it."""
    first, behind = found.elements[0][0], found.tail[1]
    before = [token.text for token in text.tokens[max(first - 3, 0) : first + 1]]
    if any(word in load_words("carried", "anew") for word in before):
        return True
    begun = any(word in load_words("carried", "verbs") for word in before)
    ends = load_words("carried", "made" if begun else "begun_behind")
    return text.article.folded.startswith(ends, text.tokens[behind - 1].end) or any(
        token.text in load_words("carried", "begun") for token in text.tokens[behind : behind + 3]
    )


@cache
def _heads() -> tuple[str, ...]:
    """Return what sites end in."""
    suffixes = (suffix for row in suffix_rows() if row.type in _SITES for suffix in row.suffixes)
    return (*load_words("carried", "heads"), *suffixes)


def _counts(own: Sequence[Token]) -> bool:
    """Tell whether words count, as slogans do: “两城两区一枢纽”."""
    return any(token.tag == "m" or token.text[0] in load_text("carried", "numerals") for token in own)


def _written(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def carried_rows() -> tuple[CarriedRow, ...]:
    """Return the rows of `tables/carried.toml`."""
    return load_rows("carried", CarriedRow)
