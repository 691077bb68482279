"""`/healthz`: is the process alive?"""

from __future__ import annotations

from flask import Blueprint, Response

blueprint = Blueprint("operation", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer as long as the process answers at all."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")
