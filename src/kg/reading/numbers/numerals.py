"""Numerals as written: Arabic digits with separators and scales, numerals in characters, mixtures of both.

A numeral is read from a folded text at an offset; what stands around it (unit, approximator) is read elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億弌弍弎", "一二三四五六七八九十百千万亿一二三")

ARABIC = (
    r"(?<!\d)\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?"
    r"|(?<![\d.])[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?(?=%| ?\n?[\u4e00-\u9fff])(?![年月日号])"
    r"|\d+(?:(?: ?\. ?)\d+|·\d+(?= ?(?:%|[十百千万亿元吨亩]|公里|平方))"
    r"| ?。 ?\d+(?=[万亿%件个家户人亩吨元]|平方|平米|公里))?"
)
SPELLED = "[〇零一二两三四五六七八九十百千万亿]+"
MORE = "[余多来几]"
_POINTS = str.maketrans("。·", "..")
_ARABIC = re.compile(ARABIC)
_SPELLED = re.compile(SPELLED)
_SCALE = re.compile(rf"\s?(?P<more>{MORE})?\s?(?P<scale>[十百千]?[万亿]亿?|[十百千])(?P<late>{MORE})?")
_POINTED = re.compile(
    "(?P<whole>[一二三四五六七八九十百千]+)点(?P<part>[〇零一二三四五六七八九]+)(?=[万亿倍元吨亩]|个百分点|公里|平方)"
)
_AND_MORE = re.compile("[余多]|来(?![自年源宾临到访料电华往回看说])")
_UNIT_INITIALS = {"千": "瓦米克伏字分升", "百": "分帕"}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `start`–`end`; `more` says 余 or 多 stands inside it, `scaled` that a scale word ends it."""

    start: int
    end: int
    value: Decimal
    more: bool
    scaled: Decimal
    spelled: bool


def read_numeral(text: str, start: int) -> Numeral | None:
    """Read the numeral that begins at an offset of a folded text, None where none does."""
    match = _ARABIC.match(text, start)
    return _arabic(text, match) if match else _spelled(text, start)


def _arabic(text: str, match: re.Match[str]) -> Numeral:
    """Digits, then a scale; a smaller scaled part may follow (1亿2000万)."""
    value = _plain(match.group())
    scale, end, more = read_scale(text, match.end())
    value *= scale
    if scale >= 1000 and not more:
        following = _ARABIC.match(text, end)
        if following:
            part, part_end, part_more = read_scale(text, following.end())
            if 1 < part < scale:
                value += _plain(following.group()) * part
                return Numeral(match.start(), part_end, value, part_more, part, spelled=False)
    return Numeral(match.start(), end, value, more, scale, spelled=False)


def _plain(digits: str) -> Decimal:
    """Digits without their separators; a full stop or a raised dot between digits is a misread point."""
    return Decimal(re.sub("[ ,]", "", digits).translate(_POINTS))


def read_scale(text: str, start: int) -> tuple[Decimal, int, bool]:
    """Read 万, 亿, 千万 … and 余, 多 around it; the scale is 1 where none stands there."""
    match = _SCALE.match(text, start)
    if not match:
        follows = _AND_MORE.match(text, start) is not None
        return Decimal(1), start + follows, follows
    scale, end = match["scale"], match.end()
    if text[match.end("scale") : match.end("scale") + 1] in tuple(_UNIT_INITIALS.get(scale[-1], "")):
        scale, end = scale[:-1], match.end("scale") - 1
        if not scale:
            follows = match["more"] in ("余", "多")
            return Decimal(1), match.end("more") if follows else start, follows
        return Decimal(_product(scale)), end, match["more"] is not None
    more = match["more"] is not None or match["late"] in ("余", "多")
    end = match.end() if match["late"] in ("余", "多") else match.end("scale")
    return Decimal(_product(scale)), end, more


def _product(scales: str) -> int:
    """千万 is 1000 × 10000."""
    product = 1
    for scale in scales:
        product *= SCALES[scale]
    return product


def _spelled(text: str, start: int) -> Numeral | None:
    """A numeral in characters, the last scale of which may begin a unit (两千瓦)."""
    match = _SPELLED.match(text, start)
    if not match:
        return None
    if pointed := _POINTED.match(text, start):
        whole = spelled_value(pointed["whole"])
        part = "".join(str(DIGITS[digit]) for digit in pointed["part"])
        scale, end, more = read_scale(text, pointed.end())
        return Numeral(start, end, Decimal(f"{whole}.{part}") * scale, more, scale, spelled=True) if whole else None
    words, end = match.group(), match.end()
    if words[0] in "〇零":
        return None
    if text[end : end + 1] in tuple(_UNIT_INITIALS.get(words[-1], "")) and len(words) > 1:
        words, end = words[:-1], end - 1
    value = spelled_value(words)
    if value is None:
        return None
    more = text[end : end + 1] in ("余", "多")
    scale = Decimal(1)
    if more or text[end : end + 1] == "几":
        end += 1
        scale, past, _ = read_scale(text, end)
        more, end = True, past
    last = Decimal(SCALES.get(words[-1], 1)) * scale
    return Numeral(start, end, Decimal(value) * scale, more, last, spelled=True)


def spelled_value(words: str) -> int | None:
    """Return what a numeral in characters is worth, None where it is no well-formed one.

    百 alone is 100, 两万五 is 25,000 (a trailing digit counts the next lower place), 二〇二〇 is 2020.
    """
    words = words.translate(FORMAL)
    if not words or any(word not in DIGITS and word not in SCALES for word in words):
        return None
    if all(word in DIGITS for word in words):
        return (
            int("".join(str(DIGITS[word]) for word in words))
            if len(words) == 1 or "〇" in words or "零" in words
            else None
        )
    return _sum(words)


def _sum(words: str) -> int | None:
    """Add up the places from left to right, 万 and 亿 multiplying all before them."""
    total = section = digit = 0
    last, zero = 1, False
    for place, word in enumerate(words):
        if word in DIGITS:
            if digit:
                return None
            digit, zero = DIGITS[word], zero or word in "〇零"
            continue
        scale = SCALES[word]
        if scale >= 10_000:
            amount = section + digit or (total == 0 and place == 0)
            if not amount and total:
                total, section, digit = total * scale, 0, 0
            else:
                total = total * (scale if total and scale > last >= 10_000 else 1) + int(amount or 1) * scale
                section = digit = 0
        else:
            if not digit and word != "十" and place and words[place - 1] in SCALES:
                return None
            section, digit = section + (digit or 1) * scale, 0
        last, zero = scale, False
    if digit and last > 10 and not zero:
        digit *= last // 10
    return total + section + digit
