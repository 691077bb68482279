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


class PatternRow(Row, frozen=True, kw_only=True):
    """One turn of phrase; the pattern is searched in folded text."""

    pattern: str


@cache
def turn(name: str) -> re.Pattern[str]:
    """Return the compiled pattern of a row."""
    return re.compile(next(row.pattern for row in load_rows("patterns", PatternRow) if row.id == name))
