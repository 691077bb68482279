"""Flask's application and response, without what this service has no use for on its hot path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_NO_BODY = frozenset({204, 304})
_LOCATIONS = frozenset({"location", "content-location"})


class Whole(Response):
    """A response that hands a body which is whole already to the server as a list.

    The server sends a list in one piece. Anything else it asks for part after part, over a channel of its own, which
    costs each answer two more changes of threads.
    """

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        body = self.response
        if type(body) is not list or self._on_close or self.direct_passthrough or self.status_code in _NO_BODY:
            return super().__call__(environ, start_response)
        headers = self.headers.to_wsgi_list()
        names = {name.lower() for name, _ in headers}
        if names & _LOCATIONS:
            return super().__call__(environ, start_response)
        parts: list[bytes] = [part.encode() if isinstance(part, str) else part for part in body]
        if "content-length" not in names:
            headers.append(("Content-Length", str(sum(map(len, parts)))))
        start_response(self.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else parts


class Application(Flask):
    """A Flask application none of whose functions is a coroutine."""

    response_class = Whole

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function; Flask would look at it anew for every request."""
        return func
