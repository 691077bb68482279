"""A graph in parts that can be checked one by one: the articles in groups, what they share in groups, and the whole.

Every part is closed: whatever one of its facts leads to stands in it as well, but for the relations between things,
which stand beside the statements that state them. No part grows with the graph: the vocabulary is in each, the
dataset is in each by its type alone, for the shapes that ask about all of a graph aim at it (`kgsh:Whole`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.graph.rdf.iris import Iris
from kg.graph.rdf.terms import term
from kg.graph.rdf.working import Working
from kg.lines import Runs, split

SIZE = 60_000  # triples of articles in one part: a quarter of a gigabyte in rdflib


def _written(name: str) -> bytes:
    return str(term(name)).encode()


_STRUCTURE = {_written(name) for name in ("rdfs:subClassOf", "skos:inScheme", "owl:disjointWith")}
_TYPE, _SCHEME, _DATASET = _written("rdf:type"), _written("skos:ConceptScheme"), _written("void:Dataset")
_IN_SCHEME, _RELATIONS = _written("skos:inScheme"), _written("kg:relations")
_SUBJECT, _PREDICATE = _written("kg:subject"), _written("kg:predicate")
_ENDS = (_written("kg:object"), _written("kg:value"))
_SAYING = {_SUBJECT, _PREDICATE, *_ENDS}


@dataclass(frozen=True, slots=True)
class Part:
    """N-Triples that are checked together.

    `size` counts the triples of the graph that this part is there for, `of` tells which those are: "articles",
    "shared" or "whole". Only the whole holds more of the `dataset` than its type.
    """

    lines: frozenset[bytes]
    size: int
    of: str
    dataset: bytes


class Partition:
    """The parts of a graph.

    Args:
        file: its triples, sorted by line (`kg.lines`).
        graph: the same triples, and what was added to them.
        base_iri: what the addresses of its things begin with.
    """

    def __init__(self, file: Path, graph: Working, base_iri: str) -> None:
        self._file, self._graph = file, graph
        self._own = f"<{base_iri}id/".encode()
        self._article = f"<{base_iri}id/article/".encode()
        self._dataset = str(Iris(base_iri).dataset()).encode()
        self._vocabulary = frozenset(line for line in self._lines() if not line.startswith(self._own))
        told = [(line, *split(line)) for line in self._vocabulary]
        schemes = {subject for _, subject, predicate, value in told if (predicate, value) == (_TYPE, _SCHEME)}
        self._structure = frozenset(
            line for line, subject, predicate, _ in told if predicate in _STRUCTURE or subject in schemes
        )
        self._relations = {s for _, s, predicate, value in told if (predicate, value) == (_IN_SCHEME, _RELATIONS)}
        self._stated: set[bytes] = set()

    @property
    def triples(self) -> int:
        """How many triples the graph has."""
        return sum(1 for _ in self._lines())

    def parts(self, size: int = SIZE) -> Iterator[Part]:
        """Yield the articles in groups of about `size` triples, then what they share in groups, but not the whole."""
        known = self._structure | {b"%s %s %s .\n" % (self._dataset, _TYPE, _DATASET)}
        for group in self._groups(self._article_of, size):
            yield Part(known | self._closed(group, articles=True), len(group), "articles", self._dataset)
        for group in self._groups(self._shared_of, size):
            told = [line for line in group if not self._is_stated(line)]
            unstated = {line for line in told if split(line)[1] in self._relations}
            yield Part(known | unstated | self._closed(told, articles=False), len(group), "shared", self._dataset)

    def whole(self) -> Part:
        """Return the vocabulary, the description of the dataset and all that it leads to."""
        closed = self._closed(self._graph.about(self._dataset), articles=False)
        return Part(self._vocabulary | closed, len(self._vocabulary), "whole", self._dataset)

    def _lines(self) -> Iterator[bytes]:
        with self._file.open("rb") as file:
            yield from file

    def _article_of(self, line: bytes) -> bytes | None:
        if not line.startswith(self._article):
            return None
        return line[len(self._article) :].split(b">", 1)[0].split(b"/", 1)[0]

    def _shared_of(self, line: bytes) -> bytes | None:
        subject = line.split(b" ", 1)[0]
        shared = subject.startswith(self._own) and not subject.startswith(self._article)
        return subject if shared and subject != self._dataset else None

    def _groups(self, key: Callable[[bytes], bytes | None], size: int) -> Iterator[list[bytes]]:
        """Yield the lines that have a key in groups, which end where the key changes."""
        group: list[bytes] = []
        for name, lines in groupby(self._lines(), key):
            if name is not None:
                group += lines
            if len(group) >= size:
                yield group
                group = []
        if group:
            yield group

    def _closed(self, lines: Iterable[bytes], *, articles: bool) -> set[bytes]:
        """Return lines, without relations but those that they state, and all that they lead to in the graph's space."""
        made: set[bytes] = set()
        seen: set[bytes] = set()
        named: set[bytes] = set()
        while lines:
            ends: set[bytes] = set()
            said: dict[bytes, dict[bytes, bytes]] = defaultdict(dict)
            for line in lines:
                subject, predicate, value = split(line)
                seen.add(subject)
                if predicate in self._relations:
                    continue
                made.add(line)
                if value.startswith(self._own):
                    ends.add(value)
                if predicate in _SAYING:
                    said[subject][predicate] = value
            named |= {values[_SUBJECT] for values in said.values() if _SUBJECT in values}
            made.update(self._plain(said.values()))
            following = [end for end in ends - seen if articles or not end.startswith(self._article)]
            seen.update(following)
            lines = [line for node in following for line in self._graph.about(node)]
        return made | self._named(seen - named)

    def _plain(self, said: Iterable[dict[bytes, bytes]]) -> Iterator[bytes]:
        """Yield the plain relations that statements state, where they stand in the graph."""
        for values in said:
            end = next((values[name] for name in _ENDS if name in values), None)
            if end is not None and _SUBJECT in values and _PREDICATE in values:
                line = b"%s %s %s .\n" % (values[_SUBJECT], values[_PREDICATE], end)
                if line in self._graph:
                    self._stated.add(_digest(line))
                    yield line

    def _is_stated(self, line: bytes) -> bool:
        """Tell whether a line is a relation that a statement states; those of articles, which come first, were met."""
        if split(line)[1] not in self._relations:
            return False
        return _digest(line) in self._stated or self._graph.states(line)

    def _named(self, nodes: Iterable[bytes]) -> set[bytes]:
        """Return for each node, but those of articles, a line that says something of it, where there is one."""
        found = (self._graph.saying_of(node) for node in nodes if not node.startswith(self._article))
        return {line for line in found if line is not None}


def parted(lines: Iterable[bytes], folder: Path, base_iri: str) -> Partition:
    """Return the parts of a graph that is given as lines in any order; `folder` takes the files that this needs."""
    runs, file = Runs(folder, "lines"), folder / "sorted.nq"
    runs.add(lines)
    with file.open("wb") as out:
        out.writelines(runs)
    return Partition(file, Working(folder / "graph", runs.files()), base_iri)


def _digest(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=16).digest()
