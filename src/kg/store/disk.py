"""Where the embedded store stands on disk, and who may open it.

    PATH/
      lock              held (flock) by the one process that has the store open
      engine            the folder of the engine that has it open, if one has
      current.json      which version is valid, and the digest of the default graph that was last built
      versions/NAME/    one Oxigraph (RocksDB) database each, or a snapshot of which one is being made

A build never touches the valid version: it fills a new one beside it, and `current.json` is replaced in one step
(rename(2) is atomic), so that a crash at any moment leaves the old dataset or the new one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import msgspec

from kg.errors import StoreError


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """What `current.json` says.

    `version` is the folder of the valid version, `published` the digest of its default graph as it was last built;
    `snapshot` tells that it is N-Quads still, and no database yet (see `kg.store.versions`).
    """

    version: str
    published: str
    snapshot: bool = False


class Layout:
    """The folder of one embedded store, locked by this process.

    Raises:
        StoreError: the folder cannot be made or written, or another process has it open.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            (path / "versions").mkdir(parents=True, exist_ok=True)
            self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"The store {path} cannot be written: {error.strerror}.") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise StoreError(f"The store {path} is in use by another process; stop that one first.") from None
        for left_over in path.glob("change*.nq"):
            left_over.unlink()

    def current(self) -> Current | None:
        """Return the valid version, None where nothing was ever published.

        Raises:
            StoreError: the pointer is damaged.
        """
        try:
            return msgspec.json.decode((self.path / "current.json").read_bytes(), type=Current)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            raise StoreError(f"The store {self.path} is damaged: current.json cannot be read ({error}).") from None

    def folder(self, version: str) -> Path:
        """Return the database folder of a version."""
        return self.path / "versions" / version

    def next_version(self) -> str:
        """Return a name that no version has yet."""
        taken = [int(each.name) for each in (self.path / "versions").iterdir() if each.name.isdigit()]
        return f"{max(taken, default=0) + 1:06}"

    def switch(self, current: Current) -> None:
        """Make `current` the valid version, durably and in one step, and remove the others."""
        draft = self.path / "current.json.new"
        with draft.open("wb") as file:
            file.write(msgspec.json.encode(current))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path / "current.json")
        sync_folder(self.path)
        self.sweep(current.version)

    def sweep(self, keep: str) -> None:
        """Remove the versions that are not valid any more, and half-written ones."""
        for each in (self.path / "versions").iterdir():
            if each.name != keep:
                shutil.rmtree(each, ignore_errors=True)

    def sync_log(self, version: str) -> None:
        """Have the database's log written through to the disk (fdatasync), against a loss of power."""
        for log in self.folder(version).glob("*.log"):
            handle = os.open(log, os.O_RDWR | os.O_CLOEXEC)
            try:
                os.fdatasync(handle)
            finally:
                os.close(handle)

    def announce(self, engine: Path) -> None:
        """Tell other processes which engine has the store open (see `engine_of`)."""
        (self.path / "engine").write_text(str(engine), encoding="utf-8")

    def close(self) -> None:
        """Let the lock go."""
        (self.path / "engine").unlink(missing_ok=True)
        os.close(self._lock)


def engine_of(path: Path) -> Path | None:
    """Return the folder of the engine that has the store open, None where no living engine has."""
    try:
        engine = Path((path / "engine").read_text(encoding="utf-8"))
    except OSError:
        return None
    return engine if is_locked(path / "lock") and (engine / "state").exists() else None


def is_locked(path: Path) -> bool:
    """Tell whether a process holds the lock of a file (flock(2))."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable (fsync of a directory)."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
