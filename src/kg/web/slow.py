"""Clients that send their request so slowly that they only hold a thread: counted, and shut out when they crowd.

A thread that reads a body cannot be interrupted, and the server sets no time for one. Reading is therefore counted
here, and where half of the threads have been reading for long, every connection that was sent nothing for as long is
shut down: those of the slow, and those that nobody uses.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

PATIENCE = 15.0
_POLL = 1.0
_TCP_INFO_SIZE = 56
_LAST_SENT = struct.Struct("=44xI")  # tcpi_last_data_sent of struct tcp_info (linux/tcp.h), in milliseconds


class Readers:
    """Since when which thread reads a body; safe among threads."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}

    def begin(self) -> None:
        """Note that this thread begins to read."""
        self._since[threading.get_ident()] = time.monotonic()

    def end(self) -> None:
        """Note that this thread has read."""
        self._since.pop(threading.get_ident(), None)

    def patient_for(self, seconds: float) -> int:
        """Return how many threads have been reading for so long."""
        begun = time.monotonic() - seconds
        return sum(1 for since in list(self._since.values()) if since < begun)


class Body:
    """The body of a request (`wsgi.input` of PEP 3333); while it is read, its reader is counted."""

    def __init__(self, inner: IO[bytes], readers: Readers) -> None:
        self._inner, self._readers = inner, readers

    def read(self, size: int | None = -1) -> bytes:
        """Read so many bytes, or all; the server knows no negative size."""
        self._readers.begin()
        try:
            return self._inner.read() if size is None or size < 0 else self._inner.read(size)
        finally:
            self._readers.end()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def watch(readers: Readers, threads: int) -> None:
    """Keep half of the threads free of slow clients, from a thread of its own, as long as this process lives."""
    threading.Thread(target=_watch, args=(readers, threads // 2), name="slow clients", daemon=True).start()


def _watch(readers: Readers, most: int) -> None:
    while True:
        time.sleep(_POLL)
        if readers.patient_for(PATIENCE) > most:
            shut_silent(PATIENCE)


def shut_silent(seconds: float) -> int:
    """Shut down this process's TCP connections that nothing was sent over for so long; return how many."""
    found = 0
    for handle in list(Path("/proc/self/fd").iterdir()):
        with suppress(OSError):  # it has just been closed, or is none of these
            connection = socket.socket(fileno=os.dup(int(handle.name)))
            with connection:
                if connection.family in {socket.AF_INET, socket.AF_INET6} and _silent_for(connection) >= seconds:
                    connection.shutdown(socket.SHUT_RDWR)
                    found += 1
    return found


def _silent_for(connection: socket.socket) -> float:
    """Return the seconds since something was sent over a connection.

    Raises:
        OSError: it is not connected.
    """
    connection.getpeername()
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_SIZE)
    milliseconds: int = _LAST_SENT.unpack_from(info)[0]
    return milliseconds / 1000
