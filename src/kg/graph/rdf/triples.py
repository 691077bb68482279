"""A growing set of triples, and its one written form: sorted N-Quads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.rdf.terms import term

_MANY = 20_000


class Triples:
    """Triples of the default graph, each once, none with a blank node."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._triples: set[Triple] = set(triples)

    def __len__(self) -> int:
        return len(self._triples)

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._triples)

    def __contains__(self, triple: Triple) -> bool:
        return triple in self._triples

    def add(self, subject: NamedNode, predicate: str, value: NamedNode | Literal | None) -> None:
        """Add a triple whose predicate is a prefixed name; nothing where the value is None."""
        if value is not None:
            self._triples.add(Triple(subject, term(predicate), value))

    def update(self, triples: Iterable[Triple]) -> None:
        """Add all of the triples."""
        self._triples.update(triples)

    def lines(self, graph: NamedNode | None = None) -> Iterator[bytes]:
        """Yield the N-Quads lines, with line ends, unsorted: of the default graph, or of the named one."""
        end = " .\n" if graph is None else f" {graph} .\n"
        return (f"{triple}{end}".encode() for triple in self._triples)

    def nquads(self) -> bytes:
        """Return the sorted N-Quads: the one form in which two builds are compared."""
        return b"".join(sorted(self.lines()))


class Flowing(Triples):
    """Triples that flow on, many at a time, instead of growing in memory; `flow` sends on the last of them."""

    def __init__(self, into: Callable[[Triples], None]) -> None:
        super().__init__()
        self._into = into

    def add(self, subject: NamedNode, predicate: str, value: NamedNode | Literal | None) -> None:
        """Add a triple, as `Triples` do."""
        super().add(subject, predicate, value)
        if len(self) >= _MANY:
            self.flow()

    def update(self, triples: Iterable[Triple]) -> None:
        """Add all of the triples."""
        super().update(triples)
        if len(self) >= _MANY:
            self.flow()

    def flow(self) -> None:
        """Send on what there is."""
        self._into(Triples(self._triples))
        self._triples.clear()


def text(value: str | None, language: str | None = None) -> Literal | None:
    """Return a plain or language-tagged string; None where there is none."""
    if value is None:
        return None
    return Literal(value, language=language) if language else Literal(value)


def typed(value: object | None, datatype: str) -> Literal | None:
    """Return a typed literal, the datatype being a prefixed name; None where there is no value."""
    return None if value is None else Literal(str(value), datatype=term(datatype))
