"""Reading, from the bytes of a file to its facts, every step in its order."""

from __future__ import annotations

from kg.facts import Facts
from kg.reading.article import read_article


def extract(data: bytes, *, article_id: str) -> Facts:
    """Read one article.

    Raises:
        ArticleError: the bytes are no text (see `kg.reading.article.read_article`).
    """
    article = read_article(data, article_id=article_id)
    return Facts(article=article.head, sections=article.sections)
