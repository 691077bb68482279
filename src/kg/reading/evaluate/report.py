"""The report of an evaluation: its numbers, its confusion listing, and its two written forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from kg.facts import Base
from kg.reading.evaluate.differences import Difference
from kg.reading.evaluate.score import Measure, Score

WORST = 10
"""How many kinds of error the confusion listing shows."""
EXAMPLES = 3


class ArticleReport(Base, frozen=True, kw_only=True):
    """The measures of one article; `seconds` are of processor time.

    `wrong_spans` quote what the text does not hold, `unaccounted` numbers were neither read nor left unread (or
    both), each as "start–end words"; `failure` is the sentence of the extraction where it gave up.
    """

    name: str
    characters: int
    seconds: float
    measures: Mapping[str, Measure]
    differences: tuple[Difference, ...]
    wrong_spans: tuple[str, ...]
    unaccounted: tuple[str, ...]
    failure: str | None = None


class Confusion(Base, frozen=True, kw_only=True):
    """One kind of error, how often it occurs, and a few examples."""

    kind: str
    times: int
    examples: tuple[Difference, ...]


class Report(Base, frozen=True, kw_only=True):
    """The measures of all articles: counts are added up, so that every fact weighs the same."""

    articles: tuple[ArticleReport, ...]

    @property
    def measures(self) -> dict[str, Measure]:
        """Every measure over all articles."""
        total: dict[str, Measure] = defaultdict(Measure)
        for article in self.articles:
            for name, measure in article.measures.items():
                total[name] += measure
        return dict(total)

    @property
    def confusions(self) -> tuple[Confusion, ...]:
        """Every kind of error, the most frequent first."""
        rows = [row for article in self.articles for row in article.differences]
        times = sorted(Counter(row.kind for row in rows).items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Confusion(kind=kind, times=count, examples=tuple(row for row in rows if row.kind == kind)[:EXAMPLES])
            for kind, count in times
        )

    @property
    def speed(self) -> float:
        """Articles of 1,000 characters a second of processor time, loading apart."""
        seconds = sum(article.seconds for article in self.articles)
        return sum(article.characters for article in self.articles) / 1000 / seconds if seconds else 0.0

    def mean_f1(self, name: str) -> float | None:
        """Return the mean over articles of a measure's exact F1, so that every article weighs the same."""
        scores = [article.measures[name].exact.f1 for article in self.articles if name in article.measures]
        known = [score for score in scores if score is not None]
        return sum(known) / len(known) if known else None


def render_text(report: Report, *, differences: bool = False) -> str:
    """Write the report as text: all articles together, each one's F1, the worst kinds of error.

    `differences` adds every difference with its quote.
    """
    parts = [_overall(report)]
    if len(report.articles) > 1:
        parts.append(_by_article(report))
    parts.append(_accounts(report))
    parts.append(_worst(report))
    if differences:
        parts += [_listing(article) for article in report.articles]
    return "\n\n".join(parts) + "\n"


def render_json(report: Report) -> bytes:
    """Write the report as JSON, each score with its precision, recall and F1 worked out."""
    document = {
        "articles": [
            {
                "name": row.name,
                "characters": row.characters,
                "seconds": round(row.seconds, 4),
                "measures": _worked_out(row.measures),
                "wrongSpans": row.wrong_spans,
                "unaccounted": row.unaccounted,
                "failure": row.failure,
                "differences": row.differences,
            }
            for row in report.articles
        ],
        "measures": _worked_out(report.measures),
        "confusions": report.confusions,
        "articlesPerSecond": round(report.speed, 2),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _worked_out(measures: Mapping[str, Measure]) -> dict[str, dict[str, dict[str, float | None]]]:
    return {
        name: {"exact": _figures(measure.exact), "lenient": _figures(measure.lenient)}
        for name, measure in measures.items()
    }


def _figures(score: Score) -> dict[str, float | None]:
    counts = {"gold": score.gold, "found": score.found, "recalled": score.recalled, "right": score.right}
    return {**counts, "precision": score.precision, "recall": score.recall, "f1": score.f1}


def _overall(report: Report) -> str:
    head = ("", "gold", "found", "right", "P", "R", "F1", "mean F1", "lenient F1")
    rows = []
    for name, measure in report.measures.items():
        exact, lenient = measure.exact, measure.lenient
        if exact.gold or exact.found:
            ratios = (exact.precision, exact.recall, exact.f1, report.mean_f1(name), lenient.f1)
            rows.append((name, str(exact.gold), str(exact.found), str(exact.right), *map(_ratio, ratios)))
    return _table(head, rows)


def _by_article(report: Report) -> str:
    columns = {
        "quantity": "quantity", "indicator": "quantity → indicator", "subject": "quantity → indicator, subject",
        "status": "status (of matched)", "period": "period (of those stated)", "firms": "names: Enterprise",
        "projects": "names: Project", "names": "names", "relations": "relations", "pairs": "enterprise–work pairs",
    }  # fmt: skip
    rows = [
        (article.name, *(_ratio(article.measures[name].exact.f1) for name in columns.values()))
        for article in report.articles
    ]
    return _table(("F1 by article", *columns), rows)


def _accounts(report: Report) -> str:
    value = report.measures["value (of matched)"].exact
    wrong = value.found - value.right
    lines = [
        f"wrong values: {wrong} of {value.found} matched"
        + (f" ({1000 * wrong / value.found:.1f} in 1,000)" if value.found else ""),
        _listed("spans that differ from the text", ((row.name, row.wrong_spans) for row in report.articles)),
        _listed("numbers neither read nor unread", ((row.name, row.unaccounted) for row in report.articles)),
        f"speed: {report.speed:.1f} articles of 1,000 characters a second of processor time, loading apart",
    ]
    lines += [f"not read: {row.name}: {row.failure}" for row in report.articles if row.failure]
    return "\n".join(lines)


def _listed(title: str, rows: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    items = [f"  {name}: {item}" for name, listed in rows for item in listed]
    return "\n".join([f"{title}: {len(items)}", *items[:20]])


def _worst(report: Report) -> str:
    confusions = report.confusions
    if not confusions:
        return "no difference"
    lines = [f"the worst kinds of error, {min(WORST, len(confusions))} of {len(confusions)}:"]
    for confusion in confusions[:WORST]:
        lines.append(f"{confusion.times:5}×  {confusion.kind}")
        lines += [f"         {_difference(row)}" for row in confusion.examples]
    return "\n".join(lines)


def _listing(article: ArticleReport) -> str:
    lines = [f"{article.name}: {len(article.differences)} differences"]
    for row in article.differences:
        lines += [
            f"  {row.kind} @{row.start}",
            f"      gold  {row.gold}",
            f"      found {row.found}" + (f"  [{row.rule}]" if row.rule else ""),
            f"      “{row.quote}”",
        ]
    return "\n".join(lines)


def _difference(row: Difference) -> str:
    quote = row.quote if len(row.quote) <= 60 else row.quote[:59] + "…"
    return f"{row.article} @{row.start}: {row.gold} ≠ {row.found} “{quote}”"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    return "\n".join(
        (
            row[0].ljust(widths[0])
            + "".join("  " + cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        ).rstrip()
        for row in (head, *rows)
    )
