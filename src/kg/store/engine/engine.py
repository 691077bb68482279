"""Starting and stopping an engine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import StoreError
from kg.store.engine.client import EngineStore
from kg.store.engine.options import Options

_STARTING = 600.0
_STOPPING = 4.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes of memory that a query may take."""

    query_timeout: float
    query_memory: int = 1 << 30


class Engine:
    """A running engine over `path` (None: in memory, gone when it stops); see `kg.store.engine`.

    Raises:
        StoreError: the store cannot be opened, or is in use.
    """

    def __init__(self, path: Path | None, limits: Limits) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kg-"))
        self._options = Options(
            path=None if path is None else str(path.resolve()),
            memory=limits.query_memory,
            update_timeout=limits.query_timeout,
        )
        self.store = EngineStore(self.folder, limits.query_timeout)
        self._stopping = threading.Event()
        self._root = self._start()
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        threading.Thread(target=self._restart, name="engine", daemon=True).start()

    def stop(self) -> None:
        """End every process of the engine; what was answered with success is on disk."""
        self._stopping.set()
        _end(self._root)
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        (self.folder / "failed").unlink(missing_ok=True)
        options = msgspec.json.encode(self._options).decode()
        return subprocess.Popen(  # noqa: S603  # this interpreter, these modules
            [sys.executable, "-m", "kg.store.engine.root", str(self.folder), options],
            stdin=subprocess.PIPE,
            process_group=0,
        )

    def _wait(self) -> None:
        """Wait until the first generation is current: its socket is there before its count of triples is."""
        end = time.monotonic() + _STARTING
        while not self.store.state.get("generation"):
            if self._root.poll() is not None:
                failed = self.folder / "failed"
                raise StoreError(failed.read_text(encoding="utf-8") if failed.exists() else "The engine did not start.")
            if time.monotonic() > end:
                raise StoreError("The engine did not start in time.")
            time.sleep(0.005)

    def _restart(self) -> None:
        """Start root again whenever it ends by itself."""
        while not self._stopping.is_set():
            self._root.wait()
            if self._stopping.wait(0.1):
                return
            _end(self._root)
            if self._options.path is None:
                self.store.state.set("lost", 1)
                return
            self._root = self._start()


def _end(root: subprocess.Popen[bytes]) -> None:
    if root.stdin is not None:
        root.stdin.close()
    try:
        root.wait(_STOPPING)
    except subprocess.TimeoutExpired:
        root.kill()
        root.wait()
