"""Works that a text names as the point of a list (环境整治提升工程。) and speaks of again (拟实施环境整治提升工程)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.reading.layers import Article
from kg.reading.names.clauses import Name
from kg.reading.rows import load_words

_POINT = re.compile(
    r"(?:^|[。:\n])[ \t]*(?:[一二三四五六七八九十\d]{1,2}[、.])?"
    r"(?P<name>[\u4e00-\u9fff“”]{4,22}(?:项目|工程))(?=[。\n])"
)


def find_repeated(article: Article) -> Iterator[Name]:
    """Yield every mention of a work whose name alone fills a clause and stands elsewhere too; a class is none."""
    folded = article.folded
    classes = load_words("words", "class_heads")
    for name in sorted({match["name"] for match in _POINT.finditer(folded)}):
        starts = [found.start() for found in re.finditer(re.escape(name), folded)]
        if len(starts) > 1 and not name.removesuffix("项目").removesuffix("工程").endswith(classes):
            yield from (Name(start, start + len(name), "Project", "project-repeated") for start in starts)
