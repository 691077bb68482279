"""Where the ontology, the queries and the data stand: in a checkout, or inside the installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Return the folder that holds `ontology/`, `queries/` and `data/`."""
    package = Path(__file__).resolve().parent
    bundle = package / "_bundle"
    return bundle if bundle.is_dir() else package.parents[1]


def ontology() -> Path:
    """Return the folder of OWL, SHACL, SKOS and rule files."""
    return root() / "ontology"


def queries() -> Path:
    """Return the folder of canned queries."""
    return root() / "queries"


def articles() -> Path:
    """Return the folder of articles."""
    return root() / "data" / "articles"


def corrections() -> Path:
    """Return the folder of curated corrections."""
    return root() / "data" / "corrections"


def reference() -> Path:
    """Return the folder of reference tables."""
    return root() / "data" / "reference"


def identifiers() -> Path:
    """Return the folder of published addresses."""
    return root() / "data" / "identifiers"
