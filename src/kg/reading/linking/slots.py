"""The words around a figure: its clause, what stands before it since the clause or the last figure began, what follows.

Commas, semicolons, colons and brackets end a clause; so a figure's own words are never further away than that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.reading.layers import Article, Quantity, Sentence
from kg.reading.vocabulary.patterns import BRACKET, turn

_GOES_ON = "同比|环比|较上|较去|比上|比去|增长|下降|增速|增幅|累计|完成|实现|达|总量"
_BREAK = re.compile(
    rf"(?<!分别为)(?<!分别是)(?<!依次为):|[,;。!?【】\n|\t▶●■◆★▲○◎※☆]|——|\s{{2,}}|(?<=[\u4e00-\u9fff%])\s(?!{_GOES_ON})(?=[\u4e00-\u9fff]{{3}})|…|{BRACKET}"
)
_REACH = 80


@dataclass(frozen=True, slots=True)
class Slot:
    """One quantity in its place.

    `clause` is where its clause begins; `left` where its own words begin (behind the figure before it in the clause);
    `right` where what follows it in the clause ends. `stop` is where the last semicolon or full stop before it stands.
    """

    quantity: Quantity
    sentence: Sentence
    index: int
    clause: int
    left: int
    right: int
    stop: int


def slots(article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Slot]:
    """Yield the place of each quantity, in text order."""
    starts = [sentence.start for sentence in article.sentences]
    before: Quantity | None = None
    for index, quantity in enumerate(quantities):
        sentence = article.sentences[max(bisect_right(starts, quantity.start) - 1, 0)]
        clause, stop = _clause_start(article.folded, sentence, quantity.start)
        left = clause
        if before is not None and clause < before.end <= quantity.start:
            left = _behind(article.folded, before, quantity.start)
        yield Slot(quantity, sentence, index, clause, left, _clause_end(article.folded, sentence, quantity.end), stop)
        before = quantity


def _clause_start(folded: str, sentence: Sentence, end: int) -> tuple[int, int]:
    """Where the clause begins, and the stretch of clauses that a semicolon or full stop bounds."""
    low = max(sentence.start, end - _REACH)
    clause = stop = low
    for match in _BREAK.finditer(folded, low, end):
        clause = match.end()
        if match.group() in ";。!?\n|▶●■◆★▲○◎※☆":
            stop = match.end()
    if stop == low:
        stop = max([sentence.start, *(folded.rfind(mark, sentence.start, end) + 1 for mark in ";。!?")])
    return clause, stop


def _clause_end(folded: str, sentence: Sentence, start: int) -> int:
    """Where the clause ends."""
    match = _BREAK.search(folded, start, min(sentence.end, start + _REACH))
    return match.start() if match else min(sentence.end, start + _REACH)


def _behind(folded: str, quantity: Quantity, limit: int) -> int:
    """Behind a figure and its counted noun, and what joins it to the next."""
    end = quantity.end + len(quantity.noun or "")
    if quantity.noun and (deed := turn("deed.of-counted").match(folded, end, limit)):
        end = deed.end()
    while end < limit and folded[end] in "、和及与 ,":
        end += 1
    return min(end, limit)
