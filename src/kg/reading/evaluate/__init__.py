"""How well the extraction reads, measured against annotated articles.

`gold` reads the annotated articles, `align` pairs found facts with annotated ones, `agree` says when a pair is right,
`measures` counts it, `differences` lists what is wrong, `accounts` asks for every number, `report` writes it down.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Protocol

from kg.errors import ArticleError
from kg.facts import ArticleHead, Facts
from kg.reading.evaluate.accounts import unaccounted
from kg.reading.evaluate.align import align
from kg.reading.evaluate.differences import differences
from kg.reading.evaluate.gold import Gold, GoldError, read_gold
from kg.reading.evaluate.measures import measure
from kg.reading.evaluate.report import ArticleReport, Report, render_json, render_text

__all__ = ["GoldError", "Report", "evaluate", "render_json", "render_text"]


class Extract(Protocol):
    """What reads an article, as `kg.reading.pipeline.extract` does."""

    def __call__(self, data: bytes, *, article_id: str) -> Facts: ...


def evaluate(folder: Path, extract: Extract) -> Report:
    """Measure an extraction against every annotated article below `folder`.

    The first article is read once more beforehand, so that no article's time includes loading. An article that the
    extraction refuses counts as one in which nothing was found; the report names it.

    Raises:
        UsageError: the folder does not exist or holds no pair NAME.txt and NAME.json.
        GoldError: an annotation is broken; the sentence names the file and the path in it.
    """
    golds = read_gold(folder)
    evaluate_article(golds[0], extract)
    return Report(articles=tuple(evaluate_article(gold, extract) for gold in golds))


def evaluate_article(gold: Gold, extract: Extract) -> ArticleReport:
    """Measure one article."""
    failure, begin = None, process_time()
    try:
        found = extract(gold.data, article_id=gold.facts.article.id)
    except ArticleError as error:
        failure = str(error)
        found = Facts(article=ArticleHead(id=gold.name, title=None, published=None, source=None, sha256=""))
    seconds = process_time() - begin
    alignment = align(gold.facts, found)
    return ArticleReport(
        name=gold.name,
        characters=len(gold.text),
        seconds=seconds,
        measures=measure(alignment),
        differences=tuple(differences(gold.name, alignment)),
        wrong_spans=tuple(f"{span.start}–{span.end} {span.exact}" for span in found.check_spans(gold.text)),
        unaccounted=tuple(f"{span.start}–{span.end} {span.exact}" for span in unaccounted(found, gold.text)),
        failure=failure,
    )
