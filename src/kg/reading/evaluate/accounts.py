"""The contract's account of numbers: each lies inside exactly one observation's number or one unread span.

Counted here on its own, not by the readers that it checks: over the whole file, every run of digits with its
`,` and `.` parts, and every Chinese numeral that counts or orders (after 第; before a classifier, a unit, 成, 分之);
the 万 of a bare 万元 in a table's head is a unit's part and no numeral.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from kg.facts import Facts, Span
from kg.reading.rows import load_words

_DIGITS = r"[0-9０-９]+(?:[,.，．][0-9０-９]+)*"
_PART = "〇零一二三四五六七八九十百千两兩"
_NUMERAL = rf"(?<![0-9０-９万亿{_PART}])(?<![0-9０-９]\s)[{_PART}][万亿{_PART}]*"


@cache
def _numbers() -> re.Pattern[str]:
    classifiers = sorted(load_words("accounts", "classifiers"), key=lambda word: (-len(word), word))
    behind = "|".join(classifiers)
    return re.compile(rf"{_DIGITS}|(?<=第){_NUMERAL}|{_NUMERAL}(?=[余多几]?(?:{behind}))")


def numbers(text: str) -> Iterator[Span]:
    """Yield every number that the contract asks an account of, in text order.

    A multiplier behind digits (the 万 of "6万人") belongs to their number and is not asked for again.
    """
    for match in _numbers().finditer(text):
        yield Span(start=match.start(), end=match.end(), exact=match.group())


def unaccounted(facts: Facts, text: str) -> list[Span]:
    """Return the numbers that lie in no span, or in two, of what was read and what was left."""
    spans = sorted(
        [(row.number.start, row.number.end) for row in facts.observations]
        + [(row.start, row.end) for row in facts.unread]
    )
    starts = [start for start, _ in spans]
    longest = max((end - start for start, end in spans), default=0)

    def holders(number: Span) -> int:
        place, count = bisect_right(starts, number.start) - 1, 0
        while place >= 0 and starts[place] > number.start - longest - 1:
            count += spans[place][1] >= number.end
            place -= 1
        return count

    return [number for number in numbers(text) if holders(number) != 1]
