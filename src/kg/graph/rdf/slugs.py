"""Readable, stable path segments out of Chinese names."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 48


@lru_cache(maxsize=65536)
def syllables(name: str) -> tuple[str, ...]:
    """Return the words of a name in pinyin without tones, lower case; what has no reading is left out."""
    read = lazy_pinyin(name)
    return tuple(word for part in read for word in _WORD.findall(part.lower().replace("ü", "v")))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(name: str) -> str:
    """Write a name in simplified characters, one for one."""
    return str(_converter().convert(name))


def slug(name: str) -> str:
    """Write a name in pinyin for an address, cut at a syllable: 华工机床 → hua-gong-ji-chuang."""
    kept: list[str] = []
    length = 0
    for word in syllables(name):
        length += len(word) + 1
        if kept and length > _LONGEST:
            break
        kept.append(word)
    return "-".join(kept)[:_LONGEST] or "x"


def short_hash(*parts: str, length: int = 8) -> str:
    """Return the first hexadecimal digits of the SHA-256 of the parts, joined by line feeds."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:length]


def pinyin(name: str) -> tuple[str, ...]:
    """Return the forms under which a name is searched in pinyin: whole, and by initials."""
    words = syllables(name)
    forms = {"".join(words), "".join(word[0] for word in words)}
    return tuple(sorted(form for form in forms if len(form) > 1))
