"""The parameters of the protocol's operations, each decoded exactly once (SPARQL 1.1 Protocol §2.1 and §2.2)."""

from __future__ import annotations

from typing import IO
from urllib.parse import parse_qsl

from flask import request
from werkzeug.exceptions import BadRequest, ClientDisconnected, RequestEntityTooLarge, UnsupportedMediaType

from kg.store import Dataset

FORM = "application/x-www-form-urlencoded"

_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})

_PART = 1 << 20

Parameters = dict[str, list[str]]


def parse(data: bytes) -> Parameters:
    """Read a query string or a form; what is not UTF-8 is an error, not a replacement character."""
    found: Parameters = {}
    if not data:
        return found
    try:
        pairs = parse_qsl(data.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeDecodeError:
        raise BadRequest("The parameters are not UTF-8 in percent-encoding.") from None
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def operation(name: str, media_type: str, limit: int) -> Parameters:
    """Return the parameters of a POST: those of a form, or of the query string with the body as parameter `name`.

    Raises:
        UnsupportedMediaType: 415, the body is neither, or in another charset, or compressed.
        BadRequest: 400, the body is not UTF-8.
        RequestEntityTooLarge: 413, it is longer than `limit` bytes.
    """
    if request.content_type == media_type:
        refuse_compression()
        return _posted(name, body(limit))
    refuse_encodings()
    if request.mimetype == FORM:
        found = parse(body(limit))
        for key, values in parse(request.query_string).items():
            found.setdefault(key, []).extend(values)
        return found
    if request.mimetype != media_type:
        raise UnsupportedMediaType(f"Post {media_type}, or {FORM} with the field `{name}`.")
    return _posted(name, body(limit))


def _posted(name: str, data: bytes) -> Parameters:
    """Return the parameters of the query string with the body as parameter `name`.

    Raises:
        BadRequest: 400, the body is not UTF-8.
    """
    found = parse(request.query_string)
    try:
        found.setdefault(name, []).append(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadRequest(f"The {name} is not UTF-8.") from None
    return found


def body(limit: int) -> bytes:
    """Return the whole body of the request; one whose length was not said is never cut off at the limit.

    Raises:
        RequestEntityTooLarge: 413, it is longer than `limit` bytes.
        ClientDisconnected: 400, it is shorter than it was said to be.
    """
    environ = request.environ
    said = environ.get("CONTENT_LENGTH", "")
    if said.isascii() and said.isdigit() and int(said) <= limit:
        return _read(environ["wsgi.input"], int(said))
    request.max_content_length = limit + 1
    data = request.get_data()
    if len(data) > limit:
        raise RequestEntityTooLarge
    return data


def _read(stream: IO[bytes], length: int) -> bytes:
    """Read so many bytes: in few parts, since between them the interpreter is given away and has to be waited for.

    A part that is longer than `_PART` takes the server several times as long: it grows by copying what it holds.
    """
    parts, left = [], length
    while left:
        parts.append(stream.read(min(left, _PART)))
        if not parts[-1]:
            raise ClientDisconnected("The body ended before it was whole.")
        left -= len(parts[-1])
    return b"".join(parts)


def refuse_encodings() -> None:
    """Refuse a body that is compressed or in a charset other than UTF-8.

    Raises:
        UnsupportedMediaType: 415.
    """
    refuse_compression()
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in _CHARSETS:
        raise UnsupportedMediaType(f"Send the body in UTF-8, not in {charset}.")


def refuse_compression() -> None:
    """Refuse a body that is compressed.

    Raises:
        UnsupportedMediaType: 415.
    """
    if request.environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the body uncompressed.")


def one(parameters: Parameters, name: str) -> str:
    """Return the value of a parameter that must stand exactly once.

    Raises:
        BadRequest: 400.
    """
    values = parameters.get(name, [])
    if len(values) != 1:
        raise BadRequest(f"Give the parameter `{name}` exactly once; this request gives it {len(values)} times.")
    return values[0]


def dataset(parameters: Parameters, default: str, named: str) -> Dataset:
    """Return the dataset that the request names, the store's own where it names none."""
    graphs, names = parameters.get(default), parameters.get(named)
    if graphs is None and names is None:
        return Dataset()
    return Dataset(tuple(graphs or ()), tuple(names or ()))
