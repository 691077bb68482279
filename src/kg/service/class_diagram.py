"""A diagram of the core classes, laid out from the ontology itself: families of classes, properties between them.

A family is a class with all that is below it. The family with most properties to others stands in the middle, the
biggest of the others on the right, the rest on the left. Lengths are in pixels of the picture.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.service.vocabulary import KG, Term, Vocabulary

LINE, PAD, WIDTH, GAP, BETWEEN, LABEL = 20, 12, 190, 40, 230, 150
_CLASS, _PROPERTY = "http://www.w3.org/2002/07/owl#Class", "http://www.w3.org/2002/07/owl#ObjectProperty"


@dataclass(frozen=True, slots=True)
class Box:
    """One family: its class, the classes below it, and the properties that lead from the family to itself."""

    iri: str
    below: tuple[str, ...]
    within: tuple[str, ...]
    x: int
    y: int

    @property
    def height(self) -> int:
        """The height, a line for the class and one for each term in it."""
        lines = 1 + len(self.below) + (1 + len(self.within) if self.within else 0)
        return lines * LINE + 2 * PAD

    @property
    def middle(self) -> int:
        """The height at which lines end."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """The properties that lead from one family to another: the corners of the line, and where their names stand.

    The names are centred at (x, y), a line each.
    """

    properties: tuple[str, ...]
    points: tuple[tuple[int, int], ...]
    x: int
    y: int

    @property
    def top(self) -> int:
        """The height of the first name."""
        return self.y - (len(self.properties) - 1) * LINE // 2


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that is drawn."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def diagram(vocabulary: Vocabulary) -> Diagram:
    """Lay out the classes that the ontology's object properties lead from and to; inverses are left out."""
    terms = vocabulary.terms
    families = _Families(terms)
    links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in sorted(terms.values(), key=lambda term: term.iri):
        for start, end in _ends(term):
            links[families.of(start), families.of(end)].append(term.iri)
    columns = _columns(links, families)
    boxes = _placed(columns, families, links)
    arrows = [_arrow(boxes[a], boxes[b], names) for (a, b), names in sorted(links.items()) if a != b]
    right = max((box.x for box in boxes.values()), default=0) + WIDTH
    bottom = max((box.y + box.height for box in boxes.values()), default=0)
    return Diagram(tuple(boxes.values()), tuple(arrows), right + 2, bottom + 2)


def _ends(term: Term) -> Iterable[tuple[str, str]]:
    """Yield where an object property leads from and to."""
    about = term.about
    if _PROPERTY in about.get("rdf:type", ()) and "owl:inverseOf" not in about:
        for start in about.get("rdfs:domain", ()):
            yield from ((start, end) for end in about.get("rdfs:range", ()))


class _Families:
    """Which class of ours every class of ours stands below."""

    def __init__(self, terms: dict[str, Term]) -> None:
        self._above: dict[str, str] = {}
        for term in terms.values():
            own = [iri for iri in term.about.get("rdfs:subClassOf", ()) if iri.startswith(KG)]
            if own and _CLASS in term.about.get("rdf:type", ()):
                self._above[term.iri] = min(own)

    def of(self, iri: str) -> str:
        """Return the top of a class's family."""
        while iri in self._above:
            iri = self._above[iri]
        return iri

    def below(self, top: str) -> tuple[str, ...]:
        """Return the classes below the top of a family."""
        return tuple(sorted(iri for iri in self._above if self.of(iri) == top))


def _columns(links: dict[tuple[str, str], list[str]], families: _Families) -> tuple[list[str], list[str], list[str]]:
    """Deal the families to the left, the middle and the right."""
    weight: Counter[frozenset[str]] = Counter()
    leading: Counter[str] = Counter()
    for (start, end), names in links.items():
        if start != end:
            weight[frozenset((start, end))] += len(names)
            leading[start] += len(names)
    every = {name for pair in links for name in pair}
    if not leading:
        return [], sorted(every), []
    hub = min(leading, key=lambda name: (-leading[name], name))
    others = sorted(every - {hub}, key=lambda name: (-weight[frozenset((hub, name))], name))
    right = max(others, key=lambda name: len(families.below(name)))
    left = [name for name in others if name != right and weight[frozenset((hub, name))]]
    for name in others:  # beside what it has to do with
        if name not in {right, *left}:
            partners = [place for place, other in enumerate(left) if weight[frozenset((name, other))]]
            left.insert(partners[0] + 1 if partners else len(left), name)
    return left, [hub], [right]


def _placed(
    columns: Iterable[list[str]], families: _Families, links: dict[tuple[str, str], list[str]]
) -> dict[str, Box]:
    """Stack each column, with room for the names at each box's side, and centre the columns on the tallest."""
    beside: Counter[str] = Counter()
    for (start, end), names in links.items():
        beside[end] = max(beside[end], len(names) if start != end else 0)
    boxes: dict[str, Box] = {}
    stacks: list[list[Box]] = []
    for number, column in enumerate(columns):
        y, stack = 1, []
        for iri in column:
            box = Box(iri, families.below(iri), tuple(links.get((iri, iri), ())), 1 + number * (WIDTH + BETWEEN), y)
            spare = max(beside[iri] * LINE - box.height, 0) // 2
            stack.append(replace(box, y=y + spare))
            y += box.height + 2 * spare + GAP
        stacks.append(stack)
    tallest = max((stack[-1].y + stack[-1].height for stack in stacks if stack), default=0)
    for stack in stacks:
        shift = (tallest - stack[-1].y - stack[-1].height) // 2 if stack else 0
        boxes |= {box.iri: replace(box, y=box.y + shift) for box in stack}
    return boxes


def _arrow(start: Box, end: Box, names: list[str]) -> Arrow:
    """Lead a line from box to box; its last stretch is level, with the names over it."""
    if start.x == end.x:  # one above the other
        down = start.y < end.y
        middle = start.x + WIDTH // 2
        y1, y2 = start.y + start.height * down, end.y + end.height * (not down)
        return Arrow(tuple(names), ((middle, y1), (middle, y2)), middle, (y1 + y2) // 2)
    forth = start.x < end.x
    x1, x2 = start.x + WIDTH * forth, end.x + WIDTH * (not forth)
    bend = x2 - LABEL if forth else x2 + LABEL
    return Arrow(tuple(names), ((x1, start.middle), (bend, end.middle), (x2, end.middle)), (bend + x2) // 2, end.middle)
