"""The graph as a folder of CSV tables: articles, things, relations, observations, unread numbers.

Every table is a query over the graph; each fact is a row with its quotation, offsets, origin and rule.
Values are those of the contract's JSON; list cells are sorted and joined by `|`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple

TABLES = ("articles", "things", "relations", "observations", "unread")


def tables(triples: Iterable[Triple] | Iterable[Quad]) -> dict[str, bytes]:
    """Return the tables by file name, UTF-8 with a header row, rows sorted; of quads, those of the default graph count.

    Clients' graphs and derived views state no facts of the build.
    """
    store = Store()
    store.bulk_extend(t if isinstance(t, Quad) else Quad(t.subject, t.predicate, t.object) for t in triples)
    return {f"{name}.csv": _table(store, name) for name in TABLES}


def _table(store: Store, name: str) -> bytes:
    query = files("kg.graph").joinpath(f"tables/{name}.rq").read_text("utf-8")
    solutions = store.query(query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(name)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([variable.value for variable in solutions.variables])
    writer.writerows(sorted([_cell(value) for value in row] for row in solutions))
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, Literal | NamedNode):
        plain = value.value
        return "|".join(sorted(plain.split("\x1f"))) if "\x1f" in plain else plain
    return ""
