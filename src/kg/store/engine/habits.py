"""How queries of one shape ran lately: one that is known to be short need not stand behind a crowd of unknown ones."""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import struct
import time
from functools import lru_cache
from pathlib import Path
from typing import Literal

_CONSTANT = re.compile(r"""<[^<>\s]*>|"[^"\\\r\n]*"|'[^'\\\r\n]*'|\d+""")
_LONGEST = 4096
_LONG = 1 << 15
_MOST = 4096
_PLACE = struct.Struct("<Qd")
MEMORY = 60.0
"""Seconds for which a shape is not short any more after one of its queries was long."""


class Habits:
    """The shapes of queries seen lately, each with how it ran, in a file of the engine's folder that its clients share.

    Queries that differ in IRIs, strings and digits alone have one shape. It is a guess and decides nothing but who
    waits: two texts of one shape may well cost differently. So nothing is locked, and of two shapes that fall on one
    place the later one is remembered.
    """

    def __init__(self, folder: Path) -> None:
        self._key = os.fsencode(folder.name)[-hashlib.blake2b.MAX_KEY_SIZE :]  # nobody outside can tell the places
        handle = os.open(folder / "habits", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.ftruncate(handle, _MOST * _PLACE.size)
            self._page = mmap.mmap(handle, _MOST * _PLACE.size)
        finally:
            os.close(handle)

    def of(self, text: str) -> Literal["", "short", "long"]:
        """Tell how queries like this one ran: all short of late, or one of them long; nothing where none is known.

        A text that takes long to parse is a long query.
        """
        if not 0 < len(text) <= _LONGEST:
            return "long" if len(text) > _LONG else ""
        mark = _mark(text, self._key)
        known, until = _PLACE.unpack_from(self._page, _place(mark))
        if known != mark:
            return ""
        return "long" if until > time.monotonic() else "short"

    def note(self, text: str, *, long: bool) -> None:
        """Remember how a query ran, in place of another shape where that stood in its place."""
        if not 0 < len(text) <= _LONGEST:
            return
        mark = _mark(text, self._key)
        if not long and _PLACE.unpack_from(self._page, _place(mark))[0] == mark:
            return
        _PLACE.pack_into(self._page, _place(mark), mark, time.monotonic() + MEMORY if long else 0.0)


def _place(mark: int) -> int:
    return mark % _MOST * _PLACE.size


@lru_cache(maxsize=1024)
def _mark(text: str, key: bytes) -> int:
    """Return a number for the shape of a query, never 0, which stands where nothing does."""
    shape = _CONSTANT.sub("·", text).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(shape, digest_size=8, key=key).digest(), "little") or 1
