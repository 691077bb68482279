"""From bytes to the structure of an article: head, sections, sentences, cells, all with offsets into the text."""

from __future__ import annotations

import hashlib
import re

from kg.errors import ArticleError
from kg.facts import ArticleHead
from kg.reading.layers import Article
from kg.reading.text.folding import fold
from kg.reading.text.grids import find_grids
from kg.reading.text.head import read_head
from kg.reading.text.lines import classify, split_lines
from kg.reading.text.sections import read_sections
from kg.reading.text.tabular import read_cells

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_article(data: bytes, *, article_id: str) -> Article:
    """Decode a file and read its structure.

    UTF-8 is tried first, then GB18030, which `notes` then says.

    Raises:
        ArticleError: the file is empty, binary, or in no encoding that is read here.
    """
    text, notes = decode(data)
    folded = fold(text)
    lines = split_lines(folded)
    grids = tuple(find_grids(lines, folded))
    rows = {number for grid in grids for number in range(grid.first, grid.last + 1) if number not in grid.prose}
    lines = classify(lines, folded, rows)
    cells = read_cells(lines, folded, text, grids)
    sections, sentences = read_sections(lines, folded, text)
    title, published, source, authors = read_head(lines, folded, text)
    head = ArticleHead(
        id=article_id,
        title=title,
        published=published,
        source=source,
        authors=authors,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return Article(
        text=text, folded=folded, head=head, sections=sections, sentences=sentences, cells=cells, notes=notes
    )


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text with nothing stripped or normalised, and what there is to say about its encoding.

    Raises:
        ArticleError: see `read_article`.
    """
    if not data.strip():
        raise ArticleError("The file is empty; give the text of an article.")
    text, notes = _decode(data)
    if len(_CONTROL.findall(text[:100_000])) * 200 > min(len(text), 100_000) or "\x00" in text:
        raise ArticleError("The file is binary, not text; save the article as plain text in UTF-8.")
    if not text.strip("\ufeff\u200b \t\r\n\u3000\xa0"):
        raise ArticleError("The file holds nothing but white space; give the text of an article.")
    return text, notes


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Try the encodings in turn."""
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as broken:
        place = broken.start
    try:
        return data.decode("gb18030"), ("The file is not UTF-8; it was read as GB18030.",)
    except UnicodeDecodeError:
        raise ArticleError(
            "The file is neither UTF-8 (byte {place} is wrong) nor GB18030; save the article as plain text in UTF-8.",
            place=place,
        ) from None
