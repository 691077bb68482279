"""Headings of every level, the sections under them, and the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.facts import Section
from kg.reading.layers import Sentence
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.text.lines import Line

_SENTENCE = re.compile(r"(?:[^。!?]|(?<=\d)。(?=\d+[万亿%]))*(?:[。!?…]+[”’)》】]*|$)")
_NUMBERED = re.compile(r"(?<=[) ])(?=[一二三四五六七八九十]{1,3}、)")
_LEAD = 20
_LONG = 1200
_RUN_IN = 14
_PAIR = 2


class HeadingRow(Row, frozen=True, kw_only=True):
    """How a heading opens; `style` names its level."""

    style: str
    pattern: str


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading found at `start`, its words, and the style that tells its level."""

    start: int
    title: str
    style: str


@cache
def _openers() -> tuple[tuple[HeadingRow, re.Pattern[str]], ...]:
    """The table of heading openers, compiled."""
    return tuple((row, re.compile(row.pattern)) for row in load_rows("headings", HeadingRow))


def opener(text: str) -> HeadingRow | None:
    """Return the row that a folded line or sentence opens with."""
    return next((row for row, pattern in _openers() if pattern.match(text)), None)


def read_sections(lines: list[Line], folded: str, text: str) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """Return the sections in text order, and the sentences with the section that each stands in."""
    drafts: list[tuple[int, int, Line, bool]] = []
    headings: list[_Heading] = []
    plain_before = False
    for line in lines:
        if line.kind == "heading":
            style = _line_style(folded[line.start : line.end], deeper=plain_before)
            headings.append(_Heading(line.start, text[line.start : line.end], style))
            drafts.append((line.start, line.end, line, True))
        else:
            drafts += _cut(line, folded, text, headings)
        plain_before = line.kind == "heading"
    sections = _nest(headings, len(folded.rstrip()))
    return sections, _sentences(drafts, sections, folded)


def _line_style(title: str, *, deeper: bool) -> str:
    """A stand-alone line's style; a plain one right under another is its subheading."""
    row = opener(title)
    return row.style if row else "line below" if deeper else "line"


def _cut(line: Line, folded: str, text: str, headings: list[_Heading]) -> list[tuple[int, int, Line, bool]]:
    """Cut a line into sentences; short opening ones are inline headings."""
    if line.kind != "body":
        return [(line.start, line.end, line, False)]
    spans = [
        piece
        for match in _SENTENCE.finditer(folded, line.start, line.end)
        for piece in _at_numbers(folded, match.start(), match.end())
        if folded[slice(*piece)].strip()
    ]
    spans = [(end - len(folded[start:end].lstrip()), end) for start, end in spans]
    drafts: list[tuple[int, int, Line, bool]] = []
    rows = [opener(folded[start:end]) for start, end in spans]
    items = {row.style for row in rows if row and _only_items(rows, row)}
    for place, (start, end) in enumerate(spans):
        style = _inline_style(folded[start:end], first=place == 0, last=place == len(spans) - 1)
        if style and style.rstrip("。") not in items:
            headings.append(_Heading(start, text[start:end].rstrip("。"), style))
            drafts.append((start, end, line, True))
        else:
            drafts.append((start, end, line, False))
    return drafts


def _only_items(rows: list[HeadingRow | None], own: HeadingRow) -> bool:
    """Tell whether the numbered sentences of a line are items of one list, with none between that any is over."""
    places = [place for place, row in enumerate(rows) if row == own]
    return len(places) > _PAIR and places[-1] - places[0] == len(places) - 1


def _at_numbers(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence where a numbered item begins behind a bracket or a blank ((区人社局负责) 二、改善就餐条件)."""
    for match in _NUMBERED.finditer(folded, start + 1, end):
        yield start, match.start()
        start = match.start()
    yield start, end


def _inline_style(sentence: str, *, first: bool, last: bool) -> str:
    """The style of a sentence that is a heading, or nothing."""
    title = sentence.rstrip("。")
    if last or title == sentence or len(title) > _LEAD + 6:
        return ""
    row = opener(title)
    if row:
        return row.style + "。" if "," not in title[-1:] else ""
    if re.search(r"[,;:\d]", title) or len(title) < 4:
        return ""
    if first and len(title) <= _LEAD:
        return "lead"
    return "run-in" if len(title) <= _RUN_IN and title.startswith(load_words("headings", "run_in_verbs")) else ""


def _nest(headings: list[_Heading], end: int) -> tuple[Section, ...]:
    """Level 1 is outermost; a style seen before closes everything opened since, a line of its own what was inline."""
    open_styles: list[str] = []
    levels: list[int] = []
    for heading in headings:
        if not _is_inline(heading.style):
            open_styles = [style for style in open_styles if not _is_inline(style)]
        if heading.style in open_styles:
            del open_styles[open_styles.index(heading.style) + 1 :]
        else:
            open_styles.append(heading.style)
        levels.append(open_styles.index(heading.style) + 1)
    ends = _section_ends(headings, levels, end)
    return tuple(
        Section(id=f"s{number}", title=heading.title, level=level, start=heading.start, end=close)
        for number, (heading, level, close) in enumerate(zip(headings, levels, ends, strict=True), 1)
    )


def _is_inline(style: str) -> bool:
    """Tell the styles of sentences from those of lines."""
    return style.endswith("。") or style in ("lead", "run-in")


def _section_ends(headings: list[_Heading], levels: list[int], end: int) -> list[int]:
    """A section ends where the next heading of its level or above begins; one pass, a stack."""
    ends = [end] * len(headings)
    pending: list[int] = []
    for number, heading in enumerate(headings):
        while pending and levels[pending[-1]] >= levels[number]:
            ends[pending.pop()] = heading.start
        pending.append(number)
    return ends


def _sentences(
    drafts: list[tuple[int, int, Line, bool]], sections: tuple[Section, ...], folded: str
) -> tuple[Sentence, ...]:
    """Give each sentence its innermost section; both come in text order, so one walk does."""
    sentences: list[Sentence] = []
    stack: list[Section] = []
    waiting = list(reversed(sections))
    for start, end, line, heads in drafts:
        while waiting and waiting[-1].start <= start:
            stack.append(waiting.pop())
        while stack and stack[-1].end <= start:
            stack.pop()
        within = next((section.id for section in reversed(stack) if section.start <= start < section.end), None)
        kind = "heading" if heads else line.kind
        sentences += [Sentence(*piece, line.number, within, kind) for piece in _pieces(start, end, folded)]
    return tuple(sentences)


def _pieces(start: int, end: int, folded: str) -> Iterator[tuple[int, int]]:
    """Cut a sentence that runs on and on at its pauses: what reads a sentence may take time with its length squared."""
    while end - start > _LONG:
        half = folded[start + _LONG // 2 : start + _LONG]
        stop = start + _LONG // 2 + max(half.rfind(pause) + 1 for pause in ";,、| \n")
        stop = stop if stop > start + _LONG // 2 else start + _LONG
        yield start, stop
        start = stop
    yield start, end
