"""What is counted of requests, and how Prometheus reads it (text exposition format 0.0.4).

The processes of one service count each on a page of its own, a file in the engine's folder, and any of them tells the
sum. A process that takes the place of one that ended goes on with its page, so that no count ever falls.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import threading
from bisect import bisect_left
from http import HTTPStatus
from pathlib import Path
from typing import Literal

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
KINDS = (
    *("sparql", "update", "graph-store", "queries", "id", "page", "data", "articles", "workbench", "search", "extract"),
    *("ontology", "static", "healthz", "readyz", "metrics", "other"),
)
_STATUSES = tuple(sorted(int(each) for each in HTTPStatus))
_BUCKETS = len(_STATUSES)
_SECONDS = _BUCKETS + len(BOUNDS) + 1
_ROW = _SECONDS + 1
_HITS = len(KINDS) * _ROW
_MISSES = _HITS + 1
_SIZE = (_MISSES + 1) * 8
_ROWS = {kind: place * _ROW for place, kind in enumerate(KINDS)}
_PLACES = {status: place for place, status in enumerate(_STATUSES)}


class Counts:
    """Requests by kind and status, how long each kind took (seconds), and use of the cache; safe among threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """Count on a page in `folder`, beside those of the other processes there; None: for this process alone."""
        self._lock = threading.Lock()
        self._folder = folder
        self._page = mmap.mmap(-1, _SIZE) if folder is None else _claim(folder)
        self._numbers = memoryview(self._page).cast("Q")
        self._times = memoryview(self._page).cast("d")

    def add(self, kind: str, status: int, seconds: float) -> None:
        """Count one answered request; a kind that is none of `KINDS` is counted as other."""
        row = _ROWS.get(kind, _ROWS["other"])
        with self._lock:
            self._numbers[row + _PLACES.get(status, _PLACES[500])] += 1
            self._numbers[row + _BUCKETS + bisect_left(BOUNDS, seconds)] += 1
            self._times[row + _SECONDS] += seconds

    def cached(self, *, found: bool) -> None:
        """Count one look into the cache."""
        with self._lock:
            self._numbers[_HITS if found else _MISSES] += 1

    def lines(self) -> list[str]:
        """Write the counts of all processes."""
        pages = [bytes(self._page)] if self._folder is None else [each.read_bytes() for each in _pages(self._folder)]
        numbers, times = (_total(pages, code) for code in ("Q", "d"))
        found = ["# HELP kg_requests_total Requests answered.", "# TYPE kg_requests_total counter"]
        found += [
            f'kg_requests_total{{kind="{kind}",status="{status}"}} {numbers[row + place]}'
            for kind, row in sorted(_ROWS.items())
            for status, place in _PLACES.items()
            if numbers[row + place]
        ]
        found += ["# HELP kg_request_seconds How long answers took.", "# TYPE kg_request_seconds histogram"]
        for kind, row in sorted(_ROWS.items()):
            buckets = numbers[row + _BUCKETS : row + _SECONDS]
            if any(buckets):
                found += _histogram(kind, buckets, times[row + _SECONDS])
        found += gauge("kg_cache_hits_total", "Answers taken from the result cache.", numbers[_HITS], "counter")
        return found + gauge("kg_cache_misses_total", "Answers not in the result cache.", numbers[_MISSES], "counter")


def _claim(folder: Path) -> mmap.mmap:
    """Return the first page that no other process has locked (flock(2)); the lock is held as long as the page lives."""
    number = 0
    while True:
        handle = os.open(folder / f"counts{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            number += 1
            continue
        os.ftruncate(handle, _SIZE)
        page = mmap.mmap(handle, _SIZE)  # it keeps a handle of its own, and the lock with it
        os.close(handle)
        return page


def _pages(folder: Path) -> list[Path]:
    return [each for each in folder.glob("counts*") if each.stat().st_size == _SIZE]


def _total(pages: list[bytes], code: Literal["Q", "d"]) -> list[float]:
    """Add up the pages, read as whole numbers or as times."""
    return [sum(column) for column in zip(*(memoryview(page).cast(code) for page in pages), strict=True)]


def _histogram(kind: str, buckets: list[float], seconds: float) -> list[str]:
    found, total = [], 0.0
    for count, bound in zip(buckets, (*BOUNDS, "+Inf"), strict=True):
        total += count
        found.append(f'kg_request_seconds_bucket{{kind="{kind}",le="{bound}"}} {total:.0f}')
    return [
        *found,
        f'kg_request_seconds_sum{{kind="{kind}"}} {seconds:.6f}',
        f'kg_request_seconds_count{{kind="{kind}"}} {total:.0f}',
    ]


def gauge(name: str, text: str, value: float, kind: str = "gauge") -> list[str]:
    """Write one number that stands for itself."""
    return [f"# HELP {name} {text}", f"# TYPE {name} {kind}", f"{name} {value}"]
