"""Which format an answer is written in: the Accept header of RFC 9110 §12.5.1, exact q-values included."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.store.formats import Format

_ITEM = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PART = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*")+')
_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


class Range(NamedTuple):
    """One media range: `specific` is 0 for `*/*`, 1 for `text/*`, 2 for a media type."""

    media_type: str
    quality: float
    specific: int


@lru_cache(maxsize=256)
def ranges(accept: str) -> tuple[Range, ...]:
    """Read an Accept header; what is malformed is left out, as if it were not there."""
    found = []
    for item in _ITEM.findall(accept):
        media_type, *parameters = (part.strip() for part in _PART.findall(item))
        kind, slash, subtype = media_type.lower().partition("/")
        if not (kind and slash and subtype) or (kind == "*" and subtype != "*"):
            continue
        weights = [part[2:] for part in parameters if part[:2].lower() == "q="]
        if weights and not _WEIGHT.fullmatch(weights[0]):
            continue
        quality = float(weights[0]) if weights else 1.0
        found.append(Range(f"{kind}/{subtype}", quality, (kind != "*") + (subtype != "*")))
    return tuple(found)


@lru_cache(maxsize=256)
def choose(accept: str | None, offered: tuple[Format, ...]) -> tuple[Format, str] | None:
    """Return the offered format that the client likes best, and the media type to label it with; None: 406.

    The most specific range that matches a format gives its quality; between equals the order of `offered` decides,
    and a media type that the client named wins over one that only a wildcard covers. A format asked for under an
    alias (`application/json`, `text/plain`) is labelled with that alias.
    """
    listed = ranges(accept or "*/*") or ranges("*/*")
    best: tuple[float, int, int, Format, str] | None = None
    for place, each in enumerate(offered):
        for label in (each.media_type, *each.aliases):
            quality, specific = _quality(label, listed)
            if label != each.media_type and specific < 2:
                continue
            rank = (quality, specific, -place, each, label)
            if quality > 0 and (best is None or rank[:3] > best[:3]):
                best = rank
    return best[3:] if best else None


def _quality(media_type: str, listed: tuple[Range, ...]) -> tuple[float, int]:
    kind = media_type.partition("/")[0]
    matching = [each for each in listed if each.media_type in {media_type, f"{kind}/*", "*/*"}]
    specific = max((each.specific for each in matching), default=0)
    return max((each.quality for each in matching if each.specific == specific), default=0.0), specific
