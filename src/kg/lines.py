"""More N-Quads than memory holds: sorted files of lines, and their merge."""

from __future__ import annotations

import heapq
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

_RUN = 32 << 20  # bytes of lines that are held at once


class Runs:
    """Takes lines in any order, some of them twice, and yields each once, sorted; what it holds stands in files.

    The order is that of the lines' bytes: all lines about one subject follow one another.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._held: list[bytes] = []
        self._size = 0
        self._files: list[Path] = []

    def add(self, lines: Iterable[bytes]) -> None:
        """Take whole lines, with their ends."""
        for line in lines:
            self._held.append(line)
            self._size += len(line)
            if self._size >= _RUN:
                self._flush()

    def files(self) -> Sequence[Path]:
        """Return files of all lines so far, each sorted in itself."""
        if self._held:
            self._flush()
        return tuple(self._files)

    def __iter__(self) -> Iterator[bytes]:
        return merged(self.files()) if self._files else iter(sorted(set(self._held)))

    def _flush(self) -> None:
        file = self._folder / f"{self._name}-{len(self._files)}.nq"
        with file.open("wb") as out:
            out.writelines(sorted(set(self._held)))
        self._files.append(file)
        self._held, self._size = [], 0


class Lines(io.RawIOBase):
    """A file to write lines to that hands them on whole, with their ends, and holds none of them."""

    def __init__(self, take: Callable[[Sequence[bytes]], object]) -> None:
        super().__init__()
        self._take = take
        self._begun = b""

    def write(self, data: Any) -> int:
        """Take some bytes, all of them."""
        *whole, self._begun = (self._begun + bytes(data)).split(b"\n")
        self._take([line + b"\n" for line in whole])
        return len(data)


def write_sorted(write: Callable[[IO[bytes]], object], out: IO[bytes]) -> None:
    """Have `write` write lines to a file, and write them to `out`, each once, sorted by their bytes."""
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        runs = Runs(Path(folder), "lines")
        write(Lines(runs.add))  # type: ignore[arg-type]  # who writes asks for no more of a file
        out.writelines(runs)


def merged(files: Iterable[Path]) -> Iterator[bytes]:
    """Yield the lines of sorted files in order, each once."""
    with ExitStack() as opened:
        last = b""
        for line in heapq.merge(*(opened.enter_context(file.open("rb")) for file in files)):
            if line != last:
                yield line
            last = line


def split(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Return subject, predicate and object of a line of N-Triples, each as it is written."""
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest[:-3]
