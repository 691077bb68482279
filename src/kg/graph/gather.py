"""Articles of folders → facts: on all cores where there are many, and again only what changed.

Facts once read are kept under the hash of the article's bytes and of the reading's own code and tables, so that a run
that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from kg.errors import ArticleError, KgError
from kg.facts import Facts, from_json, to_json

_FEW = 8  # below this, starting processes costs more than it saves
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Read:
    """One article file: its text and facts, or the sentence that says why it is left out."""

    path: Path
    text: str = ""
    facts: Facts | None = None
    error: str = ""


def article_files(folders: Iterable[Path]) -> list[Path]:
    """Return the `*.txt` files of the folders, by name; a name is an article's id.

    Raises:
        ArticleError: a folder is missing, or two folders hold an article of the same name.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise ArticleError(f"The folder of articles {folder} does not exist.")
        for path in folder.glob("*.txt"):
            if path.stem in found:
                raise ArticleError(f"Two articles are called {path.stem!r}: {found[path.stem]} and {path}.")
            found[path.stem] = path
    return [found[name] for name in sorted(found)]


def read_all(paths: list[Path], *, kept: Path | None = None, progress: Progress | None = None) -> list[Read]:
    """Read every article, in the order of the paths.

    Args:
        paths: article files.
        kept: the folder in which facts are kept between runs; None keeps nothing.
        progress: called with how many are done, how many there are, and the name of the last.
    """
    results = []
    for number, result in enumerate(_results(paths, kept), start=1):
        results.append(result)
        if progress:
            progress(number, len(paths), result.path.stem)
    return results


def _results(paths: list[Path], kept: Path | None) -> Iterator[Read]:
    workers = min(os.cpu_count() or 1, len(paths))
    if workers < 2 or len(paths) < _FEW:
        yield from (read_one(path, kept) for path in paths)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(read_one, paths, [kept] * len(paths), chunksize=4)


def read_one(path: Path, kept: Path | None = None) -> Read:
    """Read one article; what makes it unreadable is told in the result, not raised."""
    try:
        data = path.read_bytes()
        facts = _kept(data, path.stem, kept)
        body = _text(data)
        wrong = facts.check_spans(body)
        if wrong:
            raise ArticleError(f"{len(wrong)} of its quotations are not in the text, first “{wrong[0].exact}”.")
    except OSError as error:
        return Read(path, error=f"it cannot be read: {error.strerror}.")
    except KgError as error:
        return Read(path, error=str(error))
    return Read(path, body, facts)


def _text(data: bytes) -> str:
    from kg.reading.article import decode  # noqa: PLC0415 – a process that reads nothing need not load it

    return decode(data)[0]


def _kept(data: bytes, article_id: str, kept: Path | None) -> Facts:
    if kept is None:
        return _extract(data, article_id)
    name = hashlib.sha256(b"\0".join([fingerprint().encode(), article_id.encode(), data])).hexdigest()
    place = kept / name[:2] / f"{name}.json"
    try:
        return from_json(place.read_bytes())
    except (OSError, msgspec.DecodeError):
        facts = _extract(data, article_id)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}")
    part.write_bytes(to_json(facts))
    part.replace(place)
    return facts


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
