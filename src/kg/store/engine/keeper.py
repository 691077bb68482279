"""The keeper: one thread, the dataset in memory, and the workers forked from it."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from kg.store.engine import process
from kg.store.engine.process import CORES
from kg.store.engine.state import State, milliseconds, version
from kg.store.engine.worker import FREE, FRESH, HELD, QUEUES, Desk, Slots, work

SPARE = 4
MOST = 8 + 4 * CORES
SEATS = 4 * MOST
FLOOD = 4 * CORES
TURN = 0.05
_BOUNDS = (0.03, 0.3, 1.2)
YOUNG = 0.05
_BESIDE = 500
_TICK, _REST = 0.005, 0.02
_BACKLOG = 512
_FATES = {signal.SIGALRM: "time", signal.SIGABRT: "memory", signal.SIGUSR1: "busy", signal.SIGIO: "cancelled"}


@dataclass(frozen=True, slots=True)
class Config:
    """What every keeper of one engine knows: its folder, the first part of versions, and the limits.

    `memory` is in bytes, for one query; `update_timeout` in seconds; `lifeline` is a pipe that closes when root ends;
    `scratch` is a folder on the store's file system, None where nothing is durable.
    """

    folder: Path
    epoch: int
    memory: int
    update_timeout: float
    lifeline: int
    scratch: Path | None


@dataclass(frozen=True, slots=True)
class Content:
    """The dataset of one generation, and the digest of its default graph as it was built."""

    generation: int
    store: ox.Store
    published: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker as its keeper sees it; `nice` is how far its priority was lowered, `paused` that it waits its turn."""

    pid: int
    index: int
    nice: int = 0
    paused: bool = False
    dismissed: bool = False


class Keeper:
    """The keeper of one generation."""

    def __init__(
        self,
        config: Config,
        content: Content,
        state: State,
        root: socket.socket,
        updates: socket.socket | None = None,
    ) -> None:
        """Be ready to answer.

        Args:
            config: what all keepers know.
            content: the dataset.
            state: the page that all processes share.
            root: a connection that tells root, by closing, that this keeper ended.
            updates: where the keeper before took changes, so that those who wait there keep their turn.
        """
        self.config, self.content, self.state, self._root = config, content, state, root
        self._workers: dict[int, Worker] = {}
        self._updater = 0
        self._slots = Slots(SEATS)
        self._queries = tuple(self._listen(f"{kind}{content.generation}") for kind in QUEUES)
        self.updates = updates or self._listen("u")
        self._wake, self._waker = _wake_on_children()
        self._quiet = 0
        self._born = time.monotonic()
        self._fork()

    @property
    def version(self) -> str:
        """The version of the dataset that the workers answer from."""
        return version(self.config.epoch, self.content.generation)

    def publish(self) -> None:
        """Make this generation the current one: from now on clients come here."""
        self.state.set("triples", len(self.content.store))
        self.state.set("generation", self.content.generation)

    def run(self) -> socket.socket:
        """Keep workers until root ends, or a later generation took over and the last answer is out.

        Comes back only in a fork that is to make a change, with the connection that brings it.
        """
        while True:
            current = self.state.get("generation") == self.content.generation
            open_to: list[int | socket.socket] = [self.updates] if current and not self._updater else []
            pause = _TICK if self._busy() else _REST
            ready, _, _ = select.select([self.config.lifeline, self._wake, *open_to], [], [], pause)
            if self.config.lifeline in ready:
                self._leave()
            connection = self._take_update() if self.updates in ready else None
            if connection is not None:
                return connection
            _drain(self._wake)
            self._reap()
            self._watch()
            if not current:
                self._retire()

    def _listen(self, name: str) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        path = self.config.folder / name
        path.unlink(missing_ok=True)
        listener.bind(str(path))
        listener.listen(_BACKLOG)
        listener.settimeout(0)
        return listener

    def _busy(self) -> bool:
        return any(self._slots.read(worker.index)[0] > 0 for worker in self._workers.values())

    def _hire(self, *, crowded: bool) -> int:
        """Fork workers until enough of them are free, or have just begun; return how many there was no room for.

        Workers that a client holds are free for nobody else. A generation that may be gone in a moment, since updates
        follow updates, makes do with one.
        """
        staff = [worker for worker in self._staff() if self._slots.read(worker.index)[0] != HELD]
        spare = SPARE if time.monotonic() - self._born > YOUNG and not crowded else 1
        free = sum(1 for worker in staff if self._slots.read(worker.index)[0] == FREE)
        wanted = max(spare - sum(1 for worker in staff if self._spent(worker) < FRESH), 1 - free)
        room = max(min(MOST - len(staff), SEATS - len(self._workers)), 0)
        for _ in range(min(wanted, room)):
            self._fork()
        self.state.set("full", crowded and len(staff) - free >= MOST - 1)
        return max(wanted - room, 0)

    def _spent(self, worker: Worker) -> float:
        """Return the seconds of processor time that a worker has spent on its request; 0 where it has none.

        Time by the clock would not tell: where runaways crowd, the shortest query takes long.
        """
        since, before = self._slots.read(worker.index)
        return process.processor_time(worker.pid) - before if since > 0 else 0.0

    def _staff(self) -> list[Worker]:
        return [worker for worker in self._workers.values() if not worker.dismissed]

    def _fork(self) -> None:
        index = min(set(range(SEATS)) - {worker.index for worker in self._workers.values()})
        self._slots.write(index, FREE)
        keeper = os.getpid()
        pid = os.fork()
        if not pid:
            _forget_signals()
            self.updates.close()
            store, version = self.content.store, self.version
            work(Desk(index, self._slots, self.state, self._queries, store, version, self.config.memory), keeper)
        self._workers[pid] = Worker(pid, index)
        self.state.count("forks")

    def _reap(self) -> None:
        """Note who ended, and of what, for the client that waits for the answer."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            if pid == self._updater:
                self._updater = 0
            worker = self._workers.pop(pid, None)
            if os.WIFSIGNALED(status):
                fate = _FATES.get(os.WTERMSIG(status), "other")  # type: ignore[call-overload]
                self.state.count(f"stopped_{fate}")
                asked = worker is None or self._slots.read(worker.index)[0] > 0
                if asked and fate in {"memory", "other"}:
                    self._tell_fate(pid, fate)

    def _watch(self) -> None:
        """Have long queries take turns at a low priority, keep some workers free, make room where there is none."""
        spent_by = [(self._spent(worker), worker) for worker in self._staff()]
        running = sorted((pair for pair in spent_by if pair[0] >= FRESH), key=_turn)
        for spent, worker in spent_by:
            if spent < FRESH and (worker.nice or worker.paused):  # it has answered, and a moment later was slowed down
                self._slow_down(worker, 0, paused=False)
        if self.state.get("generation") == self.content.generation:
            self.state.set("long", len(running))
        crowded = len(running) > CORES
        flooded = len(running) > FLOOD and milliseconds() - self.state.get("short_at") < _BESIDE
        room = max(CORES - flooded, 1)
        for place, (spent, worker) in enumerate(running):
            paused = place >= room and time.monotonic() < self._slots.deadline(worker.index)
            apart = flooded or (len(running) < CORES and spent > _BOUNDS[0])
            nice = process.IDLE if crowded else sum(5 for bound in _BOUNDS if spent > bound)
            lowered = worker.nice if worker.nice != process.APART else process.IDLE - 1
            self._slow_down(worker, process.APART if apart else max(nice, lowered), paused=paused)
        missing = self._hire(crowded=len(running) >= CORES)
        for _, worker in sorted(running, key=lambda pair: pair[0])[:missing]:
            self._dismiss(worker)

    def _slow_down(self, worker: Worker, nice: int, *, paused: bool) -> None:
        if nice != worker.nice:
            process.set_priority(worker.pid, nice)
        if paused != worker.paused:
            (process.pause if paused else process.go_on)(worker.pid)
        self._workers[worker.pid] = replace(worker, nice=nice, paused=paused)

    def _dismiss(self, worker: Worker) -> None:
        """End a query that runs long while all others do: one worker is always kept for short queries."""
        self._workers[worker.pid] = replace(worker, dismissed=True)
        self._tell_fate(worker.pid, "busy")
        process.set_priority(worker.pid, process.KEEPER)  # to end it needs the processor, too
        os.kill(worker.pid, signal.SIGUSR1)
        process.go_on(worker.pid)

    def _tell_fate(self, pid: int, fate: str) -> None:
        draft = self.config.folder / f"draft{pid}"
        draft.write_text(fate, encoding="ascii")
        draft.replace(self.config.folder / f"fate{pid}")

    def _take_update(self) -> socket.socket | None:
        """Fork an updater, and return the connection in it."""
        try:
            connection, _ = self.updates.accept()
        except OSError:  # the client left
            return None
        pid = os.fork()
        if not pid:
            _forget_signals()
            self._let_go()
            return connection
        connection.close()
        self._updater = pid
        return None

    def _let_go(self) -> None:
        """Close, in an updater, what is the old keeper's alone."""
        for each in (*self._queries, self._root):
            each.close()
        os.close(self._wake)
        os.close(self._waker)

    def _retire(self) -> None:
        """Leave once every question that came to this generation is answered."""
        for kind in QUEUES:
            (self.config.folder / f"{kind}{self.content.generation}").unlink(missing_ok=True)
        self.updates.close()
        waiting, _, _ = select.select(self._queries, [], [], 0)
        self._quiet = 0 if waiting or self._busy() else self._quiet + 1
        if self._quiet > 2:
            self._leave()

    def _leave(self) -> NoReturn:
        for pid in self._workers:
            os.kill(pid, signal.SIGKILL)
        os._exit(0)


def _turn(running: tuple[float, Worker]) -> tuple[int, bool, int]:
    """Return what long queries are sorted by: those that have spent least come first, and go on for a while."""
    spent, worker = running
    return int(spent / TURN), worker.paused, worker.pid


def _wake_on_children() -> tuple[int, int]:
    """Return a pipe, its reading end first, that becomes readable when a child ends."""
    reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    return reading, writing


def _forget_signals() -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _drain(handle: int) -> None:
    try:
        while os.read(handle, 4096):
            pass
    except BlockingIOError:
        return
