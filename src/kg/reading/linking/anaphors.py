"""Words that stand for a thing at the head of a clause or a sentence: 该项目, 公司, 园区."""

from __future__ import annotations

import re

from kg.reading.linking.about import BACK, only_where, opens
from kg.reading.linking.ground import FIRMS, WORKS, Ground, Place
from kg.reading.linking.slots import Slot
from kg.reading.vocabulary.patterns import is_above, turn

_CEREMONY = 40


def anaphor(ground: Ground, slot: Slot, topic: Place | None) -> Place | None:
    """Return what 该项目 or 公司 at the head of the clause means: the set just counted, else the last one named."""
    begins = [row.end for row in ground.periods_within(slot.clause, slot.quantity.start) if row.start == slot.clause]
    match = turn("anaphor").match(ground.article.folded[max(begins, default=slot.clause) : slot.quantity.start])
    if not match or ground.article.folded[slot.clause - 1 : slot.clause] == ")":
        return None
    words = match.group()
    if topic and words == "项目":
        return topic
    wanted = WORKS if re.search("项目|工程", words) else FIRMS if re.search("公司|企业|集团|厂", words) else {"Park"}
    low = max(0, slot.clause - BACK)
    places = [place for place in ground.within(low, slot.clause) if place.type in wanted and place.type != "Product"]
    places = [place for place in places if not any(place != other and _holds(other, place) for other in places)]
    if wanted != WORKS:
        own = [row for row in places if not is_above(ground.article.folded, row.start, row.end)]
        return next(reversed(own or places), None)
    works = [place for place in places if place.type in ("Project", "ProjectGroup")]
    if works:
        return works[-1]
    begun = turn("work.ceremony").search(ground.between(max(0, slot.clause - _CEREMONY), slot.clause))
    firm = _investor(ground, slot, low if begun else ground.article.folded.rfind("\n", 0, slot.clause) + 1)
    stood = [] if begun and firm else [place for place in places if not only_where(ground, place)]
    return next(reversed(stood), None) or firm


def of_sentence_before(ground: Ground, slot: Slot, last: Place | None) -> Place | None:
    """Return what a sentence goes on about that opens with 该项目 or 这是…项目, unless another thing follows.

    The work that was named last; where the paragraph names none, what the figure before was about.
    """
    begins, folded = slot.sentence.start, ground.article.folded
    match = turn("anaphor.this-work").match(folded[begins : slot.clause])
    if not match or slot.stop > begins:
        return None
    later = ground.outermost(begins + match.end(), slot.clause)
    own = (place for place in later if place.type in ("Project", "Enterprise", "ProjectGroup"))
    if any(opens(ground, place) and ground.between(place.start - 1, place.start) != "由" for place in own):
        return None
    line = folded.rfind("\n", 0, begins) + 1
    works = [place for place in ground.outermost(line, begins) if place.type == "Project"]
    owner = last if last and last.type == "Enterprise" and last.start >= line else None
    return works[-1] if works else owner


def expected_of(ground: Ground, slot: Slot, last: Place | None) -> Place | None:
    """Return what the figure before is of where a sentence only says what else is expected of it (预计全年生产风叶)."""
    begins, folded = slot.sentence.start, ground.article.folded
    if last is None or last.type not in ("Enterprise", "Project", "Park") or last.start >= begins:
        return None
    said = turn("sentence.expects").match(folded[begins : slot.quantity.start])
    own = any(place.type not in ("Product", "System") for place in ground.within(begins, slot.quantity.start))
    apart = "\n" in folded[last.end : begins] or folded.count("。", last.end, begins) > 1
    return last if said and not own and not apart else None


def _investor(ground: Ground, slot: Slot, low: int) -> Place | None:
    """The firm that was named last, from an offset on, where its work has no name: 甲公司落户。项目占地50亩."""
    firms = [place for place in ground.outermost(low, slot.clause) if place.type == "Enterprise"]
    return firms[-1] if firms else None


def _holds(place: Place, other: Place) -> bool:
    """Tell whether a mention holds another."""
    return place.start <= other.start and other.end <= place.end
