"""Rows as a person reads them: labels instead of IRIs, words instead of tokens, the quote as the link to its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flask_babel import gettext as _
from pyoxigraph import Literal, NamedNode

from kg.service.articles import articles
from kg.service.binding import XSD
from kg.store import Rows, Term
from kg.web.context import current
from kg.web.present import TOKENS, comma, path_of, plain_number, word_of

ROWS = 50
_SHORT = 12  # characters of a word that is not broken
_LONG = 30  # characters after which a cell may grow wide
# What a reader of the page looks at last: the answer first, then where it is written.
_LAST = ("quote", "origin", "article")
_HIDDEN = {"start", "end", "evidenceUrl", "otherUrl"}
# Columns of plain words, and how those words read on a page.
_WORDS: dict[str, dict[str, str]] = {"agreement": {"no": "disagrees"}, "kind": {}, "reason": {}, "why": {}}
_NUMBERS = {XSD + name for name in ("decimal", "integer", "double", "nonNegativeInteger")}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, where it leads, and how it is set ("number", "long", "quote", "name", or nothing).

    `paths` are the places that a list of addresses opens.
    """

    text: str = ""
    path: str | None = None
    style: str = ""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the page's table: the variable that it shows, and the name in the page's language."""

    name: str
    title: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One page of rows; `total` counts all of them."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // ROWS))


def table(rows: Rows, *, sort: str, page: int) -> Table:
    """Make a page of a table; `sort` is a variable, with a hyphen before it to turn the order around."""
    names = set(rows.variables)
    labelled = {_label_of(name) for name in names}
    shown = [name for name in rows.variables if name not in _HIDDEN and name not in labelled]
    shown.sort(key=lambda name: _LAST.index(name) + 1 if name in _LAST and "quote" in names else 0)
    listed: Sequence[tuple[Term | None, ...]] = rows.rows
    key = sort.removeprefix("-")
    if key in names:
        place = rows.variables.index(key)
        listed = sorted(rows.rows, key=lambda row: _sort_key(row[place]), reverse=sort.startswith("-"))
    part = Rows(rows.variables, tuple(listed[(page - 1) * ROWS : page * ROWS]))
    cells = tuple(tuple(_cell(name, row) for name in shown) for row in part)
    columns = tuple(
        Column(name, title_of(name), "number" if any(row[place].style == "number" for row in cells) else "")
        for place, name in enumerate(shown)
    )
    return Table(columns, cells, len(rows), page)


def _label_of(name: str) -> str:
    """Return the column whose labels a column holds, an empty string where it holds none."""
    return "entity" if name == "label" else name.removesuffix("Label") if name.endswith("Label") else ""


def title_of(name: str) -> str:
    """Return the name of a column in the page's language: subjectLabel → "subject"."""
    plain = name.removesuffix("Label") or name
    spaced = "".join(f" {char.lower()}" if char.isupper() else char for char in plain)
    return str(_(spaced))  # every column's words stand in the catalogue


def _cell(name: str, row: Mapping[str, Term]) -> Cell:
    term = row.get(name)
    if term is None:
        return Cell()
    if name == "quote":
        return Cell(term.value, path_of(row["evidenceUrl"].value) if "evidenceUrl" in row else None, "quote")
    if _label_of(name):
        subject = row.get(_label_of(name))
        return Cell(term.value, path_of(subject.value) if isinstance(subject, NamedNode) else None, "name")
    return _plain_cell(name, term)


def _plain_cell(name: str, term: Term) -> Cell:
    if isinstance(term, NamedNode) and name.endswith("rticle"):
        return _article_cell(term.value)
    if isinstance(term, NamedNode):
        return Cell(term.value.rstrip("/").rsplit("/", 1)[-1], path_of(term.value))
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS:
        return Cell(plain_number(term.value), style="number")
    if term.value.startswith(("https://", "http://")):
        return Cell(paths=tuple(path for iri in term.value.split("|") if (path := path_of(iri))))
    text = _in_words(name, term)
    short = "token" if (name in TOKENS or text != term.value) and len(text) <= _SHORT else "text"
    return Cell(text, style="long" if len(text) > _LONG else short)


def _article_cell(iri: str) -> Cell:
    """Name an article by its newspaper and its day, which tell one from another in the least room."""
    known = next((article for article in articles(current().store) if article.iri == iri), None)
    text = f"{known.publisher} {known.published}".strip() if known else ""
    return Cell(text or (known.title if known else iri.rsplit("/", 1)[-1]), path_of(iri), "source")


def _in_words(name: str, term: Term) -> str:
    """Return the words for a token, a list or a yes and no."""
    text = term.value
    if name in TOKENS:
        return word_of(name, text)
    if name in _WORDS:
        return str(_(_WORDS[name].get(text, text)))
    if isinstance(term, Literal) and term.datatype.value == XSD + "boolean":
        return str(_("yes") if text == "true" else _("no"))
    return text.replace("|", comma())


def _sort_key(term: Term | None) -> tuple[int, Decimal, str]:
    """Order numbers by value, then texts; empty cells come first."""
    if term is None:
        return (0, Decimal(0), "")
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS:
        try:
            return (1, Decimal(term.value), "")
        except InvalidOperation:
            pass
    return (2, Decimal(0), term.value)
