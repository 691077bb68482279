"""Articles of folders → facts: on all cores where there are many."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from pathlib import Path

from kg.errors import ArticleError
from kg.graph.building.article import Read, read_kept
from kg.graph.building.readers import read_by_processes

_FEW = 8  # below this, a second process costs more than it saves, and facts that are kept need none
Progress = Callable[[str, int, int, str], None]
"""Called with a step of a build ("reading", …), how much of it is done, how much there is, and the name of the last."""


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


def read_all(paths: list[Path], *, kept: Path, progress: Progress | None = None) -> list[Read]:
    """Read every article, in the order of the paths.

    Args:
        paths: article files.
        kept: the folder in which facts are kept.
        progress: called for every article read, in the order in which they are.

    Raises:
        BuildError: facts cannot be kept, or no process that reads can be started.
    """
    done: dict[Path, Read] = {}
    with closing(_results(paths, kept)) as results:
        for result in results:
            done[result.path] = result
            if progress:
                progress("reading", len(done), len(paths), result.path.stem)
    return [done[path] for path in paths]


def _results(paths: list[Path], kept: Path) -> Generator[Read, None, None]:
    """Read articles in processes of their own, for one that takes its reader down is to be left out, not the build."""
    if len(paths) >= _FEW:
        yield from read_by_processes(paths, kept, min(os.cpu_count() or 1, len(paths)))
        return
    left = []
    for path in paths:
        result = read_kept(path, kept)
        if result is None:
            left.append(path)
        else:
            yield result
    if left:
        yield from read_by_processes(left, kept, 1)
