"""Districts in a text: those of the reference table, and towns, streets and villages by their suffix.

The reference table is `data/reference/places.csv` (GB/T 2260: province, prefecture, county).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.reading.layers import Article
from kg.reading.names.acting import lead_end
from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.specific import begins_longer
from kg.reading.rows import load_text, load_words
from kg.reading.vocabulary.gazetteer import (
    LevelRow,
    known_places,
    level_of,
    level_suffixes,
    lies_in,
    ordinary_stems,
    rank,
    stems,
)
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import Token, is_whole

_DATELINE = re.compile("(?:^|[\n 】])\0(?:讯|\\d{1,2}月\\d{1,2}日[讯电])")
_NO_LEVEL = re.compile("区(?=[域间块位划])|市(?=[场民容面值])|县(?=域)")
_NEW_AREA = re.compile("(?<![\u4e00-\u9fff])(?P<name>(?P<stem>[\u4e00-\u9fff]{2})新区)")
_HEAD = 200
_COUNTY = 3
_TWO = 2
_TOWN = 4
_QUOTE = 12
_STEMS = (2, 3, 4)
_TOWNS = ("镇", "乡", "街道")
_OPENING = re.compile("(?:^|[;:。,!\n])(?:其中|是|由|如|即)?(?P<stem>[\u4e00-\u9fff]{2,4})$")
_LONGEST = 6
_NAME_PARTS = frozenset({"nr", "ns", "g", "ng", "zg"})
_NAMES = frozenset({"nr", "nz", "nrt"})
_TITLED = re.compile("[\u4e00-\u9fff]{2,4}?[县市区旗](?![场区政民容])")


def find_known(article: Article) -> Iterator[Name]:
    """Yield every place that the text names in full, one of the reference table under another level too (双城区)."""
    names, automaton = _automaton()
    known, folded = known_places(), article.folded
    found = [
        (names[index], start, end)
        for index, start, end in automaton.find_matches_as_indexes(folded)
        if not is_within_name(folded, start, end)
    ]
    ends = {end for name, _, end in found if name in known and len(name) > 2}
    alone = {name for name, start, _ in found if start in ends or _stands_alone(folded, start)}
    for name, start, end in found:
        if name in known and (len(name) > 2 or name in alone):
            yield Name(start, end, "District", "place-known")
        elif name in alone and not _NO_LEVEL.match(folded, end - 1):
            yield Name(start, end, "District", "place-renamed")


def is_within_name(folded: str, start: int, end: int) -> bool:
    """Tell whether a place's name is a part of other words: of a road's name (莘县路), or by chance (深化州市合作)."""
    road = folded.startswith(load_words("levels", "roads"), end)
    if road and not folded.startswith(load_words("levels", "no_roads"), end):
        return True
    if folded.endswith("社区", start, end) and folded.startswith(load_words("levels", "of_communities"), end):
        return True
    around = folded[max(0, start - 2) : end + 1]
    return any(word in around for word in load_words("levels", "holding"))


def _stands_alone(folded: str, start: int) -> bool:
    """Tell whether a word may begin at an offset: none but its province runs into it (领导和县委, 四大新区)."""
    if not folded[start - 1 : start].isalpha() or folded.endswith(load_words("levels", "opening"), 0, start):
        return True
    return any(rank(folded[max(0, start - size) : start]) == 1 for size in (2, 3))


def find_governed(article: Article) -> Iterator[Name]:
    """Yield places named without their level: the text names what only a place has elsewhere (曾都经济开发区).

    The name of the province or of its own city right before one shows it as well (湖北竹溪, 运城市永济, 南充·营山).
    So does a title that goes on with what a place has (高港十项民生实事). Inside a longer name it is none.
    """
    folded = article.folded
    found = {_stem_in(folded, match.start(), back=True) for match in _governed().finditer(folded)}
    found |= {_stem_in(folded, match.end(), back=False) for match in _provinces().finditer(folded)}
    names, automaton = _cities()
    for index, _, end in automaton.find_matches_as_indexes(folded):
        stem = _stem_in(folded, end + folded.startswith(("·", "•"), end), back=False)
        found |= {stem} if lies_in(stem, names[index]) else set()
    for line in article.sentences:
        stem = _stem_in(folded, line.start, back=False) if line.kind == "title" else ""
        found |= {stem} if turn("place.title-goes-on").match(folded, line.start + len(stem)) else set()
    named = "|".join(map(re.escape, sorted(found - {""}, key=lambda stem: (-len(stem), stem))))
    for at in re.finditer(named, folded) if named else ():
        if not _in_site(folded, at.end()) and _stands_alone(folded, at.start()):
            yield Name(at.start(), at.end(), "District", "place-governed")


def _stem_in(folded: str, offset: int, *, back: bool) -> str:
    """Return the longest stem of a place that ends at an offset, or begins there; nothing where none does."""
    words = (folded[max(0, offset - size) : offset] if back else folded[offset : offset + size] for size in (4, 3, 2))
    return next((word for word in words if word in stems()), "")


@cache
def _governed() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_words("levels", "governed"))))


@cache
def _cities() -> tuple[tuple[str, ...], AhoCorasick]:
    """Every name of a prefecture, with its level and without."""
    names = tuple(sorted(name for name in {*known_places(), *stems()} if rank(name) == 2 and len(name) > 1))
    return names, AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


@cache
def _provinces() -> re.Pattern[str]:
    names = sorted(name for name in {*known_places(), *stems()} if rank(name) == 1)
    return re.compile("|".join(map(re.escape, names)))


def find_new_areas(article: Article) -> Iterator[Name]:
    """Yield a new area that no table knows (沈抚新区), where it opens two clauses or more.

    One is enough in the first sentences of a text that says "该区" and names no county.
    """
    found = [
        match for match in _NEW_AREA.finditer(article.folded) if match["stem"] not in load_words("levels", "areas")
    ]
    said = Counter(match["name"] for match in found)
    alone = bool(found) and "该区" in article.folded
    alone = alone and all(rank(article.folded[row.start : row.end]) != _COUNTY for row in find_known(article))
    early = lead_end(article) if alone else 0
    for match in found:
        if (said[match["name"]] > 1 or match.start() < early) and match["name"] not in known_places():
            for at in re.finditer(re.escape(match["name"]), article.folded):
                yield Name(at.start(), at.end(), "District", "place-new-area")


def find_titled(article: Article) -> Iterator[Name]:
    """Yield a county that the reference table does not know.

    The title begins with it and the body repeats it, or the body begins with it as the one that does or has something
    (某区日前确定), and no county is named in full.
    """
    folded = article.folded
    title = next((line for line in article.sentences if line.kind == "title"), None)
    body = next((line for line in article.sentences if line.kind in ("body", "heading") and line != title), None)
    titled = _TITLED.match(folded, title.start, title.end) if title else None
    told = turn("place.tells").match(folded, body.start, body.end) if body else None
    match = titled or told
    if match is None or match.group().endswith(tuple(load_words("levels", "ordinary"))):
        return
    known = [place for place in find_known(article) if rank(folded[place.start : place.end]) == _COUNTY or titled]
    if any(titled is None or match.start() <= place.start < (title.end if title else 0) for place in known):
        return
    starts = [found.start() for found in re.finditer(re.escape(match.group()), folded)]
    again = any(title and start >= title.end and not folded[start - 1].isalnum() for start in starts)
    for start in starts if again or titled is None else ():
        yield Name(start, start + len(match.group()), "District", "place-titled")


def find_spoken_for(article: Article) -> Iterator[Name]:
    """Yield a county that the head names without its level (庐阳, 来源:庐阳发布) where the text says 我区 or 全区.

    Only where the text names no county in full, and its head one such place. One that is an ordinary word (长兴) must
    open two sentences; one that does so goes before others.
    """
    folded = article.folded
    levels = [level for level in load_words("levels", "spoken") if "我" + level in folded or "全" + level in folded]
    if len(levels) != 1 or any(rank(folded[row.start : row.end]) == _COUNTY for row in find_known(article)):
        return
    head = folded[:_HEAD]
    pieces = {head[at : at + size] for size in _STEMS for at in range(len(head) - size + 1)}
    plain = {word for word in pieces if word + levels[0] in stems().get(word, ()) and _is_in_words(head, word)}
    ordinary = {word for word in pieces if word + levels[0] in ordinary_stems().get(word, ())}
    named = {word for word in plain | ordinary if _opens(article, word)} or plain
    for stem in named if len(named) == 1 else ():
        for at in re.finditer(re.escape(stem), folded):
            apart = is_within_name(folded, *at.span()) or _ends_quote(folded, *at.span())
            if is_whole(folded, *at.span()) and not apart and not _in_site(folded, at.end()):
                yield Name(at.start(), at.end(), "District", "place-spoken-for")


def _is_in_words(folded: str, word: str) -> bool:
    """Tell whether a word is one of a text's words anywhere, and no chance end and beginning of two (投资中)."""
    return any(is_whole(folded, *at.span()) for at in re.finditer(re.escape(word), folded))


def _opens(article: Article, word: str) -> bool:
    """Tell whether two sentences or more begin with a word."""
    return sum(article.folded.startswith(word, line.start) for line in article.sentences) >= _TWO


def _in_site(folded: str, end: int) -> bool:
    """Tell whether what stands behind a place's name makes it that of a site in it (庐阳经开区, 龙山电厂, 武陵山)."""
    return folded.startswith(_sites(), end)


@cache
def _sites() -> tuple[str, ...]:
    return tuple(word for kind in ("sites", "halls", "lands") for word in load_words("levels", kind))


@cache
def _automaton() -> tuple[tuple[str, ...], AhoCorasick]:
    known = known_places()
    renamed = {stem + level for stem in stems() for level in load_words("levels", "renamed")}
    names = tuple(sorted(known | renamed - frozenset(load_words("levels", "ordinary"))))
    return names, AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


def find_stems(text: Clauses) -> Iterator[Name]:
    """Yield places of the table named without their level (茶陵), where they are no ordinary words.

    The dictionary knows the word as a place, or as a name that the text repeats, or a dateline shows it (高台讯).
    """
    folded = text.article.folded
    for before, token in pairwise((None, *text.tokens)):
        if before is not None and len(before.text) == 1 and before.tag in _NAME_PARTS:
            continue
        if token is None or token.kind or token.text not in stems() or is_within_name(folded, token.start, token.end):
            continue
        if _only_in_halls(folded, token.text) or _ends_quote(folded, token.start, token.end):
            continue
        repeated = token.tag in _NAMES and _is_gone_to(folded, token.text)
        city = token.tag.startswith("n") and (rank(token.text) or _COUNTY) < _COUNTY
        if token.tag == "ns" or city or repeated or _DATELINE.search(folded[:_HEAD].replace(token.text, "\0")):
            yield Name(token.start, token.end, "District", "place-stem")


def _ends_quote(folded: str, start: int, end: int) -> bool:
    """Tell whether a stretch ends a quote that something else opens: “魅力西城”."""
    opening = folded.rfind("“", max(start - _QUOTE, 0), start)
    return folded.startswith("”", end) and 0 <= opening < start - 1 and "”" not in folded[opening:start]


@lru_cache(maxsize=64)
def _only_in_halls(folded: str, word: str) -> bool:
    """Tell whether a word only ever opens the name of a plant, a school or the like (龙山电厂), or of a town."""
    halls = (*load_words("levels", "halls"), *load_words("levels", "wares"), *_TOWNS)
    return all(folded.startswith(halls, found.end()) for found in re.finditer(re.escape(word), folded))


@lru_cache(maxsize=64)
def _is_gone_to(folded: str, word: str) -> bool:
    """Tell whether a text that repeats a word speaks of being at it, or coming to it."""
    return folded.count(word) > 1 and any(verb + word in folded for verb in load_words("levels", "gone_to"))


def find_local(text: Clauses) -> Iterator[Name]:
    """Yield towns, streets and villages: a suffix of `tables/levels.toml` behind two to four characters of a name."""
    ordinary = frozenset(load_words("levels", "ordinary"))
    for index, token in enumerate(text.tokens):
        row = level_of(token.text)
        if row is not None and _is_walled(text, index):
            yield Name(text.tokens[index - 1].start, token.end, "District", row.id)
        every = row is not None and text.article.folded.startswith(load_words("levels", "every"), token.end)
        if row is None or every or token.kind == "cut" or token.text in ordinary or index in text.blocked:
            continue
        start = _town_that_acts(text, token)
        start = start if start >= 0 else _local_start(text, index, row)
        name = text.article.folded[start : token.end]
        counted = start > 0 and text.article.folded[start - 1].isdigit()
        chance = start >= 0 and (counted or is_within_name(text.article.folded, start, token.end))
        if (
            start >= 0
            and not chance
            and _is_local(text.article.folded, name, row)
            and not name.endswith(tuple(ordinary))
        ):
            yield Name(start, token.end, "District", row.id)


def _is_walled(text: Clauses, index: int) -> bool:
    """Tell whether a town whose name ends in 城 opens a clause (连城镇 is no 城镇)."""
    before = text.tokens[index - 1].text if index else ""
    opens = index == 1 or (index > 1 and text.tokens[index - 2].text in tuple(",。;:\n "))
    fits = len(before) == 1 and before.isalpha() and before not in load_text("levels", "no_walled")
    return text.tokens[index].text == "城镇" and opens and fits


def _is_local(folded: str, name: str, row: LevelRow) -> bool:
    """Tell whether a stretch may be a district's name: a stem of two to five characters with no numeral in it.

    A numeral may open a name of three characters that the text repeats (五烈镇).
    From the county up the reference table decides; a name of two characters is `find_known`'s, which looks around it.
    """
    if row.rank <= 3:
        return len(name) > 2 and name in known_places()
    stem = min(name[: -len(end)] for end in row.suffixes if name.endswith(end))
    numbered = len(stem) == 2 and stem[0] in "一二三四五六七八九" and row.rank == _TOWN and folded.count(name) > 1
    held = set(stem[numbered:]) & set(load_text("levels", "no_stem"))
    return 2 <= len(stem) <= 5 and stem.isalpha() and not held


def _local_start(text: Clauses, index: int, row: LevelRow) -> int:
    """Return where the name of a town begins: the unknown characters before its suffix."""
    token = text.tokens[index]
    whole = token.tag == "ns" and token.text not in row.suffixes
    first = index
    while not whole and first > 0 and token.start - text.tokens[first - 1].start <= 4:
        previous = text.tokens[first - 1]
        if not _stem(previous) or previous.text.endswith(level_suffixes()):
            break
        first -= 1
    if first == index and token.text in row.suffixes:
        return -1
    return text.tokens[first - (whole and begins_longer(text.tokens, first))].start


def _town_that_acts(text: Clauses, token: Token) -> int:
    """Return where a town begins that opens a clause and does or has something (;西天尾镇实现产值), -1 elsewhere."""
    folded = text.article.folded
    if token.text not in _TOWNS or not folded.startswith(load_words("levels", "acts"), token.end):
        return -1
    found = _OPENING.search(folded, max(text.sentence.start, token.start - _LONGEST), token.start)
    return found.start("stem") if found else -1


def _stem(token: Token) -> bool:
    """Tell whether a token may be a part of a place's stem."""
    return (
        not token.kind
        and token.text.isalpha()
        and len(token.text) <= 4
        and (len(token.text) == 1 or token.tag[0] in "ns")
    )
