"""Stopping queries that nobody waits for any more: who asked under which name, and over which connection."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from threading import Lock

_asking: ContextVar[str] = ContextVar("asking", default="")
_UNNAMED = nullcontext()


def asking_as(name: str) -> AbstractContextManager[None]:
    """Ask what is asked inside under a name (empty: none), so that it can be cancelled by it."""
    return _asking_as(name) if name else _UNNAMED


@contextmanager
def _asking_as(name: str) -> Iterator[None]:
    token = _asking.set(name)
    try:
        yield
    finally:
        _asking.reset(token)


class Cancellations:
    """The connections of running queries by the name they are asked under; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[str, set[socket.socket]] = {}
        self._cancelled: set[socket.socket] = set()

    def watching(self, connection: socket.socket) -> AbstractContextManager[None]:
        """Let the connection be cut by the name that is asked under, where there is one."""
        name = _asking.get()
        return self._watching(name, connection) if name else _UNNAMED

    @contextmanager
    def _watching(self, name: str, connection: socket.socket) -> Iterator[None]:
        with self._lock:
            self._open.setdefault(name, set()).add(connection)
        try:
            yield
        finally:
            with self._lock:
                self._cancelled.discard(connection)
                self._open[name].discard(connection)
                if not self._open[name]:
                    del self._open[name]

    def cut(self, connection: socket.socket) -> bool:
        """Tell whether this connection was cut."""
        with self._lock:
            return connection in self._cancelled

    def cancel(self, name: str) -> bool:
        """Cut the connections of a name, which ends their workers; return whether there were any."""
        with self._lock:
            connections = set(self._open.get(name, ())) if name else set()
            self._cancelled |= connections
            for connection in connections:
                with suppress(OSError):  # it has just ended
                    connection.shutdown(socket.SHUT_RDWR)
        return bool(connections)
