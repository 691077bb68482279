"""How the processes of an engine speak: a head in MessagePack and a body of raw bytes, over Unix sockets."""

from __future__ import annotations

import socket
import struct
from typing import TypeVar

import msgspec

_LENGTHS = struct.Struct("<IQ")
_INLINE = 1 << 16

Head = TypeVar("Head")


class Request(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What is asked of a worker or an updater; `deadline` is by the monotonic clock, which all processes share."""

    op: str
    deadline: float
    text: str = ""
    syntax: str = ""
    bindings: dict[str, str] = {}
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    base: str | None = None
    graph: str | None = None
    replace: bool = False


class Reply(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What comes back before the body.

    `error` is the name of a class of `kg.errors`, empty where all went well, `message` its sentence before `values` are
    put in; `last` tells that whoever answered takes no further question.
    """

    error: str = ""
    message: str = ""
    values: dict[str, str] = {}  # msgspec makes each its own
    line: int | None = None
    column: int | None = None
    version: str = ""
    created: bool = False
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


def send(connection: socket.socket, head: msgspec.Struct, body: bytes = b"") -> None:
    """Send one message; a small body goes out in the same packet as its head."""
    encoded = msgspec.msgpack.encode(head)
    start = _LENGTHS.pack(len(encoded), len(body)) + encoded
    if len(body) < _INLINE:
        connection.sendall(start + body)
    else:
        connection.sendall(start)
        connection.sendall(body)


def receive(connection: socket.socket, kind: type[Head]) -> tuple[Head, bytes]:
    """Receive one message.

    Raises:
        EOFError: the other end closed before the message was whole.
        TimeoutError: the connection's timeout passed.
    """
    data = connection.recv(_INLINE)
    while len(data) < _LENGTHS.size:
        data += _some(connection)
    head_length, body_length = _LENGTHS.unpack_from(data)
    start = _LENGTHS.size + head_length
    while len(data) < start:
        data += _some(connection)
    head = msgspec.msgpack.decode(data[_LENGTHS.size : start], type=kind)
    if len(data) == start + body_length:
        return head, data[start:]
    body = bytearray(body_length)
    filled = len(data) - start
    body[:filled] = data[start:]
    view = memoryview(body)
    while filled < body_length:
        count = connection.recv_into(view[filled:])
        if not count:
            raise EOFError
        filled += count
    view.release()
    return head, bytes(body)


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(_INLINE)
    if not data:
        raise EOFError
    return data
