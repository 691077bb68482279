"""Works that a list of works tells: beside a named one, words that alone would be a class name one too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.reading.names.clauses import Clauses, Name
from kg.reading.names.specific import is_place, told

_JOINTS = frozenset("、和与及")
_PLAIN = frozenset({"plain", "lead"})
_TOLD, _SHORT = 6, 4


def beside(names: Sequence[Name], text: Clauses) -> Iterator[Name]:
    """Yield the names of a sentence; 城乡供水一体化工程 beside 睿涛河修复工程 is one, and 永和箱包项目 by its place."""
    works = [name for name in names if name.type == "Project"]
    sure = [name for name in works if name.individual]
    built = {name.end for name in works if name.rule.endswith("-built")}
    for name in names:
        if name.type == "Facility" and _goes_on(name, built, text) and _is_told(name, text):
            built.add(name.end)
            yield replace(name, type="Project", rule=f"{name.rule}-built", also="Facility", individual=True)
            continue
        listed = name.type == "Project" and not name.individual and _is_listed(name, sure, text.article.folded)
        yield replace(name, individual=True) if listed and _says_enough(name, text) else name


def _goes_on(name: Name, built: set[int], text: Clauses) -> bool:
    """Tell whether a site goes on a list of what is built: 新建全民健身中心、文化服务中心."""
    return name.start - 1 in built and text.article.folded[name.start - 1] in _JOINTS


def _is_told(name: Name, text: Clauses) -> bool:
    """Tell whether a site is named, or two words tell it apart."""
    return name.individual or len(told(text.tokens[text.index(name.start) : text.index(name.end - 1) + 1])) > 1


def _is_listed(name: Name, sure: Sequence[Name], folded: str) -> bool:
    """Tell whether a work of the same kind stands right before or behind a name, a joint between them."""
    end = folded[name.end - 2 : name.end]
    near = ((other.end, name.start) for other in sure if other.end < name.start and folded.endswith(end, 0, other.end))
    behind = (
        (name.end, other.start) for other in sure if name.end < other.start and folded.endswith(end, 0, other.end)
    )
    return any(stop + 1 == start and folded[stop] in _JOINTS for stop, start in (*near, *behind))


def _says_enough(name: Name, text: Clauses) -> bool:
    """Tell whether a name's words before its last tell a work: a place and a word, or six characters not all plain."""
    tokens = text.tokens[text.index(name.start) : text.index(name.end - 3) + 1]
    own = [token for token in told(tokens) if token.start < name.end - 2]
    size = sum(len(token.text) for token in own)
    placed = len(own) > 1 and is_place(own[0]) and own[1].kind != "lead"
    return size >= (_SHORT if placed else _TOLD) and len(own) > 1 and any(token.kind not in _PLAIN for token in own)
