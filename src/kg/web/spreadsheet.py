"""Rows as a spreadsheet for people: Chinese opens right, and no cell is ever taken for a formula."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from pyoxigraph import Literal

from kg.service.binding import XSD
from kg.store import Rows, Term

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBERS = {XSD + name for name in ("decimal", "integer", "double", "nonNegativeInteger")}
_EXACT = 15  # digits that a spreadsheet's number keeps
_LONGEST = 32_767  # characters that a cell holds


def spreadsheet(rows: Rows) -> bytes:
    """Write rows as one sheet with a header line; texts are texts, also those that begin with = + - or @."""
    body = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(body, options) as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(rows.variables):
            sheet.write_string(0, column, name, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows.rows, start=1):
            for column, term in enumerate(row):
                _write(sheet, line, column, term)
    return body.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, term: Term | None) -> None:
    if term is None:
        return
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS and len(term.value.strip("-.")) <= _EXACT:
        sheet.write_number(line, column, float(term.value))
    else:
        sheet.write_string(line, column, term.value[:_LONGEST])
