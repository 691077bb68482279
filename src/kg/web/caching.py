"""Validators: a strong ETag for what the dataset's version, the request and Accept determine (RFC 9110 §8.8.3)."""

from __future__ import annotations

from flask import Response, request


def not_modified(key: str) -> bool:
    """Tell whether the client has the answer called `key` already (If-None-Match, RFC 9110 §13.1.2)."""
    if "HTTP_IF_NONE_MATCH" not in request.environ or request.method not in {"GET", "HEAD"}:
        return False
    return request.if_none_match.contains_weak(key)


def validated(response: Response, key: str) -> Response:
    """Mark a response with its ETag; a cache may keep it and must ask whether it still holds."""
    for name, value in validators(key):
        response.headers[name] = value
    return response


def validators(key: str) -> tuple[tuple[str, str], ...]:
    """Return the headers that `validated` gives a response."""
    return (("ETag", f'"{key}"'), ("Cache-Control", "public, no-cache"), ("Vary", "Accept"))
