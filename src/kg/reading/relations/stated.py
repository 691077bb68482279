"""What sentences state: every frame that fits a folded sentence, its lists spread, its dropped ends carried over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.facts import Confidence, Entity
from kg.reading.layers import Article, Layers, Sentence
from kg.reading.relations.discourse import Discourse, clauses, head_of, with_standins
from kg.reading.relations.draft import Draft
from kg.reading.relations.frames import End, Frame, fitting
from kg.reading.relations.slots import FIGURE, PERIOD, Folded, Named, Place, Slot, fold_pieces
from kg.reading.rows import load_words

_UNREAD = frozenset({"furniture", "byline", "table"})
_CLAUSE = 80
_ALL = re.compile("均|都|全部|分别|双双|纷纷|一同|同时|相继|先后|陆续")


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as frames see it: folded, with the topic of each clause ((start, topic) pairs, the last before it counts)."""

    sentence: Sentence
    folded: Folded
    topics: tuple[tuple[int, Slot | None], ...]

    def topic(self, position: int) -> Slot | None:
        """Return what the text speaks of where a clause begins."""
        known = [slot for start, slot in self.topics if start <= position]
        return known[-1] if known else None


def read_sentences(layers: Layers, named: Named) -> Iterator[Read]:
    """Fold every sentence of the body and follow what the text speaks of."""
    article = layers.article
    figures = sorted(
        [(row.start, row.end, FIGURE) for row in layers.quantities]
        + [(row.start, row.end, PERIOD) for row in layers.periods]
    )
    said = Discourse()
    paragraph = -1
    for sentence in article.sentences:
        if sentence.kind in _UNREAD:
            continue
        if sentence.paragraph != paragraph and sentence.kind != "body":
            said.topic = None
        paragraph = sentence.paragraph
        yield _read(article, sentence, _within(named.outer, sentence), _between(figures, sentence), said)


def _read(
    article: Article, sentence: Sentence, places: Sequence[Place], figures: Sequence[tuple[int, int, str]], said: Discourse
) -> Read:
    said.fresh.clear()
    slots = tuple(with_standins(article.folded, sentence.start, sentence.end, places, said))
    folded = fold_pieces(article.folded, sentence.start, sentence.end, slots, figures)
    topics: list[tuple[int, Slot | None]] = []
    for start, end in clauses(folded):
        topics.append((start, said.topic))
        said.topic = head_of(folded, start, end) or said.topic
    return Read(sentence, folded, tuple(topics))


def _within(places: Sequence[Place], sentence: Sentence) -> Sequence[Place]:
    first = bisect_left(places, sentence.start, key=lambda place: place.start)
    return places[first : bisect_left(places, sentence.end, first, key=lambda place: place.start)]


def _between(figures: Sequence[tuple[int, int, str]], sentence: Sentence) -> Sequence[tuple[int, int, str]]:
    first = bisect_left(figures, (sentence.start,))
    return figures[first : bisect_left(figures, (sentence.end,), first)]


def stated(read: Read, acting: Entity | None) -> Iterator[Draft]:
    """Yield what the frames read in a sentence, the rows in file order."""
    if not read.folded.slots and acting is None:
        return
    for frame in fitting(read.folded.text):
        for match in frame.pattern.finditer(read.folded.text):
            ends = _ends(read, frame, match, acting)
            if ends is not None and not _is_undone(read.folded.text, match):
                yield from _drafts(read, frame, match, ends)


@dataclass(frozen=True, slots=True)
class _Ends:
    subjects: tuple[Entity, ...]
    objects: tuple[Entity, ...]
    items: tuple[Entity, ...]
    carried: Slot | None


def _ends(read: Read, frame: Frame, match: re.Match[str], acting: Entity | None) -> _Ends | None:
    """Return the things at the ends of a match, None where one is missing."""
    carried: Slot | None = None
    found: dict[End, tuple[Entity, ...]] = {"I": ()}
    groups = match.re.groupindex
    for end, name in (("S", "s"), ("O", "o"), ("I", "i")):
        if name in groups:
            found[end] = _spread(read, frame, match, end, name)  # type: ignore[index,arg-type]
    if frame.dropped is not None:
        carried = read.topic(match.start())
        things = carried.of(frame.kind(frame.dropped)) if carried is not None else ()
        if not things and frame.row.acting and acting is not None and frame.dropped == "S":
            carried, things = None, (acting,)
        found[frame.dropped] = things
    if not found.get("S") or not found.get("O") or (frame.row.item and not found["I"]):
        return None
    return _Ends(found["S"], found["O"], found["I"], carried)


def _spread(read: Read, frame: Frame, match: re.Match[str], end: End, name: str) -> tuple[Entity, ...]:
    """Return the things of a slot, and where "all" stands behind it those before it in its clause too."""
    folded, at, kind = read.folded, match.start(name), frame.kind(end)
    things = folded.slots[at].of(kind)
    if at != match.start() or not _ALL.search(folded.text, at, match.end()):
        return things
    start = _clause_start(folded.text, at)
    before = [row for place in range(start, at) if place in folded.slots for row in folded.slots[place].of(kind)]
    return tuple({row.id: row for row in (*before, *things)}.values())


def _drafts(read: Read, frame: Frame, match: re.Match[str], ends: _Ends) -> Iterator[Draft]:
    """Yield one draft for each pair of ends; with 分别 and lists of one length the first goes with the first."""
    start, end = read.folded.span(match.start(), match.end())
    carried = ends.carried
    if carried is not None and read.sentence.start <= carried.start and start - carried.start <= 2 * _CLAUSE:
        start = min(start, carried.start)
    pairs = [(one, other) for one in ends.subjects for other in ends.objects]
    if "分别" in match.group() and len(ends.subjects) == len(ends.objects) > 1:
        pairs = list(zip(ends.subjects, ends.objects, strict=True))
    for one, other in pairs:
        yield Draft(
            subject=one,
            predicate=frame.row.predicate,
            object=other,
            item=ends.items[0] if ends.items else None,
            rule=frame.row.id,
            start=start,
            end=end,
            confidence=_confidence(read, match, ends),
        )


def _confidence(read: Read, match: re.Match[str], ends: _Ends) -> Confidence:
    defaulted = ends.carried is None and "s" not in match.re.groupindex
    return "low" if defaulted or _words("open").search(match.group()) else "high"


def _clause_start(text: str, at: int) -> int:
    low = max(at - _CLAUSE, 0)
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in ",;:。!?"))


def _is_undone(text: str, match: re.Match[str]) -> bool:
    """Tell whether the clauses of a match deny what they say."""
    start = _clause_start(text, match.start())
    if _words("undone_before").search(text, start, match.end()):
        return True
    high = min(match.end() + 20, len(text))
    ends = [place for place in (text.find(mark, match.end(), high) for mark in ",;:。!?") if place >= 0]
    return _words("undone").search(text, start, min(ends, default=high)) is not None


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(load_words("slots", key)))
