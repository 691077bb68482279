"""The SKOS schemes that stand twice: as tables that reading works with, and as `ontology/*.ttl` written from them.

Run `python -m kg.graph.schemes` after a change of `indicators.toml` or `classifiers.toml`; a test holds them together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from kg import resources
from kg.graph.rdf.slugs import syllables

_HEAD = """\
# Written by `python -m kg.graph.schemes` from {table}; change that, then write this again.

@prefix kg: <https://w3id.org/district-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_DEFINED = "    rdfs:isDefinedBy <https://w3id.org/district-kg/ontology> .\n"


def classifier_name(word: str) -> str:
    """Return the local name of a classifier: pinyin, then the code points that tell it from its homophones."""
    return f"unit-{''.join(syllables(word))}-{'-'.join(f'{ord(character):x}' for character in word)}"


def indicator_name(identifier: str) -> str:
    """Return the local name of an indicator: `indicator.total-investment` → `indicator-total-investment`."""
    return identifier.replace(".", "-")


def classifiers() -> str:
    """Write the classifiers that reading knows, as concepts of the scheme kg:units."""
    glosses = _english("classifiers")
    measures = {row["token"] for row in _rows("units")}
    words = sorted({word for row in _rows("classifiers") for word in row["words"]} - measures)
    parts = [_HEAD.format(table="src/kg/reading/tables/classifiers.toml")]
    for word in words:
        gloss = glosses.get(word, "")
        english = f"classifier {word}" + (f" ({gloss})" if gloss else "")
        parts.append(
            f"kg:{classifier_name(word)} a skos:Concept ;\n"
            + _named(word, english)
            + f'    skos:notation "{word}" ;\n'
            + f'    skos:definition "用于计数的量词“{word}”。"@zh-Hans , "A word that counts: {english}."@en ;\n'
            + f'    skos:example "5{word}"@zh-Hans ;\n'
            + "    skos:inScheme kg:units ;\n"
            + _DEFINED
        )
    return "\n".join(parts)


def indicators() -> str:
    """Write the scheme kg:indicators, with broader indicators, synonyms and expected units."""
    rows = _rows("indicators")
    names = {row["name"]: indicator_name(row["id"]) for row in rows}
    heads = sorted({row["parent"] for row in rows if row.get("parent")} - set(names))
    names |= {head: f"indicator-{'-'.join(_english('indicators')[head].split())}" for head in heads}
    parts = [_HEAD.format(table="src/kg/reading/tables/indicators.toml")]
    parts.append(
        "kg:indicators a skos:ConceptScheme ;\n"
        + _named("指标", "indicators")
        + '    skos:definition "数量所衡量的指标。"@zh-Hans , "What quantities measure."@en ;\n'
        + _DEFINED
    )
    parts += [_head(head, names[head]) for head in heads]
    parts += [_indicator(row, names) for row in sorted(rows, key=lambda row: str(row["id"]))]
    return "\n".join(parts)


def _indicator(row: dict[str, Any], names: dict[str, str]) -> str:
    english = row["id"].partition(".")[2].replace("-", " ")
    lines = [f"kg:{names[row['name']]} a skos:Concept ;\n", _named(row["name"], english)]
    if row["synonyms"]:
        lines.append(f"    skos:altLabel {_texts(row['synonyms'])} ;\n")
    if row.get("parent"):
        lines.append(f"    skos:broader kg:{names[row['parent']]} ;\n")
    if row["units"]:
        lines.append(f"    kg:expectedUnit {' , '.join(f'kg:{_unit(token)}' for token in row['units'].split())} ;\n")
    lines.append(
        f'    skos:definition "指标“{row["name"]}”，如“{row["yes"]}”。"@zh-Hans , "The indicator {english}."@en ;\n'
    )
    lines.append(f'    skos:example "{row["yes"]}"@zh-Hans ;\n')
    return "".join([*lines, "    skos:inScheme kg:indicators ;\n", _DEFINED])


def _head(head: str, name: str) -> str:
    english = _english("indicators")[head]
    told = f'    skos:definition "{head}类指标的总称。"@zh-Hans , "What the indicators of {english} fall under."@en ;\n'
    named = _named(head, english)
    return f"kg:{name} a skos:Concept ;\n{named}{told}    skos:inScheme kg:indicators ;\n{_DEFINED}"


def _english(table: str) -> dict[str, str]:
    text = files("kg.graph").joinpath("tables/english.toml").read_text("utf-8")
    return dict(tomllib.loads(text)[table])


def _unit(token: str) -> str:
    return f"unit-{token}" if token.isascii() else classifier_name(token)


def _named(chinese: str, english: str) -> str:
    both = f'"{chinese}"@zh-Hans , "{english}"@en ;\n'
    return f"    rdfs:label {both}    skos:prefLabel {both}"


def _texts(words: Iterable[str]) -> str:
    return " , ".join(f'"{word}"@zh-Hans' for word in words)


def _rows(table: str) -> list[dict[str, Any]]:
    text = files("kg.reading").joinpath(f"tables/{table}.toml").read_text("utf-8")
    return list(tomllib.loads(text)["row"])


def write() -> None:
    """Write both files into `ontology/`."""
    (resources.ontology() / "classifiers.ttl").write_text(classifiers(), "utf-8")
    (resources.ontology() / "indicators.ttl").write_text(indicators(), "utf-8")


if __name__ == "__main__":
    write()
