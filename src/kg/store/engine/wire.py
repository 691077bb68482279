"""How the processes of an engine speak: a head in MessagePack and a body of raw bytes, over Unix sockets."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TypeVar

import msgspec

_LENGTHS = struct.Struct("<IQ")
INLINE = 1 << 16
_BIG = 1 << 18
_BLOCK = 1 << 20
_HANDLE = struct.Struct("@i")
_ROOM = socket.CMSG_SPACE(_HANDLE.size)

Head = TypeVar("Head")


class Request(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What is asked of a worker or an updater; `deadline` is by the monotonic clock, which all processes share.

    `expected` is "short" or "long", by how queries like this one ran of late.
    """

    op: str
    deadline: float
    text: str = ""
    syntax: str = ""
    bindings: dict[str, str] = {}
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    base: str | None = None
    expected: str = ""
    graph: str | None = None
    replace: bool = False


class Reply(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What comes back before the body.

    `error` is the name of a class of `kg.errors`, empty where all went well, `message` its sentence before `values` are
    put in; `long` tells that it took long, `last` that whoever answered takes no further question.
    """

    error: str = ""
    message: str = ""
    values: dict[str, str] = {}  # msgspec makes each its own
    line: int | None = None
    column: int | None = None
    version: str = ""
    created: bool = False
    long: bool = False
    last: bool = False


class Commit(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What an updater asks of root: to make its change durable as the generation after `generation`.

    Either `text` is applied to the database, or the whole dataset is written anew from the N-Quads file `path`, which
    holds no empty graphs: those are named in `graphs`.
    """

    generation: int
    published: str
    text: str = ""
    base: str | None = None
    path: str = ""
    graphs: tuple[str, ...] = ()


class Body:
    """The bytes after a head: here already, or in a file in memory that came along."""

    def __init__(self, data: bytes, handle: int = -1, size: int = 0) -> None:
        self._data, self._handle = data, handle
        self.size = size if handle >= 0 else len(data)

    def source(self) -> bytes | Path:
        """Return the bytes, or where they can be read until the body is closed."""
        return Path(f"/proc/self/fd/{self._handle}") if self._handle >= 0 else self._data

    def read(self) -> bytes:
        """Return the bytes.

        Raises:
            EOFError: they are not whole.
        """
        if self._handle < 0:
            return self._data
        whole = os.pread(self._handle, self.size, 0)
        while len(whole) < self.size:  # one call reads 2 GiB at most
            more = os.pread(self._handle, self.size - len(whole), len(whole))
            if not more:
                raise EOFError
            whole += more
        return whole

    def blocks(self) -> Iterator[bytes]:
        """Yield the bytes in parts, none of them so large that memory would notice."""
        if self._handle < 0:
            yield self._data
            return
        at = 0
        while block := os.pread(self._handle, _BLOCK, at):
            at += len(block)
            yield block

    def close(self) -> None:
        """Let the file go."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def send(connection: socket.socket, head: msgspec.Struct, body: bytes | Path | IO[bytes] = b"") -> None:
    """Send one message; a small body goes out in the same packet as its head, a big one as a file in memory.

    A socket holds 200 KiB: more than that would go through it bit by bit, each with a change of processes. A body that
    stands in a file already is handed over as that file.
    """
    encoded = msgspec.msgpack.encode(head)
    if not isinstance(body, bytes):
        handle = os.open(body, os.O_RDONLY | os.O_CLOEXEC) if isinstance(body, Path) else os.dup(body.fileno())
        _send_file(connection, _LENGTHS.pack(len(encoded), os.fstat(handle).st_size) + encoded, handle)
        return
    size = len(body)
    start = _LENGTHS.pack(len(encoded), size) + encoded
    if size < INLINE:
        connection.sendall(start + body)
    elif size < _BIG:
        connection.sendall(start)
        connection.sendall(body)
    else:
        _send_file(connection, start, _in_memory(body))


def _send_file(connection: socket.socket, start: bytes, handle: int) -> None:
    try:
        sent = socket.send_fds(connection, [start], [handle])
    finally:
        os.close(handle)
    connection.sendall(start[sent:])


def _in_memory(body: bytes) -> int:
    handle = os.memfd_create("kg", os.MFD_CLOEXEC)
    try:
        with memoryview(body) as view:
            written = 0
            while written < len(view):
                written += os.write(handle, view[written:])
    except BaseException:
        os.close(handle)
        raise
    os.lseek(handle, 0, os.SEEK_SET)
    return handle


def receive(connection: socket.socket, kind: type[Head]) -> tuple[Head, bytes]:
    """Receive one message, its body whole.

    Raises:
        EOFError: the other end closed before the message was whole.
        TimeoutError: the connection's timeout passed.
    """
    head, body = receive_open(connection, kind)
    try:
        return head, body.read()
    finally:
        body.close()


def receive_open(connection: socket.socket, kind: type[Head]) -> tuple[Head, Body]:
    """Receive one message, whose body is to be closed.

    Raises:
        EOFError: the other end closed before the message was whole.
        TimeoutError: the connection's timeout passed.
    """
    data, ancillary, _, _ = connection.recvmsg(INLINE, _ROOM, socket.MSG_CMSG_CLOEXEC)
    handle = _HANDLE.unpack_from(ancillary[0][2])[0] if ancillary else -1
    try:
        while len(data) < _LENGTHS.size:
            data += _some(connection)
        head_length, body_length = _LENGTHS.unpack_from(data)
        start = _LENGTHS.size + head_length
        while len(data) < start:
            data += _some(connection)
        head = msgspec.msgpack.decode(data[_LENGTHS.size : start], type=kind)
    except BaseException:
        Body(b"", handle).close()
        raise
    if handle >= 0:
        return head, Body(b"", handle, body_length)
    return head, Body(data[start:] + _rest(connection, body_length - (len(data) - start)))


def _rest(connection: socket.socket, length: int) -> bytes:
    parts = []
    while length > 0:
        parts.append(connection.recv(length))
        if not parts[-1]:
            raise EOFError
        length -= len(parts[-1])
    return b"".join(parts)


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(INLINE)
    if not data:
        raise EOFError
    return data
