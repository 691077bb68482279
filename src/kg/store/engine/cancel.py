"""Stopping queries that nobody waits for any more: who asked under which name, and over which connection."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from pathlib import Path

_asking: ContextVar[str] = ContextVar("asking", default="")
_UNNAMED = nullcontext()
_HEARING = "cancel"
_LONGEST = 4096
_PATIENCE = 1.0


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
        self._lock = threading.Lock()
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

    def hear(self, folder: Path) -> None:
        """Cancel what other processes ask to, from a thread of its own (see `cancel_elsewhere`)."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        path = folder / f"{_HEARING}{os.getpid()}"
        path.unlink(missing_ok=True)
        listener.bind(str(path))
        listener.listen()
        threading.Thread(target=self._hear, args=(listener,), name="cancellations", daemon=True).start()

    def _hear(self, listener: socket.socket) -> None:
        while True:
            connection, _ = listener.accept()
            with connection, suppress(OSError):  # whoever asked has left
                connection.settimeout(_PATIENCE)
                name = connection.recv(_LONGEST).decode("utf-8", "replace")
                connection.send(b"1" if self.cancel(name) else b"0")


def cancel_elsewhere(folder: Path, name: str) -> bool:
    """Have the other processes that use an engine cancel what they ask under a name; tell whether one did."""
    message = name.encode("utf-8", "replace")
    if not 0 < len(message) <= _LONGEST:
        return False
    others = [each for each in sorted(folder.glob(f"{_HEARING}*")) if each.name != f"{_HEARING}{os.getpid()}"]
    told = [_ask_to_cancel(each, message) for each in others]
    return any(told)


def _ask_to_cancel(path: Path, message: bytes) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.settimeout(_PATIENCE)
        try:
            connection.connect(str(path))
            connection.send(message)
            return connection.recv(1) == b"1"
        except OSError:  # it has ended
            return False
