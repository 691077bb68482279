"""The counted noun behind a classifier (个“重点项目”), by a lexicon of nouns that end it and words that stop it."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from kg.reading.rows import Row, load_rows
from kg.reading.vocabulary.patterns import BRACKET
from kg.reading.vocabulary.tokens import words

_REACH = 24
_UNKNOWN = 6
_CODED = re.compile(r"“\d{1,3}[^“”\d,。;]{2,14}”|\dG(?=[\u4e00-\u9fff]{2})")
_LEVELS = re.compile(r"(?:全?国家?|省|市|县|区|州)级?(?:、(?:省|市|县|区|州|镇)(?:\([市县区]\))?级?)+")
_STATISTIC = re.compile(r"产值|产量|收入|数量|面积|投资|利润|税收|增加值|规模|主体|结构|进度|封顶")
_MEASURE = re.compile(
    r"总?(?:投资|面积|产值|产量|收入|税收|长|长度|里程|装机|规模|用地|占地|造价|利润)额?|全长|共计|合计|累计"
)
_ACTION = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:改造|建设|整治|维修|治理|修复|清理|绿化|疏通|畅通|贯通|通车|封顶|亮化|达标|投用|主体(?:结构|工程)?|中|里|内)$"
)
_BODY = re.compile(r"(?<=[楼房桥站馆厂])主体(?:结构|工程)?$")
_GIVEN = re.compile("补贴|补助|贷款|奖励|资金|救助金|低保金|服务|培训")
_BOUND = re.compile(r"的|[和及与]\d")
_JOINED = ("和", "及", "与")
_JOINTS = ("和", "与", "及", "等")
_NOT_BEFORE = ("化", "性", "型", "级", "组")
_OF_PLACES = ("个", "所", "座", "处", "间")
_OF_WORKS = tuple("条座辆株棵")
_OF_PEOPLE = tuple("个名位户批组支队班代员万亿余多千百")
_WALL = re.compile(rf"(?<=项目|工程|实事)中(?![心标])|[\s,。;:、!?…\d‘’《》\[\]【】|/+—-]|{BRACKET}")


class NounRow(Row, frozen=True, kw_only=True):
    """Words that end a counted noun (`head`, `person`) or begin what follows it (`stop`, `late`, `particle`).

    `late` words stop only behind a noun. `plain` words hide a particle inside them (公共 is no 共). `gives` is the
    example's noun, empty for none.
    """

    kind: Literal["head", "person", "stop", "late", "particle", "plain"]
    words: tuple[str, ...]
    gives: str = ""


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    """All words, and their kinds."""
    words: dict[str, str] = {}
    for row in load_rows("nouns", NounRow):
        for word in row.words:
            words.setdefault(word, row.kind)
    return AhoCorasick(list(words)), tuple(words.values())


def counted_noun(folded: str, start: int) -> str | None:
    """Return the counted noun that begins at an offset, with its modifiers, None where nothing counted follows."""
    if folded[start : start + 1] in _JOINED:
        return None
    if coded := _CODED.match(folded, start):
        timed = folded[coded.end() : coded.end() + 1] in "一二三四五六七八九十两"
        rest = None if timed else counted_noun(folded, coded.end())
        return coded.group() + (rest or "") if rest or coded.group().endswith("”") else None
    levels = _LEVELS.match(folded, start)
    wall = _WALL.search(folded, levels.end() if levels else start, start + _REACH)
    window = folded[start : wall.start() if wall else start + _REACH]
    if not window:
        return None
    heads, stops, wall_at = _words(window, folded[start - 1 : start])
    end = _last_head(heads, stops, wall_at)
    if end:
        end = _go_on(window, end, min([begin for begin, _ in stops if begin >= end] + [wall_at]))
        return _quoted(_BODY.sub("", window[:end]), folded[start + end : start + end + 1])
    over = bool(wall) or start + len(window) == len(folded)
    bounded = (over and wall_at == len(window)) or _BOUND.match(folded, start + wall_at) is not None
    if stops and folded[start - 1 : start] in _OF_WORKS:
        wall_at, bounded, stops = min(begin for begin, _ in stops), True, []
    known = not stops and not _MEASURE.fullmatch(window[:wall_at])
    return _ACTION.sub("", window[:wall_at]) if 1 < wall_at <= _UNKNOWN and bounded and known else None


def _quoted(noun: str, following: str) -> str:
    """Take in the mark that closes a quote or bracket which the noun opens (新“口袋公园”, 乡镇(街道))."""
    opened = noun.count("“") > noun.count("”") if following == "”" else noun.count("(") > noun.count(")")
    return noun + following if opened and following in ("”", ")") else noun


def _go_on(window: str, end: int, limit: int) -> int:
    """Take in the nouns behind a head that the dictionary knows as nouns (工程 + 机械液压件)."""
    if not end < limit <= end + _UNKNOWN:
        return end
    if _STATISTIC.search(window, end, limit):
        return end
    rest = words(window, end, limit)
    return limit if all(token.tag[:1] == "n" for token in rest) else end


Spans = list[tuple[int, int]]


def _words(window: str, classifier: str) -> tuple[Spans, Spans, int]:
    """The heads, the verbs that stop, and where a particle or a noun for people ends all.

    A word inside a head is neither (管理人员); a noun for people goes on only where another follows, at once (学生家庭)
    or behind what describes it (家庭经济困难学生), where the place that they go to ends the window (4个老年人照料中心),
    and behind a classifier that never counts people (15件群众关注的实事).
    """
    automaton, kinds = _automaton()
    found: dict[str, Spans] = {kind: [] for kind in ("head", "person", "stop", "late", "particle", "plain")}
    for index, begin, end in automaton.find_matches_as_indexes(window, overlapping=True):
        found[kinds[index]].append((begin, end))
    ends = any(end == len(window) for _, end in found["head"])
    for_them = classifier in _OF_PLACES and ends and (classifier != _OF_PLACES[0] or not found["stop"])
    counting = classifier in _OF_PEOPLE or not found["head"]
    people = found["person"] if counting and not (for_them and classifier != _OF_PLACES[0]) else []
    heads = [span for span in found["head"] + people if window[span[1] : span[1] + 1] not in _NOT_BEFORE]
    seen = min((end for _, end in heads), default=len(window))
    late = [span for span in found["late"] if span[0] >= seen or not (heads or span[0])]
    stops = _uncovered(found["stop"] + late, heads)
    particles = _uncovered(found["particle"], heads + found["plain"] + found["stop"])
    first = min((end for _, end in heads), default=0)  # a joint before the first noun joins its attributes
    walls = [begin for begin, end in particles if begin >= first or window[begin:end] not in _JOINTS]
    if not for_them and people:
        walls += [
            end
            for _, end in people
            if not any(begin <= end < last and not _GIVEN.match(window, begin) for begin, last in heads)
            and not any(_described(window, end, begin) for begin, _ in people)
        ]
    return sorted(heads), sorted(stops), min(walls, default=len(window))


def _described(window: str, end: int, begin: int) -> bool:
    """Tell whether a noun for people that ends at an offset goes on to another over what describes it."""
    between = words(window, end, begin) if end < begin <= end + _UNKNOWN else ()
    return bool(between) and all(token.tag[:1] in ("n", "a") for token in between)


def _uncovered(spans: Spans, covers: Spans) -> Spans:
    """The spans that lie inside none of the others."""
    return [(begin, end) for begin, end in spans if not any(first <= begin and end <= last for first, last in covers)]


def _last_head(heads: Spans, stops: Spans, wall: int) -> int:
    """Where the last head before the first stop ends; 0 where there is none.

    A verb right before the first head is part of the noun (6个开工项目); a head of one character ends a noun only
    where a stop or nothing follows (12个村 but not 1名村干部).
    """
    seen = min((end for _, end in heads), default=wall)
    opening = {begin for begin, _ in heads}
    limit = min([begin for begin, end in stops if begin >= seen or end not in opening] + [wall])
    ends = [end for begin, end in heads if end <= limit and (end - begin > 1 or end == limit)]
    return max(ends, default=0)
