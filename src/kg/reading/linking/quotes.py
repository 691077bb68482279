"""Who speaks in a quote: the firm or village whose head tells of its figures."""

from __future__ import annotations

from kg.reading.linking.about import BACK, SUBJECTS
from kg.reading.linking.ground import Ground, Place
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import turn

_QUOTE = 120
_BEHIND = 24
_SPEAKER = 60
_HEADED = ("Enterprise", "District")


def speaker(ground: Ground, slot: Slot) -> Place | None:
    """The firm or village whose head says what a quote tells of it: “去年产量达到八百万件。”甲公司厂长说."""
    folded = ground.article.folded
    opening = folded.rfind("“", max(0, slot.quantity.start - _QUOTE), slot.quantity.start)
    closing = folded.find("”", slot.quantity.end, slot.quantity.end + _QUOTE)
    if opening < 0 or closing < 0 or "”" in folded[opening : slot.quantity.start]:
        return None
    head = _head_of(ground, opening, closing)
    if head is None:
        return None
    own = folded[opening : slot.quantity.start]
    things = (place for place in ground.within(opening, slot.right) if place.type in SUBJECTS - {"Product"})
    others = any(place.entity != head.entity for place in things)
    told = turn("quote.of-others").search(own) if head.type == "Enterprise" else turn("quote.of-firms").search(own)
    told = told if head.type != "Enterprise" or not turn("speaker.own").search(own) else None
    return None if others or told else head


def _head_of(ground: Ground, opening: int, closing: int) -> Place | None:
    """What the speaker behind a quote heads: named there, called 该公司, or introduced before."""
    folded = ground.article.folded
    stop = min((at for mark in "。\n“" if (at := folded.find(mark, closing)) >= 0), default=closing)
    for place in ground.outermost(closing, min(stop, closing + _SPEAKER)):
        if place.type in _HEADED and turn("head.behind").match(folded[place.end : place.end + _BEHIND]):
            return place
    if turn("head.of-this-firm").match(folded, closing + 1):
        firms = [place for place in ground.outermost(max(0, opening - BACK), opening) if place.type == "Enterprise"]
        return firms[-1] if firms else None
    person = turn("quote.person").match(folded, closing)
    said = folded.find(person["person"]) if person else -1
    near = ground.outermost(max(0, said - _BEHIND), said) if 0 <= said < closing else []
    named = [place for place in near if place.type in _HEADED and turn("head.behind").match(folded[place.end : said])]
    return named[-1] if named else None
