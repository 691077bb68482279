"""Sets spoken of again by what they are of, without their number: 新建项目6个…其中新建项目完成投资1.27亿元."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.facts import Entity
from kg.reading.vocabulary.patterns import turn

_NUMBER = "[\\d一二两三四五六七八九十百]+[余多]?"
_KIND = re.compile(
    rf"^(?:{_NUMBER}(?:个|项|大|批|件|宗))?(?P<kind>[\u4e00-\u9fff“”A-Za-z]{{2,20}}?项目)"
    rf"(?:共计|共有|共|达到|达|有|为|总数)?(?:{_NUMBER}[^\d]*)?$"
)
_LEAST = 4


def recalled(folded: str, sets: Iterable[Entity]) -> Iterator[tuple[int, int, str]]:
    """Yield where a set's kind stands before a figure, outside the set's own mentions, with the set's id.

    A kind that two sets share means neither. A 中 behind it belongs to it.
    """
    kinds: dict[str, set[str]] = {}
    groups = [entity for entity in sets if entity.type == "ProjectGroup"]
    taken = [(span.start, span.end) for entity in groups for span in entity.mentions]
    for entity in groups:
        for span in entity.mentions:
            match = _KIND.match(folded[span.start : span.end])
            if match and len(match["kind"]) >= _LEAST:
                kinds.setdefault(match["kind"], set()).add(entity.id)
    for kind, owners in sorted(kinds.items()):
        for found in re.finditer(re.escape(kind), folded) if len(owners) == 1 else ():
            inside = any(start < found.end() and found.start() < end for start, end in taken)
            before, behind = folded[max(0, found.start() - 4) : found.start()], folded[found.end() : found.end() + 40]
            if not inside and turn("set.recalled").search(before) and turn("set.has").match(behind):
                among = turn("part.among").match(behind)
                yield found.start(), found.end() + len(among.group().rstrip(",") if among else ""), next(iter(owners))
