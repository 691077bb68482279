"""How often each class and property stands in a graph, counted line by line (VoID 4)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from pyoxigraph import Triple

from kg.graph.rdf.terms import term
from kg.lines import split

_TYPE = str(term("rdf:type")).encode()
_ABOUT_PLACE = str(term("schema:contentLocation")).encode()
_MANY = 1 << 25  # bytes


class Distinct:
    """Counts different values by eight bytes of their hash: of ten million, two are taken for one once in 300,000."""

    def __init__(self) -> None:
        self._known = np.empty(0, np.uint64)
        self._fresh = bytearray()

    def add(self, value: bytes) -> None:
        """Count a value."""
        self._fresh += hashlib.blake2b(value, digest_size=8).digest()
        if len(self._fresh) >= _MANY:
            self._settle()

    def __len__(self) -> int:
        self._settle()
        return len(self._known)

    def more(self, values: Iterable[bytes]) -> int:
        """Return how many there would be with these values."""
        digests = b"".join(hashlib.blake2b(value, digest_size=8).digest() for value in values)
        self._settle()
        fresh = np.unique(np.frombuffer(digests, np.uint64))
        return len(self._known) + len(fresh) - int(np.isin(fresh, self._known).sum())

    def _settle(self) -> None:
        if self._fresh:
            self._known = np.union1d(self._known, np.frombuffer(bytes(self._fresh), np.uint64))
            self._fresh.clear()


@dataclass(slots=True)
class Tally:
    """What was counted; `places` are those that articles are about."""

    space: str
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    subjects: Distinct = field(default_factory=Distinct)
    entities: Distinct = field(default_factory=Distinct)
    objects: Distinct = field(default_factory=Distinct)
    places: set[str] = field(default_factory=set)

    @property
    def triples(self) -> int:
        """How many triples there are."""
        return self.properties.total()

    def count(self, lines: Iterable[bytes]) -> None:
        """Count the lines of a graph, those about one subject one after the other."""
        own, last = f"<{self.space}".encode(), b""
        properties: Counter[bytes] = Counter()
        classes: Counter[bytes] = Counter()
        for line in lines:
            subject, predicate, value = split(line)
            properties[predicate] += 1
            if subject != last:
                last = subject
                self.subjects.add(subject)
                if subject.startswith(own):
                    self.entities.add(subject)
            self.objects.add(value)
            if predicate == _TYPE:
                classes[value] += 1
            elif predicate == _ABOUT_PLACE:
                self.places.add(value[1:-1].decode())
        for counted, into in ((properties, self.properties), (classes, self.classes)):
            into.update({iri[1:-1].decode(): number for iri, number in counted.items()})

    def with_(self, triples: Iterable[Triple]) -> Numbers:
        """Return the numbers with further triples, which the graph does not hold."""
        told = [split(f"{triple} .\n".encode()) for triple in triples]
        own = f"<{self.space}".encode()
        return Numbers(
            classes=self.classes + Counter(o[1:-1].decode() for _, p, o in told if p == _TYPE),
            properties=self.properties + Counter(p[1:-1].decode() for _, p, _ in told),
            triples=self.triples + len(told),
            subjects=self.subjects.more({s for s, _, _ in told}),
            entities=self.entities.more({s for s, _, _ in told if s.startswith(own)}),
            objects=self.objects.more({o for _, _, o in told}),
        )


@dataclass(frozen=True, slots=True)
class Numbers:
    """How often each class and property stands in a graph, and how many different ends its triples have."""

    classes: Counter[str]
    properties: Counter[str]
    triples: int
    subjects: int
    entities: int
    objects: int
