"""What the engine raises, as the project's errors: each one clear sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import QueryError, QuerySyntaxError, RefusedError, StoreError, TooLargeError

_POSITION = re.compile(r"^(?:error|Parser error)? ?at (\d+):(\d+): *", re.IGNORECASE)


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what the engine raises into the project's errors, each one clear sentence."""
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(str(error)) from None
    except MemoryError as error:
        raise TooLargeError(f"This is too large: {error or 'it needs more memory than it may have'}.") from None
    except RuntimeError as error:
        raise QueryError(f"The query cannot be evaluated: {error}.") from None
    except ValueError as error:
        raise QueryError(f"The query cannot be evaluated: {error}.") from None
    except OSError as error:
        if "HTTP" in str(error):
            raise RefusedError("The service fetches nothing: SERVICE and LOAD are refused.") from None
        raise StoreError(f"The store cannot be read or written: {error}.") from None


def syntax_error(message: str) -> QuerySyntaxError:
    """Take line and column, which count from 1, out of the engine's message."""
    found = _POSITION.match(message)
    if not found:
        return QuerySyntaxError(f"This does not parse: {message}.")
    line, column = int(found[1]), int(found[2])
    rest = message[found.end() :]
    return QuerySyntaxError(f"This does not parse at line {line}, column {column}: {rest}.", line=line, column=column)
