"""Every row of the tables of numbers reads its own positive example, and leaves its negative one."""

import re

import pytest

from kg.facts import Entity
from kg.reading.layers import Article, Layers
from kg.reading.linking.figure_words import UnitNameRow
from kg.reading.linking.indicators import IndicatorRow, PhraseRow, trim
from kg.reading.linking.observations import link_observations
from kg.reading.linking.shared import PairRow, split_names
from kg.reading.linking.statuses import StatusRow
from kg.reading.numbers.periods import PeriodRow, find_periods
from kg.reading.numbers.quantities import find_quantities
from kg.reading.numbers.unread import UnreadRow
from kg.reading.rows import Row, load_rows
from kg.reading.text.article import read_article
from kg.reading.text.lines import LineRow, line_row
from kg.reading.text.sections import HeadingRow, opener
from kg.reading.vocabulary.approximators import ApproximatorRow
from kg.reading.vocabulary.nouns import NounRow
from kg.reading.vocabulary.patterns import PatternRow, turn
from kg.reading.vocabulary.units import ClassifierRow, UnitRow

HEAD = "甲区新闻\n2020-08-27 来源:甲报\n甲区简讯"
BODY = len(HEAD)


def rows(table: str, kind: type[Row]) -> list:
    return [pytest.param(row, id=row.id) for row in load_rows(table, kind)]


def read(text: str) -> Article:
    return read_article(f"{HEAD}。{text}。完。\n".encode(), article_id="example")


def number_rules(text: str) -> set[str]:
    quantities, numbers = find_quantities(read(text))
    return {rule for found in (*quantities, *numbers) for rule in found.rule.split() if found.start > BODY}


def observation_rules(text: str, entities: tuple[Entity, ...] = ()) -> set[str]:
    article = read(text)
    layers = Layers(article=article, periods=find_periods(article))
    layers.quantities, layers.numbers = find_quantities(article, layers.periods)
    return {rule for found in link_observations(layers, entities)[-1:] for rule in found.rule.split()}


def words_before_number(text: str) -> str:
    return re.split(r"\d", text.rsplit(",", 1)[-1] if "," in text else text)[0]


@pytest.mark.parametrize("row", rows("units", UnitRow) + rows("classifiers", ClassifierRow))
def test_units(row):
    assert row.id in number_rules(row.yes)
    assert row.id not in number_rules(row.no)


@pytest.mark.parametrize("row", rows("approximators", ApproximatorRow))
def test_approximators(row):
    assert row.id in number_rules(row.yes)
    assert row.id not in number_rules(row.no)


@pytest.mark.parametrize("row", rows("unread", UnreadRow))
def test_reasons_not_to_read(row):
    assert row.id in number_rules(row.yes)
    assert row.id not in number_rules(row.no)


@pytest.mark.parametrize("row", rows("periods", PeriodRow))
def test_periods(row):
    assert row.id in {period.rule for period in find_periods(read(row.yes)) if period.start > BODY}
    assert row.id not in {period.rule for period in find_periods(read(row.no)) if period.start > BODY}


@pytest.mark.parametrize("row", rows("nouns", NounRow))
def test_counted_nouns(row):
    nouns = {quantity.noun for quantity in find_quantities(read(row.yes))[0]}
    assert nouns == {row.gives or None}
    assert row.gives == "" or row.gives not in {quantity.noun for quantity in find_quantities(read(row.no))[0]}


@pytest.mark.parametrize("row", rows("status", StatusRow))
def test_statuses(row):
    assert row.id in observation_rules(row.yes)
    assert row.id not in observation_rules(row.no)


@pytest.mark.parametrize("row", rows("indicators", IndicatorRow))
def test_indicators(row):
    assert row.id in observation_rules(row.yes)
    assert row.id not in observation_rules(row.no)


@pytest.mark.parametrize("row", rows("phrases", PhraseRow))
def test_what_is_taken_off_the_words_before_a_number(row):
    words = words_before_number(row.yes)
    assert re.search(row.pattern, words)
    assert trim(words) == row.gives
    assert not re.search(row.pattern, words_before_number(row.no))


@pytest.mark.parametrize("row", rows("patterns", PatternRow))
def test_turns_of_phrase(row):
    assert turn(row.id).search(row.yes)
    assert not turn(row.id).search(row.no)


@pytest.mark.parametrize("row", rows("pairs", PairRow))
def test_words_that_stand_for_two_things(row):
    assert split_names(row.yes) == [row.yes.replace(row.word, row.one), row.yes.replace(row.word, row.other)]
    assert split_names(row.no) == [row.no]


@pytest.mark.parametrize("row", rows("article", LineRow))
def test_lines(row):
    assert (line_row(row.yes) or row).id == row.id
    assert line_row(row.yes) is not None
    assert line_row(row.no) is None


@pytest.mark.parametrize("row", rows("headings", HeadingRow))
def test_headings(row):
    assert opener(row.yes) == row
    assert opener(row.no) is None


@pytest.mark.parametrize("row", rows("unit_names", UnitNameRow))
def test_names_by_the_unit(row):
    assert row.id in observation_rules(row.yes)
    assert row.id not in observation_rules(row.no)
