"""How queries of one shape ran lately: one that is known to be short need not stand behind a crowd of unknown ones."""

from __future__ import annotations

import re
import threading
import time
from functools import lru_cache
from typing import Literal

_CONSTANT = re.compile(r"""<[^<>\s]*>|"[^"\\\r\n]*"|'[^'\\\r\n]*'|\d+""")
_LONGEST = 4096
_MOST = 1024
MEMORY = 60.0
"""Seconds for which a shape is not short any more after one of its queries was long."""


class Habits:
    """The shapes of queries seen lately, each with how it ran; safe to use from several threads.

    Queries that differ in IRIs, strings and digits alone have one shape. It is a guess and decides nothing but who
    waits: two texts of one shape may well cost differently.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._long_until: dict[str, float] = {}

    def of(self, text: str) -> Literal["", "short", "long"]:
        """Tell how queries like this one ran: all short of late, or one of them long; nothing where none is known."""
        until = self._long_until.get(_shape(text)) if 0 < len(text) <= _LONGEST else None
        if until is None:
            return ""
        return "long" if until > time.monotonic() else "short"

    def note(self, text: str, *, long: bool) -> None:
        """Remember how a query ran, in place of the shape that was first seen longest ago where there are too many."""
        if not 0 < len(text) <= _LONGEST:
            return
        shape = _shape(text)
        if not long and shape in self._long_until:
            return
        with self._lock:
            self._long_until[shape] = time.monotonic() + MEMORY if long else 0.0
            if len(self._long_until) > _MOST:
                del self._long_until[next(iter(self._long_until))]


@lru_cache(maxsize=_MOST)
def _shape(text: str) -> str:
    return _CONSTANT.sub("·", text)
