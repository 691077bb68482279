"""One article of a build: read, or left out with the reason; its facts kept in a file, not in memory.

Facts stand under the hash of the article's bytes and of the reading's own code and tables, so that a run that was
stopped goes on where it was.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from kg.errors import ArticleError, BuildError, KgError
from kg.facts import ArticleHead, Facts, from_json, to_json

_KINDS = {stat.S_IFDIR: "folder", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket"}


@dataclass(frozen=True, slots=True)
class Read:
    """One article file: its head and the file of its facts, or the sentence that says why it is left out."""

    path: Path
    head: ArticleHead | None = None
    kept: Path | None = None
    error: str = ""

    def load(self) -> tuple[str, Facts]:
        """Return the text and the facts of an article that was read.

        Raises:
            BuildError: a file was changed or taken away since.
        """
        try:
            data = _bytes(self.path)
            facts = from_json(self.kept.read_bytes()) if self.kept else None
        except OSError as error:
            raise BuildError(f"{self.path} was read, and now cannot be: {error.strerror}; build again.") from None
        if facts is None or facts.article.sha256 != hashlib.sha256(data).hexdigest():
            raise BuildError(f"{self.path} was changed while the build ran; build again.")
        return _text(data), facts


def read_one(path: Path, kept: Path) -> Read:
    """Read one article; what makes it unreadable is told in the result, not raised.

    Raises:
        BuildError: its facts cannot be kept.
    """
    try:
        data = _bytes(path)
    except OSError as error:
        return Read(path, error=f"it cannot be read: {error.strerror}.")
    try:
        place, facts = _kept(data, path.stem, kept)
        wrong = facts.check_spans(_text(data))
        if wrong:
            raise ArticleError(f"{len(wrong)} of its quotations are not in the text, first “{wrong[0].exact}”.")
    except BuildError:
        raise
    except KgError as error:
        return Read(path, error=str(error))
    return Read(path, facts.article, place)


def read_kept(path: Path, kept: Path) -> Read | None:
    """Return an article whose facts are kept from an earlier run; None where it has to be read."""
    try:
        data = _bytes(path)
        place = _place(data, path.stem, kept)
        facts = from_json(place.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    return None if facts.check_spans(_text(data)) else Read(path, facts.article, place)


def _bytes(path: Path) -> bytes:
    """Return the content of a file; nothing else is opened, for a pipe would be waited for.

    Raises:
        OSError: it cannot be read, or is no ordinary file.
    """
    kind = stat.S_IFMT(path.stat().st_mode)
    if kind != stat.S_IFREG:
        raise OSError(errno.EINVAL, f"it is a {_KINDS.get(kind, 'device')}, not an ordinary file")
    return path.read_bytes()


def _text(data: bytes) -> str:
    from kg.reading.text.article import decode  # noqa: PLC0415 – a process that reads nothing need not load it

    return decode(data)[0]


def _place(data: bytes, article_id: str, kept: Path) -> Path:
    name = hashlib.sha256(b"\0".join([fingerprint().encode(), article_id.encode(), data])).hexdigest()
    return kept / name[:2] / f"{name}.json"


def _kept(data: bytes, article_id: str, kept: Path) -> tuple[Path, Facts]:
    place = _place(data, article_id, kept)
    try:
        return place, from_json(place.read_bytes())
    except (OSError, msgspec.DecodeError):
        facts = _extract(data, article_id)
    part = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(to_json(facts))
        part.replace(place)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise BuildError(f"What was read cannot be kept in {kept}: {error.strerror}. Nothing was published.") from None
    return place, facts


def _extract(data: bytes, article_id: str) -> Facts:
    from kg.reading.pipeline import extract  # noqa: PLC0415 – loads the model

    return extract(data, article_id=article_id)


@cache
def fingerprint() -> str:
    """Return a hash of the code and tables that read articles: facts of another reading are not used again."""
    digest = hashlib.sha256()
    for name, file in sorted(_sources(files("kg.reading"), "")):
        digest.update(name.encode())
        digest.update(file.read_bytes())
    digest.update(files("kg").joinpath("facts.py").read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml", ".csv", ".txt")):
            yield f"{prefix}{entry.name}", entry
