"""Running the application under granian until SIGTERM or SIGINT."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from kg.errors import UsageError
from kg.settings import Settings
from kg.store import open_store
from kg.web.app import create_app


def serve(settings: Settings, host: str, port: int, *, ready: Callable[[], None] | None = None) -> None:
    """Serve the store of `settings` on `host` and `port` until SIGTERM or SIGINT; prints nothing.

    Args:
        settings: the options; the store is opened by the serving processes.
        host: the address to listen on.
        port: the port to listen on.
        ready: called once the port is bound.

    Raises:
        UsageError: the address cannot be listened on.
    """
    server = Granian(
        "kg.web",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=5,
        log_enabled=False,
        workers_kill_timeout=3,
    )
    if ready is not None:
        server.on_startup(ready)
    try:
        server.serve(target_loader=partial(_load, settings), wrap_loader=False)
    except OSError as error:
        raise UsageError(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from None


def _load(settings: Settings) -> Flask:
    return create_app(settings, open_store(settings.store))
