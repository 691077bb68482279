"""Names in a sentence: from a suffix leftwards to where the name begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.facts import EntityType
from kg.reading.layers import Article, Period, Quantity, Sentence
from kg.reading.lexicon import Hit, suffix_hits
from kg.reading.tokens import Token, words

_OPEN, _CLOSE = "(“《[", ")”》]"
_INSIDE = frozenset("·-—+&.")
_HARD_TAGS = ("v", "d", "p", "c", "u", "r", "y", "i", "ad", "zg")
_SOFT_VERBS = ("vn",)
_PROPER = ("nr", "nz", "ns", "nt", "eng")
_MASS = frozenset({"t", "kW", "MW", "kWh", "kg"})


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch that is named, or with `individual` false only classed (龙头企业): offsets, type and rule."""

    start: int
    end: int
    type: EntityType
    rule: str
    individual: bool = True


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence cut into words, with the stretches that quantities and periods take."""

    article: Article
    sentence: Sentence
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    blocked: frozenset[int]

    def index(self, offset: int) -> int:
        """Return the index of the token that holds an offset."""
        return bisect_right(self.starts, offset) - 1


def clauses(article: Article, sentence: Sentence, quantities: Sequence[Quantity], periods: Sequence[Period]) -> Clauses:
    """Cut a sentence into words; the tokens of a quantity or a period end a name, those of a mass or a power do not."""
    tokens = words(article.folded, sentence.start, sentence.end)
    starts = tuple(token.start for token in tokens)
    blocked: set[int] = set()
    for span in (*quantities, *periods):
        if isinstance(span, Quantity) and span.unit in _MASS:
            continue
        blocked.update(
            index
            for index in range(max(bisect_right(starts, span.start) - 1, 0), len(tokens))
            if tokens[index].start < span.end and tokens[index].end > span.start
        )
    return Clauses(article, sentence, tokens, starts, frozenset(blocked))


def find_names(text: Clauses) -> Iterator[Name]:
    """Yield every name and class that ends in a suffix, inner ones included, in the order of their ends."""
    base = text.sentence.start
    for hit in suffix_hits(text.article.folded[base : text.sentence.end]):
        placed = Hit(hit.start + base, hit.end + base, hit.row)
        name = _read(text, placed)
        if name is not None:
            yield name


def _read(text: Clauses, hit: Hit) -> Name | None:
    """Read the name that a suffix ends, if one does."""
    last = text.index(hit.end - 1)
    if text.tokens[last].end != hit.end or last in text.blocked:
        return None
    first = text.index(hit.start)
    title = _title(text, hit)
    if title is not None:
        return title
    begin = left_edge(text, first)
    if hit.row.needs == "brand":
        return _brand(text, hit, begin, first)
    return _named(text, hit, begin, first)


def _title(text: Clauses, hit: Hit) -> Name | None:
    """A suffix at the end of a title in 《》 takes the whole title."""
    folded = text.article.folded
    if folded[hit.end : hit.end + 1] != "》":
        return None
    start = folded.rfind("《", text.sentence.start, hit.end) + 1
    return Name(start, hit.end, hit.row.type, hit.row.id) if start else None


def left_edge(text: Clauses, first: int) -> int:
    """Return the index of the first token of the name that ends at or behind token `first`."""
    begin = first
    while begin > 0:
        previous = text.tokens[begin - 1]
        if previous.text in _CLOSE:
            opening = _opening(text, begin - 1)
            if opening is None:
                break
            begin = opening
            continue
        if is_hard(text, begin - 1):
            break
        begin -= 1
    while begin < first and text.tokens[begin].kind == "lead":
        begin += 1
    return begin


def is_hard(text: Clauses, index: int) -> bool:
    """Tell whether no name reaches over a token."""
    token = text.tokens[index]
    if index in text.blocked or token.kind in {"cut", "join"}:
        return True
    if token.kind:
        return False
    if token.tag.startswith("x"):
        return token.text not in _INSIDE
    if len(token.text) == 1:
        return False
    return token.tag.startswith(_HARD_TAGS) and not token.tag.startswith(_SOFT_VERBS)


def _opening(text: Clauses, close: int) -> int | None:
    """Return the index of the bracket that a bracket closes, at most twelve tokens before it."""
    mate = _OPEN[_CLOSE.index(text.tokens[close].text)]
    for index in range(close - 1, max(close - 13, -1), -1):
        if text.tokens[index].text == mate:
            return index
    return None


def _brand(text: Clauses, hit: Hit, begin: int, first: int) -> Name | None:
    """A trade name: two to four characters that no dictionary knows, right before the trade."""
    start = first
    while (
        start > begin
        and _unknown(text.tokens[start - 1])
        and text.tokens[first].start - text.tokens[start - 1].start <= 4
    ):
        start -= 1
    length = text.tokens[first].start - text.tokens[start].start
    if not 2 <= length <= 4:
        return None
    return Name(text.tokens[start].start, hit.end, hit.row.type, hit.row.id)


def _unknown(token: Token) -> bool:
    """Tell whether a token is a character left over, or tagged as a proper name."""
    if token.kind or not token.text.isalnum():
        return False
    return len(token.text) == 1 or token.tag.startswith(_PROPER)


def _named(text: Clauses, hit: Hit, begin: int, first: int) -> Name | None:
    """A name where something specific stands before the suffix, else a class."""
    start = min(text.tokens[begin].start, hit.start)
    before = text.tokens[begin:first]
    head = text.tokens[first].text[: hit.start - text.tokens[first].start]
    if start == hit.start:
        return Name(start, hit.end, hit.row.type, hit.row.id, individual=False)
    individual = {
        "words": bool(before) or bool(head),
        "quote": any(token.text == "”" for token in before),
        "specific": specific(before),
        "brand": False,
    }[hit.row.needs]
    return Name(start, hit.end, hit.row.type, hit.row.id, individual=individual)


def specific(tokens: Sequence[Token]) -> bool:
    """Tell whether words name an individual: a proper name, an unknown run, a quote, or two words that are not plain."""
    content = [token for token in tokens if not token.kind and token.text.isalnum()]
    if any(token.tag.startswith(_PROPER) or len(token.text) == 1 for token in content):
        return True
    return len(content) >= 2 or any(token.text == "”" for token in tokens)
