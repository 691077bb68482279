"""The embedded store: Oxigraph on disk, opened by one process at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.store.changes import default_digest, with_new_default
from kg.store.disk import Current, Layout
from kg.store.local import LocalStore
from kg.store.versions import open_current, open_database


class EmbeddedStore(LocalStore):
    """The dataset on disk (`oxigraph:PATH`); `kg.store.disk` tells what stands there.

    Raises:
        StoreError: the folder cannot be written, is in use by another process, or is damaged.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._layout = Layout(path)
        current, self._store = open_current(self._layout)
        self._published = current.published

    def replace_default(self, nquads: bytes | Path, *, replace: bool = False) -> None:
        self._check_unchanged(replace=replace)
        version = self._layout.next_version()
        folder = self._layout.folder(version)
        try:
            new = with_new_default(self._store, nquads, open_database(folder))
            new.flush()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._published = default_digest(new)
        self._store = new
        self._layout.switch(Current(version=version, published=self._published))
        self._changed()

    def _changed(self) -> None:
        self._store.flush()
        super()._changed()

    def close(self) -> None:
        super().close()
        self._layout.close()
