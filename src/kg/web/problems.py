"""Every error of every path in one shape: problem details (RFC 9457), or an HTML page for a browser."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus

from flask import Flask, Response, render_template, request
from jinja2 import TemplateNotFound
from markupsafe import escape
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from kg import errors
from kg.service.negotiation import ranges
from kg.web.spoken import Told, told, told_status

_LOG = logging.getLogger("kg.web")

STATUS: tuple[tuple[type[errors.KgError], HTTPStatus], ...] = (
    (errors.QuerySyntaxError, HTTPStatus.BAD_REQUEST),
    (errors.ParameterError, HTTPStatus.BAD_REQUEST),
    (errors.RefusedError, HTTPStatus.FORBIDDEN),
    (errors.FetchError, HTTPStatus.BAD_GATEWAY),
    (errors.NotFoundError, HTTPStatus.NOT_FOUND),
    (errors.NotAcceptableError, HTTPStatus.NOT_ACCEPTABLE),
    (errors.TooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (errors.TimeLimitError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.QueryError, HTTPStatus.BAD_REQUEST),
    (errors.UsageError, HTTPStatus.BAD_REQUEST),
    (errors.StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
)


def register(app: Flask) -> None:
    """Make `app` answer every failure with a problem."""
    app.register_error_handler(errors.KgError, _from_error)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _from_surprise)


def problem(status: int, detail: str, *, told: Told | None = None, **more: object) -> Response:
    """Answer with one problem: `detail` is a sentence for a person, `more` are members of the JSON object.

    `told` is what a page says instead, where there is something.
    """
    title = HTTPStatus(status).phrase
    if _wants_page():
        response = Response(
            _page(status, title, told or told_status(status, detail)), status, content_type="text/html; charset=utf-8"
        )
    else:
        members = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
        body = json.dumps({key: value for key, value in members.items() if value is not None}, ensure_ascii=False)
        response = Response(body + "\n", status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _wants_page() -> bool:
    listed = ranges(request.headers.get("Accept", ""))
    pages = max((each.quality for each in listed if each.media_type == "text/html"), default=0.0)
    machine = max((each.quality for each in listed if each.media_type.endswith("json")), default=0.0)
    return pages > machine


def _page(status: int, title: str, told: Told) -> str:
    try:
        return render_template("problem.html", status=status, title=title, problem=told)
    except TemplateNotFound:
        said = escape(told.sentence)
        return f"<!doctype html><html lang=en><title>{status} {title}</title><h1>{title}</h1><p>{said}</p>"


def status_of(error: errors.KgError) -> HTTPStatus:
    """Return the status that an error is answered with."""
    return next((code for kind, code in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def _from_error(error: errors.KgError) -> Response:
    status = status_of(error)
    more = {name: getattr(error, name) for name in ("line", "column", "parameter") if hasattr(error, name)}
    response = problem(status, str(error), told=told(error), **more)
    if isinstance(error, errors.BusyError):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _from_http(error: HTTPException) -> WerkzeugResponse:
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    response = problem(error.code, error.description or HTTPStatus(error.code).phrase)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _from_surprise(error: Exception) -> Response:
    """The single place that catches everything: logged in full, told in one sentence."""
    _LOG.error("unexpected failure", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something failed here that should not; it has been logged.")
