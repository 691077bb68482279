"""What a list is of: by the noun behind it, by what counts its elements before it, or by an element that is named."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kg.facts import EntityType
from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.enumerations import Enumeration, counted_before
from kg.reading.rows import Row, load_rows, load_words
from kg.reading.vocabulary.patterns import turn

_BESIDE = 7
_NEAR, _FAR = 12, 30


class ClassRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns that say of a list's elements what they are; `name` is an element read from `yes`."""

    type: EntityType
    nouns: tuple[str, ...]
    longest: int
    name: str


def kind_of_list(text: Clauses, found: Enumeration, names: Sequence[Name]) -> ClassRow | None:
    """Say what a list is of: by the noun behind it, else by an element that is named and typed.

    In the latter case only a short element is a firm's name beside another.
    """
    rows: tuple[ClassRow, ...] = load_rows("classes", ClassRow)
    tail = "".join(token.text for token in text.tokens[slice(*found.tail)])
    placed = [(tail.rfind(noun) + len(noun), noun, row) for row in rows for noun in row.nouns if noun in tail]
    placed = [(end, noun, row) for end, noun, row in placed if row.type != "Park" or not _goes_on(tail[end:])]
    if (
        tail.startswith(load_words("classes", "contents"))
        or turn("list.sorts").match(tail)
        or _is_fostered(text, found)
    ):
        return None
    if placed:
        return _of_tail(sorted(placed, key=lambda row: (row[0], len(row[1]))))
    first = found.elements[0][0]
    before = text.tokens[first - 1].text if first else ""
    named = _names(text, first) or counted_before(text, first)
    works = named and (_counts_works(text, first) or _is_offered(text, first))
    if works or (named and _counts_firms(text, first)):
        kind = "Project" if works and not _said_firms(text, found) else "Enterprise"
        return next(row for row in rows if row.type == kind)
    if any(noun in tail for row in rows if row.type == "Park" for noun in row.nouns):
        return None
    spans = {(text.tokens[first].start, text.tokens[last - 1].end) for first, last in found.elements if last > first}
    kinds = [
        name.type for name in names if name.individual and any(a <= name.start and name.end == b for a, b in spans)
    ]
    row = next((row for row in rows if row.type in kinds), None)
    if (
        row is None
        or (before == "的" and not _is_put_into(text, first))
        or (row.type == "Enterprise" and tail.startswith("地"))
    ):
        return None
    return row if row.type == "Project" else msgspec.structs.replace(row, longest=min(row.longest, _BESIDE))


def _is_fostered(text: Clauses, found: Enumeration) -> bool:
    """Tell whether what a list is of is what is fostered, and no work of it named: …等产业项目为发展重点."""
    start = text.tokens[found.tail[0]].start if found.tail[1] > found.tail[0] else text.sentence.end
    return turn("list.fostered").match(text.article.folded, start, text.sentence.end) is not None


def _is_put_into(text: Clauses, index: int) -> bool:
    """Tell whether the money put into what begins at a token stands before it: 总投资5.6亿元的瑞康制药GMP改造、…."""
    start = text.tokens[index].start
    return turn("list.put-into").search(text.article.folded, max(text.sentence.start, start - _FAR), start) is not None


def _goes_on(rest: str) -> bool:
    """Tell whether a noun behind a park's says that the list is of what parks have: 等园区路网."""
    return bool(rest) and not rest.startswith(load_words("classes", "behind_parks"))


def _said_firms(text: Clauses, found: Enumeration) -> bool:
    """Tell whether the clause behind a list says that all its elements are firms: …,均为动力电池配套企业."""
    end = text.tokens[found.elements[-1][1] - 1].end
    return turn("list.all-firms").match(text.article.folded, end, text.sentence.end) is not None


def _is_offered(text: Clauses, index: int) -> bool:
    """Tell whether what a list names before a token is offered to investors or signed: 招商场景分别为:…."""
    start = text.tokens[index].start
    return turn("list.offered").search(text.article.folded, max(text.sentence.start, start - _FAR), start) is not None


def _counts_works(text: Clauses, index: int) -> bool:
    """Tell whether what is counted last before a token is projects: 开工项目6个,包括…."""
    folded, end = text.article.folded, text.tokens[index].start
    fields = load_words("classes", "fields")
    counts = [row for row in text.quantities if row.end <= end and row.unit.startswith(("个", "项", "家", "户"))]
    counts = [row for row in counts if not (row.noun or folded[row.end : row.end + 2]).startswith(fields)]
    if not counts:
        return False
    return folded[: counts[-1].start].endswith(("项目", "项目有", "项目达", "项目共")) or "项目" in (
        counts[-1].noun or ""
    )


def _counts_firms(text: Clauses, index: int) -> bool:
    """Tell whether what is counted last before a token is firms: 新增高新技术企业3家,分别是…."""
    folded, end = text.article.folded, text.tokens[index].start
    counts = [row for row in text.quantities if row.end <= end and row.unit.startswith(("家", "户"))]
    if not counts or end - counts[-1].end > _NEAR:
        return False
    last = counts[-1]
    return (
        folded[: last.start].endswith(("企业", "公司"))
        or "企业" in (last.noun or "")
        or turn("list.firm-behind").match(folded, last.end) is not None
    )


def _of_tail(placed: list[tuple[int, str, ClassRow]]) -> ClassRow:
    """Choose the noun that says what a list is of: the last, but not over the field it lies in (等领域一批项目)."""
    end, noun, row = placed[-1]
    wide = load_words("classes", "fields")
    fields = [other for stop, word, other in placed if word in wide and stop < end - len(noun)]
    firms = [other for stop, word, other in placed if word in {"企业", "公司"} and stop <= end - len(noun)]
    if firms and row.type == "Industry":
        return firms[0]
    return (fields or firms)[0] if (fields or firms) and row.type == "Project" else row


def is_announced(text: Clauses, first: int) -> bool:
    """Tell whether a list names the projects that are counted before it: 实施43个项目,包括….

    A list of their fields (涵盖) does not.
    """
    return _names(text, first) and _counts_works(text, first)


def _names(text: Clauses, first: int) -> bool:
    """Tell whether a word right before a list says that it names what was spoken of: 包括, 分别是."""
    before = text.tokens[first - 1].text if first else ""
    before = text.tokens[first - 2].text if before == ":" and first > 1 else before
    return before in load_words("classes", "naming")
