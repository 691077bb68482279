"""How often one client may ask: a bucket of tokens a client, refilled evenly."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict

_CLIENTS = 10_000


class RateLimit:
    """At most `per_minute` requests a minute and client, in bursts of at most ten seconds' worth; 0: no limit."""

    def __init__(self, per_minute: int) -> None:
        self._rate = per_minute / 60
        self._burst = max(1.0, per_minute / 6)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """Take a token for `client`; return 0, or the seconds until there will be one."""
        if not self._rate:
            return 0
        now = time.monotonic()
        with self._lock:
            tokens, then = self._buckets.pop(client, (self._burst, now))
            tokens = min(self._burst, tokens + (now - then) * self._rate)
            granted = tokens >= 1
            self._buckets[client] = (tokens - granted, now)
            if len(self._buckets) > _CLIENTS:
                self._buckets.popitem(last=False)
        return 0 if granted else math.ceil((1 - tokens) / self._rate)
