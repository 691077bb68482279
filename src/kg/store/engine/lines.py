"""Connections of one process to workers that wait for its next question.

A worker keeps to a connection until the client closes it, so that most questions cost one message there and one back.
"""

from __future__ import annotations

import socket
import struct
import threading
from dataclasses import dataclass

IDLE = 8
_TIME = struct.Struct("@ll")


@dataclass(slots=True)
class Line:
    """A connection to a worker of one generation; `pid` is 0 until the worker has taken it."""

    connection: socket.socket
    generation: int
    pid: int = 0
    used: bool = False


class Lines:
    """The open lines that no question is on, the one used last in front; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Line] = []
        self._kept = IDLE

    def take(self, generation: int, *, leave: int = 0) -> Line | None:
        """Return a line to a worker of a generation, None where at most `leave` are there; close those to others."""
        with self._lock:
            while self._idle and self._idle[-1].generation != generation:
                self._idle.pop().connection.close()
            return self._idle.pop() if len(self._idle) > leave else None

    def give(self, line: Line) -> None:
        """Keep a line for the next question, or close it where enough are kept."""
        line.used = True
        with self._lock:
            if len(self._idle) < self._kept:
                self._idle.append(line)
                return
        line.connection.close()

    def close(self) -> None:
        """Close them all, and those that are given back later."""
        with self._lock:
            self._kept = 0
            while self._idle:
                self._idle.pop().connection.close()


def receive_within(connection: socket.socket, seconds: float) -> None:
    """Let whoever receives on a blocking connection wait so long at most, and then get a `BlockingIOError`.

    Unlike a timeout of Python's it costs no further system call, and no further wait for the interpreter's lock.
    """
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _time(max(seconds, 0.000001)))


def send_within(connection: socket.socket, seconds: float) -> None:
    """Let whoever sends on a blocking connection wait so long at most, and then get a `BlockingIOError`."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _time(seconds))


def _time(seconds: float) -> bytes:
    whole = int(seconds)
    return _TIME.pack(whole, int((seconds - whole) * 1_000_000))
