"""One request to another server, over a connection to an address that was checked (no name is resolved twice)."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin

from kg.errors import BusyError, FetchError, RefusedError, TimeLimitError, TooLargeError
from kg.store.fetching.hosts import Hosts, Target, addresses_of, target_of

LARGEST = 16 << 20
_AT_ONCE = 8
_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_PART = 1 << 16


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer: `url` is where it came from, after redirects."""

    url: str
    media_type: str
    body: bytes


class Fetcher:
    """Fetches from `hosts`, each answer whole and within `timeout` seconds; safe among threads.

    Every method raises RefusedError (the host is not listed), FetchError (it cannot be reached, or answers badly),
    TimeLimitError, TooLargeError, and BusyError (too many are under way).
    """

    def __init__(self, hosts: Hosts, timeout: float) -> None:
        self.hosts, self._timeout = hosts, timeout
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    def deadline(self) -> float:
        """Return until when, by the monotonic clock, what is asked for now has to be there."""
        return time.monotonic() + self._timeout

    def get(self, url: str, accept: str, deadline: float) -> Fetched:
        """Get a URL; a redirect is followed where its own host and address may be asked."""
        for _ in range(_REDIRECTS):
            target = target_of(url, self.hosts)
            response, body = self._ask(target, "GET", None, {"Accept": accept}, deadline)
            if response.status not in _MOVED:
                return _checked(target, url, response, body)
            url = urljoin(url, response.headers.get("Location", ""))
        raise FetchError(f"{target.shown} leads on and on.")

    def post(self, url: str, form: bytes, accept: str, deadline: float) -> Fetched:
        """Post a form; a redirect is not followed."""
        target = target_of(url, self.hosts)
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        response, body = self._ask(target, "POST", form, headers, deadline)
        return _checked(target, url, response, body)

    def _ask(
        self, target: Target, method: str, body: bytes | None, headers: dict[str, str], deadline: float
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if not self._places.acquire(blocking=False):
            raise BusyError("The service is fetching as much as it can at once; try again in a moment.")
        connection = http.client.HTTPConnection(target.host, target.port)
        try:
            with _shut_at(connection, deadline):
                connection.sock = _connected(target, addresses_of(target, self.hosts), deadline)
                if isinstance(connection.sock, ssl.SSLSocket):
                    connection.sock.do_handshake()
                connection.request(method, target.path, body, {**headers, "Accept-Encoding": "identity"})
                response = connection.getresponse()
                return response, _whole(response)
        except (http.client.HTTPException, OSError) as error:
            if time.monotonic() >= deadline:
                raise TimeLimitError(f"{target.shown} did not answer within {self._timeout:g} s.") from None
            raise FetchError(f"{target.shown} cannot be read ({type(error).__name__}).") from None
        finally:
            connection.close()
            self._places.release()


@contextmanager
def _shut_at(connection: http.client.HTTPConnection, deadline: float) -> Iterator[None]:
    """Shut a connection down at the deadline, however slowly something still comes over it."""

    def shut() -> None:
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(deadline - time.monotonic(), 0), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _connected(target: Target, addresses: list[str], deadline: float) -> socket.socket:
    """Connect to the first of the checked addresses that takes it; a certificate is checked against the name."""
    for number, address in enumerate(addresses, start=1):
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            plain = socket.create_connection((address, target.port), timeout=left)
            break
        except OSError:
            if number == len(addresses):
                raise
    if target.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(
            plain, server_hostname=target.host, do_handshake_on_connect=False
        )
    except OSError:
        plain.close()
        raise


def _whole(response: http.client.HTTPResponse) -> bytes:
    parts, size = [], 0
    while part := response.read1(_PART):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise TooLargeError(f"What is fetched is larger than {LARGEST >> 20} MiB.")
    if response.length:
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)


def _checked(target: Target, url: str, response: http.client.HTTPResponse, body: bytes) -> Fetched:
    if response.status in _MOVED:
        raise RefusedError(f"{target.shown} sends elsewhere, which is not followed here.")
    if response.status != HTTPStatus.OK:
        raise FetchError(f"{target.shown} answered {response.status}.")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise FetchError(f"{target.shown} sent a compressed answer, which was not asked for.")
    return Fetched(url, response.headers.get_content_type().lower(), body)
