"""Names of a text as the terms that they stand for."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox


def resolved(prologue: str, names: Sequence[str], base: str | None) -> list[ox.NamedNode | ox.Literal]:
    """Return the terms that constants of a text mean under its PREFIXes and BASE (SPARQL 1.1 Query §4.1).

    Raises:
        SyntaxError: one of them is no constant, or its prefix is not declared.
    """
    rows = " ".join(f"({index} {name})" for index, name in enumerate(names))
    found = ox.Store().query(f"{prologue} SELECT ?i ?t {{ VALUES (?i ?t) {{ {rows} }} }}", base_iri=base)
    terms = {int(row["i"].value): row["t"] for row in found}  # type: ignore[union-attr]
    return [terms[index] for index in range(len(names))]
