"""One thing, several names: which short forms belong to a full name, and which names are one thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg.facts import EntityType
from kg.reading.names.specific import has_brand, is_place, specific
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.vocabulary.gazetteer import known_places, level_suffixes, stems
from kg.reading.vocabulary.lexicon import suffix_rows, word_kinds
from kg.reading.vocabulary.tokens import words

_QUOTED = re.compile("“([^“”]+)”")
_TELLING, _SHORT, _CORE, _PLACE = 10, 5, 4, 3
_LEVELS = ("省", "市", "县", "区", "旗", "镇", "乡")
_CAPACITY = re.compile(
    r"(?:年产|日产|年加工|年处理|年生产)?[\d.]+[十百千万亿]*(?:吨|台|套|件|只|头|锭|辆|台套|平方米|立方米|千瓦|兆瓦)"
)


class AliasRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a short form of a name of these types leaves off; `name` and `alias` are one thing in `yes`.

    `owner`: the firm that a work's name begins with is left off. `brand`: it is how the name begins, behind its place,
    two characters at least, of words no dictionary knows.
    `always`: the short form is an alias wherever the text has it, be it inside the full name only.
    """

    types: tuple[EntityType, ...]
    endings: tuple[str, ...] = ()
    place: bool = False
    always: bool = False
    brand: bool = False
    owner: bool = False
    quotes: bool = False
    name: str
    alias: str


_WORKS: frozenset[EntityType] = frozenset({"Project", "Park", "Facility"})
_FAMILIES: tuple[frozenset[EntityType], ...] = (
    _WORKS,
    frozenset({"Programme", "Measure"}),
    frozenset({"District"}),
)


def kin(one: EntityType, other: EntityType) -> bool:
    """Tell whether things of two types may be one thing."""
    return one == other or any({one, other} <= family for family in _FAMILIES)


def short_forms(name: str, kind: EntityType) -> Iterator[tuple[str, str]]:
    """Yield the forms by which a text may name a thing again, longest first, each with the rule's id."""
    forms: dict[str, str] = {}
    pending = [name]
    while pending:
        form = pending.pop()
        for shorter, rule in _shorten(form, kind):
            if shorter not in forms and shorter != name and _bears_a_name(shorter, whole=form):
                forms[shorter] = rule
                pending.append(shorter)
    yield from sorted(forms.items(), key=lambda row: (-len(row[0]), row[0]))


def _shorten(name: str, kind: EntityType) -> Iterator[tuple[str, str]]:
    """Yield what is left of a name when one thing is left off."""
    for row in load_rows("aliases", AliasRow):
        if kind not in row.types:
            continue
        for ending in row.endings:
            if name.endswith(ending):
                yield name[: -len(ending)], row.id
        if row.place and (place := leading_place(name)):
            yield name[len(place) :], row.id
            yield name[_first_place(name) :], row.id
            if place.endswith(level_suffixes()):
                yield name[len(place) - 1 :], row.id
        if row.owner and (own := own_part(name)) != name:
            yield own, row.id
        if row.brand:
            yield from ((form, row.id) for form in _brand_forms(name))
        if row.quotes and "“" in name:
            inside = name[name.index("“") + 1 :].split("”", maxsplit=1)[0]
            yield inside, row.id


def _brand_forms(name: str) -> Iterator[str]:
    """Yield how a firm's name begins, behind the places before it (晨风轨道 of 鄂州晨风轨道装备股份有限公司)."""
    tokens = words(name, 0, len(name))
    first = 0
    while first < len(tokens) - 1 and (is_place(tokens[first]) or tokens[first].text in load_words("words", "sites")):
        first += 1
    for last in range(first + 1, len(tokens)):
        form = name[tokens[first].start : tokens[last - 1].end]
        placed = form.endswith(level_suffixes()) or name[tokens[last - 1].end] in _LEVELS
        if 2 <= len(form) <= 6 and has_brand(tokens[first:last]) and not placed:
            yield form


def inner_forms(name: str, kind: EntityType) -> Iterator[str]:
    """Yield the forms that are aliases though they stand only inside the full name (巧马工业园 of 册亨县巧马工业园)."""
    for row in load_rows("aliases", AliasRow):
        if not row.always or kind not in row.types:
            continue
        place = leading_place(name)
        if row.place and place.endswith(level_suffixes()):
            yield name[len(place) :]
        site = next((word for word in load_words("words", "sites") if name.startswith(word) and len(word) > 2), "")
        if row.place and len(name) - len(site) > 3 and site:
            yield name[len(site) :]
        quoted = _QUOTED.search(name)
        if row.quotes and quoted:
            yield quoted[1]


def leading_place(name: str) -> str:
    """Return the places that a name begins with, "" for none."""
    end = 0
    while size := _first_place(name[end:]):
        end += size
    return name[:end]


def _first_place(name: str) -> int:
    """Return the length of the place that a name begins with, 0 for none."""
    return next((size for size in range(min(9, len(name) - 1), 1, -1) if _is_place(name[:size])), 0)


def _is_place(word: str) -> bool:
    return word in known_places() or word in stems()


def _bears_a_name(form: str, *, whole: str) -> bool:
    """Tell whether a form still names an individual: two characters at least, no ordinary word, and something specific.

    What is left of a name behind its place may be of plain words.
    """
    if len(form) < 2 or form in word_kinds() or form in _suffixes() or form in level_suffixes():
        return False
    legal = len(form) >= 4 and whole.startswith(form) and whole.endswith("有限公司")
    told = len(form) >= _TELLING and whole.startswith(form) and whole.endswith(("项目", "工程"))
    return (
        legal
        or told
        or len(form) == 2
        or whole.endswith(form)
        or _is_place(form)
        or specific(words(form, 0, len(form)))
    )


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(suffix for row in suffix_rows() for suffix in row.suffixes)


def own_part(name: str) -> str:
    """Return what follows the firm that a work's name begins with, the name itself where it begins with none."""
    ends = [name.rindex(form) + len(form) for form in ("公司", "集团") if form in name]
    return name[max(ends) :] if ends and len(name) - max(ends) >= 4 else name


def is_tail(short: str, full: str) -> bool:
    """Tell whether a project's name is the end of a fuller one (特色旅游商业街项目), of six characters at least."""
    if len(short) >= _SHORT and full.endswith(short) and _CAPACITY.fullmatch(full[: -len(short)]):
        return True
    if short.startswith("年产") and len(short) >= _TELLING and full.endswith(short.removesuffix("项目")):
        return True
    return len(short) >= 6 and full.endswith(short) and (short.endswith(("项目", "工程")) or short.startswith("年产"))


def _is_sited(short: str, full: str) -> bool:
    """Tell whether a fuller name only says the park or town before it: 环保涂料产业园 of 大观经济开发区环保涂料产业园.

    产业园区 is 产业园.
    """
    if full == f"{short}区" and short.endswith("园"):
        return True
    before = full[: -len(short)] if full.endswith(short) else ""
    return len(short) >= 5 and before.endswith((*load_words("words", "parks"), *level_suffixes()))


def _behind_site(name: str) -> str:
    """Return what follows the park or town that a name says last, the name itself where five characters do not."""
    sites = (*load_words("words", "parks"), "街道", "镇", "乡", "村")
    ends = (name.rfind(site, 0, len(name) - 4) + len(site) for site in sites if site in name[:-5])
    return name[max(ends, default=0) :]


def _behind_capacity(name: str) -> str:
    """Return what follows the capacity that a name opens with: 海绵钛项目 of 年产3万吨海绵钛项目."""
    capacity = _CAPACITY.match(name)
    return name[capacity.end() :] if capacity else name


def _is_owners(short: str, full: str) -> bool:
    """Tell whether a form names a project by its owner alone (金锣集团项目), three characters at least."""
    return len(short) >= 5 and short.endswith("项目") and full.startswith(short[:-2])


def is_reordered(short: str, full: str) -> bool:
    """Tell whether a form of six characters keeps those of a name in another order (鹤城主题公园 of 鹤城公园主题乐园).

    Both begin with the same two characters and end with the same one.
    """
    if full.startswith(short):
        return False
    alike = len(short) >= 6 and short[:2] == full[:2] and short[-1] == full[-1] and 5 * len(short) >= 3 * len(full)
    return alike and not Counter(short) - Counter(full)


def abbreviates(short: str, full: str) -> bool:
    """Tell whether a form leaves out characters inside a name, keeping how it begins and ends (5G视商产业园).

    Three in five of its characters must be left, one in two where it begins with the same three; the place or firm
    before it may go.
    """
    if is_tail(short, full) or is_reordered(short, full) or _is_owners(short, full) or _is_sited(short, full):
        return True
    for whole in (full, full[len(leading_place(full)) :], own_part(full), full.removesuffix("项目")):
        enough = 2 * len(short) >= len(whole) if short[:3] == whole[:3] else 5 * len(short) >= 3 * len(whole)
        if enough and short != whole and short[:2] == whole[:2] and short[-2:] == whole[-2:]:
            return len(short) >= 4 and _within(short, whole)
    return False


def _is_good(short: str, full: str, kind: EntityType) -> bool:
    """Tell whether a product's name leaves out one character of a fuller one (生态米 of 生态大米)."""
    one_less = kind == "Product" and len(short) == len(full) - 1 >= 3
    return one_less and short[:2] == full[:2] and short[-1] == full[-1] and _within(short, full)


def _within(short: str, full: str) -> bool:
    """Tell whether the characters stand in the name in this order."""
    rest = iter(full)
    return all(character in rest for character in short)


def join(names: Sequence[tuple[str, EntityType]]) -> dict[str, str]:
    """Map each name to the fullest name of its thing (itself where it is that)."""
    kinds = dict(names)
    ordered = sorted(kinds, key=lambda name: (-len(name), name))
    full: dict[str, str] = {}
    forms: dict[str, list[str]] = {}
    alike: dict[str, list[str]] = {}
    for name in ordered:
        fuller = [other for other in forms.get(name, ()) if kin(kinds[name], kinds[other])]
        if not fuller:
            keys = (*_keys(name), *_keys(bare_work(name) if kinds[name] in _WORKS else own_name(name)))
            near = (other for key in keys for other in alike.get(key, ()) if kin(kinds[name], kinds[other]))
            fuller = [other for other in dict.fromkeys(near) if _is_short(name, other, kinds[name])]
        full[name] = fuller[0] if len(fuller) == 1 else name
        if full[name] == name:
            _index(name, kinds[name], forms, alike)
    return full


def _index(name: str, kind: EntityType, forms: dict[str, list[str]], alike: dict[str, list[str]]) -> None:
    """Enter a full name under its short forms, and under how it begins and ends."""
    for form, _ in short_forms(name, kind):
        forms.setdefault(form, []).append(name)
    for key in {
        *_keys(name),
        *_keys(name[len(leading_place(name)) :]),
        *_keys(own_part(name)),
        *_keys(_behind_site(name)),
        *_keys(_behind_capacity(name)),
        *_keys(name[max(name.find("年产"), 0) :]),
        *(_keys(bare_work(name)) if kind in _WORKS else ()),
    }:
        alike.setdefault(key, []).append(name)


def _keys(name: str) -> tuple[str, str]:
    """Return what a name shares with its abbreviations: how it begins, or how it ends."""
    return f"{name[:2]}…", f"…{name[-6:]}"


def _is_short(short: str, full: str, kind: EntityType) -> bool:
    """Tell whether a name is a shorter form of a full one by its characters."""
    if kind == "Enterprise" and _is_company(short, full):
        return True
    if kind == "Park" and _is_same_park(short, full):
        return True
    if kind in _WORKS and _is_same_work(short, full):
        return True
    return len(short) < len(full) and (abbreviates(short, full) or _is_good(short, full, kind))


def bare_work(name: str) -> str:
    """Return a work's name without the word for a work at its end, and in short where it is a park."""
    ending = next((end for end in load_words("aliases", "work_ends") if name.endswith(end)), "")
    return _in_short(name.removesuffix(ending)).replace("工业园", "产业园")


def _is_same_work(short: str, full: str) -> bool:
    """Tell whether two names, one of which ends in a word for a work, are of one: in short, or by its only phase."""
    ends = load_words("aliases", "work_ends")
    one, other = bare_work(short), bare_work(full)
    if len(one) < _SHORT or not (short.endswith(ends) or full.endswith((*ends, *load_words("words", "phases")))):
        return False
    phased = short.endswith(ends) and any(
        other in (f"{one}{phase}", f"{one}({phase})") for phase in load_words("words", "phases")
    )
    return one == other or phased or (len(one) < len(other) and abbreviates(one, other))


def _is_same_park(short: str, full: str) -> bool:
    """Tell whether two names of parks say the same, one in short: 利辛经开区 of 利辛经济开发区."""
    one, other = _in_short(short), _in_short(full)
    own = other[len(leading_place(other)) :]
    return one == other or (len(one) >= 5 and one == own) or _without_level(one) == _without_level(other)


def _without_level(name: str) -> str:
    """Return a name without the level of the place that it begins with: 吉州工业园 of 吉州区工业园."""
    place = leading_place(name)
    level = len(place) > 2 and place.endswith(level_suffixes())
    return place[:-1] + name[len(place) :] if level else name


def _in_short(name: str) -> str:
    for long, brief in zip(load_words("words", "areas_long"), load_words("words", "areas_brief"), strict=True):
        name = name.replace(long, brief)
    return name


def _is_company(short: str, full: str) -> bool:
    """Tell whether a form is how a firm of legal form begins, and 公司 or 集团 (金田公司 of 安徽金田高新材料有限公司).

    So is one that stops short of its trade (高科生物 of 安康高科生物科技有限公司), where nothing but that follows.
    """
    own = own_name(full)
    if len(_core(short)) >= _CORE and _core(short) == _core(full):
        return True
    ending = next((end for end in ("集团公司", "公司", "集团") if short.endswith(end)), "")
    brand = short.removesuffix(ending)
    if not ending or (ending == "集团" and "集团" not in full):
        brief = own_name(short)
        rest = own[len(brief) :]
        placed = leading_place(full).startswith(leading_place(short))
        return (
            len(brief) >= 3 and placed and own.startswith(brief) and 4 <= len(rest) <= 8 and rest.endswith("有限公司")
        )
    return len(brand) >= (2 if full.endswith("公司") else 3) and own.startswith(brand)


def _core(name: str) -> str:
    """Return a firm's name without the places before it and its legal form."""
    own = own_name(name)
    forms = ("有限责任公司", "股份有限公司", "有限公司", "公司")
    return own.removesuffix(next((form for form in forms if own.endswith(form)), ""))


@lru_cache(maxsize=64)
def is_leveled(form: str, text: str) -> bool:
    """Tell whether a text has a short form as the name of a place, with its level: 沱江 beside 沱江市."""
    return len(form) <= _PLACE and any(form + level in text for level in _LEVELS)


def own_name(full: str) -> str:
    """Return a firm's name behind the places that it begins with."""
    return full[len(leading_place(full)) :]
