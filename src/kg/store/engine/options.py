"""What the processes of an engine are started with."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, kw_only=True):
    """How an engine runs: its store (None: in memory only), bytes for a query, seconds for a change."""

    path: str | None
    memory: int
    update_timeout: float


class Start(msgspec.Struct, kw_only=True):
    """What a keeper is started with."""

    folder: str
    epoch: int
    generation: int
    published: str
    memory: int
    update_timeout: float
    lifeline: int
    path: str
    scratch: str
    graphs: tuple[str, ...]
