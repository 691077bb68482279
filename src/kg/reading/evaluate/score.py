"""Counts of right answers, and what follows from them."""

from __future__ import annotations

from kg.facts import Base


class Score(Base, frozen=True, kw_only=True):
    """What was to be found, what was found, and how much of either was right.

    The two counts of right answers differ only where one annotated fact may be met by several found ones.
    """

    gold: int = 0
    found: int = 0
    recalled: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """Right of found; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Recalled of annotated; None where nothing is annotated."""
        return self.recalled / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there is nothing on either side.

        Where only one of the two is defined (nothing found, or nothing but optional facts annotated) it alone counts.
        """
        known = [ratio for ratio in (self.precision, self.recall) if ratio is not None]
        if len(known) < 2:
            return known[0] if known else None
        precision, recall = known
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            gold=self.gold + other.gold,
            found=self.found + other.found,
            recalled=self.recalled + other.recalled,
            right=self.right + other.right,
        )


class Measure(Base, frozen=True, kw_only=True):
    """One measure, scored strictly and leniently."""

    exact: Score = Score()
    lenient: Score = Score()

    def __add__(self, other: Measure) -> Measure:
        return Measure(exact=self.exact + other.exact, lenient=self.lenient + other.lenient)


def tally(gold: int, found: int, right: int) -> Score:
    """Score where each right answer meets one annotated fact."""
    return Score(gold=gold, found=found, recalled=right, right=right)
