"""The page that all processes of an engine share: which generation is current, and what was counted."""

from __future__ import annotations

import mmap
import os
import struct
import time
from pathlib import Path

_NUMBER = struct.Struct("<Q")

COUNTERS = (
    "epoch",
    "generation",
    "triples",
    "forks",
    "stopped_time",
    "stopped_memory",
    "stopped_busy",
    "stopped_other",
    "stopped_cancelled",
    "updates",
    "lost",
    "long",
    "full",
    "short_at",
)
_PLACES = {name: place * _NUMBER.size for place, name in enumerate(COUNTERS)}


def milliseconds() -> int:
    """Return the time by the monotonic clock, as the page holds it."""
    return time.monotonic_ns() // 1_000_000


class State:
    """Numbers of 64 bits in a shared file; each is written by one process at a time and read in one piece."""

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.ftruncate(handle, mmap.PAGESIZE)
            self._page = mmap.mmap(handle, mmap.PAGESIZE)
        finally:
            os.close(handle)

    def get(self, name: str) -> int:
        """Return one number."""
        return int(_NUMBER.unpack_from(self._page, _PLACES[name])[0])

    def set(self, name: str, value: int) -> None:
        """Write one number."""
        _NUMBER.pack_into(self._page, _PLACES[name], value)

    def count(self, name: str) -> None:
        """Add one to a number."""
        self.set(name, self.get(name) + 1)

    @property
    def version(self) -> str:
        """The version of the dataset that is current: the engine's own number and the generation."""
        return version(self.get("epoch"), self.get("generation"))

    def close(self) -> None:
        """Unmap the page."""
        self._page.close()


def version(epoch: int, generation: int) -> str:
    """Write a version as clients see it."""
    return f"{epoch:08x}-{generation}"
