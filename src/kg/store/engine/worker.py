"""A worker: a fork of the keeper that answers one request at a time until it is killed or told to stop."""

from __future__ import annotations

import mmap
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import IO, NoReturn

import pyoxigraph as ox

from kg import errors
from kg.store.base import Dataset, Query, Term
from kg.store.changes import dump, dump_graph
from kg.store.engine import process
from kg.store.engine.lines import send_within
from kg.store.engine.state import State, milliseconds
from kg.store.engine.wire import INLINE, Reply, Request, receive, send
from kg.store.evaluate import evaluate
from kg.store.formats import BY_NAME, Format

SENDING = 10.0
_SHARES = 32  # of the machine's memory; one is what a worker may copy of the dataset before a new one takes its place
FRESH = 0.005
"""Seconds of processor time after which a query is no short one any more."""
_SLOT = struct.Struct("<ddd")
PID = struct.Struct("<I")
QUEUES = ("s", "q")
"""Where clients wait for a worker, by what their sockets' names begin with: those with a short query go first."""


FREE, HELD = 0.0, -1.0
"""What stands in place of the time since when a worker is busy: it waits for a client, or for a client's question."""


class Slots:
    """What the keeper sees of its workers: since when each is busy, its processor time before that, and until when."""

    def __init__(self, size: int) -> None:
        self._page = mmap.mmap(-1, size * _SLOT.size)

    def read(self, index: int) -> tuple[float, float]:
        """Return since when worker `index` is busy (or `FREE`, or `HELD`), and what it had spent by then."""
        since, before, _ = _SLOT.unpack_from(self._page, index * _SLOT.size)
        return since, before

    def deadline(self, index: int) -> float:
        """Return when the request of worker `index` is to be ended, by the monotonic clock."""
        return float(_SLOT.unpack_from(self._page, index * _SLOT.size)[2])

    def write(self, index: int, since: float, before: float = 0.0, deadline: float = 0.0) -> None:
        """Note that worker `index` is busy since `since`, having spent `before` seconds of processor time."""
        _SLOT.pack_into(self._page, index * _SLOT.size, since, before, deadline)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a worker sits: its slot, the engine's page, the listeners that bring requests, the dataset, its version.

    `memory` is in bytes, for one query; `size` is the address space that the worker began with.
    """

    index: int
    slots: Slots
    state: State
    listeners: tuple[socket.socket, ...]
    store: ox.Store
    version: str
    memory: int
    size: int = 0


def work(desk: Desk, keeper: int) -> NoReturn:
    """Answer requests until killed; the process that called this never comes back.

    `keeper` is the process that forked this one: killed a moment later, it leaves no worker behind.
    """
    process.die_with_parent(keeper)
    process.set_priority(0, 0)
    process.volunteer_for_the_oom_killer()
    process.no_core_dumps()
    silence()
    process.limit_memory(desk.memory)
    desk = replace(desk, size=process.address_space())
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    waiting = select.poll()
    for each in desk.listeners:
        waiting.register(each, select.POLLIN)
    while True:
        waiting.poll()
        connection = next_client(desk.listeners)
        if connection is None:
            continue
        with connection, suppress(EOFError, OSError):
            serve(connection, desk)
        desk.slots.write(desk.index, FREE)


def next_client(listeners: Iterable[socket.socket]) -> socket.socket | None:
    """Take the client that waits at the first of the listeners where one does; None where others were faster."""
    for listener in listeners:
        with suppress(BlockingIOError, ConnectionAbortedError):  # nobody waits there any more
            return listener.accept()[0]
    return None


def silence() -> None:
    """Close standard error: the engine's library writes there when memory ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def serve(connection: socket.socket, desk: Desk) -> None:
    """Answer one request after the other until the client closes the connection, or this process has run long.

    Raises:
        EOFError: the client closed it.
        OSError: the client takes no answer.
    """
    send_within(connection, SENDING)
    connection.sendall(PID.pack(os.getpid()))
    hang_up = process.HangUp(connection)
    while True:
        desk.slots.write(desk.index, HELD)
        request, _ = receive(connection, Request)
        desk.slots.write(desk.index, time.monotonic(), time.process_time(), request.deadline)
        _serve_one(connection, request, desk, hang_up)


def _serve_one(connection: socket.socket, request: Request, desk: Desk, hang_up: process.HangUp) -> None:
    """Answer one request; the deadline, or a client that hangs up, ends this process."""
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_REAL, max(request.deadline - time.monotonic(), 0.000001))
    if request.expected == "short":
        desk.state.set("short_at", milliseconds())
    elif request.expected == "long" or desk.state.get("long") > process.CORES:
        process.set_priority(0, process.IDLE)
    with hang_up:
        reply, body = _answer(request, desk)
    reply.long = time.process_time() - begun > FRESH
    reply.last = not process.regain_priority() or _is_worn(desk, ran_long=reply.long)
    if not isinstance(body, bytes) or len(body) >= INLINE:  # a smaller one finds room at once
        signal.setitimer(signal.ITIMER_REAL, SENDING)
    send(connection, reply, body)
    signal.setitimer(signal.ITIMER_REAL, 0)
    if reply.last:
        desk.slots.write(desk.index, HELD)  # to give back a big dataset's pages takes long at a low priority
        os._exit(0)


def _is_worn(desk: Desk, *, ran_long: bool) -> bool:
    """Tell whether a fork of the keeper is worth more than this process with the pages that it made its own.

    Whoever reads the dataset writes to its pages (the engine counts references there), which copies them: a worker
    that has copied what it reads is several times as fast as a fresh one, until all that it holds costs too much.
    """
    if process.pages_copied() > min(desk.memory, process.MEMORY // _SHARES):
        return True
    return ran_long and process.address_space() - desk.size > desk.memory // 4


def _answer(request: Request, desk: Desk) -> tuple[Reply, bytes | IO[bytes]]:
    try:
        return Reply(version=desk.version), _OPERATIONS[request.op](request, desk.store)
    except (errors.KgError, TypeError, ValueError) as error:
        return failure(error), b""
    except MemoryError:
        return failure(errors.TooLargeError("The query needs more memory than it may have.")), b""


def failure(error: Exception) -> Reply:
    """Return the reply that tells an error."""
    return Reply(
        error=type(error).__name__,
        message=getattr(error, "template", str(error)),
        values={name: str(value) for name, value in getattr(error, "values", {}).items()},
        line=getattr(error, "line", None),
        column=getattr(error, "column", None),
    )


def _query(request: Request, store: ox.Store) -> bytes:
    dataset = Dataset(request.default, request.named)
    bindings = {name: read_term(text) for name, text in request.bindings.items()}
    return evaluate(store, Query(request.text, bindings, dataset, request.base), syntax_of(request))


def _read_graph(request: Request, store: ox.Store) -> bytes:
    return dump_graph(store, request.graph, syntax_of(request))


def _dump(request: Request, store: ox.Store) -> IO[bytes]:
    """Write the dataset to a file without a name: it may be larger than the memory that a query may take."""
    import tempfile  # noqa: PLC0415  # few workers need it

    try:
        with tempfile.TemporaryFile() as out:
            dump(store, syntax_of(request), out)
            out.flush()
            return os.fdopen(os.dup(out.fileno()), "rb")
    except OSError as error:
        raise errors.StoreError(f"The dataset cannot be written to a file: {error.strerror}.") from None


_OPERATIONS: dict[str, Callable[[Request, ox.Store], bytes | IO[bytes]]] = {
    "query": _query,
    "read_graph": _read_graph,
    "dump": _dump,
}


def syntax_of(request: Request) -> Format:
    """Return the format that a request names."""
    return BY_NAME[request.syntax]


def read_term(text: str) -> Term:
    """Read a term as N-Triples writes it."""
    quad = next(iter(ox.parse(f"<urn:x> <urn:x> {text} .", format=ox.RdfFormat.N_TRIPLES)))
    term: Term = quad.object
    return term
