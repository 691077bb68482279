"""What went wrong, in the language of the page; where it is raised a message is English."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from kg import errors
from kg.web.language import lang

# What pages say of errors whose messages come from the engine or a parser, in words that no catalogue can hold.
_KINDS = (
    (errors.TimeLimitError, lazy_gettext("The query took longer than this service allows and was stopped.")),
    (errors.BusyError, lazy_gettext("The service has more to do than it can take; try again in a moment.")),
    (errors.RefusedError, lazy_gettext("This service does not fetch that from elsewhere.")),
    (errors.FetchError, lazy_gettext("What was asked of another server cannot be fetched.")),
    (errors.TooLargeError, lazy_gettext("This is more than the service takes.")),
    (errors.QuerySyntaxError, lazy_gettext("The query does not parse.")),
    (errors.StoreError, lazy_gettext("The dataset cannot be read at the moment.")),
    (errors.ArticleError, lazy_gettext("This cannot be read as an article.")),
    (errors.QueryError, lazy_gettext("The query cannot be answered.")),
)
_STATUSES = {
    HTTPStatus.NOT_FOUND: lazy_gettext("There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: lazy_gettext("This address takes no such request."),
    HTTPStatus.NOT_ACCEPTABLE: lazy_gettext("This comes in none of the formats asked for."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: lazy_gettext("This is more than the service takes."),
    HTTPStatus.TOO_MANY_REQUESTS: lazy_gettext("Too many requests; try again in a moment."),
    HTTPStatus.INTERNAL_SERVER_ERROR: lazy_gettext("Something failed here that should not; it has been logged."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence in the language of the page; `detail` holds the words of the engine or a parser, which are English."""

    sentence: str
    detail: str = ""


def told(error: errors.KgError) -> Told:
    """Return what a page says of an error."""
    if lang() == "en":
        return Told(str(error))
    template = str(_(error.template))
    if template != error.template:
        return Told(template.format(**error.values) if error.values else template)
    known = next((words for kind, words in _KINDS if isinstance(error, kind)), None)
    return Told(str(known), str(error)) if known else Told(str(error))


def told_status(status: int, detail: str) -> Told:
    """Return what a page says of a failure that HTTP names."""
    known = _STATUSES.get(HTTPStatus(status))
    return Told(detail if lang() == "en" or known is None else str(known))
