"""Answers kept in memory until the dataset changes: the least recently used go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable


class AnswerCache:
    """A bounded map from an answer's key (which holds the dataset's version) to its bytes; safe among threads."""

    def __init__(self, size: int, counted: Callable[..., None]) -> None:
        """Keep at most `size` bytes of answers; 0 keeps none. Each look into it is told to `counted`: was it there?"""
        self._size = size
        self._held = 0
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._counted = counted

    def get(self, key: str) -> bytes | None:
        """Return the answer kept under `key`."""
        if not self._size:
            return None
        with self._lock:
            body = self._answers.get(key)
            if body is not None:
                self._answers.move_to_end(key)
        self._counted(found=body is not None)
        return body

    def put(self, key: str, body: bytes) -> None:
        """Keep an answer, unless it alone would fill a quarter of the cache."""
        if len(body) * 4 > self._size:
            return
        with self._lock:
            old = self._answers.pop(key, b"")
            self._answers[key] = body
            self._held += len(body) - len(old)
            while self._held > self._size:
                self._held -= len(self._answers.popitem(last=False)[1])
