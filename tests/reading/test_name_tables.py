"""Every row of the tables of names carries a text that it reads and one that it must not read; all are run here."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.facts import Entity
from kg.reading import rows
from kg.reading.names.aliases import AliasRow
from kg.reading.names.anaphora import AnaphorRow
from kg.reading.names.carried import carried_rows
from kg.reading.names.contexts import context_rows
from kg.reading.names.groups import group_rows
from kg.reading.names.known import CellRow, FirmRow
from kg.reading.names.listed_kinds import ClassRow
from kg.reading.names.measures import MeasureRow
from kg.reading.names.products import ProductRow
from kg.reading.names.quoted import quoted_rows
from kg.reading.names.undertakings import undertaking_rows
from kg.reading.pipeline import read_layers, read_things
from kg.reading.rows import load_rows
from kg.reading.text.folding import fold
from kg.reading.vocabulary.gazetteer import LevelRow
from kg.reading.vocabulary.lexicon import WordRow, suffix_rows

WIDE = str.maketrans(",;:()!?|", "，；：（）！？｜")
NAMED = [
    *suffix_rows(),
    *load_rows("classes", ClassRow),
    *load_rows("measures", MeasureRow),
    *load_rows("levels", LevelRow),
    *load_rows("firms", FirmRow),
    *load_rows("cells", CellRow),
    *load_rows("products", ProductRow),
    *group_rows(),
    *quoted_rows(),
    *undertaking_rows(),
    *carried_rows(),
    *context_rows(),
]


TABLES = sorted((Path(rows.__file__).parent / "tables").glob("*.toml"))


def word_lists(table: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            yield key, value
        for row in value if isinstance(value, list) else [value]:
            if isinstance(row, dict):
                yield from word_lists(row)


def things(text: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in read_things(read_layers(text.encode(), article_id="row"))}


def by_rule(found: dict[str, Entity], rule: str) -> set[str]:
    return {name for name, entity in found.items() if entity.rule in {rule, f"{rule}-built", "place-known"}}


def test_no_list_of_words_holds_one_twice():
    lists = {(path.name, key): words for path in TABLES for key, words in word_lists(tomllib.loads(path.read_text()))}
    twice = {place for place, words in lists.items() if len(set(words)) < len(words)}
    assert twice == {("words.toml", "areas_brief")}, "it stands beside areas_long, word for word"


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.id)
def test_a_row_reads_its_name(row):
    assert row.name in by_rule(things(row.yes), row.id)


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.id)
def test_a_row_reads_nothing_where_it_must_not(row):
    assert not by_rule(things(row.no), row.id)


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.id)
def test_marks_of_full_width_change_no_name(row):
    wide = row.yes.translate(WIDE)
    assert {(fold(name), entity.rule) for name, entity in things(wide).items()} == {
        (fold(name), entity.rule) for name, entity in things(row.yes).items()
    }


@pytest.mark.parametrize("row", load_rows("words", WordRow), ids=lambda row: row.id)
def test_words_end_a_name_or_belong_to_it(row):
    assert any(word in row.yes or word in row.no for word in row.words)
    assert row.name in things(row.yes)
    assert row.other in things(row.no)


@pytest.mark.parametrize("row", load_rows("aliases", AliasRow), ids=lambda row: row.id)
def test_a_short_form_is_the_same_thing(row):
    assert row.alias in things(row.yes)[row.name].aliases
    found = things(row.no)
    assert row.name not in found or row.alias not in found[row.name].aliases


@pytest.mark.parametrize("row", load_rows("anaphora", AnaphorRow), ids=lambda row: row.id)
def test_a_word_stands_for_the_thing_named_before(row):
    layers = read_layers(row.yes.encode(), article_id="row")
    names = {entity.id: entity.name for entity in read_things(layers)}
    assert [names[mention.entity] for mention in layers.mentions if mention.rule == row.id] == [row.name]
    layers = read_layers(row.no.encode(), article_id="row")
    read_things(layers)
    assert row.id not in {mention.rule for mention in layers.mentions}
