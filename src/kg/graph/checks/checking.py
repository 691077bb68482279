"""SHACL in processes of their own, which load pySHACL while the articles are still being read.

A worker is `python -m kg.graph.checks.checking SHAPES`: it reads, again and again, a line with a number, then
N-Triples of so many bytes; it answers with one line of JSON, the violations.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import IO, Self

import msgspec
from pyoxigraph import RdfFormat, parse

from kg.errors import OntologyError
from kg.graph.checks import validate
from kg.graph.checks.partition import Part


class _Answer(msgspec.Struct):
    violations: list[validate.Violation] = []
    error: str = ""


class Checkers:
    """Worker processes for one shapes file; started on entering, ended on leaving.

    Where the machine has one core, or a worker does not answer, this process checks by itself.
    """

    def __init__(self, file: Path, *, workers: int | None = None) -> None:
        self._file = file
        self._wanted = workers if workers is not None else min(os.cpu_count() or 1, 8)
        self._workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        if self._wanted > 1 and sys.executable:
            command = [sys.executable, "-m", "kg.graph.checks.checking", str(self._file)]
            self._workers = [
                subprocess.Popen(  # noqa: S603 – our own module
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
                for _ in range(self._wanted)
            ]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()
            worker.communicate()
        self._workers = []

    def check(self, parts: Iterable[Part], done: Callable[[int], None] | None = None) -> list[validate.Violation]:
        """Check a graph part by part.

        Args:
            parts: made as they are asked for, by one thread at a time.
            done: called with the size of each part that was checked.

        Raises:
            OntologyError: a shape is malformed.
        """
        left, lock = iter(parts), Lock()
        violations: set[validate.Violation] = set()

        def run(worker: subprocess.Popen[bytes] | None) -> None:
            while True:
                with lock:
                    part = next(left, None)
                if part is None:
                    return
                found = _found(worker, b"".join(part.lines), self._file)
                with lock:
                    violations.update(violation for violation in found if _counts(violation, part))
                    if done:
                        done(part.size)

        with ThreadPoolExecutor(len(self._workers) or 1) as pool:
            try:
                for _ in pool.map(run, self._workers or [None]):
                    pass
            except BaseException:  # no part is begun any more: who presses Ctrl-C waits for none
                left = iter(())
                raise
        return sorted(violations)


def _counts(violation: validate.Violation, part: Part) -> bool:
    """Tell whether a violation is one of the graph: of the dataset, a part holds the type and no properties."""
    of_dataset = f"<{violation.focus}>".encode() == part.dataset
    return part.of == "whole" or not (of_dataset and violation.path)


def _found(worker: subprocess.Popen[bytes] | None, data: bytes, file: Path) -> list[validate.Violation]:
    """Return what a worker finds; where there is none, or it does not answer, what this process finds."""
    answer = None if worker is None else _ask(worker, data)
    return _checked(data, file) if answer is None else answer


def _ask(worker: subprocess.Popen[bytes], data: bytes) -> list[validate.Violation] | None:
    """Return what a worker finds, None where it does not answer."""
    if worker.stdin is None or worker.stdout is None:
        return None
    try:
        worker.stdin.write(b"%d\n" % len(data) + data)
        worker.stdin.flush()
        answer = msgspec.json.decode(worker.stdout.readline(), type=_Answer)
    except (OSError, msgspec.DecodeError):
        return None
    if answer.error:
        raise OntologyError(answer.error)
    return answer.violations


def _checked(data: bytes, file: Path) -> list[validate.Violation]:
    return validate.check((quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES)), file)


def serve(file: Path, tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Answer tasks until there are no more."""
    validate.warm(file)
    for line in iter(tasks.readline, b""):
        try:
            answer = _Answer(_checked(tasks.read(int(line)), file))
        except OntologyError as error:
            answer = _Answer(error=str(error))
        answers.write(msgspec.json.encode(answer) + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
