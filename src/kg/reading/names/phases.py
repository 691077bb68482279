"""Phases of works: 钢结构生产项目一期, 某某产业园(一期), and 二期 that opens a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.names.clauses import Clauses, Name
from kg.reading.rows import load_words
from kg.reading.vocabulary.lexicon import Hit
from kg.reading.vocabulary.patterns import turn

_PART = re.compile("[\u4e00-\u9fff]{2,4}(?:片区|分区|组团)")


def own_phases(folded: str) -> frozenset[str]:
    """Return the phases that have money or land of their own and no name of their work, none where only the first has.

    So in 项目分两期实施,一期工程总投资7200万元;二期工程总投资2亿元. What the text names in full elsewhere is none.
    """
    told = {match["number"] for match in turn("phase.opens").finditer(folded)}
    counted = {match["number"] for match in turn("phase.counted").finditer(folded)} & told
    if not told - {"一期"} or counted:
        return frozenset()
    return frozenset(told - {match["number"] for match in turn("phase.of-work").finditer(folded)})


def bare_phases(text: Clauses, names: Sequence[Name], phases: frozenset[str]) -> Iterator[Name]:
    """Yield the phases that open a clause of a sentence, of those that `own_phases` returns."""
    for match in turn("phase.opens").finditer(text.article.folded, text.sentence.start, text.sentence.end):
        start, end = match.span("phase")
        inside = any(name.start <= start < name.end for name in names if name.individual)
        if match["number"] in phases and not inside:
            yield Name(start, end, "Project", "phase-bare")


def whole_of_phase(text: Clauses, name: Name) -> Iterator[Name]:
    """Yield the project of which a name is a phase: 钢结构生产项目 of 钢结构生产项目一期."""
    written = text.article.folded[name.start : name.end]
    for phase in load_words("words", "phases"):
        if name.type == "Project" and name.individual and written.endswith((f"项目{phase}", f"项目{phase}工程")):
            yield Name(name.start, name.start + written.rindex(phase), "Project", "project-whole")


def end_with_phase(text: Clauses, hit: Hit) -> int:
    """Return where a name ends: behind a phase in brackets, 项目(一期), and before what is the body of it, 主体工程."""
    folded = text.article.folded
    parts = load_words("words", "parts_behind")
    behind = next((word for word in parts if folded.endswith(f"项目{word}", 0, hit.end)), "")
    if behind and hit.row.type == "Project":
        return hit.end - len(behind)
    body = next((word for word in load_words("words", "bodies") if folded.endswith(word, 0, hit.end)), "")
    if body and hit.row.type == "Project" and hit.end - len(body) in {token.end for token in text.tokens}:
        return hit.end - len(body)
    for phase in load_words("words", "phases"):
        if hit.row.type in {"Project", "Park"} and folded.startswith(f"({phase})", hit.end):
            return hit.end + len(phase) + 2
    part = _PART.match(folded, hit.end) if hit.row.type == "Park" else None
    return part.end() if part and text.tokens[text.index(part.end() - 1)].end == part.end() else hit.end
