"""The lines of a page, each told apart: furniture, byline, heading, table row, body."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.reading.rows import Row, load_rows, load_words

LineKind = Literal["body", "title", "heading", "byline", "furniture", "table"]

_BLANK = " \t"
_SENTENCE_END = re.compile(r"[。;!?]")
_MEASURED = re.compile(r"\d\s*(?:[多余]?\s*[万亿千百]*\s*(?:元|亩|吨|%|平方|公里|人|户))")
_OPENING = re.compile(r"[“(《【]?[\u4e00-\u9fff\dA-Za-z]")
_CELLS = re.compile(r"\||\t|(?<=\S) {2,}(?=\S)")
_LONGEST_HEADING = 40
_MANY_CELLS = 4
_SHORTEST_TITLE = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it; `number` counts such lines, `gap` says a blank line stands before."""

    start: int
    end: int
    number: int
    gap: bool
    kind: LineKind


class LineRow(Row, frozen=True, kw_only=True):
    """A kind of line that is no text to read, by its pattern."""

    kind: Literal["furniture", "byline"]
    pattern: str


def split_lines(folded: str) -> list[Line]:
    """Cut a folded text into its non-empty lines."""
    lines: list[Line] = []
    start, gap = 0, False
    for piece in folded.split("\n"):
        inner = piece.strip(_BLANK)
        if inner:
            first = start + piece.index(inner[0])
            lines.append(Line(first, first + len(inner), len(lines), gap, "body"))
        gap = not inner
        start += len(piece) + 1
    return lines


def classify(lines: list[Line], folded: str, rows: Collection[int] = ()) -> list[Line]:
    """Give each line its kind; the title is the best of the lines above the body.

    `rows` are the numbers of lines that are known to be a table's.
    """
    told = [replace(line, kind=_kind(folded[line.start : line.end])) for line in lines]
    told = [replace(line, kind="table") if line.number in rows else line for line in _tables(told, folded)]
    first = next((line.number for line in told if _is_prose(line, folded)), len(told))
    told = _header(told, first, folded)
    return _trailer(told, folded)


@cache
def _line_rows() -> tuple[tuple[LineRow, re.Pattern[str]], ...]:
    """The table of line kinds, compiled."""
    return tuple((row, re.compile(row.pattern)) for row in load_rows("article", LineRow))


def line_row(line: str) -> LineRow | None:
    """Return the first row of the table that a folded line fits."""
    shown = line[:400]
    return next((row for row, pattern in _line_rows() if pattern.search(shown)), None)


def _kind(line: str) -> LineKind:
    """Tell a line by itself."""
    if line in load_words("article", "furniture_words"):
        return "furniture"
    row = line_row(line)
    if row is not None:
        return row.kind
    return "heading" if _may_head(line) else "body"


def _may_head(line: str) -> bool:
    """A heading is short, ends in no stop, and is no list of figures."""
    return _is_short(line) and not _MEASURED.search(line)


def _is_short(line: str) -> bool:
    if len(line) > _LONGEST_HEADING or not _OPENING.match(line) or line[-1] in "。;!?,:、.…":
        return False
    return not _SENTENCE_END.search(line)


def _is_prose(line: Line, folded: str) -> bool:
    """The body begins with the first line that is written in sentences."""
    text = folded[line.start : line.end]
    return line.kind == "body" and (len(text) > 60 or bool(_SENTENCE_END.search(text)))


def _is_text(line: Line, folded: str) -> bool:
    """Tell whether a line is one of the article itself: prose, a row of a table, or a figure's."""
    figure = line.kind == "body" and _MEASURED.search(folded, line.start, line.end) is not None
    return line.kind == "table" or figure or _is_prose(line, folded)


def _tables(lines: list[Line], folded: str) -> list[Line]:
    """Two or more lines in a row with as many cells are a table, and so are lines of bars that lack some."""
    counts = [0 if line.kind == "furniture" else cell_count(folded[line.start : line.end]) for line in lines]
    told = list(lines)
    among = {number for number, line in enumerate(lines) if _is_row(line, counts[number], folded)}
    for number, count in enumerate(counts):
        beside = counts[max(number - 1, 0) : number] + counts[number + 1 : number + 2]
        barred = number in among and (number - 1 in among or number + 1 in among)
        if count > 1 and (count in beside or barred):
            told[number] = replace(lines[number], kind="table")
    return told


def _is_row(line: Line, count: int, folded: str) -> bool:
    """Tell whether a line of text is parted by bars into as many cells as only a table has."""
    return line.kind in ("heading", "body") and count >= _MANY_CELLS and "|" in folded[line.start : line.end]


def cell_count(line: str) -> int:
    """Return how many cells a folded line would have as a row of a table; prose has one."""
    if "。" in line or len(line) > 500:
        return 1
    if "|" in line or "\t" in line:
        return len(re.split(r"[|\t]", line.strip(" ").removeprefix("|").removesuffix("|")))
    return len([cell for cell in _CELLS.split(line.strip()) if cell.strip()]) if _CELLS.search(line) else 1


def _header(lines: list[Line], first: int, folded: str) -> list[Line]:
    """Find the title among the lines above the body; the short lines left between it and the body are furniture.

    The first line of all may be one that tells a figure (某县9个项目开工 总投资26亿元).
    """
    byline = next((line.number for line in lines[:first] if line.kind == "byline"), None)
    open_lines = [line for line in lines[:first] if line.kind in ("heading", "body")]
    above = [line for line in open_lines if byline is not None and line.number < byline]
    candidates = [line for line in above or open_lines[: 3 if byline is None else None] if line.kind == "heading"]
    opening = open_lines[0] if open_lines else None
    if opening and opening.kind == "body" and opening.end - opening.start >= _SHORTEST_TITLE:
        candidates += [opening] if _is_short(folded[opening.start : opening.end]) else []
    if not candidates:
        return lines
    title = max(candidates, key=lambda line: (line.end - line.start, -line.number))
    told = list(lines)
    told[title.number] = replace(title, kind="title")
    for line in open_lines:
        if line.number > max(title.number, byline or 0) and not line.gap and byline is not None:
            told[line.number] = replace(line, kind="furniture")
        elif line.number < title.number:
            told[line.number] = replace(line, kind="heading")
    return told


def _trailer(lines: list[Line], folded: str) -> list[Line]:
    """Below the last line of text nothing is read any more; a line that tells a figure (投资:500万元) is text too."""
    told = list(lines)
    last = next((line.number for line in reversed(lines) if _is_text(line, folded)), -1)
    for line in lines[last + 1 :]:
        if line.kind == "heading":
            told[line.number] = replace(line, kind="furniture")
    return told
