"""What root keeps on disk, and how a change becomes durable there."""

from __future__ import annotations

import threading
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.disk import Layout
from kg.store.engine.wire import Commit
from kg.store.failures import engine_errors
from kg.store.standard.evaluating import apply
from kg.store.versions import keep_snapshot, open_current, open_database, settle


class Disk:
    """The embedded store of an engine.

    A small change is applied to the database, in one transaction. A big one, or one by chance, is kept as a snapshot
    of the whole dataset, durable at once; the database is made of it in the background: the next change waits for that.
    """

    def __init__(self, path: Path, engine: Path) -> None:
        self._layout = Layout(path)
        self._current, self._database = open_current(self._layout)
        self._settling: threading.Thread | None = None
        self._failed = False
        self._layout.announce(engine)

    @property
    def published(self) -> str:
        """The digest of the default graph as it was last built."""
        return self._current.published

    def write_out(self, path: Path) -> tuple[str, ...]:
        """Write the dataset as N-Quads and return the names of its graphs."""
        database = self._settled()
        with engine_errors():
            database.dump(str(path), format=ox.RdfFormat.N_QUADS)
            return tuple(graph.value for graph in database.named_graphs() if isinstance(graph, ox.NamedNode))

    def commit(self, commit: Commit) -> None:
        """Make a change durable.

        Raises:
            StoreError: it cannot be written; the dataset on disk is as it was.
        """
        if not commit.path:
            self._apply(commit)
            return
        self._settled()
        self._current = keep_snapshot(self._layout, Path(commit.path), commit.graphs, commit.published)
        self._settling = threading.Thread(target=self._settle, daemon=True)
        self._settling.start()

    def _apply(self, commit: Commit) -> None:
        database = self._settled()
        self._failed = True
        with engine_errors():
            apply(database, commit.text, commit.text, commit.base)
        self._layout.sync_log(self._current.version)
        self._failed = False

    def recover(self) -> int | None:
        """After a change failed: open the database anew, which takes no change else, and count its triples.

        Returns:
            None where the last change did not fail.

        Raises:
            StoreError: it cannot be opened: the disk is still full, for one.
        """
        if not self._failed:
            return None
        self._settled()
        self._database = ox.Store()  # the old one lets its lock go
        self._database = open_database(self._layout.folder(self._current.version))
        self._failed = False
        return len(self._database)

    def _settle(self) -> None:
        try:
            self._current, self._database = settle(self._layout, self._current)
        except StoreError:  # the snapshot stays valid; it is tried again before the next change
            return

    def _settled(self) -> ox.Store:
        """Return the database, once it is made of the last snapshot.

        Raises:
            StoreError: it cannot be made: the disk is full, for one.
        """
        if self._settling is not None:
            self._settling.join()
            self._settling = None
        if self._current.snapshot:
            self._current, self._database = settle(self._layout, self._current)
        return self._database

    def close(self) -> None:
        """Close the database and let the lock go; a snapshot that was not made into one yet stays valid."""
        self._database = ox.Store()
        self._layout.close()
