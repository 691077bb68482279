"""Who may write: a bearer token (RFC 6750), compared in constant time and never logged."""

from __future__ import annotations

import hmac

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from kg.web.context import current


def may_write() -> None:
    """Let the request pass if it carries the token.

    Raises:
        Forbidden: 403, no token is configured: this service is read-only.
        Unauthorized: 401, the token is missing or wrong.
    """
    token = current().settings.update_token
    if not token:
        raise Forbidden("This service is read-only: no KG_UPDATE_TOKEN is configured.")
    given = request.authorization
    held = given.token if given is not None and given.type == "bearer" else None
    if held is None or not hmac.compare_digest(held.encode(), token.encode()):
        challenge = WWWAuthenticate("bearer", {"realm": "district-kg"})
        raise Unauthorized("Writing needs the header Authorization: Bearer TOKEN.", www_authenticate=challenge)
