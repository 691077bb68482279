"""Groups of projects: a counted set (重点项目425个), or a list that a count or a class ends (A、B等15个项目)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.reading.layers import Quantity
from kg.reading.names.carried import builds_sites
from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.enumerations import Enumeration
from kg.reading.names.listed_kinds import is_announced
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.vocabulary.patterns import turn

_MANY = 5000
_SHORT = 14
_SURELY = 5
_ENDS = frozenset("。;!?\n")


class GroupRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a group of projects is written; `name` is the group read from `yes`."""

    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of projects: where it is written, the offset of the number that counts it (None: uncounted), its size.

    `members` are the stretches of the list's elements, `kind` the words that say which projects they are (重点项目).
    """

    start: int
    end: int
    rule: str
    number: int | None
    size: Decimal | None
    kind: str
    members: tuple[tuple[int, int], ...] = ()


def find_groups(text: Clauses, lists: Sequence[Enumeration], names: Sequence[Name]) -> Iterator[Group]:
    """Yield the groups of a sentence from left to right, none inside another."""
    listed = (_listed(text, found, names) for found in lists if found.open)
    groups = [group for group in listed if group is not None]
    groups += [group for found in lists if not found.open and (group := _joint(text, found, names)) is not None]
    for quantity in text.quantities:
        if not any(group.start <= quantity.start < group.end for group in groups):
            groups += _counted(text, quantity, names)
    groups += (*_of_firms(text, groups), *_deeds(text, groups))
    yield from sorted(groups, key=lambda group: group.start)


def _of_firms(text: Clauses, groups: Sequence[Group]) -> Iterator[Group]:
    """Yield the sorts of projects that firms are counted under: 央企类项目有A、B和C 3家企业."""
    for match in turn("group.of-firms").finditer(text.article.folded, text.sentence.start, text.sentence.end):
        start, end = match.span("kind")
        if not any(group.start < end and start < group.end for group in groups):
            yield Group(start, end, "group-sort", None, None, match["kind"])


def _deeds(text: Clauses, groups: Sequence[Group]) -> Iterator[Group]:
    """Yield the sets of what a government does for its people that no number counts: 十大惠民工程, 为民办实事项目."""
    for match in turn("group.deeds").finditer(text.article.folded, text.sentence.start, text.sentence.end):
        start, end = match.span()
        counted = any(row.end == start or (row.start < end and start < row.end) for row in text.quantities)
        if not counted and not any(group.start < end and start < group.end for group in groups):
            yield Group(start, end, "group-deeds", None, None, match.group())


def _counted(text: Clauses, quantity: Quantity, names: Sequence[Name]) -> Iterator[Group]:
    """A number with its noun (158个重点项目), or a class with its number behind it (重点项目425个)."""
    folded = text.article.folded
    counted = (quantity.low or 0) < _MANY and not (quantity.unit.startswith("大") and quantity.unit.endswith("工程"))
    counted = counted and not quantity.unit.startswith(load_words("groups", "uncounting"))
    if quantity.noun and quantity.noun.endswith(load_words("groups", "nouns")) and counted:
        end = folded.find(quantity.noun, quantity.start) + len(quantity.noun)
        yield Group(quantity.start, end, "group-noun", quantity.start, quantity.low, quantity.noun)
    elif quantity.unit in load_words("groups", "classifiers"):
        gap = turn("group.gap").match(folded, quantity.end, text.sentence.end)
        if gap and counted:
            yield Group(quantity.start, gap.end(), "group-gap", quantity.start, quantity.low, gap.group())
            return
        before = [
            name
            for name in names
            if name.type == "Project" and _meets(folded, name.end, quantity)
            if not name.individual or (quantity.low or 0) > 1
        ]
        if before:
            start = _with_verb(text, _with_price(folded, min(name.start for name in before)))
            start += _reach(folded, start)
            kind = folded[start : before[0].end]
            yield Group(start, quantity.end, "group-class", quantity.start, quantity.low, kind)
            return
        agreed = turn("group.agreed").search(folded, max(text.sentence.start, quantity.start - _SHORT), quantity.start)
        if agreed:
            signed = turn("group.signed").match(agreed.group())
            start = agreed.start() + (signed.end() if signed else 0)
            kind = folded[start : agreed.end()]
            yield Group(start, quantity.end, "group-agreed", quantity.start, quantity.low, kind)
            return
        done = turn("group.done").search(folded, max(text.sentence.start, quantity.start - _SHORT), quantity.start)
        if done and counted and quantity.unit in {"个", "项"} and "项目" in folded[text.sentence.start : done.start()]:
            yield Group(done.start("kind"), quantity.end, "group-verb", quantity.start, quantity.low, done["kind"])
            return
        sort = turn("group.sort").search(folded, max(text.sentence.start, quantity.start - _SHORT), quantity.start)
        if sort is None and turn("group.price").match(folded, quantity.end):
            sort = turn("group.priced").search(
                folded, max(text.sentence.start, quantity.start - _SHORT), quantity.start
            )
            barred = sort and (
                sort["kind"].startswith(load_words("groups", "changes"))
                or sort["kind"].endswith(load_words("groups", "others"))
            )
            sort = None if barred else sort
        if sort and counted and "项目" in folded[: quantity.start]:
            yield Group(sort.start("kind"), quantity.end, "group-kind", quantity.start, quantity.low, sort["kind"])


def _with_price(folded: str, start: int) -> int:
    """Return where a class begins that 以上 opens, with the money before it: 100亿元及以上项目5个."""
    price = turn("group.price-before").search(folded, max(start - 16, 0), start)
    return price.start() if price and folded.startswith("以上", start) else start


def _reach(folded: str, start: int) -> int:
    """Return how many characters at an offset only say that the whole of a place is meant (全区, 我县)."""
    return next((len(word) for word in load_words("levels", "speaks_for") if folded.startswith(word, start)), 0)


def _meets(folded: str, end: int, quantity: Quantity) -> bool:
    """Tell whether nothing but a word such as 共 or 达 stands between a class and its number."""
    between = folded[end : quantity.start]
    plain = not between or between in load_words("groups", "between")
    return quantity.start >= end and (plain or turn("group.of-kinds").fullmatch(between) is not None)


def _with_verb(text: Clauses, start: int) -> int:
    """Return where a group begins, the word before it included that says what became of its projects (签约)."""
    verbs = load_words("groups", "verbs")
    folded = text.article.folded
    found = [len(verb) for verb in verbs if folded.endswith(verb, text.sentence.start, start)]
    return start - max(found, default=0)


def _listed(text: Clauses, found: Enumeration, names: Sequence[Name]) -> Group | None:
    """A list of projects that ends in 等, with a count or a class behind it, or both (等15个项目, 等项目29个)."""
    tail = text.tokens[slice(*found.tail)]
    members = tuple(_members(text, found, names))
    if not tail or not members:
        return None
    words = "".join(token.text for token in tail)
    noun = next((noun for noun in load_words("groups", "nouns") if noun in words), None)
    named = tail[0].start + words.find(noun) + len(noun) if noun else tail[0].start
    count = next((row for row in text.quantities if row.start in {tail[0].start, named}), None)
    if count is not None and count.unit.startswith("大") and noun == "工程":
        return None
    sites = noun is None and builds_sites(text, found) and count is not None
    if count is not None and noun is None and not sites and count.unit not in load_words("groups", "classifiers"):
        return None
    if count is None and (noun is None or len(members) < 2 or is_announced(text, found.elements[0][0])):
        return None
    first = found.elements[0][0]
    priced = any(text.tokens[first].start <= row.start < named and row.unit == "CNY" for row in text.quantities)
    if count is None and (priced or "投资" in text.article.folded[text.tokens[first].start : named]):
        return None
    start = text.tokens[first + (text.tokens[first].kind == "join")].start
    start = _with_verb(text, start + _reach(text.article.folded, start)) if count else start
    end = max(named, count.end if count else named)
    end = text.article.folded.find(count.noun, count.start) + len(count.noun) if count and sites and count.noun else end
    kind = text.article.folded[count.end : named] if count else ""
    return Group(start, end, "group-list", count.start if count else None, count.low if count else None, kind, members)


def _joint(text: Clauses, found: Enumeration, names: Sequence[Name]) -> Group | None:
    """A closed list of works whose last is a project, where the next clause gives what they cost together."""
    members = tuple(_members(text, found, names))
    end = text.tokens[found.elements[-1][1] - 1].end
    costs = text.article.folded.startswith(load_words("groups", "joint"), end)
    if len(members) < max(2, len(found.elements)) or not costs:
        return None
    return Group(members[0][0], end, "group-joint", None, None, "", members)


def _members(text: Clauses, found: Enumeration, names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Yield the named elements of a list, if they are projects, works or sites."""
    for first, last in found.elements:
        if last <= first:
            continue
        low, high = text.tokens[first].start, text.tokens[last - 1].end
        works = [name for name in names if name.individual and name.type in {"Project", "Park", "Facility"}]
        inside = [name for name in works if low <= name.start and name.end == high]
        whole = min(inside, key=lambda name: name.start, default=None)
        if whole is not None:
            yield whole.start, whole.end


def apart_from(names: Sequence[Name], groups: Sequence[Group]) -> Iterator[Name]:
    """Yield the names of a sentence; a counted class names none.

    That is 资源深加工项目 in 100个投资亿元以上资源深加工项目, and 工业园区项目 in 新落户工业园区项目达39个.
    """
    several = [group for group in groups if (group.size or 0) > 1]
    counted = [group for group in several if group.number == group.start]
    classes = [group for group in several if group.rule == "group-class"]
    for name in names:
        inside = name.type == "Project" and (
            any(group.start < name.start and name.end == group.end for group in counted)
            or any(group.start <= name.start and name.end <= group.end for group in classes)
        )
        yield replace(name, individual=False) if inside and name.individual else name


def outside(names: Iterable[Name], groups: Sequence[Group]) -> Iterator[Name]:
    """Yield the names that do not stand in a list of works."""
    lists = [group for group in groups if group.members]
    for name in names:
        if not any(group.start <= name.start and name.end <= group.end for group in lists):
            yield name


def same_group(one: Group, other: Group, folded: str) -> bool:
    """Tell whether two groups of an article are one: the same size, three at least, no words to tell them apart.

    Of two lists none is the other; one whose members are all told is what a bare number means later (3个项目). Nor is a
    class counted behind another in one sentence (等项目17个,长线谋划项目17个), nor what there is besides (还有3个项目).
    """
    if "group-deeds" in (one.rule, other.rule):
        return all(_may_be_deeds(group) for group in (one, other))
    if one.size is None or one.size != other.size or one.size < 3 or (one.members and other.members):
        return False
    kinds = {_told(one.kind), _told(other.kind)}
    if _began_apart(one.kind, other.kind) or _is_told_apart(one, other, folded):
        return False
    if one.members or other.members:
        if "" in kinds and max(len(one.members), len(other.members)) == one.size:
            return True
        few = max(len(one.members), len(other.members)) * 2 < one.size
        return few and one.size >= _SURELY and ("" in kinds or _share_words(one.kind, other.kind))
    return len(kinds) == 1 or "" in kinds


def _is_told_apart(one: Group, other: Group, folded: str) -> bool:
    """Tell whether a group is another than one before it: by 还有, or in one sentence by its class or what is done.

    So in 15个项目竣工、总投资50.9亿元,签约15个项目.
    """
    if folded.endswith(load_words("groups", "further"), 0, other.start):
        return True
    if _ENDS.intersection(folded[one.end : other.start]):
        return False
    done = _done(one, folded), _done(other, folded)
    return other.number not in {None, other.start} or (all(done) and done[0] != done[1])


def _done(group: Group, folded: str) -> str:
    """Return the verb right before or behind a group, "" where none stands there."""
    verbs = load_words("groups", "verbs")
    found = (verb for verb in verbs if folded.endswith(verb, 0, group.start) or folded.startswith(verb, group.end))
    return max(found, key=len, default="")


def _may_be_deeds(group: Group) -> bool:
    """Tell whether a group is what a government does for its people: by name, or counted alone (43个项目)."""
    named = group.rule == "group-deeds" or "实事" in group.kind
    return named or ((group.size or 0) >= _SURELY and not group.members and not _told(group.kind))


def _share_words(one: str, other: str) -> bool:
    """Tell whether two classes have words in common besides being projects (重点项目, 重点建设项目)."""
    first, second = (kind.replace("项目", " ") for kind in (one, other))
    return any(first[at : at + 2] in second for at in range(len(first) - 1))


def _began_apart(one: str, other: str) -> bool:
    """Tell whether what became of their projects tells two groups apart: 新签约项目22个, 新开工项目22个."""
    verbs = load_words("groups", "verbs")
    first, second = ({verb for verb in verbs if verb in kind} for kind in (one, other))
    return bool(first and second) and not first & second


def _told(kind: str) -> str:
    """Return what a class says of its projects beyond being projects that are begun or signed."""
    for word in (*load_words("groups", "verbs"), *load_words("groups", "nouns"), *load_words("groups", "plain")):
        kind = kind.replace(word, "")
    return kind


def group_rows() -> tuple[GroupRow, ...]:
    """Return the rows of `tables/groups.toml`."""
    return load_rows("groups", GroupRow)
