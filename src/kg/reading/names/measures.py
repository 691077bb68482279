"""Policy measures and the programmes of headings: what a government does for whom, under which heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from kg.facts import EntityType
from kg.reading.layers import Article
from kg.reading.names.clauses import Clauses, Name, between_marks
from kg.reading.rows import Row, load_rows, load_words

_COUNTED = re.compile(r"(?:项目|工程|企业)(?:共|达|有)?\s?\d+\s?[个项家件]$")
_LISTED = re.compile(r"[项个件](?:[^,。;:]{0,8})?项目(?:分别)?(?:为|是|如下):")
_WORK = re.compile(r"[^,。;:\d]{4,30}(?:项目|工程)$")
_PLACED = re.compile(r"[^,。;:、\d]{1,5}[省市县区旗镇乡村][^,。;:]{4,30}(?:项目|工程)(?:\([一二三四五]期\))?$")
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]+[是、]|\([一二三四五六七八九十\d]+\)|\d+[、.])\s*")


class MeasureRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs that make a clause a measure; `name` is the measure read from `yes`.

    `object`: the measure is named by the verb's object alone (落实…制度), else by the clause without its figures.
    """

    verbs: tuple[str, ...]
    name: str
    object: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A measure that a clause states: where it is written, and its name without the clause's figures."""

    start: int
    end: int
    name: str
    type: EntityType
    rule: str


def find_measures(text: Clauses, names: Sequence[Name]) -> Iterator[Action]:
    """Yield the measures of a sentence, at most one a clause, until a firm or a project is what it speaks of."""
    spoken = (name for name in names if name.individual and not name.rule.startswith("work-"))
    firms = [name.start for name in spoken if name.type in {"Enterprise", "Project", "Park"}]
    for first, last in between_marks(text):
        if any(start < text.tokens[first].start for start in firms):
            return
        action = _classed(text, first, last, names) or _measure(text, first, last, names)
        if action is not None:
            yield action


def _classed(text: Clauses, first: int, last: int, names: Sequence[Name]) -> Action | None:
    """Read a class of works at the end of a clause as a measure: 141万平方米老旧小区改造工程."""
    start, end = text.tokens[first].start, text.tokens[last - 1].end
    folded = text.article.folded
    for name in names:
        if name.type == "Project" and not name.individual and start <= name.start and name.end == end:
            written = folded[name.start : name.end]
            if len(written) >= 6 and any(word in written for word in load_words("words", "construction")):
                return Action(name.start, name.end, written, "Measure", "measure-works")
    return None


def _measure(text: Clauses, first: int, last: int, names: Sequence[Name]) -> Action | None:
    """Read a clause as a measure: its verb, those before it that it is for, what it does."""
    verbs = _verbs()
    inside = [(name.start, name.end) for name in names if name.individual]
    for at in range(first, last):
        token = text.tokens[at]
        row = verbs.get(token.text)
        if row is None or at in text.blocked or any(start <= token.start < end for start, end in inside):
            continue
        action = _object(text, at, last, row, names) if row.object else _done(text, first, at, last, row)
        if action is None and not row.object:
            action = _object(text, at, last, row, names)
        if action is not None:
            return action
    return None


def _done(text: Clauses, first: int, at: int, last: int, row: MeasureRow) -> Action | None:
    """Read a verb with those it is done for and what is done, where a figure counts it or it is done to something."""
    begin, end = _beneficiary(text, first, at), _without_figure(text, at, last)
    counted = any(index in text.blocked for index in range(begin, last))
    done_to = text.tokens[begin].text == "对" and text.tokens[at].text == "进行"
    if not (counted or done_to) or end <= at + 1:
        return None
    skipped = load_words("measures", "skipped")
    kept = (token for index, token in enumerate(text.tokens[begin:end], begin) if index not in text.blocked)
    name = "".join(token.text for token in kept if token.text not in skipped)
    if (
        not 5 <= len(name) <= 40
        or name.count("《") != name.count("》")
        or name.endswith(load_words("measures", "loose_ends"))
    ):
        return None
    if text.tokens[at + 1].text in load_words("measures", "loose_begins"):
        return None
    before = text.article.folded[max(text.tokens[first].start, text.tokens[begin].start - 4) : text.tokens[begin].start]
    if name.endswith(load_words("measures", "outcomes")) or before.endswith(load_words("measures", "hopes")):
        return None
    return Action(text.tokens[begin].start, text.tokens[end - 1].end, name, "Measure", row.id)


@cache
def _verbs() -> dict[str, MeasureRow]:
    return {verb: row for row in load_rows("measures", MeasureRow) for verb in row.verbs}


def _beneficiary(text: Clauses, first: int, at: int) -> int:
    """Return where the words begin that say for whom a verb is done (为…家庭发放), the verb itself where none do."""
    marks = load_words("measures", "marks")
    return next((index for index in range(first, at) if text.tokens[index].text in marks), at)


def _without_figure(text: Clauses, at: int, last: int) -> int:
    """Return where a clause ends without the figure behind its object."""
    end = last
    while end > at + 1 and (end - 1 in text.blocked or not text.tokens[end - 1].text.isalnum()):
        end -= 1
    return end


def _object(text: Clauses, at: int, last: int, row: MeasureRow, names: Sequence[Name]) -> Action | None:
    """Read the object of a verb as a measure: it ends in a word such as 制度 or 治理, and is no other thing's name.

    Of an object that a figure counts (完成3803套公共租赁住房的信息录入), what stands behind the figure is the measure.
    """
    end = _without_figure(text, at, last)
    first = max((index + 1 for index in range(at, end) if index in text.blocked or index == at), default=at + 1)
    skipped = load_words("measures", "skipped")
    while first < end and (text.tokens[first].text in skipped or text.tokens[first].kind == "join"):
        first += 1
    if first >= end:
        return None
    start, stop = text.tokens[first].start, text.tokens[end - 1].end
    written = text.article.folded[start:stop]
    if not written.endswith(load_words("measures", "heads")) or not 4 <= len(written) <= 24:
        return None
    if any(name.individual and name.end >= stop and name.start < stop for name in names):
        return None
    return Action(start, stop, written, "Measure", row.id)


def heading_names(article: Article) -> Iterator[Name]:
    """Yield the programme or measure that each heading names; a heading that states a result names none."""
    for section, follower in zip_longest(article.sections, article.sections[1:]):
        start = article.folded.find(section.title, section.start, section.end) if section.title else -1
        if start >= 0:
            deeper = follower is not None and section.start < follower.start < section.end
            end = start + len(section.title)
            if _LISTED.search(article.folded, 0, start) and _WORK.match(article.folded, start, end):
                yield Name(start, end, "Project", "heading-works")
            else:
                yield from _heading(article.folded, start, end, 2 if deeper else section.level)


def _heading(folded: str, start: int, end: int, level: int) -> Iterator[Name]:
    """Read one heading: without its number and adverbs, and without its verb where a nominal head follows."""
    number = _ENUMERATOR.match(folded[start:end])
    begin = start + (number.end() if number else 0)
    start = _past(folded, begin, end, "adverbs")
    bare = _past(folded, start, end, "takes")
    written = folded[bare:end]
    if end - bare < 3 or _COUNTED.search(written):
        return
    work = _past(folded, start, end, "does")
    if number and number.group()[0].isdigit() and _PLACED.match(folded, begin, end):
        yield Name(begin, end, "Project", "heading-works")
    elif (number or work > start) and folded.endswith(("工程", "项目"), work, end) and _is_built(folded[work:end]):
        yield Name(work, end, "Project", "heading-works")
    elif written.endswith(load_words("measures", "programme_heads")):
        named = max(bare, work)
        yield Name(named if end - named > 4 else start, end, "Programme", "heading-programme")
    elif level < 2 and not number:
        return
    elif level == 2 and folded[start:end].startswith(load_words("measures", "aims")):
        yield Name(start, end, "Programme", "heading-aim")
    elif written.endswith(load_words("measures", "heads")) and (bare > start or number):
        yield Name(bare, end, "Programme" if level == 2 and not number else "Measure", "heading-measure")
    elif number and _is_task(folded[begin:end]):
        yield Name(begin, end, "Measure", "heading-task", also="Programme")


def _is_built(words: str) -> bool:
    """Tell whether words say what is built, and where or of what: 护城河污水截污工程."""
    if words.startswith(load_words("measures", "anywhere")):
        return False
    return len(words) >= 6 and any(word in words for word in load_words("words", "construction"))


def _is_task(title: str) -> bool:
    """Tell whether a numbered heading says what is to be done (扩大法律援助覆盖面), no result."""
    done = any(word in title for word in load_words("measures", "results"))
    return len(title) > 5 and title.startswith(load_words("measures", "tasks")) and not done


def _past(folded: str, start: int, end: int, table: str) -> int:
    """Return the offset behind the words of a list that a stretch begins with, longest first."""
    words = sorted(load_words("measures", table), key=lambda word: (-len(word), word))
    while True:
        word = next((word for word in words if folded.startswith(word, start, end)), None)
        if word is None:
            return start
        start += len(word)
