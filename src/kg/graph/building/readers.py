"""Articles read by processes of their own, none of which takes the build with it when it ends.

A reader is `python -m kg.graph.building.readers KEPT`: once it can read it says so in a line, then it reads, again and
again, a line with the path of an article, and answers with one line of JSON. Readers stand in process groups of their
own, so that Ctrl-C meets the build alone, which ends them.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from kg.errors import BuildError
from kg.facts import ArticleHead
from kg.graph.building.article import Read, read_one

_STARTS = 3  # in a row that may fail
_OOM_SCORE = "500"  # where memory runs out, the kernel ends a reader, not the build (proc_pid_oom_score_adj(5))


class _Answer(msgspec.Struct, omit_defaults=True):
    head: ArticleHead | None = None
    kept: bytes = b""  # a path; a name of a file need not be text
    error: str = ""
    fatal: str = ""


class _Reader:
    """One process; `path` is the article that it has in hand."""

    def __init__(self, kept: Path) -> None:
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 – open as long as the process runs
        self._process = subprocess.Popen(  # noqa: S603 – our own module
            [sys.executable, "-m", "kg.graph.building.readers", str(kept)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._told,
            process_group=0,
        )
        self.ready = False
        self.path: Path | None = None

    @property
    def answers(self) -> IO[bytes]:
        return self._process.stdout  # type: ignore[return-value]  # it is a pipe

    def give(self, path: Path) -> bool:
        """Give it an article; tell whether it took it."""
        try:
            self._process.stdin.write(msgspec.json.encode(os.fsencode(path)) + b"\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
        except OSError:
            return False
        self.path = path
        return True

    def answered(self, line: bytes) -> Read | None:
        """Return what it read, None where it only says that it is ready."""
        if not self.ready or self.path is None:
            self.ready = True
            return None
        path, self.path = self.path, None
        answer = msgspec.json.decode(line, type=_Answer)
        if answer.fatal:
            raise BuildError(answer.fatal)
        return Read(path, answer.head, Path(os.fsdecode(answer.kept)) if answer.kept else None, answer.error)

    def why(self) -> str:
        """Say why it ended."""
        code = self._process.wait()
        if code == -signal.SIGKILL:
            return "the process that read it was killed, most likely because memory ran out."
        if code < 0:
            return f"the process that read it crashed ({signal.Signals(-code).name})."
        self._told.seek(0)
        last = (self._told.read().decode(errors="replace").strip().splitlines() or [f"exit code {code}"])[-1]
        return f"a fault of the program, not of yours, ended the process that read it: {last.rstrip('.')}."

    def end(self) -> None:
        self._process.kill()
        with suppress(OSError):
            self._process.communicate()
        self._told.close()


def read_by_processes(paths: Iterable[Path], kept: Path, count: int) -> Generator[Read, None, None]:
    """Yield every article as it is read; one whose reader ends before it answers is told as left out.

    Raises:
        BuildError: facts cannot be kept, or no reader can be started.
    """
    readers = _Readers(kept, deque(paths))
    try:
        for _ in range(count):
            readers.start()
        yield from readers.results()
    finally:
        readers.end()


class _Readers:
    def __init__(self, kept: Path, todo: deque[Path]) -> None:
        self._kept, self._todo = kept, todo
        self._selector = selectors.DefaultSelector()
        self._failed = 0

    def start(self) -> None:
        reader = _Reader(self._kept)
        self._selector.register(reader.answers, selectors.EVENT_READ, reader)

    def results(self) -> Iterator[Read]:
        while self._selector.get_map():
            for key, _ in self._selector.select():
                line = key.data.answers.readline()
                result = self._heard(key.data, line) if line.endswith(b"\n") else self._lost(key.data)
                if result is not None:
                    yield result

    def _heard(self, reader: _Reader, line: bytes) -> Read | None:
        result = reader.answered(line)
        self._failed = 0
        if not self._todo:
            self._dismiss(reader)
        elif reader.give(self._todo[0]):
            self._todo.popleft()
        return result

    def _lost(self, reader: _Reader) -> Read | None:
        """Put another in the place of a reader that ended, and tell what became of the article that it had in hand."""
        why, path = reader.why(), reader.path
        self._dismiss(reader)
        self._failed += not reader.ready
        if self._failed > _STARTS:
            raise BuildError(f"No article could be read: {why} Nothing was published.")
        if self._todo:
            self.start()
        return None if path is None else Read(path, error=why)

    def _dismiss(self, reader: _Reader) -> None:
        self._selector.unregister(reader.answers)
        reader.end()

    def end(self) -> None:
        for key in list(self._selector.get_map().values()):
            self._dismiss(key.data)
        self._selector.close()


def serve(kept: Path, tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Read articles until there are no more."""
    answers.write(b"\n")
    answers.flush()
    for line in iter(tasks.readline, b""):
        try:
            read = read_one(Path(os.fsdecode(msgspec.json.decode(line, type=bytes))), kept)
            answer = _Answer(read.head, os.fsencode(read.kept or ""), read.error)
        except BuildError as error:
            answer = _Answer(fatal=str(error))
        answers.write(msgspec.json.encode(answer) + b"\n")
        answers.flush()


if __name__ == "__main__":
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE, "ascii")
    import kg.reading.pipeline  # noqa: F401 – before it says that it can read

    with os.fdopen(os.dup(1), "wb") as answers:  # what a library prints goes elsewhere
        os.dup2(2, 1)
        serve(Path(sys.argv[1]), sys.stdin.buffer, answers)
