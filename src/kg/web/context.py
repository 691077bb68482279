"""What every page of one application shares."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from kg.service.cache import AnswerCache
from kg.service.rate import RateLimit
from kg.settings import Settings
from kg.store import Store
from kg.store.fetching.http import Fetcher
from kg.web.counts import Counts
from kg.web.slow import Readers


@dataclass(frozen=True, slots=True)
class Context:
    """The settings and the store of an application, its answers kept, and how often its clients may ask.

    `fetcher` fetches for LOAD and SERVICE; None where these are refused.
    """

    settings: Settings
    store: Store
    cache: AnswerCache
    rate: RateLimit
    counts: Counts
    readers: Readers
    fetcher: Fetcher | None


def current() -> Context:
    """Return the context of the application that handles the current request."""
    context: Context = current_app.extensions["kg"]
    return context
