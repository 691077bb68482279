"""What is remembered of how queries ran, and whom the lines to workers are kept for."""

import socket

import pytest

from kg.errors import TimeLimitError
from kg.store.engine import habits
from kg.store.engine.client import EngineStore
from kg.store.engine.engine import Engine, Limits
from kg.store.engine.habits import MEMORY, Habits
from kg.store.engine.lines import Line, Lines
from kg.store.engine.worker import QUEUES, next_client
from kg.store.formats import JSON

SHORT = 'SELECT ?p { <urn:s1> ?p "one" } LIMIT 10'
LIKE_IT = 'SELECT ?p { <urn:s2> ?p "two" } LIMIT 20'
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def known(tmp_path):
    return Habits(tmp_path)


def test_queries_that_differ_in_constants_alone_are_expected_to_run_alike(known):
    assert known.of(SHORT) == ""
    known.note(SHORT, long=False)
    assert known.of(LIKE_IT) == "short"
    assert known.of("SELECT ?o { <urn:s1> ?p ?o } LIMIT 10") == ""


def test_one_long_query_makes_its_shape_long_for_a_while(known, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(habits.time, "monotonic", lambda: now[0])
    known.note(SHORT, long=False)
    known.note(LIKE_IT, long=True)
    known.note(SHORT, long=False)
    assert known.of(SHORT) == "long"
    now[0] += MEMORY + 1
    assert known.of(SHORT) == "short"


def test_what_is_remembered_is_bounded(known, tmp_path):
    shapes = [f"ASK {{ ?{'s' * (1 + number % 100)} ?{'p' * (1 + number // 100)} ?o }}" for number in range(10_000)]
    for shape in shapes:
        known.note(shape, long=True)
    remembered = [shape for shape in shapes if known.of(shape) == "long"]
    assert remembered[-1] == shapes[-1]
    assert 3_000 < len(remembered) <= 4_096
    assert known.of(SHORT) == ""
    assert (tmp_path / "habits").stat().st_size == 65_536
    known.note("#" * 5000, long=False)
    assert known.of("#" * 5000) == ""
    assert known.of("#" * 50_000) == "long"


def test_what_one_client_learned_all_know(known, tmp_path):
    other = Habits(tmp_path)
    known.note(SHORT, long=False)
    other.note(RUNAWAY, long=True)
    assert (other.of(LIKE_IT), known.of(RUNAWAY)) == ("short", "long")


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


def test_a_client_with_a_short_query_goes_before_those_that_came_earlier(tmp_path):
    listeners = []
    for name in QUEUES:
        listeners.append(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        listeners[-1].bind(str(tmp_path / name))
        listeners[-1].listen()
        listeners[-1].settimeout(0)
    assert next_client(listeners) is None
    clients = []
    for name in ("q", "q", "s"):
        clients.append(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        clients[-1].connect(str(tmp_path / name))
        clients[-1].sendall(name.encode())
    taken = [next_client(listeners) for _ in clients]
    assert [each.recv(1) for each in taken] == [b"s", b"q", b"q"]
    assert next_client(listeners) is None
    for each in (*listeners, *clients, *taken):
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
        other = EngineStore(engine.folder, 0.5)  # as another process of the service: it has no line yet
        assert other._habits.of(LIKE_IT) == "short"
        assert other.query(LIKE_IT, syntax=JSON).body
        other.close()
    finally:
        engine.stop()
