"""The district that an article speaks for: what "全区", "我县" and "该市" mean in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.facts import Entity
from kg.reading.layers import Article
from kg.reading.names.clauses import Name
from kg.reading.rows import load_rows, load_words
from kg.reading.vocabulary.gazetteer import LevelRow, is_county_city, rank, stems
from kg.reading.vocabulary.patterns import turn

_FILED = re.compile("\\d{1,2}月\\d{1,2}日[讯訊电電]|[讯訊电電](?=[(:,])")
_COUNTY = 3
_MANY = 3


def acting_district(article: Article, places: Sequence[Name]) -> str | None:
    """Return the name of the district that the article speaks for, as its places name it.

    It is looked for in the title, then in the first sentences, then anywhere: one of the level that "我区" means, where
    the text says so; else of any, the level that "全县" means first, then the narrowest down to the county. The name
    said most often wins. Where a report was filed from (永州3月28日讯) counts only where no other place is named.
    """
    folded = article.folded
    own, whole = _meant(folded, "own"), _meant(folded, "whole")
    places = reached(article, places)
    places = _apart_from_others(article, places, spoken=bool(own or whole))
    filed = [place for place in places if not _FILED.match(folded, place.end)]
    places = filed if any((rank(folded[place.start : place.end]) or 9) <= _COUNTY for place in filed) else places
    said = Counter(article.folded[place.start : place.end] for place in places)
    ranked = {name: level for name in said if (level := _rank(name)) is not None and level <= _COUNTY}
    ranked = {name: level for name, level in ranked.items() if level < _COUNTY or _may_be_own(folded, name)}
    title = next(((line.start, line.end) for line in article.sentences if line.kind == "title"), (0, 0))
    titled = {article.folded[place.start : place.end] for place in places if title[0] <= place.start < title[1]}
    if word := own_town(article.folded):
        return max((name for name in sorted(said) if rank(name) == rank(word)), key=said.__getitem__, default=None)
    levels = {ranked[name] for name in titled if name in ranked}
    towns = sorted(name for name in titled if rank(name) == _COUNTY + 1)
    if towns and not ranked:
        return towns[0]
    if own and levels and max(levels) > own and not any(f"我{end}" in folded for end in "市区县州旗"):
        own = None
    if len(levels) > 1 and max(levels) >= (own or 0):
        return max((name for name in titled if ranked.get(name) == max(levels)), key=lambda name: (said[name], name))
    for wanted in (own, None):
        for start, end in (title, (0, lead_end(article)), (0, len(article.folded))):
            listed_out = end == len(article.folded)
            near = {
                article.folded[place.start : place.end]
                for place in places
                if start <= place.start < end and not (listed_out and _is_listed(article.folded, place))
            }
            fitting = [name for name in sorted(near) if name in ranked and wanted in {None, rank(name), ranked[name]}]
            if listed_out and whole and wanted is None and not any(rank(name) == whole for name in fitting):
                fitting = fitting if len(fitting) < _MANY else []
            if fitting:
                opening = _opening(article)
                return max(
                    fitting, key=lambda name: (rank(name) == whole, ranked[name], name == opening, said[name], name)
                )
    return None


def _opening(article: Article) -> str:
    """Return the district in full that the body begins with, behind its date (今年,大安市聚焦…)."""
    body = next((line for line in article.sentences if line.kind == "body"), None)
    match = turn("place.opening").match(article.folded, body.start, body.end) if body else None
    return match["name"] if match else ""


def _rank(name: str) -> int | None:
    """Return a district's level, the county's for a city that ranks as one."""
    return _COUNTY if is_county_city(name) else rank(name)


def _apart_from_others(article: Article, places: Sequence[Name], *, spoken: bool) -> list[Name]:
    """Return the places without those that the text only goes to or compares itself with (赴佛山市, 超过肥东县).

    Where all are such, none is left if the text speaks of its own place. No province stays beside a county that the
    first sentences name.
    """
    folded = article.folded
    free = [at for at in places if not _names_body(folded, at)]
    own = [at for at in free if not _is_beside(folded, at)]
    kept = own if spoken or any((rank(folded[at.start : at.end]) or 9) <= _COUNTY for at in own) else free
    lead = [at for at in kept if at.start < lead_end(article)]
    if any(_rank(folded[at.start : at.end]) == _COUNTY for at in lead):
        kept = [at for at in kept if rank(folded[at.start : at.end]) != 1]
    return kept


def _is_beside(folded: str, place: Name) -> bool:
    """Tell whether a place is only gone to, or what the text's own is set against."""
    before, behind = folded[max(0, place.start - 4) : place.start], folded[place.end : place.end + 40]
    return bool(turn("place.of-others").search(before) or turn("place.of-others-behind").match(behind))


def _names_body(folded: str, place: Name) -> bool:
    """Tell whether a city or a province stands only in the name of a body or in what a person is called."""
    wide = (_rank(folded[place.start : place.end]) or 9) < _COUNTY
    return wide and bool(turn("place.of-body").match(folded[place.end : place.end + 20]))


def _may_be_own(folded: str, name: str) -> bool:
    """Tell whether a county may be the one that a text speaks for: no district is "我县", no county "我区"."""
    words = load_words("levels", "own")
    own = [level for level in load_words("levels", "spoken") if any(word + level in folded for word in words)]
    return len(own) != 1 or any(full.endswith(own[0]) for full in stems().get(name, (name,)))


def reached(article: Article, places: Sequence[Name]) -> list[Name]:
    """Return the places that the article may speak for.

    A province is none unless the text says "全省" or "我省". Where it speaks of a whole county (全县) no city of a
    list is one.
    """
    spoken = [word for word in load_words("levels", "speaks_for") if word[1] == "省" and word in article.folded]
    places = [at for at in places if spoken or not _is_province(article.folded[at.start : at.end])]
    if (_meant(article.folded, "whole") or 0) < _COUNTY:
        return list(places)
    places = [at for at in places if not (_is_wide(article.folded, at) and _is_listed(article.folded, at))]
    wide = load_words("levels", "municipalities")
    said = ((row, article.folded[row.start : row.end]) for row in places)
    return [row for row, name in said if rank(name) != 1 and name.removesuffix("市") not in wide]


def _is_province(name: str) -> bool:
    """Tell whether a name is a province's, and no municipality's."""
    return rank(name) == 1 and name.removesuffix("市") not in load_words("levels", "municipalities")


def _is_wide(folded: str, place: Name) -> bool:
    """Tell whether a place is wider than a county."""
    return (_rank(folded[place.start : place.end]) or _COUNTY) < _COUNTY


def _is_listed(folded: str, place: Name) -> bool:
    """Tell whether a place stands in a list of places."""
    return folded[place.start - 1 : place.start] == "、" or folded[place.end : place.end + 1] in ("、", "|", "和", "及")


def acting_entity(article: Article, names: Sequence[Name], entities: Sequence[Entity]) -> str | None:
    """Return the id of the district that the article speaks for."""
    places = [name for name in names if name.type == "District"]
    town = _acting_town(article, names, places) or _told_town(article, places)
    name = town or acting_district(article, places) or opening_town(article, places)
    if name is None:
        return next((row.id for row in entities if row.rule == "acting"), None)
    folded = article.folded
    districts = (row for row in entities if row.type == "District")
    return next((row.id for row in districts if any(folded[at.start : at.end] == name for at in row.mentions)), None)


def opening_town(article: Article, places: Sequence[Name]) -> str | None:
    """Return the town that the first sentences name, where no county is named and the text speaks of a town."""
    folded = article.folded
    if not any(word in folded for word in load_words("levels", "of_towns")):
        return None
    lead = [folded[at.start : at.end] for at in places if at.start < lead_end(article)]
    return next((name for name in lead if rank(name) == _COUNTY + 1), None)


def _acting_town(article: Article, names: Sequence[Name], places: Sequence[Name]) -> str | None:
    """Return the town that a text speaks for where it names a county only inside other names (某县甲木业项目)."""
    whole = [row for row in names if row.type in ("Enterprise", "Project")]
    free = [at for at in places if not any(row.start <= at.start and at.end <= row.end for row in whole)]
    said = [article.folded[at.start : at.end] for at in free]
    if any(word in article.folded for word in load_words("levels", "governments")):
        return None
    if len(free) == len(places) or any((rank(name) or 9) <= _COUNTY for name in said):
        return None
    towns = Counter(name for name in said if rank(name) == _COUNTY + 1)
    return max(sorted(towns), key=towns.__getitem__, default=None)


def _told_town(article: Article, places: Sequence[Name]) -> str | None:
    """Return the town that the first sentences name and the text goes on about (该镇), where it speaks of no county."""
    folded = article.folded
    spoken = [word + end for word in load_words("levels", "whole") for end in load_words("levels", "spoken")]
    if any(word in folded for word in (*spoken, *load_words("levels", "counties"), "全市", "该市")):
        return None
    said = {name: folded.count(name) for name in {folded[at.start : at.end] for at in places}}
    lead = {folded[at.start : at.end] for at in places if at.start < lead_end(article)}
    towns = [name for name in sorted(lead) if rank(name) == _COUNTY + 1]
    wider = max((count for name, count in said.items() if (rank(name) or 9) <= _COUNTY), default=0)
    pointed = any(word in folded for word in load_words("levels", "of_towns"))
    told = [name for name in towns if pointed or said[name] >= max(_MANY, 2 * wider)]
    return max(told, key=lambda name: said[name], default=None)


def _meant(text: str, table: str) -> int | None:
    """Return the level that a text means by "我县" or "该市" (`own`), or by "全区" too (`whole`), where it says one.

    "全省" is no sign: every county compares itself with its province.
    """
    words = load_words("levels", table)
    rows = [
        (sum(text.count(f"{word}{end}") for word in words), row.rank)
        for row in load_rows("levels", LevelRow)
        for end in row.suffixes
        if row.rank > 1 or table == "own"
    ]
    count, level = max(rows)
    return level if count else None


def own_town(text: str) -> str | None:
    """Return what a text calls the town that it speaks for (我乡), where it says so of no county."""
    if any(word in text for word in load_words("levels", "counties")):
        return None
    return next((word for word in load_words("levels", "towns") if word in text), None)


def lead_end(article: Article) -> int:
    """Return where the first two sentences of the body end."""
    bodies = [line.end for line in article.sentences if line.kind == "body"]
    return bodies[min(1, len(bodies) - 1)] if bodies else 0
