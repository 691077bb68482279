"""Pages kept until the dataset changes, with a validator, so that a page seen before costs no query."""

from __future__ import annotations

import hashlib
import json

from flask import Blueprint, Response, g, request

from kg.web.caching import not_modified
from kg.web.context import current
from kg.web.language import LANGUAGES, lang

_HEADERS = ("Link",)


def keep(blueprint: Blueprint) -> None:
    """Keep the pages of a blueprint that are HTML, asked for by GET and in the language already chosen."""
    blueprint.before_request(_look_up)
    blueprint.after_request(_keep)


def _look_up() -> Response | None:
    here = current()
    if request.method not in {"GET", "HEAD"} or request.args.get("lang") in LANGUAGES or not here.store.versioned:
        return None
    asked = (here.store.version, lang(), request.host, request.full_path, request.headers.get("Accept", ""))
    g.page_key = hashlib.blake2b("\0".join(asked).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    if not_modified(g.page_key):
        return _validated(Response(status=304))
    kept = here.cache.get_page(g.page_key)
    if kept is None:
        return None
    head, _, body = kept.partition(b"\n")
    g.page_is_kept = True
    return Response(body, content_type="text/html; charset=utf-8", headers=json.loads(head))


def _keep(response: Response) -> Response:
    if "page_key" not in g or response.status_code != 200 or response.mimetype != "text/html":
        return response
    if "page_is_kept" not in g:
        head = {name: response.headers[name] for name in _HEADERS if name in response.headers}
        current().cache.put_page(g.page_key, json.dumps(head).encode() + b"\n" + response.get_data())
    return _validated(response)


def _validated(response: Response) -> Response:
    response.headers["ETag"] = f'"{g.page_key}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(["Accept", "Accept-Language", "Cookie"])
    return response
