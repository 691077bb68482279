"""What is counted of requests, and how Prometheus reads it (text exposition format 0.0.4)."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Counts:
    """Requests by kind and status, and how long each kind took (seconds); safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[tuple[str, int]] = Counter()
        self._seconds: Counter[str] = Counter()

    def add(self, kind: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        with self._lock:
            self._requests[kind, status] += 1
            self._buckets[kind, bisect_left(BOUNDS, seconds)] += 1
            self._seconds[kind] += seconds  # type: ignore[assignment]

    def lines(self) -> list[str]:
        """Write the counts."""
        with self._lock:
            requests, buckets, seconds = dict(self._requests), dict(self._buckets), dict(self._seconds)
        found = ["# HELP kg_requests_total Requests answered.", "# TYPE kg_requests_total counter"]
        found += [
            f'kg_requests_total{{kind="{kind}",status="{status}"}} {count}'
            for (kind, status), count in sorted(requests.items())
        ]
        found += ["# HELP kg_request_seconds How long answers took.", "# TYPE kg_request_seconds histogram"]
        for kind in sorted(seconds):
            found += _histogram(kind, buckets, seconds[kind])
        return found


def _histogram(kind: str, buckets: dict[tuple[str, int], int], seconds: float) -> list[str]:
    found, total = [], 0
    for place, bound in enumerate((*BOUNDS, "+Inf")):
        total += buckets.get((kind, place), 0)
        found.append(f'kg_request_seconds_bucket{{kind="{kind}",le="{bound}"}} {total}')
    return [
        *found,
        f'kg_request_seconds_sum{{kind="{kind}"}} {seconds:.6f}',
        f'kg_request_seconds_count{{kind="{kind}"}} {total}',
    ]


def gauge(name: str, text: str, value: float, kind: str = "gauge") -> list[str]:
    """Write one number that stands for itself."""
    return [f"# HELP {name} {text}", f"# TYPE {name} {kind}", f"{name} {value}"]
