"""A sentence as the name readers see it: words, the stretches that figures take, and the model behind them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kg.facts import EntityType
from kg.reading.layers import Article, Layers, Number, Period, Quantity, Sentence
from kg.reading.rows import load_words
from kg.reading.vocabulary.tokens import Token, tagged, words

_POWER = frozenset({"kW", "MW", "kWh"})
_WORK_BEHIND = re.compile(
    r"[^,。;:、的\s\d]{2,18}?(?:项目|工程|生产线)|[^,。;:、的\s\d]{2,12}、\d[\d.]*[^,。;:、的\s\d]{3,20}?项目|(?:[^,。;:的\s]|(?:投资)?[\d.]+[万亿]元的){2,60}?等(?:\d+个)?[^,。;:、\s]{0,14}项目"
)
_OUTPUT = re.compile(r"年产[\d.]+[^,。;:、的]{2,20}[及和与]$")
S = TypeVar("S", Quantity, Number, Period)
_WINDOW = 120
_CLAUSE = ",;。:!?"
_ELEMENT = f"{_CLAUSE}、"
_MARKS = frozenset(f"{_CLAUSE}\n")
_NOUN_TAGS = frozenset({"n", "nz", "nw", "vn", "an", "s", "ORG", "LOC", "PER"})


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch that is named, or with `individual` false only classed (龙头企业): offsets, type and rule.

    `also` is a further type: a park under construction is a project and a park.
    """

    start: int
    end: int
    type: EntityType
    rule: str
    individual: bool = True
    also: EntityType | None = None


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence cut into words.

    `blocked` are the indexes of tokens that a figure, a period or an ordinal takes, `capacity` those of a mass or a
    power, which may stand inside a name (年产3万吨铝型材项目), `inner` those of other numbers that may (5亿元以上项目).
    """

    article: Article
    sentence: Sentence
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    blocked: frozenset[int]
    capacity: frozenset[int]
    inner: frozenset[int]
    quantities: tuple[Quantity, ...]
    _asked: dict[tuple[int, int], tuple[tuple[int, int, str], ...]] = field(default_factory=dict, compare=False)

    def index(self, offset: int) -> int:
        """Return the index of the token that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def is_noun(self, index: int) -> bool:
        """Ask the model whether a word stands as a noun here."""
        token = self.tokens[index]
        return any(start <= token.start < end and tag in _NOUN_TAGS for start, end, tag in self._model(token.start))

    def organisation(self, end: int) -> int | None:
        """Ask the model where the organisation begins that ends at an offset, None where it sees none.

        In a list it is asked of the element alone too, which may look different among its like.
        """
        for marks in (_CLAUSE, _ELEMENT):
            found = next(
                (start for start, stop, tag in self._model(end - 1, marks) if stop == end and tag == "ORG"), None
            )
            if found is not None:
                return found
        return None

    def organisation_from(self, start: int) -> int | None:
        """Ask the model where the organisation ends that begins at an offset, None where it sees none."""
        return next((stop for low, stop, tag in self._model(start) if low == start and tag == "ORG"), None)

    def _model(self, offset: int, marks: str = _CLAUSE) -> tuple[tuple[int, int, str], ...]:
        """Return the model's words of the clause around an offset, of a window of it where it is long.

        A clause is enough to tell a noun from a verb, and a third of its sentence on average.
        """
        folded = self.article.folded
        low = max(folded.rfind(mark, self.sentence.start, offset) for mark in marks) + 1 or self.sentence.start
        ends = (folded.find(mark, offset, self.sentence.end) for mark in marks)
        high = min((end for end in ends if end >= 0), default=self.sentence.end)
        if high - low > 2 * _WINDOW:
            block = (offset - low) // _WINDOW
            low, high = max(low, low + (block - 1) * _WINDOW), min(high, low + (block + 2) * _WINDOW)
        if (low, high) not in self._asked:
            self._asked[low, high] = tuple(_placed(low, tagged(self.article.folded[low:high])))
        return self._asked[low, high]


def _placed(at: int, pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[int, int, str]]:
    for word, tag in pairs:
        yield at, at + len(word), tag
        at += len(word)


def cut(layers: Layers, sentence: Sentence) -> Clauses:
    """Cut a sentence into words."""
    tokens = words(layers.article.folded, sentence.start, sentence.end)
    starts = tuple(token.start for token in tokens)
    firm: set[int] = set()
    soft: set[int] = set()
    inner: set[int] = set()
    quantities = tuple(_within(layers.quantities, sentence))
    for quantity in quantities:
        into = soft if _is_capacity(layers.article.folded, quantity) else firm
        into.update(_covered(starts, tokens, quantity.start, quantity.end))
    apart, inside = load_words("words", "numbers_apart"), load_words("words", "numbers_inside")
    for number in _within(layers.numbers, sentence):
        if number.reason in apart or number.reason in inside:
            into = firm if number.reason in apart else inner
            into.update(_exactly(starts, tokens, number.start, number.end))
    for period in _within(layers.periods, sentence):
        firm.update(_covered(starts, tokens, period.start, period.end))
    blocked, capacity = frozenset(firm), frozenset(soft - firm)
    return Clauses(layers.article, sentence, tokens, starts, blocked, capacity, frozenset(inner - firm), quantities)


def _within(spans: Sequence[S], sentence: Sentence) -> Sequence[S]:
    """Return the spans that begin in a sentence; they are in text order."""
    first = bisect_left(spans, sentence.start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, sentence.end, first, key=lambda span: span.start)]


def _covered(starts: tuple[int, ...], tokens: tuple[Token, ...], start: int, end: int) -> range:
    """Return the indexes of the tokens that a stretch touches."""
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
    return range(max(first, 0), min(last, len(tokens)))


def _exactly(starts: tuple[int, ...], tokens: tuple[Token, ...], start: int, end: int) -> list[int]:
    """Return the indexes of the tokens that a stretch touches, but for words that hold more than it (红十字)."""
    return [
        index
        for index in _covered(starts, tokens, start, end)
        if tokens[index].end - tokens[index].start <= end - start or tokens[index].tag.startswith(("m", "t"))
    ]


def _is_capacity(folded: str, quantity: Quantity) -> bool:
    """Tell whether a figure may stand inside a name.

    That is a power; what 年产 makes a capacity; and a mass or a count of pieces with a work right behind.
    """
    before = folded[max(quantity.start - 4, 0) : quantity.start]
    if quantity.unit in _POWER or before.endswith(load_words("words", "capacity")):
        return True
    if _OUTPUT.search(folded, max(quantity.start - 24, 0), quantity.start):
        return _WORK_BEHIND.match(folded, quantity.end) is not None
    pieces = quantity.unit.startswith(load_words("words", "pieces")) and not before.endswith(
        load_words("words", "done")
    )
    return pieces and _WORK_BEHIND.match(folded, quantity.end) is not None


def between_marks(text: Clauses) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a sentence between its marks, commas included, as token ranges."""
    first = 0
    for index, token in enumerate(text.tokens):
        if token.text in _MARKS:
            if index > first:
                yield first, index
            first = index + 1
    if len(text.tokens) > first:
        yield first, len(text.tokens)
