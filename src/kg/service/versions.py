"""Keeping what was worked out over the whole dataset until the dataset changes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from kg.store import Store

_Value = TypeVar("_Value")


def per_version(work: Callable[[Store], _Value]) -> Callable[[Store], _Value]:
    """Do this work once for each version of each store; the newest version's value is kept."""
    kept: WeakKeyDictionary[Store, tuple[str, _Value]] = WeakKeyDictionary()

    @functools.wraps(work)
    def once(store: Store) -> _Value:
        version = store.version
        found = kept.get(store)
        if found is None or found[0] != version:
            found = kept[store] = (version, work(store))
        return found[1]

    return once
