"""Rows in a terminal, Chinese widths included."""

from __future__ import annotations

import json

from prettytable import PrettyTable, TableStyle

_WIDEST = 40
_ADDRESS = {"start", "end"}
_LISTED = "|https://"  # addresses in one cell, as GROUP_CONCAT writes them


def render(results: bytes) -> str:
    """Draw SPARQL results in JSON as a table for reading; the last line counts the rows.

    Left out are columns of IRIs, of lists of them, and the offsets of the quote: csv and json hold every column.
    """
    document = json.loads(results)
    rows: list[dict[str, dict[str, str]]] = document["results"]["bindings"]
    iris = {name for row in rows for name, term in row.items() if term["type"] == "uri" or _LISTED in term["value"]}
    shown = [name for name in document["head"]["vars"] if name not in iris | _ADDRESS]
    table = PrettyTable(shown, align="l", max_width=_WIDEST)
    table.set_style(TableStyle.SINGLE_BORDER)
    table.add_rows([[row[name]["value"] if name in row else "" for name in shown] for row in rows])
    return f"{table.get_string()}\n{len(rows)} row{'s' * (len(rows) != 1)}"
