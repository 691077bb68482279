"""Keeping what was worked out over the whole dataset until the dataset changes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from time import monotonic
from typing import TypeVar
from weakref import WeakKeyDictionary

from kg.store import Store

_Value = TypeVar("_Value")
_SECONDS = 60  # a store that cannot tell its version is taken to be the same for so long


def version_of(store: Store) -> str:
    """Return what changes when the dataset may have changed."""
    return store.version if store.versioned else f"{monotonic() // _SECONDS:.0f}"


def per_version(work: Callable[[Store], _Value]) -> Callable[[Store], _Value]:
    """Do this work once for each version of each store; the newest version's value is kept."""
    kept: WeakKeyDictionary[Store, tuple[str, _Value]] = WeakKeyDictionary()

    @functools.wraps(work)
    def once(store: Store) -> _Value:
        version = version_of(store)
        found = kept.get(store)
        if found is None or found[0] != version:
            found = kept[store] = (version, work(store))
        return found[1]

    return once
