"""A store in this process: Oxigraph in memory. Simple and exact; nothing here can stop a query."""

from __future__ import annotations

import secrets
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreChangedError
from kg.store import changes
from kg.store.base import STORE_DATASET, Answer, Bindings, Dataset, Query, Store
from kg.store.evaluate import evaluate
from kg.store.formats import Format
from kg.store.refusing import allowed_update

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib


class LocalStore(Store):
    """The dataset in memory (`memory:`)."""

    def __init__(self) -> None:
        self._store = ox.Store()
        self._published = changes.default_digest(self._store)
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

    def update(self, text: str, *, dataset: Dataset = STORE_DATASET, base: str | None = None) -> None:
        changes.update(self._store, allowed_update(text, base), dataset, base)
        self._changed()

    def read_graph(self, name: str | None, *, syntax: Format) -> Answer:
        return Answer(changes.dump_graph(self._store, name, syntax), syntax, self.version)

    def write_graph(
        self,
        name: str | None,
        data: bytes,
        *,
        syntax: Format,
        replace: bool,
        base: str | None = None,
    ) -> bool:
        quads = changes.read_triples(data, syntax, name, base)
        created = changes.write_graph(self._store, name, quads, replace=replace)
        self._changed()
        return created

    def delete_graph(self, name: str | None) -> None:
        changes.delete_graph(self._store, name)
        self._changed()

    def replace_default(self, nquads: bytes | Path, *, replace: bool = False) -> None:
        self._check_unchanged(replace=replace)
        self._store = changes.with_new_default(self._store, nquads, ox.Store())
        self._published = changes.default_digest(self._store)
        self._changed()

    def dump(self, out: IO[bytes], *, syntax: Format) -> None:
        changes.dump(self._store, syntax, out)

    def close(self) -> None:
        self._store = ox.Store()

    def count(self) -> int:
        return len(self._store)

    def as_rdflib(self) -> rdflib.Dataset:
        """Return the store itself, seen through oxrdflib; what is written there is written here."""
        import rdflib  # noqa: PLC0415  # slow to import, and few need it
        from oxrdflib import OxigraphStore  # noqa: PLC0415

        return rdflib.Dataset(store=OxigraphStore(store=self._store))

    def _check_unchanged(self, *, replace: bool) -> None:
        if not replace and changes.default_digest(self._store) != self._published:
            raise StoreChangedError(changes.CHANGED)

    def _changed(self) -> None:
        self._changes += 1
