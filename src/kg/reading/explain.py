"""Why each number was read as it was, or left: the words, the rows of the tables, and what linking noted.

Nothing is decided here; what the steps recorded is put side by side: rule names, notes, and the names that stood
in the same sentence. Offsets count code points into the untouched text.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.facts import Facts, Observation, Span, UnreadNumber
from kg.reading.layers import Layers

_MARGIN = 12
_LONGEST_NAME = 40
_FIELDS = ("indicator.", "subject.", "period.", "status.")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number: what became of it (`outcome`), and the reasons, each with what it answers."""

    number: Span
    outcome: str
    reasons: tuple[tuple[str, str], ...]


class _Context:
    """What is asked for again and again of one text."""

    def __init__(self, layers: Layers, facts: Facts) -> None:
        self.layers = layers
        self.text = layers.article.text
        self.things = {entity.id: entity for entity in facts.entities}
        self._begins = [row.start for row in layers.article.sentences]
        self._names: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for entity in facts.entities:
            for span in entity.mentions:
                self._names[self._sentence(span)].append((span.start, entity.id))

    def _sentence(self, span: Span) -> int:
        return bisect_right(self._begins, span.start)

    def thing(self, name: str | None) -> str:
        """Name a thing with its id and type."""
        if name is None:
            return "none"
        if name not in self.things:
            return name
        words, kind = self.things[name].name, self.things[name].type
        return f"{name} {words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1] + '…'} ({kind})"

    def beside(self, number: Span) -> str:
        """List the names of the sentence that the number stands in, in text order."""
        names = dict.fromkeys(name for _, name in sorted(self._names.get(self._sentence(number), ())))
        return ", ".join(map(self.thing, names)) or "no name in this sentence"

    def around(self, number: Span) -> str:
        """Quote the number with a little of what stands around it."""
        start, end = max(0, number.start - _MARGIN), min(len(self.text), number.end + _MARGIN)
        before, after = self.text[start : number.start], self.text[number.end : end]
        return f"{'…' * (start > 0)}{before}【{number.exact}】{after}{'…' * (end < len(self.text))}".replace("\n", " ")

    def notes(self, number: Span) -> list[tuple[str, str]]:
        """Repeat what the steps noted."""
        return [("because", why) for why in self.layers.notes.get(number.start, ())]


def explain(layers: Layers, facts: Facts, *, at: int | None = None) -> tuple[Explanation, ...]:
    """Explain every number of a text, or the one that covers the offset `at`; empty where none does."""
    context = _Context(layers, facts)
    found = [
        *(_read(row, context) for row in facts.observations if _covers(row.number, at)),
        *(_left(row, context) for row in facts.unread if _covers(row, at)),
        *(row for row in _unlinked(context, facts) if _covers(row.number, at)),
    ]
    return tuple(sorted(found, key=lambda row: (row.number.start, row.number.end, row.outcome)))


def _covers(number: Span | UnreadNumber, at: int | None) -> bool:
    return at is None or number.start <= at < number.end


def render_explanations(explanations: tuple[Explanation, ...]) -> str:
    """Write explanations as text, one block a number."""
    width = max((len(key) for row in explanations for key, _ in row.reasons), default=0)
    return "\n".join(
        "\n".join(
            (
                f"{row.number.exact} @{row.number.start}–{row.number.end}: {row.outcome}",
                *(f"  {key.ljust(width)}  {why}" for key, why in row.reasons),
                "",
            )
        )
        for row in explanations
    )


def _read(row: Observation, context: _Context) -> Explanation:
    rules = row.rule.split()
    shared = "、".join(map(context.thing, row.participants))
    reasons = [
        ("in", context.around(row.number)),
        *_field("value", _value(row), [part for part in rules if not part.startswith(_FIELDS)]),
        *_field("indicator", row.indicator, [part for part in rules if part.startswith("indicator.")]),
        *_field("subject", context.thing(row.subject), [part for part in rules if part.startswith("subject.")]),
        *([("participants", shared)] if shared else []),
        *([("part of", row.part_of)] if row.part_of else []),
        *_field("period", _period(row), [part for part in rules if part.startswith("period.")]),
        *_field("status", row.status, [part for part in rules if part.startswith("status.")]),
        *context.notes(row.number),
        ("beside it", context.beside(row.number)),
    ]
    sure = "" if row.confidence == "high" else ", with low confidence"
    return Explanation(row.number, f"read as {row.id}{sure}", tuple(reasons))


def _field(name: str, value: str, rules: list[str]) -> list[tuple[str, str]]:
    """A field with the rules that gave it."""
    return [(name, value), *(("", said(part)) for part in rules)]


def _left(row: UnreadNumber, context: _Context) -> Explanation:
    number = Span(start=row.start, end=row.end, exact=row.exact)
    because = _field("because", row.reason, row.rule.split())
    reasons = [("in", context.around(number)), *because, *context.notes(number)]
    return Explanation(number, "left unread", tuple(reasons))


def _unlinked(context: _Context, facts: Facts) -> Iterator[Explanation]:
    """Quantities that reached no observation and no list of unread numbers."""
    told = {(row.number.start, row.number.end) for row in facts.observations}
    told |= {(row.start, row.end) for row in facts.unread}
    for row in context.layers.quantities:
        if (row.start, row.end) not in told:
            number = context.layers.article.span(row.start, row.end)
            rules = [("", said(part)) for part in row.rule.split()]
            reasons = [("in", context.around(number)), *rules, *context.notes(number)]
            yield Explanation(number, "read as a quantity, but linked to nothing", tuple(reasons))


def _value(row: Observation) -> str:
    bounds = row.low if row.low == row.high else f"{row.low or '…'} to {row.high or '…'}"
    return f"{bounds} {row.unit}, {row.comparator}" + (f", per {row.per}" if row.per else "")


def _period(row: Observation) -> str:
    if row.period is None and row.period_start is None and row.period_end is None:
        return "none stated"
    return f"{row.period or ''} ({row.period_start or '…'} – {row.period_end or '…'})".strip()


def said(part: str) -> str:
    """Say what a rule is: the row of a table with the example that it must read, else the reason in words.

    The bare id comes back where nothing is known of it.
    """
    known = _rows() | _reasons()
    for name in (part, part.partition(":")[0], part.removesuffix("-built")):
        if name in known:
            return f"{part}: {known[name]}"
    return part


@cache
def _reasons() -> dict[str, str]:
    """The words for rules that stand in code."""
    table = (files("kg.reading") / "tables" / "reasons.toml").read_text(encoding="utf-8")
    reasons: dict[str, str] = tomllib.loads(table)["reasons"]
    return reasons


@cache
def _rows() -> dict[str, str]:
    """Every row of every table, by its id."""
    rows = {}
    tables = files("kg.reading") / "tables"
    for table in sorted(tables.iterdir(), key=lambda path: path.name):
        if table.name.endswith(".toml"):
            for row in tomllib.loads(table.read_text(encoding="utf-8")).get("row", ()):
                rows[row["id"]] = f"tables/{table.name} reads “{row['yes']}”, not “{row['no']}”"
    return rows
