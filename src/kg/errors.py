"""Every error that the project raises on purpose; each message is one clear sentence for the person who reads it.

KgError
├── UsageError              the arguments or settings are wrong (exit code 2)
├── ArticleError            a file cannot be read as an article
├── CorrectionError         a curated correction is malformed or stale
├── OntologyError           an ontology file does not parse or names an unknown term
├── CannedQueryError        a file of `queries/` is broken
├── BuildError              a build has not what it needs: room on disk, processes that read
├── ValidationError         the built graph does not conform to the shapes
├── StoreError              the store cannot be opened, read or written
│   └── StoreChangedError   a client changed the default graph since the last build
└── QueryError              a question the service cannot answer
    ├── QuerySyntaxError    with the line and column where it stops making sense
    ├── ParameterError      a canned query's parameter has a wrong name or type
    ├── RefusedError        SERVICE or LOAD of a host that is not listed, or another thing this service never does
    ├── FetchError          what LOAD or SERVICE asks for cannot be fetched
    ├── NotFoundError       no such thing, query or graph
    ├── NotAcceptableError  the client takes no format that the answer comes in
    ├── TooLargeError       the request or its answer passes a limit
    ├── TimeLimitError      stopped at the time limit
    └── BusyError           too many questions at once
"""

from __future__ import annotations


class KgError(Exception):
    """The root; `exit_code` is what the command line returns for it.

    A message whose parts are given by name can be told in another language: `template` is the sentence before they
    are put in, `values` are the parts.
    """

    exit_code = 1

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.template = message
        self.values = values


class UsageError(KgError):
    """The arguments or the settings are wrong."""

    exit_code = 2


class ArticleError(KgError):
    """A file cannot be read as an article."""


class CorrectionError(KgError):
    """A curated correction is malformed, or its quote is no longer in the text."""


class OntologyError(KgError):
    """An ontology file does not parse, or names a term that nothing defines."""


class CannedQueryError(KgError):
    """A canned query's file is broken."""


class BuildError(KgError):
    """A build has not what it needs: room for its files, or processes that read."""


class ValidationError(KgError):
    """The built graph does not conform to the shapes."""


class StoreError(KgError):
    """The store cannot be opened, read or written."""


class StoreChangedError(StoreError):
    """A client changed the default graph since the last build; replacing it needs `--replace`."""


class QueryError(KgError):
    """A question that the service cannot answer."""


class QuerySyntaxError(QueryError):
    """The query text does not parse; `line` and `column` count from 1, None where unknown."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None, **values: object) -> None:
        super().__init__(message, **({} if line is None else {"line": line, "column": column, **values}))
        self.line = line
        self.column = column


class ParameterError(QueryError):
    """A parameter is unknown, missing or of the wrong type; `parameter` is its name."""

    exit_code = 2

    def __init__(self, message: str, *, parameter: str, **values: object) -> None:
        super().__init__(message, **values)
        self.parameter = parameter


class RefusedError(QueryError):
    """The service never does this, such as fetching from a host that is not listed."""


class FetchError(QueryError):
    """What LOAD or SERVICE asks for cannot be fetched: the other server is not there, or answers badly."""


class NotFoundError(QueryError):
    """There is no such thing, query, article or graph."""


class NotAcceptableError(QueryError):
    """The client takes none of the formats that the answer comes in."""


class TooLargeError(QueryError):
    """The request or its answer passes a limit."""


class TimeLimitError(QueryError):
    """The query was stopped at the time limit."""


class BusyError(QueryError):
    """Too many questions at once; `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after
