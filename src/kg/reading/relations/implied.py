"""What names imply though no verb says it: a firm's or a place's name in a work's name, names side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from kg.facts import Entity, Predicate
from kg.reading.layers import Article
from kg.reading.names.aliases import is_leveled, leading_place
from kg.reading.relations.draft import Draft
from kg.reading.relations.sentences import Read
from kg.reading.relations.slots import ANY_SLOT, Named, Place, marks
from kg.reading.text.folding import fold
from kg.reading.vocabulary.gazetteer import lies_apart, rank
from kg.reading.vocabulary.lexicon import suffix_rows, word_kinds
from kg.reading.vocabulary.tokens import words

_LEGAL = ("集团有限公司", "股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司")
_WORKS = frozenset({"Project", "Park", "ProjectGroup"})
_OWNED = _WORKS | {"Product"}
_SITED = frozenset({"Project", "Park", "Facility"})
_COUNTY = 3
_TELLING, _LONGEST = 4, 12


def implied(
    article: Article, named: Named, sentences: Sequence[Read], stated: Iterable[Draft], acting: Entity | None
) -> Iterator[Draft]:
    """Yield what the names of a text imply beyond what it has `stated`."""
    row = tuple(_in_a_row(article, named))
    yield from row
    yield from _inside_names(named, _home(row, acting), _firms_told(stated))
    yield from _by_brand(article, named)
    for read in sentences:
        yield from _side_by_side(read)


def _firms_told(stated: Iterable[Draft]) -> dict[str, list[str]]:
    """Map each work to the names of the firms that the text ties to it."""
    firms: dict[str, list[str]] = {}
    for draft in stated:
        if draft.subject.type == "Enterprise":
            firms.setdefault(draft.object.id, []).append(draft.subject.name)
    return firms


def _is_told(firm: Entity, others: Iterable[str]) -> bool:
    """Tell whether a firm in a work's name is a form of one that is tied to it (瑞阳制药 beside 成都瑞阳药业)."""
    own = brand(firm.name) or firm.name
    return any(own[:2] in name and name != firm.name for name in others)


def _home(row: Sequence[Draft], acting: Entity | None) -> frozenset[str] | None:
    """Return the ids of the acting district and of those that the text puts it in; None where no district acts."""
    if acting is None:
        return None
    return frozenset({acting.id, *(draft.object.id for draft in row if draft.subject.id == acting.id)})


def _in_a_row(article: Article, named: Named) -> Iterator[Draft]:
    """A district right before a narrower one, a park or a firm, a word for its kind between them allowed."""
    for one, other in pairwise(named.outer):
        between = article.folded[one.end : other.start]
        if one.entity.type != "District" or one.entity is other.entity or len(between) > 10:
            continue
        kind = other.entity.type
        if other.entity.name.startswith(article.text[one.start : one.end]) or _lie_apart(one.entity, other.entity):
            continue
        if (not between and kind in {"District", "Park", "Facility"}) or (kind == "Enterprise" and _classes(between)):
            start, end = one.start, other.end
            yield Draft(other.entity, "locatedIn", one.entity, "place-before-name", start, end, asserted=False)


def _lie_apart(one: Entity, other: Entity) -> bool:
    """Tell whether two districts only stand side by side: 京山沙洋."""
    return other.type == "District" and lies_apart(fold(other.name), fold(one.name))


def _classes(words: str) -> bool:
    """Tell whether words only say what kind of firm follows: 农产品加工企业."""
    return not words or (words.isalpha() and words.endswith(("企业", "公司", "集团")) and not words.startswith("的"))


def _inside_names(named: Named, home: frozenset[str] | None, told: Mapping[str, Sequence[str]]) -> Iterator[Draft]:
    """A firm's name inside a work's name involves the firm; a district's puts the work there.

    A county or more that is not the text's own (惠州市嘉晟乐器项目) tells where a project's firm comes from.
    """
    shorter = _shorter([place for place, _ in named.inner if place.entity.type == "Enterprise"])
    leading = _narrowest(named)
    for inside, outside in named.inner:
        one, other = inside.entity, outside.entity
        within = (inside.start, inside.end)
        if one.type == "Enterprise" and within not in shorter and _OWNED.intersection((other.type, *other.also_types)):
            if not _is_told(one, told.get(other.id, ())):
                yield _draft(one, "involves", other, "firm-in-name", outside)
        elif one.type == "District" and other.type in _SITED and (outside.start, inside.end) in leading:
            foreign = home is not None and one.id not in home and (rank(one.name) or 4) <= _COUNTY
            if not (foreign and other.type == "Project"):
                yield _draft(other, "locatedIn", one, "place-in-name", outside)


def _narrowest(named: Named) -> frozenset[tuple[int, int]]:
    """Return where names begin that open with districts, and where the last of these districts ends."""
    found: dict[int, int] = {}
    for inside, outside in named.inner:
        if inside.entity.type == "District" and inside.start == found.get(outside.start, outside.start):
            found[outside.start] = inside.end
    return frozenset(found.items())


def _shorter(places: Sequence[Place]) -> set[tuple[int, int]]:
    """Return the places, in text order, that lie inside the one right before or behind them."""
    pairs = (*pairwise(places), *((two, one) for one, two in pairwise(places)))
    return {
        (one.start, one.end)
        for one, two in pairs
        if two.start <= one.start and one.end <= two.end and one.entity is not two.entity
    }


def _draft(subject: Entity, predicate: Predicate, thing: Entity, rule: str, place: Place) -> Draft:
    return Draft(subject, predicate, thing, rule, place.start, place.end, asserted=False)


def _by_brand(article: Article, named: Named) -> Iterator[Draft]:
    """A work's name that begins with a firm's brand (云杉 of 云杉科技) involves the firm."""
    firms: dict[str, dict[str, Entity]] = {}
    works: dict[str, Place] = {}
    for place in named.outer:
        if place.entity.type == "Enterprise":
            for form in (place.entity.name, *place.entity.aliases):
                for begin in _beginnings(form, article.folded):
                    firms.setdefault(begin, {})[place.entity.id] = place.entity
        elif place.entity.type in {"Project", "Park"}:
            works.setdefault(place.entity.id, place)
    for place in works.values():
        if any(row.type == "Enterprise" for row in place.inside):
            continue
        name = article.folded[place.start : place.end]
        rest = name[len(leading_place(name)) :]
        for size in range(min(_LONGEST, len(rest) - 1), 1, -1):
            owners = firms.get(rest[:size], {}) or firms.get(name[:size], {})
            if len(owners) == 1:
                yield _draft(next(iter(owners.values())), "involves", place.entity, "brand-in-name", place)
                break


def _beginnings(form: str, text: str) -> Iterator[str]:
    """Yield how a work's name begins that bears a firm's, but for what the text has as a place: 沱江 beside 沱江市.

    An ordinary word is a brand too where the text has it with the form of a firm: 风神 beside 风神公司.
    """
    stem = _stem(form)
    said = {stem} if any(f"{stem}{end}" in text for end in ("公司", "集团")) else set()
    yield from (begin for begin in sorted({brand(form), _without_form(form), *said}) if not is_leveled(begin, text))


def _without_form(name: str) -> str:
    """Return a firm's name behind its place and without its legal form (好彩头食品), "" where that tells too little."""
    rest = name[len(leading_place(name)) :]
    bare = next((rest[: -len(form)] for form in _LEGAL if rest.endswith(form)), "")
    return bare if len(bare) >= _TELLING else ""


@cache
def brand(name: str) -> str:
    """Return what is a firm's own in its name: 云杉科技有限公司 → 云杉; an ordinary word is no brand and gives ""."""
    rest = _stem(name)
    tokens = words(rest, 0, len(rest))
    ordinary = len(tokens) == 1 and (rest in word_kinds() or tokens[0].tag[:2] not in {"nr", "nz", "nt", "x"})
    return "" if ordinary or len(rest) < 2 else rest


def _stem(name: str) -> str:
    """Return a firm's name without its place, its legal form and its trades."""
    rest = name[len(leading_place(name)) :]
    while True:
        shorter = next(
            (rest[: -len(end)] for end in _endings() if rest.endswith(end) and len(rest) - len(end) >= 2), None
        )
        if shorter is None:
            return rest
        rest = shorter


@cache
def _endings() -> tuple[str, ...]:
    found = {suffix for row in suffix_rows() if row.type == "Enterprise" for suffix in row.suffixes}
    return tuple(sorted(found, key=lambda end: (-len(end), end)))


def _side_by_side(read: Read) -> Iterator[Draft]:
    """A firm right before a work, a park right before a firm."""
    text, slots = read.folded.text, read.folded.slots
    for rule, predicate, pattern in _adjacent():
        for match in pattern.finditer(text):
            start, end = read.folded.span(match.start(), match.end())
            for one in slots[match.start("s")].members:
                for other in slots[match.start("o")].members:
                    yield Draft(one, predicate, other, rule, start, end, asserted=False)


@cache
def _adjacent() -> tuple[tuple[str, Predicate, re.Pattern[str]], ...]:
    """Names side by side: the rule, what is implied, and the pattern with its ends `s` and `o`."""
    firm, work, park, place = marks("firm"), marks("work"), marks("park"), marks("place")
    where = f"(?:(?:在|位于)[{place}](?:内|区内)?)?"
    kind = f"(?:[^{ANY_SLOT},;:。的]{{0,6}}企业)?"
    patterns: tuple[tuple[str, Predicate, str], ...] = (
        ("firm-before-work", "involves", f"(?P<s>[{firm}]){where}(?:[一二三四]期)?的?“?(?P<o>[{work}])"),
        ("firm-before-good", "produces", f"(?P<s>[{firm}])的?(?P<o>[{marks('good')}])"),
        ("firm-behind-work", "involves", f"(?P<o>[{work}])\\((?P<s>[{firm}])\\)"),
        (
            "park-before-work",
            "locatedIn",
            f"(?P<o>[{park}])(?:的|内|内的|区内|区内的)?(?P<s>[{marks('project_site')}])",
        ),
        ("park-before-firm", "locatedIn", f"(?P<o>[{park}])(?:内|区内)?的?{kind}(?P<s>[{firm}])"),
    )
    return tuple((rule, predicate, re.compile(pattern)) for rule, predicate, pattern in patterns)
