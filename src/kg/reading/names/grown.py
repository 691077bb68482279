"""Works whose name begins with a firm that the text names elsewhere, though its words did not let it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.reading.names.aliases import short_forms
from kg.reading.names.clauses import Name

_SHORTEST, _LONGEST = 3, 12
_WORKS = frozenset({"Project", "Park"})


def grown(names: Sequence[Name], folded: str) -> Iterator[Name]:
    """Yield the names of a text, works that begin within a firm's name with the whole of it."""
    firms = {folded[name.start : name.end] for name in names if name.individual and name.rule.startswith("firm-")}
    forms = {form for firm in firms for form, _ in short_forms(firm, "Enterprise")} | firms
    forms = {form for form in forms if _SHORTEST <= len(form) <= _LONGEST}
    for name in names:
        work = name.individual and name.type in _WORKS
        start = _within(name, folded, forms) if work and forms else name.start
        yield replace(name, start=start) if start < name.start else name


def _within(name: Name, folded: str, forms: set[str]) -> int:
    """Return where the firm's name begins that runs into a work's, the work's own start where none does."""
    for back in range(_LONGEST - 1, 0, -1):
        start = name.start - back
        if start >= 0 and any(folded[start : start + size] in forms for size in range(back + 1, _LONGEST + 1)):
            return start
    return name.start
