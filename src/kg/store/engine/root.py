"""Root: the process of an engine that has the disk open, makes changes durable and starts keepers.

Run as ``python -m kg.store.engine.root FOLDER OPTIONS``; it ends when its standard input closes.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import selectors
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import msgspec

from kg.errors import KgError, StoreError
from kg.store.engine import process
from kg.store.engine.durable import Disk
from kg.store.engine.options import Options, Start
from kg.store.engine.state import State
from kg.store.engine.wire import Commit, Reply, receive, send
from kg.store.engine.worker import failure


class Root:
    """One engine's root."""

    def __init__(self, folder: Path, options: Options) -> None:
        self._folder, self._options = folder, options
        self._alive = os.open(folder / "alive", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._alive, fcntl.LOCK_EX)
        self._state = State(folder / "state")
        self._state.set("epoch", secrets.randbits(32))
        self._disk = Disk(Path(options.path), folder) if options.path else None
        self._generation = self._state.get("generation")
        self._keeper: socket.socket | None = None
        self._lifeline, self._life = os.pipe2(os.O_CLOEXEC)
        self._selector = selectors.DefaultSelector()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        (folder / "root").unlink(missing_ok=True)
        self._listener.bind(str(folder / "root"))
        self._listener.listen(16)

    def run(self) -> None:
        """Serve commits until standard input closes.

        Raises:
            StoreError: what is on disk cannot be read.
        """
        self._selector.register(0, selectors.EVENT_READ, None)
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._start_keeper()
        while True:
            for key, _ in self._selector.select(timeout=1.0):
                if key.data is None:
                    return
                key.data(key.fileobj)
            _bury()

    def close(self) -> None:
        """Let every process of the engine end, and the store go."""
        os.close(self._life)
        if self._disk is not None:
            self._disk.close()

    def _accept(self, _: object) -> None:
        connection, _ = self._listener.accept()
        self._selector.register(connection, selectors.EVENT_READ, self._hear)

    def _hear(self, connection: socket.socket) -> None:
        """Take a commit from an updater; a connection that closes was an updater's or a keeper's life."""
        try:
            commit, _ = receive(connection, Commit)
        except (EOFError, OSError):
            self._selector.unregister(connection)
            connection.close()
            if connection is self._keeper:
                self._start_keeper()
            return
        reply = self._commit(commit)
        if not reply.error:
            self._generation, self._keeper = commit.generation + 1, connection
        with suppress(OSError):  # it died while it waited: its connection closes, and a new keeper starts
            send(connection, reply)

    def _commit(self, commit: Commit) -> Reply:
        if commit.generation != self._generation:
            return failure(StoreError("Another change came first; try again."))
        try:
            if self._disk is not None and (commit.text or commit.path):
                if self._disk.recover() not in {None, self._state.get("triples")}:
                    self._start_keeper()
                    return failure(StoreError("The dataset was read from disk again; try again."))
                self._disk.commit(commit)
        except (KgError, OSError) as error:
            return failure(StoreError(f"The change could not be written to disk: {error}"))
        finally:
            if commit.path:
                Path(commit.path).unlink(missing_ok=True)
        return Reply()

    def _start_keeper(self) -> None:
        """Start a keeper of the next generation on what is on disk."""
        if self._disk is None and self._generation:
            raise SystemExit("The process that held the dataset in memory ended.")
        self._generation += 1
        start = self._start_of_keeper()
        ours, theirs = socket.socketpair()
        subprocess.Popen(  # noqa: S603  # this interpreter, these modules
            [sys.executable, "-m", "kg.store.engine.start", str(theirs.fileno()), msgspec.json.encode(start).decode()],
            pass_fds=(self._lifeline, theirs.fileno()),
            stdin=subprocess.DEVNULL,
            env={**os.environ, "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"},
        )
        theirs.close()
        self._keeper = ours
        self._selector.register(ours, selectors.EVENT_READ, self._hear)

    def _start_of_keeper(self) -> Start:
        path, published = self._folder / f"dataset{self._generation}.nq", ""
        graphs: tuple[str, ...] = ()
        if self._disk is not None:
            graphs, published = self._disk.write_out(path), self._disk.published
        return Start(
            folder=str(self._folder),
            epoch=self._state.get("epoch"),
            generation=self._generation,
            published=published,
            memory=self._options.memory,
            update_timeout=self._options.update_timeout,
            lifeline=self._lifeline,
            path=str(path) if self._disk is not None else "",
            scratch=self._options.path or "",
            graphs=graphs,
        )


def _bury() -> None:
    """Take note of ended children, so that none stays a zombie."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def main() -> NoReturn:
    """Run one engine's root; a start that fails leaves its sentence in FOLDER/failed."""
    folder, options = Path(sys.argv[1]), msgspec.json.decode(sys.argv[2], type=Options)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    process.adopt_orphans()
    try:
        root = Root(folder, options)
        root.run()
    except KgError as error:
        (folder / "failed").write_text(str(error), encoding="utf-8")
        raise SystemExit(1) from None
    root.close()
    os._exit(0)  # a database that is just being made of a snapshot is made at the next start


if __name__ == "__main__":
    main()
