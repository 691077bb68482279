"""What every response carries, and what is counted and written down of every request.

It stands around Flask as plain WSGI (PEP 3333): what is done for every request must cost little.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from kg.web.context import Context, current
from kg.web.problems import problem
from kg.web.slow import Body

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOG = logging.getLogger("kg.requests")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Location, Retry-After, X-Request-ID"),
)
_PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS"),
    ("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)
_UNLIMITED = {"operation.healthz", "operation.readyz", "operation.metrics", "static"}


def register(app: Flask, context: Context) -> None:
    """Make `app` watch over its requests."""
    app.wsgi_app = Watch(app.wsgi_app, context)  # type: ignore[method-assign]
    if context.settings.rate_limit:
        app.before_request(_limit)


def _limit() -> Response | None:
    wait = 0 if request.endpoint in _UNLIMITED else current().rate.wait(request.remote_addr or "")
    if not wait:
        return None
    response = problem(429, f"Too many requests; try again in {wait} s.")
    response.headers["Retry-After"] = str(wait)
    return response


class Watch:
    """Adds the headers of every response, counts it and writes it down."""

    def __init__(self, inner: WSGIApplication, context: Context) -> None:
        self._inner, self._counts, self._readers = inner, context.counts, context.readers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        begun, name = perf_counter(), secrets.token_hex(8)
        status = 500

        def start(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            nonlocal status
            status = int(line[:3])
            present = {each for each, _ in headers}
            headers += [pair for pair in _ALWAYS if pair[0] not in present]
            headers.append(("X-Request-ID", name))
            if environ["REQUEST_METHOD"] == "OPTIONS":
                headers += _PREFLIGHT
            return start_response(line, headers, exc_info)

        if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
            environ["wsgi.input"] = Body(environ["wsgi.input"], self._readers)
        try:
            return self._inner(environ, start)
        finally:
            seconds = perf_counter() - begun
            kind = environ.get("PATH_INFO", "/").split("/", 2)[1]
            self._counts.add(kind, status, seconds)
            if LOG.isEnabledFor(logging.INFO):
                LOG.info(_line(environ, name, status, seconds))


def _line(environ: WSGIEnvironment, name: str, status: int, seconds: float) -> str:
    """Write down a request: no query string, no header, so that no token is ever logged."""
    return json.dumps(
        {
            "id": name,
            "client": environ.get("REMOTE_ADDR"),
            "method": environ["REQUEST_METHOD"],
            "path": environ.get("PATH_INFO"),
            "status": status,
            "seconds": round(seconds, 6),
        },
        ensure_ascii=False,
    )
