"""An article and its facts as one self-contained page: nothing is fetched, everything is legible without scripts.

The page's policy allows only its own style and script, by their hashes, so that no article's words can run.
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import jinja2

from kg.facts import Facts
from kg.reading.layers import Article, Period
from kg.reading.view.cards import cards
from kg.reading.view.segments import marks, segments

__all__ = ["render_html"]


def render_html(article: Article, facts: Facts, periods: Iterable[Period] = ()) -> bytes:
    """Write the page in UTF-8: the text with its layers, and a card for each fact with its words and its rule."""
    style, script = _asset("page.css"), _asset("page.js")
    page = _template().render(
        head=facts.article,
        notes=article.notes,
        segments=segments(article.text, marks(article, facts, periods)),
        lists=cards(facts),
        types=[kind for kind in _labels()["types"] if any(entity.type == kind for entity in facts.entities)],
        labels=_labels(),
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'",
    )
    return page.encode("utf-8", errors="replace")


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _labels() -> dict[str, dict[str, list[str]]]:
    """Words for people, each in English and Chinese."""
    return tomllib.loads(_asset("labels.toml"))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("page.html"))
