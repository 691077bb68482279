"""One address of another SPARQL store: requests out, whole answers back, its failures as the project's errors."""

from __future__ import annotations

import base64
import http.client
import ssl
import time
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from kg.errors import (
    BusyError,
    KgError,
    NotAcceptableError,
    QueryError,
    StoreError,
    TimeLimitError,
    TooLargeError,
    UsageError,
)
from kg.store.formats import Format

LARGEST = 256 << 20
_TRIES = 3
_PAUSE = 0.1


class Endpoint:
    """A URL that SPARQL is posted to (SPARQL 1.1 Protocol §2.1.2), each request within `timeout` seconds.

    Raises:
        UsageError: it is no http or https URL.
    """

    def __init__(self, url: str, timeout: float, user: str | None, password: str | None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError(f"{masked(url)} is no address of a SPARQL store: it begins with http:// or https://.")
        self.shown = masked(url)
        self._https, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._timeout = timeout
        user, password = unquote(parts.username or user or ""), unquote(parts.password or password or "")
        token = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}"} if user else {}

    def post(self, form: str, *, accept: Format | None, again: bool) -> bytes:
        """Post a form and return the whole answer; `again` says that asking twice does no harm.

        Raises:
            TimeLimitError, BusyError, TooLargeError, QueryError: as for a query of our own.
            StoreError: the store cannot be reached, refuses, or sends what it was not asked for.
        """
        deadline = time.monotonic() + self._timeout
        for number in range(_TRIES):
            try:
                return self._once(form, accept, deadline)
            except BusyError:
                if not again or number + 1 == _TRIES or time.monotonic() + _PAUSE * 2**number > deadline:
                    raise
            time.sleep(_PAUSE * 2**number)
        raise BusyError(f"The store {self.shown} is busy.")

    def close(self) -> None:
        """Let go of nothing: each request has a connection of its own."""

    def _once(self, form: str, accept: Format | None, deadline: float) -> bytes:
        connection = self._connection(max(deadline - time.monotonic(), 0.001))
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded", **self._headers}
            connection.request("POST", self._path, form, headers | ({"Accept": accept.media_type} if accept else {}))
            response = connection.getresponse()
            body = _whole(response, connection, deadline)
            self._check(response, body, accept)
        except TimeoutError:
            raise TimeLimitError(f"The store {self.shown} did not answer within {self._timeout:g} s.") from None
        except ConnectionRefusedError:
            raise BusyError(f"The store {self.shown} cannot be reached.", retry_after=5) from None
        except (http.client.HTTPException, OSError) as error:
            raise StoreError(f"The store {self.shown} broke off its answer ({type(error).__name__}).") from None
        else:
            return body
        finally:
            connection.close()

    def _connection(self, timeout: float) -> http.client.HTTPConnection:
        if self._https:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=timeout, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=timeout)

    def _check(self, response: http.client.HTTPResponse, body: bytes, accept: Format | None) -> None:
        if response.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise self._failure(response.status, body)
        most = response.headers.get("X-SPARQL-MaxRows")  # Virtuoso says so where it may have cut the answer off
        if most is not None:
            raise TooLargeError(
                f"The store {self.shown} gives at most {most[:20]} rows, and this answer may have more."
            )
        media_type = (response.headers.get_content_type() or "").lower()
        if accept is not None and media_type not in {accept.media_type, *accept.aliases}:
            raise StoreError(f"The store {self.shown} sent {media_type} where {accept.media_type} was asked for.")

    def _failure(self, status: int, body: bytes) -> KgError:
        said = " ".join(body[:300].decode("utf-8", "replace").split())
        if status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
            return BusyError(f"The store {self.shown} is busy.")
        if status == HTTPStatus.NOT_ACCEPTABLE:
            return NotAcceptableError(f"The store {self.shown} does not write that format.")
        if status == HTTPStatus.BAD_REQUEST:
            return QueryError(f"The store refused this: {said}")
        return StoreError(f"The store {self.shown} answered {status}: {said}")


def _whole(response: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: float) -> bytes:
    """Read an answer to its end, within the deadline and the largest size."""
    parts, size = [], 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if connection.sock is not None:
            connection.sock.settimeout(left)
        part = response.read1(1 << 16)
        if not part:
            break
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise TooLargeError(f"The answer is larger than {LARGEST >> 20} MiB.")
    if response.length:
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)


def masked(url: str) -> str:
    """Return a URL without user, password and query string."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{'…@' if '@' in parts.netloc else ''}{host}{parts.path}"
