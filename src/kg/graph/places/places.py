"""The places of the reference table, and which of them an article means."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import OntologyError

_KINDS = (
    *("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "林区", "矿区"),
    *("省", "市", "区", "县", "盟", "旗"),
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One row: the six-digit code, the name, the code of the place around it ("" for a province), the table."""

    code: str
    name: str
    around: str
    table: str = "places"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a reference table comes from."""

    name: str
    title_zh: str
    title_en: str
    source: str
    date: dt.date


class Places:
    """The tables, looked up by code and by name; a place set up later comes before one of its name that it replaced."""

    def __init__(self, rows: Iterable[Place], sources: Iterable[Source]) -> None:
        self.sources = {source.name: source for source in sources}
        self._by_code = {place.code: place for place in rows}
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self._by_stem: dict[str, list[Place]] = defaultdict(list)
        for place in self._by_code.values():
            self._by_name[place.name].append(place)
            self._by_stem[bare(place.name)].append(place)

    def __getitem__(self, code: str) -> Place:
        return self._by_code[code]

    def __len__(self) -> int:
        return len(self._by_code)

    def named(self, name: str) -> tuple[Place, ...]:
        """Return the places that bear exactly this name."""
        return tuple(self._by_name.get(name, ()))

    def chain(self, code: str) -> Iterator[Place]:
        """Yield a place and the places around it, the province last."""
        place = self._by_code.get(code)
        while place is not None:
            yield place
            place = self._by_code.get(place.around)

    def read(self, name: str) -> tuple[Place, ...]:
        """Return the places that a name, a path or a name without its kind may mean: 齐齐哈尔市龙沙区 → 230202.

        Of two places that share a stem and lie in one another (长沙市, 长沙县), the outer one is meant.
        """
        exact = self.named(name)
        if exact:
            return self._newest(exact)
        path = [
            place
            for cut in range(2, len(name) - 1)
            for place in self.named(name[cut:])
            if self._path_ends(place, name[:cut])
        ]
        return self._newest(path) if path else self._by_bare_name(name)

    def _by_bare_name(self, name: str) -> tuple[Place, ...]:
        found = self._by_stem.get(name, ()) if len(name) > 1 else ()
        codes = {place.code for place in found}
        outermost = [p for p in found if not codes & {outer.code for outer in self.chain(p.around)}]
        return self._newest(outermost)

    def _newest(self, found: Sequence[Place]) -> tuple[Place, ...]:
        """Leave out a place where another in the same place around them is of a later table."""
        newest = {p.around: max(self._issued(other) for other in found if other.around == p.around) for p in found}
        return tuple(p for p in found if self._issued(p) == newest[p.around])

    def _issued(self, place: Place) -> dt.date:
        return self.sources[place.table].date

    def _path_ends(self, place: Place, before: str) -> bool:
        path = "".join(outer.name for outer in reversed(tuple(self.chain(place.around))))
        return bool(path) and path.endswith(before)

    def leading(self, name: str, chain: Iterable[str]) -> tuple[str, str]:
        """Split off the place a name begins with: ("230200", rest); ("", name) where there is none.

        Places of `chain` (codes) are known without their kind too: 齐齐哈尔 for 齐齐哈尔市.
        """
        code, rest = "", name
        while True:
            found = self._step(rest, code, tuple(chain))
            if found is None:
                return code, rest
            code, rest = found

    def _step(self, name: str, code: str, chain: tuple[str, ...]) -> tuple[str, str] | None:
        for cut in range(min(len(name) - 1, 12), 1, -1):
            for place in self.named(name[:cut]):
                if place.code in chain or (place.around == code if code else len(self.named(place.name)) == 1):
                    return place.code, name[cut:]
        for place in (self._by_code[c] for c in chain if c in self._by_code):
            stem = bare(place.name)
            if len(stem) > 1 and name.startswith(stem) and len(name) > len(stem) + 1 and place.code != code:
                return place.code, name[len(stem) :]
        return None


def bare(name: str) -> str:
    """Return a place's name without its kind: 齐齐哈尔市 → 齐齐哈尔; a name of one character stays whole."""
    for kind in _KINDS:
        if name.endswith(kind) and len(name) > len(kind) + 1:
            return name.removesuffix(kind)
    return name


@cache
def load_places(folder: Path) -> Places:
    """Read the tables of places that `sources.toml` names; of two rows with one code the first counts.

    Raises:
        OntologyError: a file is missing or malformed; the message names it.
    """
    try:
        with (folder / "sources.toml").open("rb") as file:
            told = tomllib.load(file)
        sources = [_source(name, entry) for name, entry in told.items()]
        rows = {row.code: row for name in reversed(told) for row in _rows(folder / told[name]["file"], name)}
    except (OSError, KeyError, ValueError) as error:
        raise OntologyError(f"The reference tables in {folder} cannot be read: {error!r}.") from error
    return Places(rows.values(), sources)


def _source(name: str, told: dict[str, Any]) -> Source:
    return Source(name, told["title"]["zh"], told["title"]["en"], told["source"], told["date"])


def _rows(path: Path, table: str) -> list[Place]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Place(row["code"], row["name"], row["in"], table) for row in csv.DictReader(file)]
