"""The search index of a service made before anyone searches, and again after changes, by processes of their own.

Such a process is `python -m kg.service.indexer FOLDER SECONDS PARENT`, for the engine in a folder whose queries may
take so long; it ends with the process PARENT that started it. Where it fails, the next search makes the index, and
tells what is the matter.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from kg.errors import KgError
from kg.service.search import index
from kg.store.engine.client import EngineStore
from kg.store.engine.process import die_with_parent

_SMALL = 200_000  # triples up to which the first search makes the index sooner than a process starts
_LOOK = 0.5
_REST = 10  # times as long as it took: a stream of changes keeps no processor busy


class Indexer:
    """Follows the versions of an engine's dataset from entering to leaving."""

    def __init__(self, store: EngineStore, query_timeout: float) -> None:
        self._store, self._timeout = store, query_timeout
        self._left = Event()
        self._starting = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        Thread(target=self._follow, name="search index", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._starting:
            self._left.set()
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _follow(self) -> None:
        done = ""
        while not self._left.wait(_LOOK):
            if self._store.version != done and self._store.count() > _SMALL:
                done, begun = self._store.version, time.monotonic()
                self._start()
                if self._process is not None:
                    self._process.wait()
                self._left.wait(_REST * (time.monotonic() - begun))

    def _start(self) -> None:
        with self._starting, suppress(OSError):  # no process can be had: then a search makes the index
            if not self._left.is_set():
                told = (str(self._store.folder), str(self._timeout), str(os.getpid()))
                self._process = subprocess.Popen(  # noqa: S603 – our own module
                    [sys.executable, "-m", "kg.service.indexer", *told],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    process_group=0,
                )


if __name__ == "__main__":
    die_with_parent(int(sys.argv[3]))
    os.nice(5)
    with suppress(KgError):
        index(EngineStore(Path(sys.argv[1]), float(sys.argv[2])))
