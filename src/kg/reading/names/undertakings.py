"""Works that no suffix ends: what a firm builds with money that the text states (投资5000万元建设的饲料加工企业)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import is_hard
from kg.reading.names.specific import has_brand, is_place, is_site, told
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.vocabulary.patterns import turn

_LONGEST, _TOLD, _BRAND = 30, 3, 2
_FRONTED = 4


class UndertakingRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a work is told by the money put into it; `name` is the one read from `yes`, behind the pattern.

    `bare`: it is the object of the verb, which may also be what a work contains (厂房).
    """

    pattern: str
    name: str
    bare: bool = False


def find_undertakings(text: Clauses, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the works of a sentence that money is put into and that no other name reads."""
    folded = text.article.folded
    taken = [(name.start, name.end) for name in names if name.individual]
    works = [(name.start, name.end) for name in names if name.individual and name.type in {"Project", "Park"}]
    for work in (*_fronted(text), *_labelled(text, taken)):
        if not any(start <= work.start and work.end == end for start, end in works):
            taken.append((work.start, work.end))
            yield work
    for row, pattern in _patterns():
        for match in pattern.finditer(folded, text.sentence.start, text.sentence.end):
            found = _work(text, row, match.end())
            if found is not None and not any(start < found.end and found.start < end for start, end in taken):
                taken.append((found.start, found.end))
                yield found


def _fronted(text: Clauses) -> Iterator[Name]:
    """Yield the works that money alone stands in front of, in a sentence on projects: 大中街道40亿元吾悦广场,…."""
    if "项目" not in text.article.folded[text.sentence.start : text.sentence.end]:
        return
    for quantity in text.quantities:
        first = text.index(quantity.end) if quantity.end < text.sentence.end else 0
        before = text.tokens[max(text.index(quantity.start) - 1, 0)]
        site = is_place(before) or is_site(before) or before.text in load_words("words", "before_sums")
        if (
            quantity.unit != "CNY"
            or text.tokens[first].start != quantity.end
            or not (site or before.text in set("、,;:"))
        ):
            continue
        last = first
        while last < len(text.tokens) and text.tokens[last].end - quantity.end <= _LONGEST and not is_hard(text, last):
            last += 1
        behind = text.tokens[last] if last < len(text.tokens) else None
        ended = behind is None or behind.kind == "cut" or behind.text in set("、,;。和及与")
        size = text.tokens[last - 1].end - quantity.end if last > first else 0
        if ended and size >= _FRONTED and has_brand(text.tokens[first:last]) and (not behind or behind.text != "的"):
            yield Name(quantity.end, text.tokens[last - 1].end, "Project", "undertaking-fronted")


def _labelled(text: Clauses, taken: Sequence[tuple[int, int]]) -> Iterator[Name]:
    """Yield what begins a line where a colon and its money follow, if it bears a name: 睿涛换热器:总投资2亿元."""
    folded, begins = text.article.folded, text.sentence.start
    label = turn("work.labelled").match(folded, begins, text.sentence.end)
    if label is None or any(start < label.end("name") and label.start("name") < end for start, end in taken):
        return
    own = [token for token in text.tokens if label.start("name") <= token.start and token.end <= label.end("name")]
    whole = bool(own) and (own[0].start, own[-1].end) == label.span("name")
    if whole and has_brand(own) and all(token.kind != "cut" for token in own):
        yield Name(label.start("name"), label.end("name"), "Project", "undertaking-labelled")


def _work(text: Clauses, row: UndertakingRow, start: int) -> Name | None:
    """Read the noun phrase that begins at an offset, if it ends in a word for a work and no dash names that behind."""
    first = text.index(start) if start < text.sentence.end else len(text.tokens)
    if first >= len(text.tokens) or text.tokens[first].start != start:
        return None
    while first < len(text.tokens) and text.tokens[first].text in load_words("undertakings", "skipped"):
        first += 1
    last = first
    while last < len(text.tokens) and text.tokens[last].end - start <= _LONGEST and not is_hard(text, last):
        last += 1
    heads = load_words("undertakings", "heads")
    heads = tuple(head for head in heads if not row.bare or head not in load_words("undertakings", "contents"))
    while last > first and not text.tokens[last - 1].text.endswith(heads):
        last -= 1
    before = text.tokens[first : last - 1]
    head = text.tokens[last - 1].text if last > first else ""
    own = next((len(head) - len(end) for end in sorted(heads, key=len, reverse=True) if head.endswith(end)), 0)
    enough = _BRAND if has_brand(before) else _TOLD
    named_behind = last > first and text.article.folded.startswith("—", text.tokens[last - 1].end)
    if last <= first or named_behind or sum(len(token.text) for token in told(before)) + own < enough:
        return None
    return Name(text.tokens[first].start, text.tokens[last - 1].end, "Project", row.id)


@cache
def _patterns() -> tuple[tuple[UndertakingRow, re.Pattern[str]], ...]:
    return tuple((row, re.compile(row.pattern)) for row in undertaking_rows())


def undertaking_rows() -> tuple[UndertakingRow, ...]:
    """Return the rows of `tables/undertakings.toml`."""
    return load_rows("undertakings", UndertakingRow)
