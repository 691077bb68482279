"""Characters folded one for one, so that every offset into the folded text is an offset into the text.

Folded: full-width letters, digits and signs to ASCII, traditional characters to simplified, every kind of blank
to a space, straight quotation marks around Chinese words to curved ones, every line break to a line feed, markup of
an HTML page to blanks. NFKC is no use here: it turns ㎡ into two characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|table|span|br)\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(script|style)\b[^>]{0,2000}>.*?</\1\s*>|<!--.*?-->|</?[a-z!][^<>]{0,2000}>|&(?:nbsp|ensp|emsp|lt|gt|amp|quot|#\d{1,6});",
    re.IGNORECASE | re.DOTALL,
)
_STRAIGHT = re.compile('"(?=[^"\n]{0,40}[\u4e00-\u9fff])([^"\n]{1,40})"')
_ALIKE = {
    "﹪": "%", "﹣": "-", "−": "-", "‑": "-", "‐": "-", "〜": "~", "∼": "~", "～": "~", "．": ".", "﹒": ".", "․": ".",
    "○": "〇", "馀": "余", "﹐": ",", "︰": ":", "∶": ":", "﹕": ":", "﹔": ";", "│": "|", "┃": "|", "｜": "|",
    "￥": "¥",
    "〔": "(", "〕": ")", "﹙": "(", "﹚": ")", "「": "“", "」": "”", "『": "“", "』": "”", "／": "/", "∕": "/",
    "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\x0b": "\n", "\x0c": "\n",
    "\ufeff": " ", "\u200b": " ", "\u200c": " ", "\u200d": " ", "\u2060": " ", "\t": "\t",
}  # fmt: skip


def fold(text: str) -> str:
    """Fold a text for matching; ``len(fold(text)) == len(text)``."""
    folded = text.translate(_table()).replace("\r\n", " \n").replace("\r", "\n")
    folded = _STRAIGHT.sub("“\\1”", folded)
    if _HTML.search(folded[:4000]):
        folded = _MARKUP.sub(lambda tag: _blank(tag.group()), folded)
    return folded


def _blank(markup: str) -> str:
    """Blank markup out; a tag that breaks the line becomes line feeds."""
    inline = re.match(r"</?(?:a|b|i|em|span|strong|font|sup|sub|u)\b|&", markup, re.IGNORECASE)
    return (" " if inline else "\n") * len(markup)


@cache
def _table() -> dict[int, str]:
    """Every character that folds to another single one."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {code: " " for code in range(0x80, 0x3001) if unicodedata.category(chr(code)) == "Zs"}
    table |= _simplified()
    table |= {ord(source): target for source, target in _ALIKE.items()}
    return table


def _simplified() -> dict[int, str]:
    """Traditional characters, each converted alone: a phrase could change its length."""
    codes = range(0x4E00, 0xA000)
    lines = opencc.OpenCC("t2s").convert("\n".join(map(chr, codes))).split("\n")
    return {code: line for code, line in zip(codes, lines, strict=True) if len(line) == 1 and line != chr(code)}
