"""The pages for people: the blueprints that `create_app` registers beside the protocol's."""

from __future__ import annotations

from flask import Blueprint


def blueprints() -> tuple[Blueprint, ...]:
    """Return the blueprints of queries, things and articles."""
    return ()
