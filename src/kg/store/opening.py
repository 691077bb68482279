"""From the setting `KG_STORE` to a store."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore
from kg.store.local import LocalStore


def open_store(url: str) -> Store:
    """Open the store that `url` names: `memory:` or `oxigraph:PATH`.

    Raises:
        UsageError: the URL is of no known kind.
        StoreError: the store cannot be opened.
    """
    kind, _, rest = url.partition(":")
    if kind == "memory" and not rest:
        return LocalStore()
    if kind == "oxigraph" and rest:
        return EmbeddedStore(Path(rest))
    raise UsageError(f"KG_STORE={url!r} names no store: use memory:, oxigraph:PATH or sparql:QUERY_URL[,UPDATE_URL].")
