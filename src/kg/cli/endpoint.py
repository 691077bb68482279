"""Asking a SPARQL endpoint, through SPARQLWrapper."""

from __future__ import annotations

from urllib.error import URLError

from SPARQLWrapper import SPARQLExceptions, SPARQLWrapper
from SPARQLWrapper.Wrapper import POST

from kg.errors import QueryError, QuerySyntaxError, StoreError

_MEDIA_TYPES = {"csv": "text/csv", "json": "application/sparql-results+json"}


def ask(url: str, text: str, form: str) -> bytes:
    """Send a SELECT by POST and return the body of the answer in `form` (csv or json).

    Raises:
        QuerySyntaxError: the endpoint does not accept the query.
        StoreError: the endpoint cannot be reached or answers something else.
    """
    wrapper = SPARQLWrapper(url)
    wrapper.setMethod(POST)
    wrapper.setQuery(text)
    wrapper.setReturnFormat(form)
    wrapper.addCustomHttpHeader("Accept", _MEDIA_TYPES[form])
    try:
        response = wrapper.query().response
        kind, body = response.headers.get("Content-Type", ""), response.read()
    except SPARQLExceptions.QueryBadFormed as error:
        raise QuerySyntaxError(f"{url} does not accept the query: {_short(error)}") from None
    except SPARQLExceptions.SPARQLWrapperException as error:
        raise QueryError(f"{url} cannot answer: {_short(error)}") from None
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise StoreError(f"{url} cannot be reached: {reason}.") from None
    if not kind.startswith(_MEDIA_TYPES[form]):
        raise StoreError(f"{url} answers {kind or 'no media type'} where {_MEDIA_TYPES[form]} was asked for.")
    return bytes(body)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
