"""What every response carries, and what is written down of every request."""

from __future__ import annotations

import json
import logging
import secrets
from time import perf_counter

from flask import Flask, Response, g, request

from kg.web.context import current
from kg.web.problems import problem

LOG = logging.getLogger("kg.requests")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Location, Retry-After, X-Request-ID",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_UNLIMITED = {"operation.healthz", "operation.readyz", "operation.metrics", "static"}


def register(app: Flask) -> None:
    """Make `app` watch over its requests."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> Response | None:
    g.begun = perf_counter()
    g.request_id = secrets.token_hex(8)
    if request.endpoint in _UNLIMITED:
        return None
    wait = current().rate.wait(request.remote_addr or "")
    if not wait:
        return None
    response = problem(429, f"Too many requests; try again in {wait} s.")
    response.headers["Retry-After"] = str(wait)
    return response


def _end(response: Response) -> Response:
    headers = response.headers
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    headers["X-Request-ID"] = g.request_id
    if request.method == "OPTIONS":
        headers.update(_PREFLIGHT)
    seconds = perf_counter() - g.begun
    current().counts.add(request.endpoint or "none", response.status_code, seconds)
    if LOG.isEnabledFor(logging.INFO):
        LOG.info(_line(response, seconds))
    return response


def _line(response: Response, seconds: float) -> str:
    """Write down a request: no query string, no header, so that no token is ever logged."""
    return json.dumps(
        {
            "id": g.request_id,
            "client": request.remote_addr,
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "bytes": response.content_length,
            "seconds": round(seconds, 6),
        },
        ensure_ascii=False,
    )
