"""The triples of a build as its rules and checks ask for them: in memory where they are few, else on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.graph.rdf.terms import term

_SMALL = 64 << 20  # bytes of N-Triples: a quarter of a gigabyte in memory
_KNOWN = 20_000
_SUBJECT, _PREDICATE = term("kg:subject"), term("kg:predicate")
_ENDS = (term("kg:object"), term("kg:value"))


class Working:
    """A store of the default graph of a build; `store` is open to queries.

    Args:
        folder: where a database of its own is made where the triples are many.
        files: N-Triples, each small enough to be loaded at once.
    """

    def __init__(self, folder: Path, files: Iterable[Path]) -> None:
        files = tuple(files)
        small = sum(file.stat().st_size for file in files) < _SMALL
        self.store = Store() if small else Store(str(folder))
        self._lines: dict[bytes, tuple[bytes, ...]] = {}
        for file in files:
            self.store.bulk_load(file.read_bytes(), format=RdfFormat.N_TRIPLES)

    def extend(self, triples: Iterable[Triple]) -> None:
        """Add triples."""
        self.store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
        self._lines.clear()

    def __contains__(self, line: bytes) -> bool:
        return self.holds(_triple(line))

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple is there."""
        return Quad(triple.subject, triple.predicate, triple.object) in self.store

    def about(self, subject: bytes) -> tuple[bytes, ...]:
        """Return the lines about a node, which is given as N-Triples write it."""
        found = self._lines.get(subject)
        if found is None:
            if len(self._lines) >= _KNOWN:
                self._lines.clear()
            found = self._lines[subject] = tuple(
                map(_line, self.store.quads_for_pattern(_node(subject), None, None, DefaultGraph()))
            )
        return found

    def saying_of(self, node: bytes) -> bytes | None:
        """Return a line by which a fact says something of a node, None where none does."""
        found = self.store.quads_for_pattern(None, _SUBJECT, _node(node), DefaultGraph())
        return next(map(_line, found), None)

    def states(self, line: bytes) -> bool:
        """Tell whether a statement states a relation."""
        told = _triple(line)
        return any(
            self.holds(Triple(found.subject, _SUBJECT, told.subject))
            and self.holds(Triple(found.subject, _PREDICATE, told.predicate))
            for end in _ENDS
            for found in self.store.quads_for_pattern(None, end, told.object, DefaultGraph())
        )


def _triple(line: bytes) -> Triple:
    triple: Triple = next(iter(parse(line, format=RdfFormat.N_TRIPLES))).triple
    return triple


def _node(written: bytes) -> NamedNode:
    return NamedNode(written[1:-1].decode())


def _line(quad: Quad) -> bytes:
    return f"{quad.triple} .\n".encode()
