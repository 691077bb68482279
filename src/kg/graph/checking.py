"""SHACL in processes of their own, which load pySHACL while the articles are still being read.

A worker is `python -m kg.graph.checking SHAPES`: it reads, again and again, a line with a JSON object (`length`, and
`only`, the shapes to check), then N-Triples of so many bytes; it answers with one line of JSON, the violations.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Self

import msgspec
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.errors import OntologyError
from kg.graph import validate
from kg.graph.partition import SIZE, Partition
from kg.graph.terms import term


class _Task(msgspec.Struct):
    length: int
    only: list[str] | None


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
            command = [sys.executable, "-m", "kg.graph.checking", str(self._file)]
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

    def check(
        self, triples: Iterable[Triple], *, base_iri: str, progress: Callable[[int, int, str], None] | None = None
    ) -> list[validate.Violation]:
        """Check a whole graph: a small one by its shapes shared out, a large one part by part.

        Args:
            triples: the graph.
            base_iri: what the addresses of its things begin with.
            progress: called with how many parts of a large graph are checked, how many there are, and "checking".

        Raises:
            OntologyError: a shape is malformed.
        """
        whole = list(triples)
        if not self._workers:
            return validate.check(whole, self._file)
        tasks: list[tuple[bytes, list[str] | None]]
        if len(whole) <= SIZE:
            tasks = [(_written(whole), names) for names in self._shared_out(whole)]
        else:
            tasks = [(_written(part), None) for part in Partition(whole, base_iri).parts()]
        free = list(self._workers)

        def run(task: tuple[bytes, list[str] | None]) -> list[validate.Violation]:
            worker = free.pop()
            try:
                answer = _ask(worker, *task)
            finally:
                free.append(worker)
            return _checked(*task, self._file) if answer is None else answer

        violations: set[validate.Violation] = set()
        with ThreadPoolExecutor(len(self._workers)) as pool:
            for number, found in enumerate(pool.map(run, tasks), start=1):
                violations.update(found)
                if progress and len(whole) > SIZE:
                    progress(number, len(tasks), "checking")
        return sorted(violations)

    def _shared_out(self, triples: Sequence[Triple]) -> list[list[str]]:
        """Deal the shapes to the workers, the costliest first, each to the one with the least to do."""
        hands: list[list[str]] = [[] for _ in self._workers]
        load = [0] * len(hands)
        costs = _costs(triples, validate.shapes(self._file))
        for name, cost in sorted(costs.items(), key=lambda pair: (-pair[1], pair[0])):
            lightest = load.index(min(load))
            hands[lightest].append(name)
            load[lightest] += cost
        return hands


def _costs(triples: Iterable[Triple], shapes: Iterable[Triple]) -> dict[str, int]:
    """Guess the cost of each shape that has targets: how many nodes it meets, times what it asks of each."""
    members = Counter(t.object for t in triples if t.predicate == term("rdf:type"))
    asked: Counter[str] = Counter()
    targets: dict[str, int] = {}
    for t in shapes:
        if not isinstance(t.subject, NamedNode):
            continue
        name = t.subject.value
        if t.predicate in {term("sh:targetClass"), term("sh:targetSubjectsOf")}:
            targets[name] = targets.get(name, 0) + members[t.object]
        elif t.predicate in {term("sh:property"), term("sh:sparql")}:
            asked[name] += 600 if t.predicate == term("sh:sparql") else 1
    return {name: (number + 1) * (asked[name] + 1) for name, number in targets.items()}


def _written(triples: Iterable[Triple]) -> bytes:
    return "".join(f"{triple} .\n" for triple in triples).encode()


def _ask(worker: subprocess.Popen[bytes], data: bytes, only: list[str] | None) -> list[validate.Violation] | None:
    """Return what a worker finds, None where it does not answer."""
    if worker.stdin is None or worker.stdout is None:
        return None
    try:
        worker.stdin.write(msgspec.json.encode(_Task(len(data), only)) + b"\n" + data)
        worker.stdin.flush()
        answer = msgspec.json.decode(worker.stdout.readline(), type=_Answer)
    except (OSError, msgspec.DecodeError):
        return None
    if answer.error:
        raise OntologyError(answer.error)
    return answer.violations


def _checked(data: bytes, only: list[str] | None, file: Path) -> list[validate.Violation]:
    triples = [quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES)]
    return validate.check(triples, file, only=only)


def serve(file: Path, tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Answer tasks until there are no more."""
    validate.warm(file)
    for line in iter(tasks.readline, b""):
        task = msgspec.json.decode(line, type=_Task)
        try:
            answer = _Answer(_checked(tasks.read(task.length), task.only, file))
        except OntologyError as error:
            answer = _Answer(error=str(error))
        answers.write(msgspec.json.encode(answer) + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
