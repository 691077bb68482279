"""What a page says of itself: title, publication date, source, authors."""

from __future__ import annotations

import datetime as dt
import re

from kg.reading.text.lines import Line

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*[-年/.]\s*(?P<m>\d{1,2})\s*[-月/.]\s*(?P<d>\d{1,2})(?!\d)"
    r"|(?<![\d.])(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>(?:19|20)\d{2})(?!\d)"
)
_STAMP = re.compile(
    r"(?:(?:发布|更新|发文|发表|成文|生成|印发|發佈|發布|發表)(?:时间|日期|時間)\s*:?[\s|]*)(?P<after>\d[^|]{0,16})"
    r"|(?P<before>(?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2})日?\s+\d{1,2}:\d{2}"
)
_SOURCE = re.compile(r"来源\s*:\s*(?!作者|编辑|时间|日期|浏览|点击)([^\s:|,。()]{2,24})")
_AUTHORS = re.compile(r"(?:作者|记者|通讯员)\s*:?\s*((?:[\u4e00-\u9fff]{2,4}[\s、,]{0,3}){1,6})")
_PAPER_BEFORE_DATE = re.compile(r"^\s*([\u4e00-\u9fff]{2,14})\s+(?:19|20)\d{2}\s*[-年/.]")
_DATELINE = re.compile(r"^([\u4e00-\u9fff]{2,10}?(?:报|网|社|台|客户端))(?:\d{1,2}月\d{1,2}日)?[讯电](?:\s|\(|,|:|$)")
_SIGNED = re.compile(
    r"\((?:([\u4e00-\u9fff]{2,10}(?:报|网|社|台))?(?:首席|见习)?记者)?[\s:]*"
    r"([\u4e00-\u9fff]{2,4}(?:[\s、]+[\u4e00-\u9fff]{2,4})*)(?:\s+文/摄)?\)"
)
_ROLE = re.compile(r"(?:作者|记者|通讯员|文/摄|文/图|文|摄|首席|见习)\s*:?")
_HEAD = 400


def read_head(
    lines: list[Line], folded: str, text: str
) -> tuple[str | None, dt.date | None, str | None, tuple[str, ...]]:
    """Return title, date, source and authors; None or empty where the page does not say."""
    title = next((text[line.start : line.end] for line in lines if line.kind == "title"), None)
    bylines = [folded[line.start : min(line.end, line.start + 300)] for line in lines if line.kind == "byline"]
    bodies = [line for line in lines if line.kind == "body"]
    opening = [folded[line.start : line.start + 80] for line in bodies[:2]]
    closing = [folded[max(line.start, line.end - 40) : line.end] for line in bodies[-2:]]
    published = next((date for line in bylines for date in [_date(line)] if date), None) or _stamped(folded)
    source = next((found for line in [*bylines, *opening, *closing] for found in [_source(line)] if found), None)
    return title, published, source, _authors(bylines, opening, closing)


def _date(line: str) -> dt.date | None:
    """The first whole date of a line."""
    for match in _DATE.finditer(line):
        try:
            return dt.date(*(int(match[name] or match[f"{name}2"]) for name in ("y", "m", "d")))
        except ValueError:
            continue
    return None


def _stamped(folded: str) -> dt.date | None:
    """The date that the head of a page names as its own: behind 发布时间, or before the time of day."""
    found = next(iter(_STAMP.finditer(folded, 0, _HEAD)), None)
    return _date(found["after"] or found["before"]) if found else None


def _source(line: str) -> str | None:
    """Who published: named outright, before the date, in the dateline, or in the signature."""
    for pattern in (_SOURCE, _PAPER_BEFORE_DATE, _DATELINE):
        match = pattern.search(line)
        if match:
            return match[1].strip()
    signed = _SIGNED.search(line)
    return signed[1] if signed else None


def _authors(bylines: list[str], opening: list[str], closing: list[str]) -> tuple[str, ...]:
    """Who wrote: the byline's authors, else the reporters of the dateline, else the signature at the end."""
    for line in bylines + opening:
        names = [name for match in _AUTHORS.finditer(line) for name in re.split(r"[\s、,]+", match[1]) if name]
        if names:
            return tuple(dict.fromkeys(name for name in names if not _ROLE.fullmatch(name)))
    for line in opening[:1] + closing:
        signed = _SIGNED.search(line)
        if signed:
            return tuple(re.split(r"[\s、]+", signed[2]))
    return ()
