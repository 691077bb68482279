"""What every page of one application shares."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from kg.settings import Settings
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The settings and the store of an application."""

    settings: Settings
    store: Store


def current() -> Context:
    """Return the context of the application that handles the current request."""
    context: Context = current_app.extensions["kg"]
    return context
