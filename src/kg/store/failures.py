"""What the engine raises, as the project's errors: each one clear sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import QueryError, RefusedError, StoreError, TooLargeError
from kg.store.unparsed import syntax_error


@contextmanager
def engine_errors(text: str | None = None) -> Iterator[None]:
    """Turn what the engine raises into the project's errors, each one clear sentence.

    Args:
        text: the query or update that it is given, so that the error can name what stands in it.
    """
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(str(error), text) from None
    except MemoryError as error:
        raise TooLargeError(f"This is too large: {error or 'it needs more memory than it may have'}.") from None
    except RuntimeError as error:
        if str(error).startswith("Corruption"):
            raise StoreError(f"The store is damaged: {error}.") from None
        raise QueryError(f"The query cannot be evaluated: {error}.") from None
    except ValueError as error:
        raise QueryError(f"The query cannot be evaluated: {error}.") from None
    except OSError as error:
        if "HTTP" in str(error):
            raise RefusedError("The service fetches nothing: SERVICE and LOAD are refused.") from None
        if "No space left" in str(error):
            raise StoreError("The disk is full, and nothing was changed: make room and try again.") from None
        raise StoreError(f"The store cannot be read or written: {error}.") from None
