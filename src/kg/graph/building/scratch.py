"""The folder that a build works in: gone when the build has ended, or at the next one where it was killed."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import BuildError

_PREFIX = "kg-build-"
_YOUNG = 60.0  # seconds: it may not be locked yet
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def scratch(parent: Path | None = None) -> Iterator[Path]:
    """Make a folder in `parent` (else in the system's folder of temporary files), and remove it afterwards.

    Raises:
        BuildError: it cannot be made, or the disk is full.
    """
    where = parent or Path(tempfile.gettempdir())
    try:
        where.mkdir(parents=True, exist_ok=True)
        _sweep(where)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=where))
    except OSError as error:
        raise BuildError(f"A build needs a folder to work in, and {where} gives none: {error.strerror}.") from None
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with room(where):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def room(where: Path) -> Iterator[None]:
    """Say in one sentence that the disk is full, where that is what ends a build.

    Raises:
        BuildError: it is.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:  # Oxigraph tells it in words
        if getattr(error, "errno", None) not in _FULL and "No space left" not in str(error):
            raise
        raise BuildError(
            f"The disk is full: the build works in {where} and needs about a megabyte there for every article. "
            "Nothing was published, and what was read is kept: make room and build again."
        ) from None


def _sweep(where: Path) -> None:
    """Remove what builds left that were killed; the folder of one that runs is locked (flock(2))."""
    for folder in where.glob(f"{_PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime < _YOUNG:
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)
