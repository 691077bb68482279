"""Where forms stand in a text: one automaton for all of them, so that time is linear in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick

Span = tuple[int, int]


def occurrences(text: str, forms: Iterable[str]) -> dict[str, list[Span]]:
    """Return every place of every form, overlapping ones too, in text order; forms that the text lacks have none."""
    ordered = sorted(set(forms) - {""})
    found: dict[str, list[Span]] = {form: [] for form in ordered}
    if ordered:
        for index, start, end in AhoCorasick(ordered).find_matches_as_indexes(text, overlapping=True):
            found[ordered[index]].append((start, end))
    return found


def apart(places: Mapping[str, list[Span]], forms: Iterable[str]) -> tuple[Span, ...]:
    """Return the places of some forms, the leftmost and there the longest first, none overlapping another."""
    kept: list[Span] = []
    for start, end in sorted((span for form in forms for span in places[form]), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return the text with the stretches blanked out, of the same length."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            parts += [text[at : max(start, at)], "\n" * (end - max(start, at))]
            at = end
    return "".join((*parts, text[at:]))
