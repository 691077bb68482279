"""Changing an Oxigraph store that is in this process, and writing it out."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import NotFoundError
from kg.lines import Lines
from kg.store.base import Dataset, Query
from kg.store.failures import engine_errors
from kg.store.formats import Format
from kg.store.standard.evaluating import apply, as_standard
from kg.store.using import with_dataset

DEFAULT = ox.DefaultGraph()
_PART = 32 << 20  # bytes
CHANGED = (
    "A client changed the default graph since the last build; "
    "nothing was published. Build with --replace to replace what the client wrote."
)


def graph_name(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    """Return the engine's name of a graph; None is the default graph."""
    return DEFAULT if name is None else ox.NamedNode(name)


def existing(store: ox.Store, name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    """Return the engine's name of a graph that is there.

    Raises:
        NotFoundError: there is no such named graph.
    """
    graph = graph_name(name)
    if name is not None and not store.contains_named_graph(graph):
        raise NotFoundError(f"There is no graph named <{name}>.")
    return graph


def update(store: ox.Store, text: str, dataset: Dataset, base: str | None) -> str:
    """Apply a SPARQL Update, all its operations or none, of which `allowed_update` has refused what it must.

    Returns:
        the text that makes the same change in an equal dataset, by `apply`.
    """
    with engine_errors(text):
        plain = with_dataset(text, dataset)
        return apply(store, as_standard(store, Query(plain, {}, base=base)).text, plain, base)


def write_graph(
    store: ox.Store,
    name: str | None,
    quads: list[ox.Quad],
    *,
    replace: bool,
) -> bool:
    """Put parsed triples in place of a graph, or add them to it; return whether that made a new graph."""
    graph = graph_name(name)
    with engine_errors():
        created = name is not None and not store.contains_named_graph(graph)
        if replace:
            store.clear_graph(graph)
        if name is not None:
            store.add_graph(graph)
        store.extend(quads)
    return created


def read_triples(data: bytes, syntax: Format, name: str | None, base: str | None) -> list[ox.Quad]:
    """Parse an uploaded graph, with fresh blank nodes, into the graph called `name`.

    Raises:
        QuerySyntaxError: the data is not in that syntax.
    """
    graph = graph_name(name)
    with engine_errors():
        parsed = ox.parse(data, format=syntax.engine, base_iri=base, rename_blank_nodes=True, without_named_graphs=True)  # type: ignore[arg-type]
        return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed]


def load_triples(store: ox.Store, data: bytes | Path, syntax: Format, name: str | None, base: str | None) -> None:
    """Add an uploaded graph, or the file that holds it, with fresh blank nodes, to the graph called `name`.

    It does not leave the engine, which makes this the way for big ones.

    Raises:
        QuerySyntaxError: the data is not in that syntax.
    """
    with engine_errors():
        given, path = (None, str(data)) if isinstance(data, Path) else (data, None)
        store.load(given, path=path, format=syntax.engine, base_iri=base, to_graph=graph_name(name))  # type: ignore[arg-type]


def as_update(name: str | None, quads: list[ox.Quad], *, replace: bool) -> str:
    """Write the same change as a SPARQL Update; N-Triples are triples of SPARQL as they stand."""
    graph = "DEFAULT" if name is None else f"GRAPH {graph_name(name)}"
    triples = " .\n".join(str(quad.triple) for quad in quads)
    data = triples if name is None else f"{graph} {{ {triples} }}"
    clear = f"CLEAR SILENT {graph} ;" if replace else ""
    create = f"CREATE SILENT {graph} ;" if name is not None else ""
    return f"{clear} {create} INSERT DATA {{ {data} }}"


def as_n_triples(data: bytes, syntax: Format, base: str | None) -> bytes:
    """Write an uploaded graph as N-Triples, with blank nodes named like no others, so that files can be joined.

    Raises:
        QuerySyntaxError: the data is not in that syntax.
    """
    return b"".join(f"{quad.triple} .\n".encode() for quad in read_triples(data, syntax, None, base))


def delete_graph(store: ox.Store, name: str | None) -> None:
    """Drop a named graph that is there, or empty the default graph."""
    graph = existing(store, name)
    with engine_errors():
        store.remove_graph(graph)


def with_new_default(old: ox.Store, nquads: bytes | Path, new: ox.Store) -> ox.Store:
    """Fill the empty store `new` with the graphs of `nquads` and those named graphs of `old` that it does not hold."""
    with engine_errors():
        for part in _parts(nquads):  # in bulk: a third of the time of a transaction; `new` is ours alone
            new.bulk_load(part, format=ox.RdfFormat.N_QUADS)
        for graph in set(old.named_graphs()) - set(new.named_graphs()):
            new.add_graph(graph)
            new.extend(old.quads_for_pattern(None, None, None, graph))
    return new


def _parts(nquads: bytes | Path) -> Iterator[bytes]:
    """Yield N-Quads in parts of whole lines, for a bulk load holds about six times the size of what it is given.

    A blank node is one in all of a document: N-Quads that may have some are not parted.
    """
    with io.BytesIO(nquads) if isinstance(nquads, bytes) else nquads.open("rb") as file:
        size = _PART
        if any(b"_:" in block for block in iter(lambda: file.read(_PART) + file.readline(), b"")):
            size = -1
        file.seek(0)
        yield from iter(lambda: file.read(size) + file.readline(), b"")


def graphs_of(nquads: bytes | Path) -> dict[str | None, list[ox.Quad]]:
    """Parse a build: the quads of each graph, by its name; None is the default graph, which is always there."""
    graphs: dict[str | None, list[ox.Quad]] = {None: []}
    given, path = (None, str(nquads)) if isinstance(nquads, Path) else (nquads, None)
    for quad in ox.parse(given, path=path, format=ox.RdfFormat.N_QUADS):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        graphs.setdefault(name, []).append(quad)
    return graphs


def dump(store: ox.Store, syntax: Format, out: IO[bytes]) -> None:
    """Write a whole dataset as the engine does, in whatever order it holds it."""
    graph = None if syntax.quads else DEFAULT
    if graph is not None and next(iter(store.named_graphs()), None) is not None:
        raise ValueError(f"{syntax.media_type} holds no named graphs; use nquads, trig or jsonld.")
    with engine_errors():
        store.dump(out, format=syntax.engine, from_graph=graph)  # type: ignore[arg-type]


def dump_graph(store: ox.Store, name: str | None, syntax: Format) -> bytes:
    """Write one graph that is there."""
    graph = existing(store, name)
    with engine_errors():
        if syntax.quads:
            quads = store.quads_for_pattern(None, None, None, graph)
            return ox.serialize((quad.triple for quad in quads), format=syntax.engine) or b""  # type: ignore[arg-type]
        return store.dump(format=syntax.engine, from_graph=graph) or b""  # type: ignore[arg-type]


def default_digest(store: ox.Store) -> str:
    """Return what tells one content of the default graph from another, in whatever order a store holds it."""
    total = 0

    def add(lines: Iterable[bytes]) -> None:  # up the SHA-256 of each: a hash of their set that holds none of them
        nonlocal total
        total += sum(int.from_bytes(hashlib.sha256(line[:-1]).digest(), "little") for line in lines)

    with engine_errors():
        store.dump(Lines(add), format=ox.RdfFormat.N_TRIPLES, from_graph=DEFAULT)  # type: ignore[arg-type]  # it writes, no more
    return f"{total % (1 << 256):064x}"
