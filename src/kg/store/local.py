"""A store in this process: Oxigraph in memory. Simple and exact; nothing here can stop a query."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import NotFoundError, StoreChangedError
from kg.store.base import STORE_DATASET, Answer, Bindings, Dataset, Query, Store
from kg.store.evaluate import engine_errors, evaluate
from kg.store.formats import N_QUADS, N_TRIPLES, Format

if TYPE_CHECKING:
    import rdflib

_DEFAULT = ox.DefaultGraph()


class LocalStore(Store):
    """The dataset in memory (`memory:`)."""

    def __init__(self) -> None:
        self._store = ox.Store()
        self._published = default_digest(self._store)
        self._epoch = secrets.token_hex(4)
        self._changes = 0

    @property
    def version(self) -> str:
        return f"{self._epoch}-{self._changes}"

    def query(
        self,
        text: str,
        *,
        syntax: Format,
        bindings: Bindings | None = None,
        dataset: Dataset = STORE_DATASET,
        base: str | None = None,
    ) -> Answer:
        version = self.version
        return Answer(evaluate(self._store, Query(text, bindings or {}, dataset, base), syntax), syntax, version)

    def update(self, text: str, *, dataset: Dataset = STORE_DATASET, base: str | None = None) -> None:  # noqa: ARG002
        with engine_errors():
            self._store.update(text, base_iri=base)
        self._changed()

    def read_graph(self, name: str | None, *, syntax: Format) -> Answer:
        graph = self._existing(name)
        with engine_errors():
            body = self._store.dump(format=syntax.engine, from_graph=graph)  # type: ignore[arg-type]
        assert body is not None  # noqa: S101  # bytes wherever no output is named
        return Answer(body, syntax, self.version)

    def write_graph(
        self,
        name: str | None,
        data: bytes,
        *,
        syntax: Format,
        replace: bool,
        base: str | None = None,
    ) -> bool:
        with engine_errors():
            quads = read_triples(data, syntax, name, base)
            graph = graph_name(name)
            created = name is not None and not self._store.contains_named_graph(graph)
            if replace:
                self._store.clear_graph(graph)
            if name is not None:
                self._store.add_graph(graph)
            self._store.extend(quads)
        self._changed()
        return created

    def delete_graph(self, name: str | None) -> None:
        graph = self._existing(name)
        with engine_errors():
            self._store.remove_graph(graph)
        self._changed()

    def replace_default(self, nquads: bytes, *, replace: bool = False) -> None:
        if not replace and default_digest(self._store) != self._published:
            raise StoreChangedError(CHANGED)
        self._store = with_new_default(self._store, nquads, ox.Store())
        self._published = default_digest(self._store)
        self._changed()

    def export(self, *, syntax: Format = N_QUADS) -> bytes:
        return dump(self._store, syntax)

    def close(self) -> None:
        self._store = ox.Store()

    def is_empty(self) -> bool:
        return len(self._store) == 0

    def as_rdflib(self) -> rdflib.Dataset:
        """Return the store itself, seen through oxrdflib; what is written there is written here."""
        import rdflib  # noqa: PLC0415  # slow to import, and few need it
        from oxrdflib import OxigraphStore  # noqa: PLC0415

        return rdflib.Dataset(store=OxigraphStore(store=self._store))

    def _existing(self, name: str | None) -> ox.NamedNode | ox.DefaultGraph:
        graph = graph_name(name)
        if name is not None and not self._store.contains_named_graph(graph):
            raise NotFoundError(f"There is no graph named <{name}>.")
        return graph

    def _changed(self) -> None:
        self._changes += 1


CHANGED = (
    "A client changed the default graph since the last build; "
    "nothing was published. Build with --replace to replace what the client wrote."
)


def graph_name(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    """Return the engine's name of a graph; None is the default graph."""
    return _DEFAULT if name is None else ox.NamedNode(name)


def read_triples(data: bytes, syntax: Format, name: str | None, base: str | None) -> list[ox.Quad]:
    """Parse an uploaded graph, with fresh blank nodes, into the graph called `name`."""
    graph = graph_name(name)
    parsed = ox.parse(data, format=syntax.engine, base_iri=base, rename_blank_nodes=True)  # type: ignore[arg-type]
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed]


def dump(store: ox.Store, syntax: Format) -> bytes:
    """Write a whole dataset; line formats are sorted, so that the same dataset gives the same bytes."""
    graph = None if syntax.quads else _DEFAULT
    if graph is not None and next(iter(store.named_graphs()), None) is not None:
        raise ValueError(f"{syntax.media_type} holds no named graphs; use nquads, trig or jsonld.")
    data = store.dump(format=syntax.engine, from_graph=graph)  # type: ignore[arg-type]
    assert data is not None  # noqa: S101  # bytes wherever no output is named
    return b"".join(sorted(data.splitlines(keepends=True))) if syntax in {N_QUADS, N_TRIPLES} else data


def default_digest(store: ox.Store) -> str:
    """Return what tells one content of the default graph from another."""
    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=_DEFAULT) or b""
    return hashlib.sha256(b"".join(sorted(data.splitlines(keepends=True)))).hexdigest()


def with_new_default(old: ox.Store, nquads: bytes, new: ox.Store) -> ox.Store:
    """Fill the empty store `new` with the default graph `nquads` and the named graphs of `old`."""
    with engine_errors():
        new.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
        for graph in old.named_graphs():
            new.add_graph(graph)
            new.bulk_load(
                old.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph),
                format=ox.RdfFormat.N_TRIPLES,
                to_graph=graph,
            )
    return new
