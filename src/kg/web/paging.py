"""Page numbers in addresses."""

from __future__ import annotations

from kg.errors import ParameterError


def read_page(text: str | None) -> int:
    """Read a page number; pages count from 1.

    Raises:
        ParameterError: it is none.
    """
    if text is None:
        return 1
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < 1:
        raise ParameterError("page takes a whole number from 1.", parameter="page")
    return int(text)
