"""From the setting `KG_STORE` to a store."""

from __future__ import annotations

import time
from pathlib import Path

from kg.errors import UsageError
from kg.store.base import Store
from kg.store.disk import engine_of
from kg.store.embedded import EmbeddedStore
from kg.store.engine.client import RESTARTING, EngineStore
from kg.store.engine.engine import Engine, Limits
from kg.store.local import LocalStore

_PATIENCE = 600.0
_POLL = 0.02


def open_store(url: str, *, query_timeout: float = _PATIENCE) -> Store:
    """Open the store that `url` names: `memory:`, `oxigraph:PATH` or `sparql:QUERY_URL[,UPDATE_URL]`.

    An embedded store that a running service has open is reached through that service, so that a build is published
    among its clients' updates, in one step, and the service answers from it at once.

    Raises:
        UsageError: the URL is of no known kind.
        StoreError: the store cannot be opened.
    """
    kind, _, rest = url.partition(":")
    if kind == "memory" and not rest:
        return LocalStore()
    if kind == "oxigraph" and rest:
        return _open_embedded(Path(rest), query_timeout)
    if kind == "sparql" and rest:
        from kg.store.remote import RemoteStore  # noqa: PLC0415  # its HTTP and TLS would cost the engine's forks

        query_url, _, update_url = rest.partition(",")
        return RemoteStore(query_url, update_url or None, query_timeout)
    raise UsageError(
        f"KG_STORE names no store ({kind}:…): use memory:, oxigraph:PATH or sparql:QUERY_URL[,UPDATE_URL]."
    )


def _open_embedded(path: Path, query_timeout: float) -> Store:
    """Reach the store through the engine that has it open; one that is ending is waited for, then it is opened here."""
    end = time.monotonic() + RESTARTING
    while engine := engine_of(path):
        store = EngineStore(engine, query_timeout)
        if store.is_listening() or time.monotonic() > end:
            return store
        store.close()
        time.sleep(_POLL)
    return EmbeddedStore(path)


def start_engine(url: str, limits: Limits) -> Engine:
    """Start the engine that a service answers from, over the embedded store or over memory.

    Raises:
        UsageError: the URL names no such store.
        StoreError: the store cannot be opened, or is in use.
    """
    kind, _, rest = url.partition(":")
    if kind == "memory" and not rest:
        return Engine(None, limits)
    if kind == "oxigraph" and rest:
        return Engine(Path(rest), limits)
    raise UsageError(f"KG_STORE ({kind}:…) names no store that this service can hold.")
