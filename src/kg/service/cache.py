"""Answers kept in memory until the dataset changes: the least recently used go first."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class AnswerCache:
    """A bounded map from an answer's key (which holds the dataset's version) to its bytes; safe among threads."""

    def __init__(self, size: int, counted: Callable[..., None], folder: Path | None = None) -> None:
        """Keep at most `size` bytes of answers; 0 keeps none. Each look into it is told to `counted`: was it there?

        In `folder` the processes of one service find the pages that another has made; each takes its own away again.
        """
        self._size = size
        self._held = 0
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._counted = counted
        self._folder = folder
        self._lent: set[str] = set()
        if folder is not None:
            folder.mkdir(mode=0o700, exist_ok=True)

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
            gone = []
            while self._held > self._size:
                oldest, dropped = self._answers.popitem(last=False)
                self._held -= len(dropped)
                gone += [oldest] if oldest in self._lent else []
            self._lent.difference_update(gone)
        for oldest in gone:
            self._path(oldest).unlink(missing_ok=True)

    def get_page(self, key: str) -> bytes | None:
        """Return what `put_page` kept under `key`, which names a file, in this process or another of the service."""
        body = self.get(key)
        if body is not None or self._folder is None or not self._size:
            return body
        try:
            body = self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        self.put(key, body)
        return body

    def put_page(self, key: str, body: bytes) -> None:
        """Keep a page, or the rows of its table, and lend it to the other processes of the service."""
        self.put(key, body)
        with self._lock:
            if self._folder is None or key not in self._answers:
                return
            self._lent.add(key)
        draft = self._path(f"{key}.{os.getpid()}.{threading.get_ident()}")
        with suppress(OSError):  # the disk is full: then each process makes it
            draft.write_bytes(body)
            draft.replace(self._path(key))

    def _path(self, name: str) -> Path:
        assert self._folder is not None  # noqa: S101  # only what was lent has a path
        return self._folder / name
