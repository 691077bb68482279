"""What an IRI is (RFC 3987 §2.2, as far as the engine checks it)."""

from __future__ import annotations

import pyoxigraph as ox


def is_absolute(text: str) -> bool:
    """Tell whether `text` is an absolute IRI."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
