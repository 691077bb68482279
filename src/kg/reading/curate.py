"""Curated corrections: what a person reviewed and changed, kept as data beside the article.

A file `NAME.toml` corrects the article NAME; each entry rests on a quotation, not on offsets:

    [[correction]]
    id = "ticket-offices"                 # letters, digits and hyphens; unique in the file
    quote = "增加开放46个窗口"              # must stand in the text, or the build stops
    occurrence = 2                        # which one, where the quotation stands there more than once
    reason = "…"
    curator = "…"
    date = 2026-11-23
    kind = "observation"                  # entity, observation or relation
    action = "set"                        # set, add or remove
    target = { number = "46个" }           # which fact: see `kg.reading.amend`
    fields = { indicator = "开放窗口数" }    # what it is to say

`kg extract` never reads them; `kg build` applies them in the order of the file and marks what they touched.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec

from kg.errors import CorrectionError
from kg.facts import Facts, Span
from kg.reading import amend

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry; `article` and `file` are filled in from where it stands."""

    id: str
    quote: str
    reason: str
    curator: str
    date: dt.date
    kind: Literal["entity", "observation", "relation"]
    action: Literal["set", "add", "remove"]
    target: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    occurrence: int | None = None
    article: str = ""
    file: str = ""

    @property
    def name(self) -> str:
        """What facts and addresses call it: the article and the entry."""
        return f"{self.article}/{self.id}"

    def span(self, text: str) -> Span:
        """Find the quotation.

        Raises:
            CorrectionError: it is not in the text, or more than once and no occurrence is told.
        """
        starts = [found.start() for found in re.finditer(f"(?={re.escape(self.quote)})", text)]
        if not starts:
            raise self.error(f"its quotation “{self.quote}” is no longer in the text")
        if len(starts) > 1 and self.occurrence is None:
            raise self.error(f"its quotation stands {len(starts)} times in the text: tell which by `occurrence`")
        wanted = self.occurrence or 1
        if not 1 <= wanted <= len(starts):
            raise self.error(f"occurrence {wanted} of its quotation is not there: the text has {len(starts)}")
        start = starts[wanted - 1]
        return Span(start=start, end=start + len(self.quote), exact=self.quote)

    def error(self, what: str) -> CorrectionError:
        """Make the one sentence that names file and entry."""
        return CorrectionError(f"{self.file}, correction {self.id!r}: {what}.")


def load_corrections(folders: Iterable[Path] | Path) -> dict[str, tuple[Correction, ...]]:
    """Read every `*.toml` of the folders: corrections in the order of the file, by article.

    Raises:
        CorrectionError: a file or an entry is malformed, or two files correct one article.
    """
    found: dict[str, tuple[Correction, ...]] = {}
    for folder in (folders,) if isinstance(folders, Path) else folders:
        for path in sorted(folder.glob("*.toml")):
            if path.stem in found:
                raise CorrectionError(f"{path.name}: another folder corrects the article {path.stem!r} already.")
            found[path.stem] = _read(path)
    return found


def _read(path: Path) -> tuple[Correction, ...]:
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path.name} is no TOML: {error}.") from None
    except OSError as error:
        raise CorrectionError(f"{path.name} cannot be read: {error.strerror}.") from None
    entries = told.pop("correction", [])
    if told or not isinstance(entries, list):
        raise CorrectionError(f"{path.name} holds more than [[correction]] entries: {', '.join(told) or 'correction'}.")
    corrections = tuple(_entry(path, number, entry) for number, entry in enumerate(entries, start=1))
    names = [correction.id for correction in corrections]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CorrectionError(f"{path.name}: two corrections are called {twice[0]!r}.")
    return corrections


def _entry(path: Path, number: int, entry: object) -> Correction:
    label = entry.get("id", number) if isinstance(entry, dict) else number
    try:
        correction = msgspec.convert(entry, Correction)
    except msgspec.ValidationError as error:
        raise CorrectionError(f"{path.name}, correction {label!r}: {error}.") from None
    for what in ("quote", "reason", "curator"):
        if not getattr(correction, what).strip():
            raise CorrectionError(f"{path.name}, correction {label!r}: its {what} is empty.")
    if not _ID.fullmatch(correction.id):
        raise CorrectionError(f"{path.name}, correction {label!r}: an id is letters, digits and hyphens.")
    return msgspec.structs.replace(correction, article=path.stem, file=path.name)


def apply_corrections(facts: Facts, text: str, corrections: Iterable[Correction]) -> Facts:
    """Apply an article's corrections in turn; what they touch is marked curated.

    Raises:
        CorrectionError: a quotation is stale, a target is not there, or a field has a wrong name or value.
    """
    for correction in corrections:
        span = correction.span(text)
        try:
            facts = amend.apply(facts, text, correction, span)
        except amend.AmendError as error:
            raise correction.error(str(error)) from None
    return facts
