"""Which names mean the same thing, across articles; and the address that a thing keeps for ever.

A thing is known by its type family, its scope (everywhere, a place's code, an article) and a name; the table
`tables/identity.toml` says which scope a family has. A thing's address is a slug and a short hash of family, scope
and the name first registered. Registered addresses stand in a file (see `kg.graph.identity.register`) and are looked up
first, so an article, an alias or a fuller name that comes later moves nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from kg.facts import Entity, Facts
from kg.graph.places.places import Places
from kg.graph.rdf.slugs import short_hash, simplified, slug

_MARKS = re.compile(r"[\s“”‘’\"'《》〈〉「」『』【】()（）·•]")
_NUMBER = re.compile(r"[0-9一二三四五六七八九十百]+")


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a thing is known by; `scope` is "" for everywhere, a place's code, or `article:ID`."""

    family: str
    scope: str
    name: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """A published address (the path behind `{base}id/`) and the key under which it was first registered."""

    path: str
    key: Key


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("kg.graph").joinpath("tables/identity.toml").read_text("utf-8"))


@cache
def _generic() -> re.Pattern[str]:
    words = sorted(_table()["generic"]["words"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))}|{_NUMBER.pattern})+")


def folded(name: str) -> str:
    """Return a name simplified, without quotation marks, brackets and spaces: the form in which names are compared."""
    return simplified(_MARKS.sub("", name).lower())


def is_generic(name: str) -> bool:
    """Tell whether a name says only what a thing is (现代服务业产业园), not which one it is."""
    return _generic().fullmatch(folded(name)) is not None


def family_of(type_name: str) -> str:
    """Return the type family: types of one family may be one thing in two articles."""
    return str(_table()["families"][type_name]["family"])


@dataclass(slots=True)
class Identities:
    """The things known so far; `resolve` takes the articles one after the other, in a fixed order."""

    places: Places
    known: dict[Key, str] = field(default_factory=dict)
    minted: list[Identifier] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, places: Places, registered: Iterable[Identifier], target: Callable[[str], str] = str) -> Identities:
        """Begin with the addresses that were published before; `target` tells where a merged one leads."""
        self = cls(places)
        for identifier in registered:
            self.known.setdefault(identifier.key, target(identifier.path))
            self._taken.add(identifier.path)
        return self

    def resolve(self, facts: Facts, district: str, codes: dict[str, str]) -> dict[str, str]:
        """Return the path of every entity of one article.

        Args:
            facts: the article's facts.
            district: the code of the article's own district, "" where it is unknown.
            codes: the place codes of its District entities, by entity id.
        """
        return {entity.id: self._path(entity, self._keys(entity, facts, district, codes)) for entity in facts.entities}

    def place(self, code: str) -> str:
        """Return the path of a place of the reference table."""
        place = self.places[code]
        key = Key("place", place.around, place.name)
        return self.known.get(key) or self._mint(key, place.name)

    def _keys(self, entity: Entity, facts: Facts, district: str, codes: dict[str, str]) -> list[Key]:
        family = family_of(entity.type)
        if entity.id in codes:
            place = self.places[codes[entity.id]]
            return [Key(family, place.around, place.name)]
        names = [entity.name, *(a for a in entity.aliases if len(folded(a)) > 2 and not is_generic(a))]
        keys = [self._key(entity.type, family, name, facts.article.id, district) for name in names]
        return list(dict.fromkeys(key for key in keys if key.name))

    def _key(self, type_name: str, family: str, name: str, article: str, district: str) -> Key:
        scope = _table()["families"][type_name]["scope"]
        plain = folded(name)
        if scope == "article":
            return Key(family, f"article:{article}", plain)
        if plain in _table()["national"]["names"] and family == "programme":
            return Key(family, "", plain)
        if scope == "everywhere" and (family == "industry" or not is_generic(name)):
            return Key(family, "", plain)
        code, rest = self.places.leading(plain, [place.code for place in self.places.chain(district)])
        return Key(family, code or district or f"article:{article}", rest if code else plain)

    def _path(self, entity: Entity, keys: list[Key]) -> str:
        path = next((self.known[key] for key in keys if key in self.known), None)
        if path is None:
            path = self._mint(keys[0], keys[0].name if keys[0].family == "place" else entity.name)
        for key in keys:
            self.known.setdefault(key, path)
        return path

    def _mint(self, key: Key, name: str) -> str:
        path, length = "", 8
        while not path or path in self._taken:
            path = f"{key.family}/{slug(name)}-{short_hash(key.family, key.scope, key.name, length=length)}"
            length += 4
        self._taken.add(path)
        self.minted.append(Identifier(path, key))
        return path
