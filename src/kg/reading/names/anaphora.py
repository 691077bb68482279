"""Words that stand for a thing named before: 该公司, 该项目, 全区, 我县."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from kg.facts import Entity, EntityType
from kg.reading.layers import Article, Mention
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.vocabulary.gazetteer import rank
from kg.reading.vocabulary.patterns import is_above, turn

_NEAR = 120
_FAR = 240
_FURTHER = 400
_HELD = 24


class AnaphorRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that stand for the last thing of one of these types; `name` is the thing they mean in `yes`.

    `acting`: they mean the district that the article speaks for. `opens`: only where a clause begins with them.
    """

    types: tuple[EntityType, ...]
    words: tuple[str, ...]
    name: str
    acting: bool = False
    opens: bool = False


def find_anaphora(
    article: Article, entities: Sequence[Entity], mentions: Sequence[Mention], acting: str | None
) -> Iterator[Mention]:
    """Yield a mention for each word that stands for a thing, with that thing's id.

    `mentions` are those of names, in text order; what a name holds inside is no anaphor.
    """
    rows, automaton = _automaton()
    things = {entity.id: _as_folded(article, entity) for entity in entities}
    words = tuple(sorted({word for row in rows for word in row.words if "Park" in row.types and row.opens}))
    folded, passed, taken = article.folded, 0, -1
    last: dict[str, tuple[int, str]] = {}
    sites: set[str] = set()
    home = _home(article, mentions)
    mentions = tuple(sorted((*mentions, *_firms_inside(entities)), key=lambda row: (row.start, -row.end)))
    for index, start, end in automaton.find_matches_as_indexes(folded):
        while passed < len(mentions) and mentions[passed].start < start:
            mention = mentions[passed]
            sites.discard(mention.entity or "")
            sites |= {mention.entity or ""} if _only_where(folded, mention) else set()
            aside = _only_where(folded, mention) or _is_joined(folded, mention)
            if mention.type == "Park":
                last["Park, standing"] = (mention.end, mention.entity or "")
            above = (
                "Enterprise" in last and mention.type == "Enterprise" and is_above(folded, mention.start, mention.end)
            )
            if not above and ("Park" not in last or not aside):
                last |= dict.fromkeys(_kinds(things[mention.entity or ""], words), (mention.end, mention.entity or ""))
            passed += 1
            taken = max(taken, mention.end)
        if start < taken or (passed < len(mentions) and mentions[passed].start < end):
            continue
        row, word = rows[index], folded[start:end]
        before = _named_before(folded, row, (start, end), last, things)
        if row.types == ("Park",):
            far = home if row.opens and not _is_near(folded, last.get("Park"), start) else None
            before = _standing_park(folded, end, last, things, far or before)
        before = before or last.get("Enterprise, no company", (0, ""))[1] * (row.types == ("Enterprise",))
        meant = acting if row.acting and acting and rank(things[acting].name) == rank(word) else before
        if "Project" in row.types and (meant in sites or turn("works.activity").match(folded, end)):
            continue
        if meant and (not row.opens or _opens(folded, start)):
            yield Mention(start, end, row.types[0], row.id, meant)
            if not row.acting:
                last |= dict.fromkeys(_kinds(things[meant], words), (end, meant))


def _named_before(
    folded: str,
    row: AnaphorRow,
    at: tuple[int, int],
    last: Mapping[str, tuple[int, str]],
    things: Mapping[str, Entity],
) -> str:
    """Return the id of what was named last of the kinds that the words at a place stand for, nothing where none was."""
    word = folded[at[0] : at[1]]
    if row.opens and f"…{word}" in last:
        return last[f"…{word}"][1]
    counted = any(map(str.isdigit, things[last["ProjectGroup"][1]].name)) if "ProjectGroup" in last else False
    wanted = (f"District {rank(word)}",) if row.acting else row.types
    return _latest(last, wanted, at[0], folded.rfind("\n", 0, at[0]), one=counted and not row.opens)


def _standing_park(
    folded: str, end: int, last: Mapping[str, tuple[int, str]], things: Mapping[str, Entity], meant: str
) -> str:
    """Return the id of the last park that stands, where 园区 would mean one being built but has firms; else `meant`."""
    built = bool(meant) and things[meant].type != "Park"
    return last.get("Park, standing", (0, meant))[1] if built and turn("park.at-work").match(folded, end) else meant


def _as_folded(article: Article, entity: Entity) -> Entity:
    """Return a thing with its name in the folded words, which the levels of places are known in (祁門縣 as 祁门县)."""
    span = next((span for span in entity.mentions if span.exact == entity.name), None)
    return msgspec.structs.replace(entity, name=article.folded[span.start : span.end]) if span else entity


def _home(article: Article, mentions: Sequence[Mention]) -> str | None:
    """Return the id of the park that the article is about: the title's, or the one that the body opens with."""
    titles = [line for line in article.sentences if line.kind == "title"]
    bodies = [line for line in article.sentences if line.kind == "body"]
    for line in (*titles[:1], *bodies[:1]):
        named = [row for row in mentions if line.start <= row.start < line.end and row.type in ("Park", "District")]
        parks = [row for row in named if row.type == "Park" and not _only_where(article.folded, row)]
        if parks and parks[0] == named[0]:
            return parks[0].entity
    return None


def _is_near(folded: str, park: tuple[int, str] | None, start: int) -> bool:
    """Tell whether a park was named in the paragraph of an offset before it."""
    return park is not None and "\n" not in folded[park[0] : start]


def _firms_inside(entities: Sequence[Entity]) -> Iterator[Mention]:
    """Yield every mention of a firm, those inside a work's name too: behind 康乃尔化学MDI项目 "企业" is 康乃尔化学."""
    for entity in entities:
        if entity.type == "Enterprise":
            yield from (Mention(span.start, span.end, entity.type, entity.rule, entity.id) for span in entity.mentions)


def _only_where(folded: str, mention: Mention) -> bool:
    """Tell whether a park is named only as the place where something lies or is held (在乙园区举行开工仪式)."""
    if mention.type != "Park":
        return False
    before, behind = folded[max(0, mention.start - _HELD) : mention.start], folded[mention.end : mention.end + _HELD]
    held = turn("place.held").match(behind) and turn("place.held-at").search(before)
    return bool(held or turn("place.only-where").search(before[-4:]))


def _is_joined(folded: str, mention: Mention) -> bool:
    """Tell whether a park is named with another: 园区 means neither (分为甲工业园和乙工业园)."""
    joints = ("和", "、", "及", "与")
    return mention.type == "Park" and (
        folded.startswith(joints, mention.end) or folded.endswith(joints, 0, mention.start)
    )


def _latest(last: Mapping[str, tuple[int, str]], wanted: Sequence[str], start: int, line: int, *, one: bool) -> str:
    """Return the id of what was named last of the wanted kinds.

    A near project comes before the park it lies in, one of another line before a park that is not named in this one;
    `line` is where that begins.

    `one`: it is one work, and no counted set (该项目 behind 引进项目23个).
    """
    works = [last[kind] for kind in ("Project", "ProjectGroup") if kind in wanted and kind in last]
    if one and "Project" in wanted and "Project" in last and start - last["Project"][0] <= _FAR:
        return last["Project"][1]
    told = "Park" in wanted and "Park" in last and last["Park"][0] > line
    near = [row for row in works if start - row[0] <= _NEAR and (row[0] > line or not told)]
    near = near or [row for row in works if "Park" in wanted and not told and start - row[0] <= _FURTHER]
    return max(near or (last[kind] for kind in wanted if kind in last), default=(0, ""))[1]


def _kinds(entity: Entity, words: Sequence[str]) -> tuple[str, ...]:
    """Return what an entity may be meant as: its types, a district's level, and the word that ends a park's name."""
    ends = (f"…{word}" for word in words if entity.type == "Park" and entity.name.endswith(word))
    if entity.name.endswith(load_words("anaphora", "no_companies")):
        return (f"{entity.type}, no company", *entity.also_types)
    return (entity.type, *entity.also_types, f"{entity.type} {rank(entity.name)}", *ends)


def _opens(folded: str, start: int) -> bool:
    """Tell whether a clause begins at an offset."""
    return start == 0 or folded[start - 1] in " \n,。;:!?“”"


@cache
def _automaton() -> tuple[tuple[AnaphorRow, ...], AhoCorasick]:
    pairs = [(row, word) for row in load_rows("anaphora", AnaphorRow) for word in row.words]
    return tuple(row for row, _ in pairs), AhoCorasick([word for _, word in pairs], matchkind=MatchKind.LeftmostLongest)
