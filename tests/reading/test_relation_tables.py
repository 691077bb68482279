"""Every row of the tables of relations reads its `yes`, and by that row nothing from its `no`."""

from __future__ import annotations

import pytest
from tests.reading.marked import marked, relations, triples

from kg.reading.relations.columns import ColumnRow, column_rows
from kg.reading.relations.discourse import StandinRow, standin_rows
from kg.reading.relations.frames import FrameRow, frame_rows
from kg.reading.relations.sentences import read_sentences
from kg.reading.relations.slots import Slot, named


@pytest.mark.parametrize("row", frame_rows(), ids=lambda row: row.id)
def test_a_frame_reads_its_example(row: FrameRow) -> None:
    stated = [line for line in triples(row.yes) if not line.startswith("~")]
    assert stated == sorted(row.reads)
    assert row.id in {found.rule for found in relations(row.yes)}


@pytest.mark.parametrize("row", frame_rows(), ids=lambda row: row.id)
def test_a_frame_leaves_its_counterexample(row: FrameRow) -> None:
    assert row.id not in {found.rule for found in relations(row.no)}


@pytest.mark.parametrize("row", column_rows(), ids=lambda row: row.id)
def test_a_column_reads_its_example(row: ColumnRow) -> None:
    assert triples(row.yes, rules=True) == [f"{line} ({row.id})" for line in row.reads]
    assert row.id not in {found.rule for found in relations(row.no)}


@pytest.mark.parametrize("row", standin_rows(), ids=lambda row: row.id)
def test_a_word_stands_for_what_was_named(row: StandinRow) -> None:
    assert [slot.members[0].name for slot in standins(row.yes)] == [row.name]
    assert standins(row.no) == []


def standins(text: str) -> list[Slot]:
    """Return the slots of a marked text that words for a thing fill."""
    layers, entities = marked(text)
    reads = read_sentences(layers, named(layers, entities))
    return [slot for read in reads for slot in read.folded.slots.values() if slot.standin]
