"""What is remembered of how queries ran, and whom the lines to workers are kept for."""

import socket

import pytest

from kg.errors import TimeLimitError
from kg.store.engine import habits
from kg.store.engine.engine import Engine, Limits
from kg.store.engine.habits import MEMORY, Habits
from kg.store.engine.lines import Line, Lines
from kg.store.formats import JSON

SHORT = 'SELECT ?p { <urn:s1> ?p "one" } LIMIT 10'
LIKE_IT = 'SELECT ?p { <urn:s2> ?p "two" } LIMIT 20'
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_queries_that_differ_in_constants_alone_are_expected_to_run_alike():
    known = Habits()
    assert known.of(SHORT) == ""
    known.note(SHORT, long=False)
    assert known.of(LIKE_IT) == "short"
    assert known.of("SELECT ?o { <urn:s1> ?p ?o } LIMIT 10") == ""


def test_one_long_query_makes_its_shape_long_for_a_while(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(habits.time, "monotonic", lambda: now[0])
    known = Habits()
    known.note(SHORT, long=False)
    known.note(LIKE_IT, long=True)
    known.note(SHORT, long=False)
    assert known.of(SHORT) == "long"
    now[0] += MEMORY + 1
    assert known.of(SHORT) == "short"


def test_what_is_remembered_is_bounded():
    known = Habits()
    for number in range(3000):
        known.note(f"ASK {{ ?s{'x' * number} ?p ?o }}", long=False)
    assert known.of(SHORT) == ""
    assert len(known._long_until) <= 1024
    known.note("#" * 5000, long=False)
    assert known.of("#" * 5000) == ""


def test_lines_are_left_for_short_queries_and_those_to_another_generation_are_closed():
    pairs = [socket.socketpair() for _ in range(3)]
    lines = Lines()
    for number, (ours, _) in enumerate(pairs):
        lines.give(Line(ours, 1 if number else 2))
    assert lines.take(1, leave=3) is None
    assert lines.take(1, leave=1).connection is pairs[2][0]
    assert lines.take(1, leave=2) is None
    assert lines.take(2).connection is pairs[0][0]
    assert pairs[1][0].fileno() == -1
    for pair in pairs:
        for each in pair:
            each.close()


def test_an_engine_learns_which_queries_are_long(tmp_path):
    engine = Engine(tmp_path / "store", Limits(0.5, 256 << 20))
    try:
        data = "".join(f'<urn:s{number}> <urn:p> "{number}" .\n' for number in range(200))
        engine.store.replace_default(data.encode())
        engine.store.query(SHORT, syntax=JSON)
        with pytest.raises(TimeLimitError):
            engine.store.query(RUNAWAY, syntax=JSON)
        assert engine.store._habits.of(LIKE_IT) == "short"
        assert engine.store._habits.of(RUNAWAY) == "long"
        assert engine.store.query(SHORT, syntax=JSON).body
    finally:
        engine.stop()
