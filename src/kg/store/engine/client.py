"""A store that an engine answers; any number of processes and threads may use one engine."""

from __future__ import annotations

import socket
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from kg import errors
from kg.store.base import STORE_DATASET, Answer, Bindings, Dataset, Store
from kg.store.disk import is_locked
from kg.store.engine import process
from kg.store.engine.cancel import Cancellations, asking_as, cancel_elsewhere
from kg.store.engine.habits import Habits
from kg.store.engine.lines import IDLE, Line, Lines, receive_within
from kg.store.engine.state import State
from kg.store.engine.wire import Body, Reply, Request, receive, receive_open, send
from kg.store.engine.worker import PID
from kg.store.formats import Format

GRACE = 0.01
CHANGE_TIMEOUT = 600.0
RESTARTING = 5.0
_RETRY = 0.002
_RESERVE = IDLE // 2
"""How many lines are left for short queries while long ones run."""


class EngineStore(Store):
    """The dataset of the engine in `folder`; a query is stopped after `query_timeout` seconds."""

    def __init__(self, folder: Path, query_timeout: float) -> None:
        self.folder = folder
        self._timeout = query_timeout
        self.state = State(folder / "state")
        self._running = Cancellations()
        self._lines = Lines()
        self._habits = Habits(folder)

    @property
    def version(self) -> str:
        return self.state.version

    def query(
        self,
        text: str,
        *,
        syntax: Format,
        bindings: Bindings | None = None,
        dataset: Dataset = STORE_DATASET,
        base: str | None = None,
    ) -> Answer:
        return self._answer(
            syntax,
            Request(
                op="query",
                deadline=time.monotonic() + self._timeout,
                text=text,
                syntax=syntax.name,
                bindings={name: str(term) for name, term in (bindings or {}).items()},
                default=dataset.default,
                named=dataset.named,
                base=base,
            ),
        )

    def read_graph(self, name: str | None, *, syntax: Format) -> Answer:
        deadline = time.monotonic() + self._timeout
        return self._answer(syntax, Request(op="read_graph", deadline=deadline, graph=name, syntax=syntax.name))

    def dump(self, out: IO[bytes], *, syntax: Format) -> None:
        deadline = time.monotonic() + CHANGE_TIMEOUT
        _, body = self._ask(Request(op="dump", deadline=deadline, syntax=syntax.name))
        try:
            for block in body.blocks():
                out.write(block)
        finally:
            body.close()

    def update(self, text: str, *, dataset: Dataset = STORE_DATASET, base: str | None = None) -> None:
        deadline = time.monotonic() + self._timeout
        self._change(
            Request(op="update", deadline=deadline, text=text, default=dataset.default, named=dataset.named, base=base)
        )

    def write_graph(
        self, name: str | None, data: bytes, *, syntax: Format, replace: bool, base: str | None = None
    ) -> bool:
        deadline = time.monotonic() + CHANGE_TIMEOUT
        request = Request(
            op="write_graph", deadline=deadline, graph=name, syntax=syntax.name, replace=replace, base=base
        )
        return self._change(request, data).created

    def delete_graph(self, name: str | None) -> None:
        self._change(Request(op="delete_graph", deadline=time.monotonic() + self._timeout, graph=name))

    def replace_default(self, nquads: bytes | Path, *, replace: bool = False) -> None:
        deadline = time.monotonic() + CHANGE_TIMEOUT
        self._change(Request(op="replace_default", deadline=deadline, replace=replace), nquads)

    def asking_as(self, name: str) -> AbstractContextManager[None]:
        return asking_as(name)

    def cancel(self, name: str) -> bool:
        elsewhere = cancel_elsewhere(self.folder, name)
        return self._running.cancel(name) or elsewhere

    def hear_cancellations(self) -> None:
        """Let the other processes that use this engine cancel what is asked here, as long as this process lives."""
        self._running.hear(self.folder)

    def count(self) -> int:
        return self.state.get("triples")

    def is_listening(self) -> bool:
        """Tell whether the engine takes queries at this moment: not while it starts, restarts or has ended."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(GRACE)
            try:
                connection.connect(self._address("q"))
            except OSError:
                return False
        return True

    def close(self) -> None:
        self._lines.close()
        self.state.close()

    def _answer(self, syntax: Format, request: Request) -> Answer:
        reply, body = self._ask(request)
        try:
            return Answer(body.read(), syntax, reply.version)
        finally:
            body.close()

    def _ask(self, request: Request) -> tuple[Reply, Body]:
        """Ask a worker of the current generation; one that ended before it took the request is asked no more."""
        found, ended = None, []
        request.expected = self._habits.of(request.text)
        if request.expected == "long" and self.state.get("full"):  # of those that run long the last one would be ended
            raise self._late("q", taken=False)
        leave = 0 if request.expected == "short" else _RESERVE if self.state.get("long") else 1
        while found is None:
            line = self._lines.take(self.state.get("generation"), leave=leave) or self._line(request)
            with self._running.watching(line.connection):
                found = self._ask_worker(line, request)
            if found is None:
                ended.append(line.pid)
        for pid in ended:
            (self.folder / f"fate{pid}").unlink(missing_ok=True)
        reply, body = found
        self._habits.note(request.text, long=reply.long)
        if reply.error:
            raise revive(reply)
        return reply, body

    def _line(self, request: Request) -> Line:
        generation = self.state.get("generation")
        connection = self._connect("s" if request.expected == "short" else "q", request.deadline)
        connection.settimeout(None)
        return Line(connection, generation)

    def _ask_worker(self, line: Line, request: Request) -> tuple[Reply, Body] | None:
        """Return the answer that comes over a line; None where it has to be asked for over another."""
        keep, connection = False, line.connection
        try:
            receive_within(connection, request.deadline + GRACE - time.monotonic())
            send(connection, request)
            line.pid = line.pid or _taken_by(connection)
            reply, body = receive_open(connection, Reply)
            keep = not reply.last
        except BlockingIOError:
            self._habits.note(request.text, long=line.pid > 0)
            raise self._late("q", taken=line.pid > 0) from None
        except (EOFError, OSError):
            self._end_if_cancelled(connection, line.pid)
            if not line.pid or (line.used and self._may_ask_again(line.pid, request)):
                return None
            self._habits.note(request.text, long=True)
            raise self._death(line.pid, request, "q") from None
        else:
            return reply, body
        finally:
            if keep:
                self._lines.give(line)
            else:
                connection.close()

    def _may_ask_again(self, pid: int, request: Request) -> bool:
        """Tell whether a worker may have ended before it took a request: it had answered another one already."""
        return time.monotonic() < request.deadline - GRACE and not (self.folder / f"fate{pid}").exists()

    def _change(self, request: Request, body: bytes | Path = b"") -> Reply:
        """Ask the current generation; one that ended before it took the request is asked no more, the next one is."""
        while True:
            with self._connect("u", request.deadline) as connection, self._running.watching(connection):
                pid = 0
                try:
                    send(connection, request, body)
                    pid = _taken_by(connection)
                    connection.settimeout(CHANGE_TIMEOUT)  # its own timer ends it, unless it is being made durable
                    reply, _ = receive(connection, Reply)
                except TimeoutError:
                    raise self._late("u", taken=pid > 0) from None
                except (EOFError, OSError):
                    self._end_if_cancelled(connection, pid)
                    if not pid:
                        continue
                    raise self._death(pid, request, "u") from None
            if reply.error:
                raise revive(reply)
            return reply

    def _end_if_cancelled(self, connection: socket.socket, pid: int) -> None:
        if self._running.cut(connection):
            if pid:
                process.go_on(pid)  # while it waits for its turn it does not notice
            raise errors.QueryError("The query was cancelled by the client that asked it.")

    def _connect(self, kind: str, deadline: float) -> socket.socket:
        """Connect to the current generation.

        Raises:
            BusyError: nobody took the connection before the deadline.
        """
        begun = time.monotonic()
        while True:
            left = deadline + GRACE - time.monotonic()
            if left <= 0:
                raise self._late(kind, taken=False)
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(left)
            try:
                connection.connect(self._address(kind))
            except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
                connection.close()
                self._check_alive(time.monotonic() - begun)
                time.sleep(_RETRY)
            else:
                return connection

    def _address(self, kind: str) -> str:
        return str(self.folder / ("u" if kind == "u" else f"{kind}{self.state.get('generation')}"))

    def _check_alive(self, waited: float) -> None:
        """Give up an engine that is gone; one that is starting again gets its time.

        Raises:
            StoreError: it is gone.
        """
        if self.state.get("lost"):
            raise errors.StoreError("The process that held the dataset in memory ended; start the service again.")
        if waited > RESTARTING and not is_locked(self.folder / "alive"):
            raise errors.StoreError("The service that had the store open has ended; try again.")

    def _late(self, kind: str, *, taken: bool) -> errors.QueryError:
        if taken:
            what = "change" if kind == "u" else "query"
            return errors.TimeLimitError(f"The {what} was stopped at the limit of {self._timeout:g} s.")
        return errors.BusyError("The service has more to do than it can take; try again in a moment.", retry_after=1)

    def _death(self, pid: int, request: Request, kind: str) -> errors.KgError:
        """Say why the process that took the request ended without an answer."""
        if time.monotonic() >= request.deadline - GRACE:
            return self._late(kind, taken=True)
        fate = self._fate(pid)
        if fate == "busy":
            return self._late(kind, taken=False)
        if fate == "memory":
            return errors.TooLargeError("This was stopped: it needed more memory than it may have.")
        return errors.QueryError("This was stopped: it is nested too deep, or broke the engine.")

    def _fate(self, pid: int) -> str:
        path = self.folder / f"fate{pid}"
        for _ in range(100):
            try:
                fate = path.read_text(encoding="ascii")
            except FileNotFoundError:
                time.sleep(_RETRY)
            else:
                path.unlink(missing_ok=True)
                return fate
        return ""


def _taken_by(connection: socket.socket) -> int:
    """Wait until a process takes a connection, and return its number.

    Raises:
        EOFError: none will.
    """
    sent = connection.recv(PID.size, socket.MSG_WAITALL)
    if len(sent) < PID.size:
        raise EOFError
    return int(PID.unpack(sent)[0])


def revive(reply: Reply) -> Exception:
    """Make the error that a reply tells."""
    if reply.error == "QuerySyntaxError":
        values = {name: value for name, value in reply.values.items() if name not in {"line", "column"}}
        return errors.QuerySyntaxError(reply.message, line=reply.line, column=reply.column, **values)
    builtin = {"TypeError": TypeError, "ValueError": ValueError}.get(reply.error)
    return builtin(reply.message) if builtin else getattr(errors, reply.error)(reply.message, **reply.values)
