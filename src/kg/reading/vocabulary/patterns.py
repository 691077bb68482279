"""Turns of phrase that the linking of figures looks for, from `tables/patterns.toml`, each by its id."""

from __future__ import annotations

import re
from functools import cache

from kg.reading.rows import Row, load_rows

BRACKET = (
    r"(?<![\u4e00-\u9fff])\(|\((?![\u4e00-\u9fff]{1,2}\)[\u4e00-\u9fff])"
    r"|(?<![\u4e00-\u9fff]\([\u4e00-\u9fff])(?<![\u4e00-\u9fff]\([\u4e00-\u9fff]{2})\)|\)(?![\u4e00-\u9fff])"
)
"""A bracket that ends a clause; one round a character or two inside a word ends none: 乡(镇)中心幼儿园, 新(扩)建."""


_UNDER, _RELATED = 4, 8


class PatternRow(Row, frozen=True, kw_only=True):
    """One turn of phrase; the pattern is searched in folded text."""

    pattern: str


def is_above(folded: str, start: int, end: int) -> bool:
    """Tell whether a firm that stands from `start` to `end` of a folded text is only the one that another belongs to.

    So in 甲公司隶属于乙集团 and 乙集团的下游企业.
    """
    before, behind = folded[max(0, start - _UNDER) : start], folded[end : end + _RELATED]
    return turn("firm.above").search(before) is not None or turn("firm.related").match(behind) is not None


@cache
def turn(name: str) -> re.Pattern[str]:
    """Return the compiled pattern of a row."""
    return re.compile(next(row.pattern for row in load_rows("patterns", PatternRow) if row.id == name))
