"""Places known by name: the reference tables (`data/reference/places*.csv`), the levels of `tables/levels.toml`."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache

from kg import resources
from kg.reading.rows import Row, load_rows, load_words

_PEOPLES = re.compile(
    "(?:[回满苗侗壮瑶彝白傣藏羌黎畲水怒佤土各]族|(?:土家|布依|哈尼|景颇|傈僳|朝鲜|拉祜|纳西|仡佬|仫佬|毛南|达斡尔|鄂温克|锡伯|"
    "东乡|保安|撒拉|裕固|哈萨克|柯尔克孜|塔吉克|布朗|普米|独龙|蒙古)族?)+(?:自治(?=[州县旗]$)|(?=区$))"
)


class LevelRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A level of administration: how its names end, `rank` counting from the province down."""

    suffixes: tuple[str, ...]
    rank: int
    name: str


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Return the code, the name and the holder's code of every place of the reference tables."""
    rows: list[tuple[str, str, str]] = []
    for table in ("places.csv", "places-since-2014.csv"):
        with (resources.reference() / table).open(encoding="utf-8", newline="") as file:
            rows += [(row["code"], row["name"], row["in"]) for row in csv.DictReader(file)]
    return tuple(rows)


@cache
def _reference() -> frozenset[str]:
    return frozenset(name for _, name, _ in _rows())


@cache
def known_places() -> frozenset[str]:
    """Return the names of the reference tables, old and new, and what areas of a people are called (临夏州, 管城区).

    Ordinary words (城区) are left out.
    """
    long = frozenset(name for name in _reference() if len(name) > 2 or name.endswith("县"))
    return (long | _called().keys()) - frozenset(load_words("levels", "ordinary"))


@cache
def _called() -> dict[str, str]:
    """Map what areas of a people are called to their full names: 杜尔伯特县, 临夏州, 管城区, 科右前旗."""
    names = (row for row in _reference() if "自治" in row or row.endswith("族区"))
    short = {_PEOPLES.sub("", name): name for name in sorted(names)}
    for long, _, own in (pair.partition("=") for pair in load_words("levels", "shortened")):
        short |= {own + name.removeprefix(long): name for name in sorted(_reference()) if name.startswith(long)}
    return {own: name for own, name in short.items() if own != name and len(own) > 2}


def rank(name: str) -> int | None:
    """Return a district's level, 1 for a province, None for no district; a bare stem has the level of its place."""
    name = _called().get(name, (stems().get(name) or ordinary_stems().get(name, (name,)))[0])
    row = level_of(name)
    return row.rank if row else None


@lru_cache(maxsize=4096)
def level_of(name: str) -> LevelRow | None:
    """Return the level that a name ends like, by the longest suffix (社区 is no 区)."""
    rows = [(len(end), row) for row in load_rows("levels", LevelRow) for end in row.suffixes if name.endswith(end)]
    return max(rows, key=lambda row: row[0], default=(0, None))[1]


@cache
def stems() -> dict[str, tuple[str, ...]]:
    """Map names without their level to the full names, the widest first (株洲: the city, then the county).

    Those that are ordinary words are left out: `ordinary_stems` has them.
    """
    return {stem: names for stem, names in _stems().items() if stem not in load_words("levels", "ordinary_stems")}


@cache
def ordinary_stems() -> dict[str, tuple[str, ...]]:
    """Map names without their level that are ordinary words, and open no sentence as such, to the full names."""
    ordinary = frozenset(load_words("levels", "ordinary_stems")) - frozenset(load_words("levels", "ordinary_deeds"))
    return {stem: names for stem, names in _stems().items() if stem in ordinary}


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(known_places(), key=lambda name: (level.rank if (level := level_of(name)) else 9, name)):
        stem = next(
            (name[: -len(end)] for end in sorted(level_suffixes(), key=len, reverse=True) if name.endswith(end)), ""
        )
        if len(stem) >= 2:
            found.setdefault(stem, []).append(name)
    return {stem: tuple(names) for stem, names in found.items()}


@cache
def _county_cities() -> frozenset[str]:
    """Return the cities that rank as counties: the last two digits of their codes are not 00 (GB/T 2260, section 4)."""
    return frozenset(name for code, name, _ in _rows() if name.endswith("市") and not code.endswith("00"))


def is_county_city(name: str) -> bool:
    """Tell whether a name, with or without its level, is first that of a city that ranks as a county (永济市)."""
    return stems().get(name, (name,))[0] in _county_cities()


@cache
def _holders() -> dict[str, frozenset[str]]:
    """Map names to the names of the places that they lie in."""
    coded = {code: name for code, name, _ in _rows()}
    held: dict[str, set[str]] = {}
    for _, name, holder in _rows():
        if holder in coded:
            held.setdefault(name, set()).add(coded[holder])
    return {name: frozenset(holders) for name, holders in held.items()}


def lies_in(stem: str, wider: str) -> str:
    """Return the full name of the place without its level that lies in a wider one (永济 in 运城市), else nothing."""
    names = {wider, *stems().get(wider, ())}
    return next((full for full in stems().get(stem, ()) if _holders().get(full, frozenset()) & names), "")


def lies_apart(name: str, wider: str) -> bool:
    """Tell whether the reference tables know two places, and the first lies nowhere in the second (沙洋县, 京山市)."""
    own, wide = ({place, *stems().get(place, ())} & _holders().keys() for place in (name, wider))
    seen = set(own)
    while own:
        own = {holder for place in own for holder in _holders().get(place, ())} - seen
        seen |= own
    return bool(seen and wide) and not seen & wide


@cache
def level_suffixes() -> tuple[str, ...]:
    """Return every ending of a district's name."""
    return tuple(end for row in load_rows("levels", LevelRow) for end in row.suffixes)
