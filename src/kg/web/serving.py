"""Running the application under granian until SIGTERM or SIGINT."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from kg.errors import UsageError
from kg.service.indexer import Indexer
from kg.settings import Settings
from kg.store import Store, open_store
from kg.store.engine.client import EngineStore
from kg.store.engine.engine import Limits
from kg.store.engine.process import die_with_parent
from kg.store.fetching.hosts import read_hosts
from kg.store.opening import start_engine
from kg.web import slow
from kg.web.app import create_app

THREADS = 1024  # most of them never start; each slow client holds one
_STOPPING = 3
_MOST_FRONTS = 4
_SWITCH = 0.002  # soon for threads that come back from waiting, yet a crowd of them seldom wakes up in vain


def serve(
    settings: Settings,
    host: str,
    port: int,
    *,
    prepare: Callable[[Store], None] | None = None,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serve the store of `settings` on `host` and `port` until SIGTERM or SIGINT; prints nothing.

    Args:
        settings: the options.
        host: the address to listen on.
        port: the port to listen on.
        prepare: called with the open store before anything is served, to build what is not there.
        ready: called once the port is bound.

    Raises:
        UsageError: the address cannot be listened on, or the settings list a host that is none.
        StoreError: the store cannot be opened, or is in use.
    """
    read_hosts(settings.fetch_hosts)
    if settings.store.startswith("sparql:"):
        store = open_store(settings.store, query_timeout=settings.query_timeout)
        if prepare is not None:
            prepare(store)
        _listen(partial(_load_remote, settings, os.getpid()), host, port, ready)
        return
    engine = start_engine(settings.store, Limits(settings.query_timeout, settings.query_memory << 20))
    try:
        if prepare is not None:
            prepare(engine.store)
        with Indexer(engine.store, settings.query_timeout):
            _listen(partial(_load, settings, os.getpid(), engine.folder), host, port, ready, fronts(settings))
    finally:
        engine.stop()


def fronts(settings: Settings) -> int:
    """Return how many processes answer HTTP: as many as have a processor to themselves, at most four.

    Where clients are limited in how often they ask there is one: it alone knows how often they did. So it is in front
    of a remote store, which does the work elsewhere.
    """
    if settings.rate_limit or settings.store.startswith("sparql:"):
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST_FRONTS)


def _listen(
    load: Callable[[], Flask], host: str, port: int, ready: Callable[[], None] | None, processes: int = 1
) -> None:
    # A fork would take the engine's lifeline along, and the threads of whatever `prepare` has loaded would be missing.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "kg.web",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        backpressure=THREADS,
        log_enabled=False,
        workers_kill_timeout=_STOPPING,
    )
    if ready is not None:
        server.on_startup(ready)
    try:
        server.serve(target_loader=load, wrap_loader=False)
    except OSError as error:
        raise UsageError(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from None


def _load(settings: Settings, parent: int, engine: Path) -> Flask:
    die_with_parent(parent)
    sys.setswitchinterval(_SWITCH)
    _log(settings)
    store = EngineStore(engine, settings.query_timeout)
    store.hear_cancellations()
    return _watched(create_app(settings, store, processes=fronts(settings)))


def _load_remote(settings: Settings, parent: int) -> Flask:
    die_with_parent(parent)
    _log(settings)
    return _watched(create_app(settings, open_store(settings.store, query_timeout=settings.query_timeout)))


def _watched(app: Flask) -> Flask:
    for name in app.jinja_env.list_templates():  # else the first visitor of each page waits for it to be compiled
        app.jinja_env.get_template(name)
    slow.watch(app.extensions["kg"].readers, THREADS)
    return app


def _log(settings: Settings) -> None:
    logging.basicConfig(format="%(message)s", level=logging.INFO if settings.log == "requests" else logging.ERROR)
