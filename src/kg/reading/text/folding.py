"""Characters folded one for one, so that every offset into the folded text is an offset into the text.

Folded: full-width letters, digits and signs to ASCII, traditional characters to simplified, every kind of blank
to a space, straight quotation marks around Chinese words to curved ones, every line break to a line feed, those of
prose that is cut into lines of one length to spaces, markup of an HTML page to blanks. NFKC is no use here: it turns ㎡
into two characters.
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
_WRAPPED, _WIDE, _RAGGED, _CJK = 3, 36, 8, 0x2E80
_STOPS = ("。", ";", ":", "!", "?", "…", "|")
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
    return _unwrapped(folded)


def _unwrapped(folded: str) -> str:
    """Join the lines of prose that were cut at one length, as a page of print is, in the middle of its sentences."""
    if folded.count("\n") < _WRAPPED:
        return folded
    lines = folded.split("\n")
    widths = [sum(2 if ord(letter) >= _CJK else 1 for letter in line) for line in lines]
    joined = [False] * len(lines)
    first = 0
    while first < len(lines):
        last = first
        while last + 1 < len(lines) and abs(widths[last] - widths[first]) <= _RAGGED and lines[last + 1]:
            last += 1
        whole = lines[first : last + 1]
        if last - first >= _WRAPPED and widths[first] >= _WIDE and _is_cut_prose(whole):
            joined[first:last] = [True] * (last - first)
        first = max(last, first + 1)
    return "".join(line + (" " if wrapped else "\n") for line, wrapped in zip(lines, joined, strict=True))[:-1]


def _is_cut_prose(lines: list[str]) -> bool:
    """Tell whether most lines end inside a sentence, and the whole has sentences."""
    inside = sum(not line.rstrip().endswith(_STOPS) for line in lines[:-1])
    return inside * 4 >= 3 * (len(lines) - 1) and sum(map("".join(lines).count, ",。")) >= len(lines)


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
