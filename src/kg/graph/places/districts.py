"""Which places of the reference table an article's districts are."""

from __future__ import annotations

from kg.facts import Entity, Facts
from kg.graph.places.places import Place, Places, bare
from kg.graph.rdf.slugs import simplified


def district_codes(facts: Facts, places: Places) -> dict[str, str]:
    """Return the place code of each District entity that can be told, by entity id.

    A name that several places bear (鼓楼区) is told by the places around it that the article names; where
    none is named it stays untold.
    """
    districts = [entity for entity in facts.entities if entity.type == "District"]
    said = simplified("".join([facts.article.title or "", *(n for e in districts for n in (e.name, *e.aliases))]))
    codes: dict[str, str] = {}
    for entity in districts:
        code = _code(entity, said, places)
        if code:
            codes[entity.id] = code
    return codes


def _code(entity: Entity, said: str, places: Places) -> str:
    for name in (entity.name, *entity.aliases):
        found = places.read(simplified(name))
        if len(found) > 1:
            best = max(_named_around(place, said, places) for place in found)
            found = tuple(p for p in found if best and _named_around(p, said, places) == best)
        if len(found) == 1:
            return found[0].code
    return ""


def _named_around(place: Place, said: str, places: Places) -> int:
    return sum(bare(outer.name) in said for outer in places.chain(place.around))


def own_district(facts: Facts, codes: dict[str, str]) -> Entity | None:
    """Return the district that the article is about: the deepest that its title names, else the most mentioned."""
    districts = [entity for entity in facts.entities if entity.type == "District"]
    title = facts.article.title or ""
    titled = [e for e in districts if any(name in title for name in (e.name, *e.aliases))]
    return max(
        titled or districts,
        key=lambda e: (_depth(codes.get(e.id, "")) if titled else 0, len(e.mentions), e.name),
        default=None,
    )


def _depth(code: str) -> int:
    return len(code.removesuffix("00").removesuffix("00"))
