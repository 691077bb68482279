"""Products: what a firm makes, develops or takes into use, named as the object of such a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.edges import is_hard, separates
from kg.reading.names.specific import is_place
from kg.reading.rows import Row, load_rows, load_words

_TOLD, _WORDED = 5, 2
_NAMING = frozenset({"副产品"})
_QUOTED = re.compile("“([^“”,。;]{2,12})”")
_QUOTES = re.compile("“[^“”,。;]{2,12}”(?:[、和及与]?“[^“”,。;]{2,12}”)*(?!牌|系列|品牌)")
_RANGE = re.compile("(?:范围|种类|系列)?(?:主要|逐步|已|还)?$")
_NOUNS = ("n", "vn", "j", "x", "eng", "b", "z", "l")


class ProductRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs whose object is a product; `name` is one read from `yes`.

    The object stands `behind` the verb, or behind the verb and 的 (`of`: 研制的检测线), or between 从事 and the verb
    (`trade`: 从事铝单板研发), or right before a word for its maker (`told`: 最大的显示器制造商);
    `machines`: only where it ends in a machine or line (引进自动转台等设备);
    `listed`: the verb only stands behind 产品 (主要产品包括…).
    """

    verbs: tuple[str, ...]
    where: Literal["behind", "of", "trade", "told"]
    name: str
    machines: bool = False
    listed: bool = False


def find_products(text: Clauses, names: Sequence[Name], *, made: bool) -> Iterator[Name]:
    """Yield the products of a sentence; `made` tells whether the sentence before named a firm or a work.

    A maker must be known: a firm, a project or a word such as 公司 before the verb, or in the sentence before.
    """
    verbs = _verbs()
    telling = {*verbs, *load_words("products", "listing"), *load_words("products", "chained")}
    if not any(token.text in telling for token in text.tokens):
        return
    makers = [name.start for name in names if name.individual and name.type in {"Enterprise", "Project", "Park"}]
    makers += [token.start for token in text.tokens if token.text in load_words("products", "makers")]
    first_maker = min(makers, default=None)
    for index, token in enumerate(text.tokens):
        if token.text in load_words("products", "listing") and _lists_products(text, index):
            yield from _objects(text, index, load_rows("products", ProductRow)[-1], names)
            continue
        known = made or (first_maker is not None and first_maker < token.start)
        if known and _ends_chain(text, index):
            yield from _objects(text, index, load_rows("products", ProductRow)[0], names)
            continue
        if token.text not in verbs or not known or index in text.blocked or not _is_verb(text, index):
            continue
        if verbs[token.text][0].where == "told":
            yield from _before(text, index, verbs[token.text][0], names)
            continue
        behind = text.tokens[index + 1].text if index + 1 < len(text.tokens) else ""
        row = next((row for row in verbs[token.text] if (row.where == "of") == (behind == "的")), None)
        if row is not None:
            yield from _objects(text, index, row, names)


def _ends_chain(text: Clauses, index: int) -> bool:
    """Tell whether a verb ends a row of them and an object follows: 研发、生产、销售打火机."""
    if text.tokens[index].text not in load_words("products", "chained") or index < 2 or index + 1 >= len(text.tokens):
        return False
    verbs, behind = load_words("products", "doing"), text.tokens[index + 1]
    joined = text.tokens[index - 1].text in {"、", "和", "及", "与"} and text.tokens[index - 2].text in verbs
    return joined and behind.text not in verbs and behind.kind not in {"cut", "join"} and behind.text.isalnum()


def _lists_products(text: Clauses, index: int) -> bool:
    """Tell whether a word such as 包括 stands behind 产品 as its subject: 主要产品包括…."""
    if text.tokens[index].text in _NAMING:
        return index > 0 and not text.tokens[index - 1].text.isalnum() and index + 1 < len(text.tokens)
    before = text.article.folded[text.sentence.start : text.tokens[index].start]
    before = _RANGE.sub("", before)
    return before.endswith("产品") and not before.endswith(("农产品", "副产品"))


@cache
def _verbs() -> dict[str, tuple[ProductRow, ...]]:
    """Map each verb to its rows, in the table's order."""
    rows = load_rows("products", ProductRow)
    return {verb: tuple(row for row in rows if verb in row.verbs) for row in rows for verb in row.verbs}


def _is_verb(text: Clauses, index: int) -> bool:
    """Tell whether a word such as 生产 is a verb here and no part of a noun (安全生产, 生产车间)."""
    if text.tokens[index].text in load_words("products", "mainly"):
        return index > 0 and text.tokens[index - 1].text in load_words("products", "before_main")
    if text.tokens[index].text not in load_words("products", "nouns_too"):
        return True
    before = text.tokens[index - 1] if index else None
    behind = text.tokens[index + 1].text if index + 1 < len(text.tokens) else ""
    if behind == "销售" and before is not None and before.text in load_words("products", "before_main"):
        return True
    opens = before is None or is_hard(text, index - 1) or before.text in load_words("products", "before_verbs")
    return (opens or behind == "的") and not behind.startswith(load_words("products", "behind_nouns"))


def _objects(text: Clauses, verb: int, row: ProductRow, names: Sequence[Name]) -> Iterator[Name]:
    """Read the objects of one verb."""
    at = verb + 1
    if row.where == "of":
        if at >= len(text.tokens) or text.tokens[at].text != "的":
            return
        at += 1
        if at < len(text.tokens) and text.tokens[at].text == "“":
            yield from _quoted(text, at, row)
            return
    elements, end = _elements(text, _past_counts(text, _past_doing(text, at, row)), row)
    elements = _behind_need(text, elements + _further(text, end, row))
    if row.where == "trade":
        if not elements or not _trades(text, elements[-1][1]):
            return
    elif row.machines and not _ends_in_machine(text, elements, end):
        return
    for first, last in elements:
        name = _product(text, first, last, row, names)
        if name is not None:
            yield name


def _behind_need(text: Clauses, elements: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the elements behind those who need them: 汽车、船舶和石化行业所需橡胶管产品."""
    for place, (first, last) in enumerate(elements):
        at = next((index for index in range(first, last - 1) if text.tokens[index].text == "所需"), None)
        if at is not None:
            at += text.tokens[at + 1].text == "的" and at + 2 < last
            return [(at + 1, last), *elements[place + 1 :]]
    return elements


def _quoted(text: Clauses, at: int, row: ProductRow) -> Iterator[Name]:
    """Read the brands in quotation marks that stand for what is made: 生产的“阿迪达斯”和“耐克”."""
    quotes = _QUOTES.match(text.article.folded, text.tokens[at].start, text.sentence.end)
    for quote in _QUOTED.finditer(quotes.group()) if quotes else ():
        start = text.tokens[at].start + quote.start(1)
        yield Name(start, start + len(quote.group(1)), "Product", row.id)


def _before(text: Clauses, index: int, row: ProductRow, names: Sequence[Name]) -> Iterator[Name]:
    """Read the product right before a word for its maker, behind 的 or another word that ends it."""
    first = index
    while first > 0 and not _ends_element(text, first - 1, row) and text.tokens[first - 1].kind != "lead":
        first -= 1
    found = _product(text, first, index, row, names) if first < index else None
    if found is not None:
        yield found


def _past_doing(text: Clauses, at: int, row: ProductRow) -> int:
    """Return the index behind further verbs of the same object: 生产开发有机葵花."""
    while (
        row.where == "behind" and at + 1 < len(text.tokens) and text.tokens[at].text in load_words("products", "doing")
    ):
        if not text.tokens[at + 1].text.isalnum():
            break
        at += 1
    return at


def _past_counts(text: Clauses, at: int) -> int:
    """Return the index behind numbers, classifiers and words such as 各种 that stand before an object."""
    skipped, figures = load_words("products", "skipped"), text.blocked | text.capacity
    while at < len(text.tokens):
        token = text.tokens[at]
        if at not in figures and token.text not in skipped and not token.text.isdigit() and token.tag != "q":
            break
        at += 1
    return at


def _elements(text: Clauses, at: int, row: ProductRow) -> tuple[list[tuple[int, int]], int]:
    """Return the elements of the list that begins at a token, and where it ends."""
    elements: list[tuple[int, int]] = []
    while at < len(text.tokens):
        first = at
        while at < len(text.tokens) and not _ends_element(text, at, row):
            at += 1
        if at > first:
            elements.append((first, at))
        at += row.where == "behind" and at > first and _is_done_further(text, at)
        if at >= len(text.tokens) or not separates(text, at):
            return elements, at
        at += 1
    return elements, at


def _is_done_further(text: Clauses, at: int) -> bool:
    """Tell whether what is done with a product stands before the next of a list: 玻璃制品制造、玻璃容器制造."""
    behind = text.tokens[at + 1].text if at + 1 < len(text.tokens) else ""
    return at < len(text.tokens) and text.tokens[at].text in load_words("products", "doing") and behind == "、"


def _further(text: Clauses, at: int, row: ProductRow) -> list[tuple[int, int]]:
    """Return the elements behind the figures of a list: 年产缸盖20万件、缸头100万件、铸件7000余吨."""
    found: list[tuple[int, int]] = []
    while row.where == "behind" and not row.machines and at in text.blocked | text.capacity:
        while at < len(text.tokens) and at in text.blocked | text.capacity:
            at += 1
        if at >= len(text.tokens) or text.tokens[at].text != "、":
            break
        more, at = _elements(text, at + 1, row)
        found += more
        if at not in text.blocked | text.capacity:
            return found if more else []
    return found


def _ends_element(text: Clauses, at: int, row: ProductRow) -> bool:
    """Tell whether a product's name ends before a token; verbs stand in those of machines and of a trade."""
    token = text.tokens[at]
    done = not row.machines and token.text in load_words("products", "doing")
    if row.machines or row.where == "trade":
        return done or at in text.blocked or token.kind in {"cut", "join"} or not token.text.isalnum()
    return done or is_hard(text, at)


def _trades(text: Clauses, at: int) -> bool:
    """Tell whether the words behind a list say that it is made or sold: 研发、制造、销售."""
    while at < len(text.tokens) and text.tokens[at].text in {"产品", "的", "等"}:
        at += 1
    return at < len(text.tokens) and text.tokens[at].text in load_words("products", "doing")


def _ends_in_machine(text: Clauses, elements: Sequence[tuple[int, int]], end: int) -> bool:
    """Tell whether a list is one of machines: by its last word, or by what stands behind 等."""
    machines = load_words("products", "machines")
    tail = "".join(token.text for token in text.tokens[end : end + 4])
    if tail.startswith("等"):
        return any(machine in tail for machine in machines)
    return bool(elements) and text.tokens[elements[-1][1] - 1].text.endswith(machines)


def _is_no_product(written: str, row: ProductRow) -> bool:
    """Tell whether words end like no product; behind "the products are" they may end in 产品."""
    if written.endswith("系列产品") or (row.listed and written.endswith("产品")):
        return len(written) < _TOLD
    return written.endswith(load_words("products", "no_products"))


def _says_without(text: Clauses, first: int, last: int) -> bool:
    """Tell whether a product's name says enough without a last 产品 (纸杯产品, but not 米果系列产品 or 新产品)."""
    own = [token for token in text.tokens[first:last] if token.kind != "lead"]
    return bool(own) and own[-1].text != "系列" and sum(len(token.text) for token in own) >= _WORDED


def _product(text: Clauses, first: int, last: int, row: ProductRow, names: Sequence[Name]) -> Name | None:
    """Read one element as a product: it says more than 产品, and is no other thing's name."""
    first = _past_counts(text, first)
    while first < last and text.tokens[first].kind == "lead" and not row.listed:
        first += 1
    if last - first > 1 and text.tokens[last - 1].text == "产品" and not row.listed:
        last -= _says_without(text, first, last - 1)
    last -= last - first > 1 and text.tokens[last - 1].text in load_words("products", "calling")
    if first >= last:
        return None
    start, end = text.tokens[first].start, text.tokens[last - 1].end
    own = [token for token in text.tokens[first:last] if not token.kind and not is_place(token)]
    written = text.article.folded[start:end]
    head = text.tokens[last - 1]
    sure = row.machines or len(head.text) == 1 or head.tag.startswith(_NOUNS)
    if not sure and not text.is_noun(last - 1):
        return None
    if not own or not 2 <= end - start <= 16 or _is_no_product(written, row):
        return None
    if any(name.individual and name.start < end and start < name.end for name in names):
        return None
    return Name(start, end, "Product", row.id)
