"""Where triples live: one small interface, `Store`, and the back ends behind it; `open_store` picks one."""

from __future__ import annotations

from kg.store.base import STORE_DATASET, Answer, Bindings, Dataset, Query, Rows, Store, Term
from kg.store.opening import open_store

__all__ = ["STORE_DATASET", "Answer", "Bindings", "Dataset", "Query", "Rows", "Store", "Term", "open_store"]
