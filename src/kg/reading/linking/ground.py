"""Where the things of an article stand: mentions in text order, the district that it speaks for, what headings name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.facts import Entity, EntityType, Section
from kg.reading.layers import Article, Cell, Layers, Period
from kg.reading.linking.recalled import recalled
from kg.reading.vocabulary.patterns import turn

ACTING = re.compile(r"^(?:全|我|本|该)(?:市|县|区|镇|乡|州|旗|省|盟|街道|园区|开发区)$|^辖区$|^(?:该)?开发区$|^园区$")
WORKS: frozenset[EntityType] = frozenset({"Project", "ProjectGroup", "Park", "Facility", "System", "Product"})
FIRMS: frozenset[EntityType] = frozenset({"Enterprise"})
PLACES: frozenset[EntityType] = frozenset({"District"})
_LONGEST = 300
_OFTEN = 3
_ASSIGNED = 2
_OPENING = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of a thing."""

    start: int
    end: int
    entity: str
    type: EntityType


_LEVELS = ("县", "区", "市", "旗", "州")
_HEADS = ("Programme", "Measure", "Project")


class Ground:
    """The things of one article by their places."""

    def __init__(self, layers: Layers, entities: Iterable[Entity]) -> None:
        self.article = article = layers.article
        self._periods = [row for row in layers.periods if not self._is_aside(row)]
        self._period_starts = [row.start for row in self._periods]
        self.entities = {entity.id: entity for entity in entities}
        named = {
            Place(mention.start, mention.end, entity.id, entity.type)
            for entity in self.entities.values()
            for mention in entity.mentions
        }
        meant = {
            Place(row.start, row.end, row.entity, self.entities[row.entity].type)
            for row in layers.mentions
            if row.entity in self.entities
        }
        again = {Place(*row, "ProjectGroup") for row in recalled(article.folded, self.entities.values())}
        self.passing = {place for place in again if not self.exact(place).endswith("中")}
        self.places = sorted(named | meant | again, key=lambda place: (place.start, -place.end, place.entity))
        self._starts = [place.start for place in self.places]
        self.acting = self._own_park() or layers.acting or self._acting(article)
        self._reports = self._further_reports()
        self.focus = self._focus()
        self.planned_from = self._planned_from()
        self._unfolded = {one: other for one, other in zip(article.folded, article.text, strict=True) if one != other}
        self._headings: dict[str, str | None] = {}
        self._around = _holders(article.sections)

    def _is_aside(self, period: Period) -> bool:
        """Tell whether a period is only what a figure is set against (较一季度加快) or part of an event's name."""
        folded = self.article.folded
        before, behind = folded[max(0, period.start - 3) : period.start], folded[period.end : period.end + 40]
        named = "day" not in period.rule and (turn("period.of-event").match(behind) or turn("title.ends").match(behind))
        aimed = folded[period.start : period.end] in ("年初", "全年", "年度") and turn("period.of-goal").match(behind)
        if aimed and (folded[period.start] == "年" or turn("period.goal-met").search(before)):
            return True
        if turn("period.of-base").match(behind) and before.endswith(("是", "为", "于")):
            return True
        if turn("period.of-carried-over").match(behind) or turn("period.of-founding").search(before):
            return True
        if before.endswith(("由", "从")) and turn("period.of-figure").match(behind):
            return False
        return bool(turn("period.base").search(before) or turn("period.dateline").match(behind) or named)

    def periods_within(self, start: int, end: int) -> list[Period]:
        """Return the periods that lie in a stretch, those that figures are set against left out."""
        first = bisect_left(self._period_starts, start)
        stretch = self._periods[first : bisect_left(self._period_starts, end, first)]
        return [period for period in stretch if period.end <= end]

    def within(self, start: int, end: int) -> Iterator[Place]:
        """Yield the mentions that begin in a stretch of text."""
        first = bisect_left(self._starts, start)
        yield from self.places[first : bisect_left(self._starts, end, first)]

    def outermost(self, start: int, end: int) -> list[Place]:
        """Return the mentions of a stretch that no other mention holds."""
        kept: list[Place] = []
        for place in self.within(start, end):
            if not kept or place.start >= kept[-1].end:
                kept.append(place)
        return kept

    def of_types(self, types: tuple[EntityType, ...], start: int, end: int) -> list[Place]:
        """Return the mentions of some types in a stretch, whatever else holds them."""
        return [place for place in self.within(start, end) if place.type in types]

    def inside_name(self, place: Place) -> bool:
        """Tell whether a place stands only in the name of a firm or a work."""
        held = self.around(place.start, place.end)
        return any(other.type in WORKS | FIRMS and other.type != "ProjectGroup" for other in held if other != place)

    def unfold(self, words: str, start: int, end: int) -> str:
        """Write folded words with the characters that a stretch of the text, else the whole of it, writes them with."""
        if not self._unfolded:
            return words
        own = dict(zip(self.article.folded[start:end], self.article.text[start:end], strict=True))
        return "".join(own.get(word) or self._unfolded.get(word, word) for word in words)

    def names_work(self, start: int, end: int) -> bool:
        """Tell whether a stretch stands in the name of a project."""
        return any(place.type in ("Project", "Product") for place in self.around(start, end))

    def between(self, start: int, end: int) -> str:
        """Return folded text."""
        return self.article.folded[start:end]

    def exact(self, place: Place) -> str:
        """Return the folded words of a mention."""
        return self.article.folded[place.start : place.end]

    def outermost_before(self, start: int, end: int) -> list[Place]:
        """Return the mentions of a stretch that end in it and that no other such mention holds."""
        kept: list[Place] = []
        for place in self.within(start, end):
            if place.end <= end and (not kept or place.start >= kept[-1].end):
                kept.append(place)
        return kept

    def starting(self, offset: int) -> Place | None:
        """Return the longest mention that begins at an offset."""
        return next((place for place in self.within(offset, offset + 1)), None)

    def around(self, start: int, end: int) -> list[Place]:
        """Return the mentions that hold a stretch, the narrowest first."""
        held = [place for place in self.within(max(0, start - _LONGEST), start + 1) if place.end >= end]
        return sorted(held, key=lambda place: (place.end - place.start, place.entity))

    def heading(self, section: str | None) -> str | None:
        """Return the programme, measure or work that the innermost heading around names."""
        if section is None:
            return None
        if section not in self._headings:
            self._headings[section] = self._named_by(section)
        return self._headings[section]

    def cell_at(self, offset: int) -> Cell | None:
        """Return the table's cell that holds an offset."""
        cells = self.article.cells
        place = bisect_right(cells, offset, key=lambda cell: cell.start) - 1
        return cells[place] if place >= 0 and offset < cells[place].end else None

    def section_start(self, section: str | None) -> int:
        """Return where a section begins, 0 outside all."""
        return self._around[section][-1].start if section in self._around else 0

    def _named_by(self, section: str) -> str | None:
        for row in sorted(self._around[section], key=lambda row: -row.level):
            end = row.start + len(row.title)
            if turn("heading.goal").search(row.title):
                continue
            named = [place for place in self.within(row.start, end) if place.type in _HEADS]
            if named:
                return max(named, key=lambda place: (place.end - place.start, -place.start)).entity
        return None

    def _planned_from(self) -> int | None:
        """Where a list of what is to be done begins: one of the first sentences announces it, or tasks are assigned."""
        opening = [line for line in self.article.sentences if line.kind in ("title", "heading", "body")][:4]
        for line in opening:
            if turn("plan.announced").search(self.article.folded[line.start : line.end]):
                return opening[0].start
        for line in self.article.sentences:
            if line.kind in ("heading", "body") and turn("plan.section").search(
                self.article.folded[line.start : line.end]
            ):
                return line.start
            if turn("plan.listed").search(self.article.folded[line.start : line.end]):
                return line.start
        assigned = turn("plan.assigned").finditer(self.article.folded)
        return 0 if sum(1 for _ in zip(assigned, range(_ASSIGNED), strict=False)) == _ASSIGNED else None

    def acting_at(self, offset: int) -> str | None:
        """Return the place that the report around an offset speaks for, the article's where it has but one report."""
        place = bisect_right(self._reports, offset, key=lambda report: report[0])
        return self._reports[place - 1][1] if place else self.acting

    def _further_reports(self) -> list[tuple[int, str]]:
        """Where further reports of an article begin: with 又讯 and the district named next, or a line of one."""
        lines = self._lines_of_places()
        if len({place for _, place in lines}) > 1:
            return lines
        begun = [match.end() for match in turn("report.next").finditer(self.article.folded)]
        near = [(start, self.of_types(("District",), start, start + _OPENING)) for start in begun]
        return [(start, places[0].entity) for start, places in near if places]

    def _lines_of_places(self) -> list[tuple[int, str]]:
        """Where the lines stand that hold no more than a district, as each part of a round-up is headed."""
        found: list[tuple[int, str]] = []
        for line in self.article.sentences:
            place = self.starting(line.start)
            words = self.between(line.start, line.end).rstrip().rstrip(":")
            if place and place.type == "District" and len(words) == place.end - place.start:
                found.append((line.end, place.entity))
        return found

    def _focus(self) -> str | None:
        """The one firm or work that an article is all about, where it never speaks for a place."""
        if any(ACTING.match(self.exact(place)) for place in self.places):
            return None
        told = (WORKS | FIRMS | PLACES) - {"Product"}
        counts = Counter(place.entity for place in self.places if place.type in told)
        (first, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        leads = most >= _OFTEN and most >= 2 * next_most and self.entities[first].type in WORKS | FIRMS
        leads = leads and not self._counted_before(first)
        return first if leads else self._titled()

    def _counted_before(self, thing: str) -> bool:
        """Tell whether a counted set of works is named before a thing: the article is about those."""
        first = min((place.start for place in self.places if place.entity == thing), default=0)
        sets = (place for place in self.places if place.type == "ProjectGroup" and place.start < first)
        return any(any(map(str.isdigit, self.exact(place))) for place in sets)

    def _titled(self) -> str | None:
        """The one work or park that the title names and the text names again, where the title names no place."""
        title = next((line for line in self.article.sentences if line.kind == "title"), None)
        named = self.outermost(title.start, title.end) if title else []
        works = {place.entity for place in named if place.type in ("Project", "Park")}
        others = [place for place in named if place.type in FIRMS | PLACES]
        if title is None or others or len(works) != 1:
            return None
        work = works.pop()
        return work if any(place.entity == work and place.start >= title.end for place in self.places) else None

    def _own_park(self) -> str | None:
        """The park that title or body open with and that is named again, where no 全县 or 我市 is spoken of.

        A title that opens with a district in full speaks for that.
        """
        if turn("place.spoken-for").search(turn("place.set-against").sub("", self.article.folded)):
            return None
        for kind in ("title", "body"):
            line = next((line for line in self.article.sentences if line.kind == kind), None)
            named = self.outermost(line.start, line.end) if line else []
            places = [row for row in named if row.type in ("Park", "District")]
            if places and places[0].type == "Park" and not self._is_told(places[0]):
                park = places[0].entity
                return park if sum(row.entity == park for row in self.places) > 1 else None
            if kind == "title" and places and self.exact(places[0]).endswith(_LEVELS):
                return None
        return None

    def _is_told(self, place: Place) -> bool:
        """Tell whether a park stands in a name, only where something happens, or is yet to come."""
        before, behind = self.between(max(0, place.start - 4), place.start), self.between(place.end, place.end + 40)
        to_come = turn("park.to-come").match(behind)
        return self.inside_name(place) or bool(turn("place.only-where").search(before) or to_come)

    def _is_told_of(self, park: str) -> bool:
        """Tell whether an article is about a park: it names it twice, or in its title or its first sentence."""
        first = next((line.end for line in self.article.sentences if line.kind == "body"), 0)
        starts = [place.start for place in self.places if place.entity == park]
        return len(starts) > 1 or (bool(starts) and starts[0] < first)

    def _names_body(self, place: Place) -> bool:
        """Tell whether a place stands only in the name of a body or in what a person is called (重庆文理学院)."""
        return bool(turn("place.of-body").match(self.between(place.end, place.end + 20)))

    def _acting(self, article: Article) -> str | None:
        """The place that the article speaks for: what 全区 or 我县 names, else the title's, else the most named one."""
        places = [row for row in self.entities.values() if row.type in ("District", "Park")]
        for place in self.places:
            if place.type in ("District", "Park") and ACTING.match(self.exact(place)):
                return place.entity
        title = next((line for line in article.sentences if line.kind == "title"), None)
        if title:
            named = [place for place in self.within(title.start, title.end) if place.type == "District"]
            if named:
                return named[-1].entity
        named = [place for place in self.places if place.type == "District" and not self._names_body(place)]
        parks = {place.entity for place in self.places if place.type == "Park"}
        if not named and len(parks) == 1:
            park = parks.pop()
            return park if self._is_told_of(park) else None
        counts = Counter(place.entity for place in named)
        first = {row.id: number for number, row in enumerate(places)}
        return min(counts, key=lambda name: (-counts[name], first[name]), default=None)


def _holders(sections: tuple[Section, ...]) -> dict[str, tuple[Section, ...]]:
    """The sections that hold each one, outermost first, itself last."""
    around: dict[str, tuple[Section, ...]] = {}
    open_sections: list[Section] = []
    for section in sections:
        open_sections = [row for row in open_sections if row.end > section.start]
        around[section.id] = (*(row for row in open_sections if section.end <= row.end), section)
        open_sections.append(section)
    return around
