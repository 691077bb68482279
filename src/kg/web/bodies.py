"""How long the body of a request may be, by path: a longer one is refused (413) before it is read, or while it is."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from kg.web import extract_page, graph_store, parameters, sparql, update

_OTHER = 1 << 20
_READ_THEMSELVES = frozenset({"sparql.sparql", "update.update", "graph_store.indirect", "graph_store.direct"})
_NO_FORMS = frozenset({"sparql.sparql", "update.update"})  # they need none of Flask's own limits
_LIMITS = {
    "sparql.sparql": sparql.MAX_QUERY,
    "update.update": update.MAX_UPDATE,
    "graph_store.indirect": graph_store.MAX_GRAPH,
    "graph_store.direct": graph_store.MAX_GRAPH,
    "extract.extract": extract_page.MAX_FORM,
}


def register(app: Flask) -> None:
    """Make `app` look at the length of each body before anything else does."""
    app.before_request(_refuse_long)


def _refuse_long() -> None:
    environ, endpoint = request.environ, request.endpoint or ""
    said = environ.get("CONTENT_LENGTH")
    if said is None and "HTTP_TRANSFER_ENCODING" not in environ:
        return
    limit = _LIMITS.get(endpoint, _OTHER)
    if endpoint in _NO_FORMS and said is not None and said.isascii() and said.isdigit() and int(said) <= limit:
        return
    request.max_content_length = request.max_form_memory_size = limit
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge(f"The body is longer than the {limit >> 20} MiB that are taken here.")
    if request.content_length is None and endpoint not in _READ_THEMSELVES:
        parameters.body(limit)  # kept for whoever reads the form; a form by itself would be cut off at the limit
