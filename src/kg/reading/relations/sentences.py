"""The sentences of a text as frames see them: folded, cut into clauses, each with what the text speaks of there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.facts import Entity
from kg.reading.layers import Article, Layers, Sentence
from kg.reading.relations.discourse import Discourse, clauses, head_of, with_standins
from kg.reading.relations.openings import openings
from kg.reading.relations.slots import ANY_SLOT, FIGURE, PERIOD, Folded, Named, Place, Slot, fold_pieces
from kg.reading.rows import load_words

_UNREAD = frozenset({"furniture", "byline", "table"})
_LASTING = frozenset({"District", "PublicBody"})
_FURTHER = re.compile(f"(?<![一二三四五六七八九十0-9])、(?![{ANY_SLOT}])")
_TITLE = re.compile(rf"(?:\(?[\d一二三四五六七八九十]{{1,3}}\)?[.、]?\s*)?(?P<name>[{ANY_SLOT}])\s*[。:;]?")
_CLAUSE = 80
_COMMA = re.compile("[,;:]")
_POINT = re.compile(r"[一二三四五六七八九十]是|其[一二三四五]|首先|其次|[①-⑳]|\d{1,2}[.、]")

Figure = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a clause begins in the folded sentence, where its verb may begin, and what the text speaks of there.

    `titled`: the sentence before is nothing but the name of the topic, as in a list of projects.
    """

    start: int
    openings: tuple[int, ...]
    topic: Slot | None
    titled: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as frames see it, with the stretches of the groups in it."""

    sentence: Sentence
    folded: Folded
    groups: tuple[Place, ...]
    clauses: tuple[Clause, ...]

    def clause(self, position: int) -> Clause:
        """Return the clause that a position lies in."""
        return self.clauses[max(bisect_left(self.clauses, position + 1, key=lambda clause: clause.start) - 1, 0)]

    def is_near(self, slot: Slot, position: int) -> bool:
        """Tell whether a slot of the sentence stands in the clause of a position or in the one before."""
        at = bisect_left(self.folded.starts, slot.start)
        inside = self.sentence.start <= slot.start and at < position
        return inside and len(_COMMA.findall(self.folded.text, at, position)) <= 1

    def group(self, slot: Slot) -> Entity | None:
        """Return the group in whose stretch a slot lies."""
        last = bisect_left(self.groups, slot.start + 1, key=lambda place: place.start)
        near = self.groups[max(last - 3, 0) : last]
        return next((place.entity for place in near if slot.end <= place.end), None)


def read_sentences(layers: Layers, named: Named) -> Iterator[Read]:
    """Fold every sentence of the body and follow what the text speaks of; a new paragraph speaks of nothing yet."""
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
        if sentence.paragraph != paragraph:
            said.topic = None
        paragraph = sentence.paragraph
        folded = _fold(article, sentence, _within(named.outer, sentence), _between(figures, sentence), said)
        groups = tuple(place for place in _within(named.stretches, sentence) if place.entity.type == "ProjectGroup")
        yield Read(sentence, folded, groups, tuple(_clauses(folded, said)))


def _fold(
    article: Article, sentence: Sentence, places: Sequence[Place], figures: Sequence[Figure], said: Discourse
) -> Folded:
    said.fresh.clear()
    slots = tuple(with_standins(article.folded, sentence.start, sentence.end, places, said))
    return fold_pieces(article.folded, sentence.start, sentence.end, slots, figures)


def _clauses(folded: Folded, said: Discourse) -> Iterator[Clause]:
    """Yield the clauses; a verb behind "、" goes on with the topic of its clause, a new point or ";" begins anew."""
    for start, end in clauses(folded):
        anew = folded.text[start - 1 : start] == ";" or _POINT.match(folded.text, start) is not None
        if anew and said.topic and said.topic.members[0].type not in _LASTING:
            said.topic = None
        described = _described(folded, start) if said.topic is not None else None
        said.topic = described or said.topic
        places = set(openings(folded.text, start, end))
        for mark in _FURTHER.finditer(folded.text, start, end):
            places.update(openings(folded.text, mark.end(), end))
        yield Clause(start, tuple(sorted(places)), said.topic, titled=start == 0 and said.title is not None)
        said.topic = head_of(folded, start, end) or said.topic
    said.title = folded.slots[title.start("name")] if (title := _TITLE.fullmatch(folded.text)) else None


def _described(folded: Folded, start: int) -> Slot | None:
    """Return the work or park that ends the clause before, where a clause goes on to describe it: …建设A,占地80亩."""
    slot = next((folded.slots[at] for at in (start - 2, start - 3) if at in folded.slots), None)
    if (
        slot is None
        or not slot.of("scheme_or_park")
        or not folded.text.startswith(load_words("slots", "describes"), start)
    ):
        return None
    return slot


def _within(places: Sequence[Place], sentence: Sentence) -> Sequence[Place]:
    first = bisect_left(places, sentence.start, key=lambda place: place.start)
    return places[first : bisect_left(places, sentence.end, first, key=lambda place: place.start)]


def _between(figures: Sequence[Figure], sentence: Sentence) -> Sequence[Figure]:
    first = bisect_left(figures, (sentence.start,))
    return figures[first : bisect_left(figures, (sentence.end,), first)]


def clause_start(text: str, at: int) -> int:
    """Return where the clause of a position begins, at most eighty characters before it."""
    low = max(at - _CLAUSE, 0)
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in ",;:。!?"))
