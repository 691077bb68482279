"""The web face: one file a kind of page, problems in one place. `create_app` makes it, `serve` runs it."""

from __future__ import annotations

from kg.web.app import create_app
from kg.web.serving import serve

__all__ = ["create_app", "serve"]
