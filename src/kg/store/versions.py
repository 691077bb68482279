"""Opening and making versions of the embedded store.

A version is a database (RocksDB), or for a while a snapshot: N-Quads that a big change left, durable at once, from
which the database is made afterwards.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.changes import default_digest
from kg.store.disk import Current, Layout, sync_folder
from kg.store.failures import engine_errors

DAMAGED = "The store {folder} is damaged ({why}); put a copy in its place, or remove it and build again."
_DATA, _GRAPHS = "dataset.nq", "graphs.json"


def open_current(layout: Layout) -> tuple[Current, ox.Store]:
    """Open the valid version of a store; make the first one, or a database of a snapshot, where that is due.

    Raises:
        StoreError: it is damaged, or cannot be written.
    """
    current = layout.current()
    if current is None:
        current = Current(version=layout.next_version(), published=default_digest(ox.Store()))
        database = open_database(layout.folder(current.version))
        layout.switch(current)
        return current, database
    layout.sweep(current.version)
    if current.snapshot:
        return settle(layout, current)
    folder = layout.folder(current.version)
    if not (folder / "CURRENT").is_file():  # the engine would make an empty database there
        raise StoreError(DAMAGED.format(folder=folder, why="its database is not there"))
    return current, open_database(folder)


def keep_snapshot(layout: Layout, data: Path, graphs: tuple[str, ...], published: str) -> Current:
    """Make the N-Quads file `data` (on the store's file system, taken away from there) the valid version, durably.

    Args:
        layout: the store.
        data: the whole dataset but for empty graphs.
        graphs: the names of all named graphs, empty ones included.
        published: the digest of the default graph as it was last built.
    """
    version = layout.next_version()
    folder = layout.folder(version)
    folder.mkdir()
    data.replace(folder / _DATA)
    (folder / _GRAPHS).write_bytes(msgspec.json.encode(graphs))
    for name in (_DATA, _GRAPHS):
        _sync(folder / name)
    sync_folder(folder)
    current = Current(version=version, published=published, snapshot=True)
    layout.switch(current)
    return current


def settle(layout: Layout, current: Current) -> tuple[Current, ox.Store]:
    """Make a database of a snapshot and make it the valid version.

    Raises:
        StoreError: it cannot be written, and the snapshot stays valid; or the snapshot is damaged.
    """
    source = layout.folder(current.version)
    version = layout.next_version()
    folder = layout.folder(version)
    try:
        with engine_errors():
            database = open_database(folder)
            database.bulk_load(path=str(source / _DATA), format=ox.RdfFormat.N_QUADS)
            for graph in msgspec.json.decode((source / _GRAPHS).read_bytes(), type=tuple[str, ...]):
                database.add_graph(ox.NamedNode(graph))
            database.flush()
    except (FileNotFoundError, msgspec.DecodeError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise StoreError(DAMAGED.format(folder=source, why=error)) from None
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    settled = Current(version=version, published=current.published)
    layout.switch(settled)
    return settled, database


def open_database(folder: Path) -> ox.Store:
    """Open, or make, the Oxigraph database in `folder`.

    Raises:
        StoreError: it is damaged, locked or cannot be written.
    """
    try:
        return ox.Store(str(folder))
    except RuntimeError as error:
        raise StoreError(DAMAGED.format(folder=folder, why=error)) from None
    except OSError as error:
        raise StoreError(f"The store {folder} cannot be opened: {error}.") from None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
