"""Stretches of time as the genre writes them, worked out against the date of the article.

The forms stand in `tables/periods.toml`; here is only what a calendar does with them. A bound is None where the words
leave it open (截至目前 has no beginning), both are None where no year is known.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.reading.layers import Article, Period
from kg.reading.numbers.numerals import spelled_value
from kg.reading.rows import Row, load_rows, load_text

Unit = Literal["day", "month", "quarter", "half", "year", "plan", "now", "recent", "since", "open"]
Bounds = tuple[dt.date | None, dt.date | None]

_LEAD = re.compile(r"(?:截[至止]到?|自从?|从|到|至|在|于)$")
_TAIL = re.compile(
    r"(?P<edge>底|末|初|[上中下]旬|上午|下午|傍晚|晚上|凌晨|清晨)?(?P<tail>之?前|以前|以来|起|期间|内(?!蒙)|间)?"
)
_NAMED_YEAR = re.compile(
    r"(?<!\d)(?<!预计)(?<!计划)(?<!将于)(?P<year>(?:19|20)\d\d)年(?P<part>[上下]半年|前?[一二三四]季度|\d{1,2}[-—至到]\d{1,2}月|\d{1,2}月(?!\d))?"
)
_EVENT = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?:年度?|\([^()]{1,6}\))[^,。;:\d\n]{0,20}?(?:仪式|大会|推介会|洽谈会|恳谈会|签约会|推进会|动员会|"
    r"发布会|集中(?:开工|签约|竣工|奠基))|\|\s*(?P<head>(?:19|20)\d\d)(?:年|\.)\d{1,2}月?\s*\|"
)
_PLAN_END = re.compile("期?末期?|期内")
_WHOLE = ("全年", "当年", "本年")
_LOOKING_BACK = re.compile(
    r"(?P<year>(?:19|20)\d\d)年度?[^,。:0-9]{0,16}?(?:回顾|总结|完成情况|(?P<bulletin>统计公报))"
)
_AHEAD = re.compile(
    r"(?P<year>(?:19|20)\d\d)年度?[^,。:0-9]{0,10}?(?:重点工作|工作(?:安排|打算|思路|重点|任务|目标|部署|计划)|主要(?:任务|工作|目标)|目标任务|发展目标|政府工作的?)"
)
_UNTIL = ("截至", "截止", "截至到", "截止到", "到", "至")
_LOOKS_BACK = 2
_EARLY = 20
_HEADING = 40
_NEAR = 100
_PLANNED = re.compile(r"计划|力争|预计|将|目标|拟|要")
_BACK = {"去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1}


class PeriodRow(Row, frozen=True, kw_only=True):
    """One way to write a stretch of time; `unit` says what its named groups count."""

    unit: Unit
    pattern: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A match with the words around it that belong to it."""

    start: int
    end: int
    row: PeriodRow
    match: re.Match[str]
    lead: str
    edge: str
    tail: str
    planned: bool


@cache
def _rows() -> tuple[tuple[PeriodRow, re.Pattern[str]], ...]:
    """The table of periods, compiled."""
    years = load_text("periods", "years")
    return tuple((row, re.compile(row.pattern.replace("{year}", years))) for row in load_rows("periods", PeriodRow))


def find_periods(article: Article) -> tuple[Period, ...]:
    """Return the periods of the text in order; none overlaps another.

    A year that the words leave out is the article's, else the one that its title or its first sentence names.
    """
    periods: list[Period] = []
    year = _opening_year(article)
    headed = _headed_years(article)
    for draft in _drafts(article.folded):
        told = bisect_right(headed, draft.start, key=lambda row: row[0])
        _, last_day, bulletin = headed[told - 1] if told else (0, None, False)
        today = last_day if told and _is_whole(draft, bulletin=bulletin) else article.head.published
        begins, ends = _back_to(periods, draft) or _in_order(draft, *_bounds(draft, today, year))
        periods.append(Period(draft.start, draft.end, begins, ends, draft.row.id))
    return tuple(periods)


def _back_to(periods: list[Period], draft: _Draft) -> tuple[dt.date, dt.date] | None:
    """The month or year just named that 当月 or 当年 goes back to, None where none is."""
    word = draft.match.group()
    last = periods[-1] if periods and draft.start - periods[-1].end <= _NEAR else None
    if word not in ("当月", "当年") or draft.edge or draft.tail or last is None or not (last.begins or last.ends):
        return None
    begins, ends = last.begins or last.ends, last.ends or last.begins
    if begins is None or ends is None or begins.year != ends.year or (word == "当月" and begins.month != ends.month):
        return None
    return _months(begins.year, begins.month, begins.month) if word == "当月" else _months(begins.year, 1, 12)


def _headed_years(article: Article) -> list[tuple[int, dt.date, bool]]:
    """Where headings say which year is told (2022年工作回顾, 2023年重点工作), its last day, and whether in a bulletin.

    全年 below is of that year, and so is 年末 in a bulletin of statistics.
    """
    lines = (line for line in article.sentences if line.end - line.start <= _HEADING)
    found = ((line.start, *_turned_to(article.folded, line.start, line.end)) for line in lines)
    return [(start, dt.date(year, 12, 31), bulletin) for start, year, bulletin in found if year]


def _turned_to(folded: str, start: int, end: int) -> tuple[int, bool]:
    """The year that a heading looks back at or ahead to, 0 for none, and whether it heads a bulletin."""
    back = _LOOKING_BACK.search(folded, start, end)
    match = back or _AHEAD.search(folded, start, end)
    return (int(match["year"]), back is not None and match["bulletin"] is not None) if match else (0, False)


def _is_whole(draft: _Draft, *, bulletin: bool) -> bool:
    """Tell whether words are of the whole year that a heading looks back at."""
    at_end = bulletin and bool(draft.match.groupdict().get("now")) and draft.edge in ("末", "底")
    return draft.match.groupdict().get("ry") in _WHOLE or at_end


def _opening_year(article: Article) -> int | None:
    """The year that the title or the first sentence names."""
    lines = [line for line in article.sentences if line.kind in ("title", "heading", "body")]
    for line in lines[:2]:
        named = re.search(
            r"(?<!\d)(?:19|20)\d{2}(?=年|[-—]\d{4}年|[-/.]\d{1,2}[-/.]\d{1,2})",
            article.folded[line.start : min(line.end, line.start + 200)],
        )
        if named:
            year = int(named.group())
            return year if article.head.published else _as_told(article.folded, year)
    return None if article.head.published else _only_year(article.folded) or _year_of_event(article.folded)


def _as_told(folded: str, year: int) -> int | None:
    """The year of an undated text that begins with one: the next where it goes on to it, none where it tells more."""
    if _goes_on(folded, year):
        return year + 1
    later = any(int(match["year"]) > year and not match["part"] for match in _NAMED_YEAR.finditer(folded))
    return None if later and "今年" in folded else year


def _goes_on(folded: str, year: int) -> bool:
    """Tell whether an undated text that begins with a year goes on to a part of the next (2023年一季度开工14个)."""
    told = (match for match in _NAMED_YEAR.finditer(folded) if match["part"] and match["part"][-1] in "年度")
    return any(int(match["year"]) == year + 1 for match in told)


def _only_year(folded: str) -> int | None:
    """The one year that an undated text names, where it does so again and names a part of it, or no 今年 beside it."""
    named = [(int(match["year"]), match["part"]) for match in _NAMED_YEAR.finditer(folded)]
    again = len(named) > 1 and (any(part for _, part in named) or "今年" not in folded)
    return named[0][0] if again and len({year for year, _ in named}) == 1 else None


def _year_of_event(folded: str) -> int | None:
    """The year of the first event, or of the head of a table, that an undated text names (2019年第二批项目集中开工)."""
    event = _EVENT.search(folded)
    return int(event["year"] or event["head"]) if event else None


def _drafts(folded: str) -> list[_Draft]:
    """The longest matches from left to right."""
    found = [_around(folded, row, match) for row, pattern in _rows() for match in pattern.finditer(folded)]
    found.sort(key=lambda draft: (draft.match.start(), -draft.match.end(), draft.start))
    kept: list[_Draft] = []
    for draft in found:
        if not kept or draft.match.start() >= kept[-1].end:
            kept.append(draft)
    return kept


def _around(folded: str, row: PeriodRow, match: re.Match[str]) -> _Draft:
    """Take in 截至, 自 … before a match, and 底, 前, 以来 … behind it."""
    lead = _LEAD.search(folded, max(match.start() - 3, 0), match.start())
    tail = _TAIL.match(folded, match.end())
    words, edge, behind = (lead.group() if lead else ""), (tail and tail["edge"]) or "", (tail and tail["tail"]) or ""
    end_of_plan = _PLAN_END.match(folded, match.end()) if row.unit == "plan" else None
    if row.unit in ("recent", "since", "plan"):
        edge, behind = ("末" if end_of_plan and "末" in end_of_plan.group() else ""), ""
    taken = bool(words) and (words in (*_UNTIL, "自", "从", "自从") and (behind in ("以来", "起") or words in _UNTIL))
    opens = words == "至" and edge and (match.start() < 2 or folded[match.start() - 2] in "\n,。;:")
    start = match.start() - len(words) if taken and (opens or not words.startswith(("到", "至"))) else match.start()
    end = end_of_plan.end() if end_of_plan else match.end() + len(edge + behind)
    planned = _PLANNED.search(folded, match.start() - 4 if match.start() > 4 else 0, end + 6) is not None
    return _Draft(start, end, row, match, words if taken else "", edge, behind, planned)


def _bounds(draft: _Draft, today: dt.date | None, named: int | None) -> Bounds:
    """The first and last day; what stands around the words opens or narrows them."""
    try:
        begins, ends = _calendar(draft, today, named)
    except (ValueError, OverflowError):
        return None, None
    if draft.tail in ("以来", "起"):
        return _year_told(begins, draft, today) or (begins, today)
    if draft.edge in ("底", "末"):
        begins = None
    if draft.edge == "初":
        ends = None
    if draft.edge in ("上旬", "中旬", "下旬") and begins and ends:
        first = {"上旬": 1, "中旬": 11, "下旬": 21}[draft.edge]
        last = {"上旬": 10, "中旬": 20, "下旬": ends.day}[draft.edge]
        begins, ends = begins.replace(day=first), ends.replace(day=last)
    if draft.tail in ("前", "之前", "以前"):
        return None, ends if draft.edge or begins is None else begins - dt.timedelta(days=1)
    if draft.lead in _UNTIL:
        return None, ends
    return begins, ends


def _year_told(begins: dt.date | None, draft: _Draft, today: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """The year before, where 今年以来 is told in the first days of a year: nothing has been done yet in this one."""
    early = today is not None and today.month == 1 and today.day <= _EARLY
    if not early or begins is None or draft.match.groupdict().get("ry") not in ("今年", "本年"):
        return None
    return _months(begins.year - 1, 1, 12)


def _in_order(draft: _Draft, begins: dt.date | None, ends: dt.date | None) -> Bounds:
    """A stretch that would end before it begins began the year before (3月以来, in January), where no year is said."""
    if begins is None or ends is None or begins <= ends:
        return begins, ends
    said = any(draft.match.groupdict().get(name) for name in ("y", "yy", "ry"))
    begins = dt.date(begins.year - 1, begins.month, min(begins.day, 28))
    return (None, None) if said or begins > ends else (begins, ends)


def _calendar(draft: _Draft, today: dt.date | None, named: int | None) -> Bounds:
    """The stretch that the match itself names."""
    group = draft.match.groupdict()
    unit = draft.row.unit
    if unit == "open":
        return None, None
    if unit == "now":
        return None, today
    if unit == "recent":
        return _recent(group, today)
    if unit == "plan":
        count = spelled_value(group["n"] or "") or 0
        return dt.date(1951 + 5 * count, 1, 1), dt.date(1955 + 5 * count, 12, 31)
    year = _year(group, today, named, planned=draft.planned)
    if unit == "since":
        return _since(group, year), today
    return (None, None) if year is None else _within_year(unit, group, year, today)


def _since(group: dict[str, str | None], year: int | None) -> dt.date | None:
    """The day from which 自 … 以来 counts, None where it names an event only."""
    month = _count(group.get("m")) or 3 * _count(group.get("q")) - 2
    if year is None or not (group.get("y") or month > 0):
        return None
    return dt.date(year, max(month, 1), _count(group.get("d")) or 1)


def _year(group: dict[str, str | None], today: dt.date | None, named: int | None, *, planned: bool) -> int | None:
    """The year that the words name, outright or against the article's date; 全年 told in winter is the year before."""
    if group.get("y"):
        return int(group["y"] or 0)
    if group.get("yy"):
        return 2000 + int(group["yy"] or 0)
    base = today.year if today else named
    if today and today.month <= _LOOKS_BACK and group.get("ry") == "全年" and not planned:
        return today.year - 1
    return None if base is None else base + _BACK.get((group.get("ry") or "")[:2], 0)


def _within_year(unit: Unit, group: dict[str, str | None], year: int, today: dt.date | None) -> Bounds:
    """Years, halves, quarters and months from January on, and days."""
    if unit == "year":
        return dt.date(year, 1, 1), dt.date(int(group.get("y2") or year), 12, 31)
    if unit == "half":
        return _months(year, 1, 6) if group["h"] == "上" else _months(year, 7, 12)
    if unit == "quarter":
        last = _count(group.get("q2")) or _count(group.get("q"))
        return _months(year, 1 if group.get("q2") else 3 * last - 2, 3 * last)
    return _of_month(group, year, today) if unit == "month" else _of_day(group, year, today)


def _of_month(group: dict[str, str | None], year: int, today: dt.date | None) -> Bounds:
    """One month, several, or 本月 and its neighbours."""
    if group.get("word"):
        shift = {"上": -1, "下": 1}.get((group["word"] or "")[0], 0)
        place = year * 12 + (today.month if today else 0) - 1 + shift
        return _months(place // 12, place % 12 + 1, place % 12 + 1) if today else (None, None)
    month = _count(group.get("m")) or 1
    last_year, last_month = int(group.get("y2") or year), _count(group.get("m2")) or month
    return dt.date(year, month, 1), _months(last_year, last_month, last_month)[1]


def _of_day(group: dict[str, str | None], year: int, today: dt.date | None) -> Bounds:
    """One day, or several days."""
    day = _count(group.get("d"))
    if "m" not in group:
        return _day_only(day, today)
    month = _count(group.get("m"))
    last = dt.date(year, _count(group.get("m2")) or month, _count(group.get("d2")) or day)
    return dt.date(year, month, day), last


def _day_only(day: int, today: dt.date | None) -> Bounds:
    """A day without its month: the last such day up to the article's."""
    if today is None:
        return None, None
    place = today.year * 12 + today.month - 1 - (day > today.day)
    found = dt.date(place // 12, place % 12 + 1, day)
    return found, found


def _months(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    """From the first day of a month to the last day of another."""
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _count(written: str | None) -> int:
    """A small number in digits or characters; 0 where none is written."""
    if not written:
        return 0
    if written == "元":
        return 1
    return int(written) if written.isdecimal() else spelled_value(written) or 0


def _recent(group: dict[str, str | None], today: dt.date | None) -> Bounds:
    """近三年 ends today and begins as many years before; 近年来 has no beginning."""
    years = _count(group.get("n")) or _count(group.get("n2"))
    if not years or today is None:
        return None, today
    return dt.date(today.year - years, today.month, min(today.day, 28)), today
