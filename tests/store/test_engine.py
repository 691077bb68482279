"""The engine of a service: killable, durable, one version at a time."""

import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import (
    BusyError,
    KgError,
    NotFoundError,
    QueryError,
    QuerySyntaxError,
    StoreChangedError,
    StoreError,
    TimeLimitError,
)
from kg.store import open_store
from kg.store.embedded import EmbeddedStore
from kg.store.engine.client import EngineStore
from kg.store.engine.engine import Engine, Limits
from kg.store.engine.keeper import FLOOD, MOST
from kg.store.formats import CSV, JSON, N_QUADS, N_TRIPLES, TURTLE

LIMIT = 3.0
SLACK = 1.5  # what a crowded machine may add before a process is scheduled
ALL = sorted(os.sched_getaffinity(0))
CORES = len(ALL)
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d <urn:p0> ?f }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DATA = "".join(f'<urn:s{i}> <urn:p{i % 7}> "齐 {i}" .\n' for i in range(2000)).encode()


@pytest.fixture
def engine(tmp_path):
    running = Engine(tmp_path / "store", Limits(LIMIT, 256 << 20))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def filled():
    running = Engine(None, Limits(LIMIT, 256 << 20))
    running.store.replace_default(DATA)
    yield running.store
    running.stop()


def doubling(times: int) -> str:
    binds = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(times))
    return f"SELECT ?x{times} {{ BIND('0123456789' AS ?x0) {binds} }}"


NUMBERS = " ".join(map(str, range(300)))
HOSTILE = {
    "cross product": RUNAWAY,
    "order by over a product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)* ?d }",
    "doubling": doubling(60),
    "values": "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{i} {{ {NUMBERS} }}" for i in range(4)) + " }",
    "braces": "SELECT * " + "{" * 10_000 + "}" * 10_000,
    "parentheses": f"SELECT * {{ FILTER({'(' * 100_000}1{')' * 100_000}) }}",
    "regex": 'SELECT * { ?s ?p ?o FILTER(REGEX(CONCAT(STR(?o), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), "^(a+)+$")) }',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends_at_the_limit(filled, name):
    begun = time.monotonic()
    with suppress(QueryError):
        filled.query(HOSTILE[name], syntax=JSON)
    assert time.monotonic() - begun < LIMIT + SLACK
    assert filled.ask("ASK { <urn:s1> ?p ?o }")


def test_a_cancelled_query_ends_at_once_and_its_worker_with_it(tmp_path):
    patient = Engine(tmp_path / "store", Limits(60.0, 256 << 20))
    store, said = patient.store, []

    def ask():
        with store.asking_as("mine"), suppress(QueryError):
            store.query(RUNAWAY, syntax=JSON)
            said.append("it was answered")

    def cancelled():
        asking = threading.Thread(target=ask)
        asking.start()
        _wait(lambda: store.cancel("mine"))
        asking.join(30)
        said.extend(["it goes on"] * asking.is_alive())
        return store.state.get("stopped_cancelled") > 0  # none where it came before a worker took the query

    try:
        store.replace_default(DATA)
        _wait(cancelled)
        assert said == []
        assert not store.cancel("mine")
        assert not store.cancel("")
        assert store.ask("ASK { ?s ?p ?o }")
    finally:
        patient.stop()


def test_a_query_is_cancelled_from_another_process(tmp_path):
    patient = Engine(tmp_path / "store", Limits(60.0, 256 << 20))
    store, said = patient.store, []
    code = (
        "import sys; from pathlib import Path; from kg.store.engine.client import EngineStore; "
        "sys.exit(not EngineStore(Path(sys.argv[1]), 60.0).cancel(sys.argv[2]))"
    )

    def cancelled(name):
        return subprocess.run([sys.executable, "-c", code, str(patient.folder), name]).returncode == 0  # noqa: PLW1510

    def ask():
        with store.asking_as("mine 我的"), suppress(QueryError):
            store.query(RUNAWAY, syntax=JSON)
            said.append("it was answered")

    try:
        store.replace_default(DATA)
        store.hear_cancellations()
        asking = threading.Thread(target=ask)
        asking.start()
        _wait(lambda: cancelled("mine 我的"))
        asking.join(30)
        assert not asking.is_alive()
        assert said == []
        assert not cancelled("mine 我的")
        assert not cancelled("")
    finally:
        patient.stop()


def test_long_queries_take_turns_and_those_that_wait_end_when_they_are_cancelled(tmp_path):
    patient = Engine(tmp_path / "store", Limits(60.0, 256 << 20))
    patient.store.replace_default(DATA)
    crowd = _crowd(patient.store, FLOOD + 2)
    try:
        _wait(lambda: _states(patient).count("T") == FLOOD + 2 - CORES)
        short = "ASK { <urn:s1> ?p ?o }"
        _wait(lambda: patient.store.ask(short) and _states(patient).count("T") == FLOOD + 2 - max(CORES - 1, 1))
        _wait(lambda: patient.store.ask(short) and _processors_of_the_crowd(patient) == (ALL[1:] or ALL))
        assert [row["n"].value for row in patient.store.select(LONG)] == ["572000"]  # its turn comes before theirs ends
        assert all(each.is_alive() for each in crowd)
        assert patient.store.cancel("crowd")
        for each in crowd:
            each.join(10)
        assert not any(each.is_alive() for each in crowd)
        _wait(lambda: "T" not in _states(patient))
    finally:
        patient.stop()


def test_what_is_known_to_run_long_is_refused_at_once_where_no_room_is_left(tmp_path):
    patient = Engine(tmp_path / "store", Limits(60.0, 256 << 20))
    store, short = patient.store, "ASK { <urn:s1> ?p ?o }"
    store.replace_default(DATA)
    assert [row["n"].value for row in store.select(LONG)] == ["572000"]
    crowd = _crowd(store, MOST - 1)
    try:
        _wait(lambda: store.ask(short) and store.state.get("full"))
        with pytest.raises(BusyError):
            store.select(LONG)
        assert store.ask(short)
        assert all(each.is_alive() for each in crowd)
        assert store.state.get("stopped_busy") == 0
        assert store.cancel("crowd")
        _wait(lambda: not store.state.get("full"))
        assert [row["n"].value for row in store.select(LONG)] == ["572000"]
    finally:
        patient.stop()


@pytest.mark.parametrize(("priority", "left_free"), [("APART", CORES > 1), ("IDLE", False), ("KEEPER", False)])
def test_only_what_is_kept_apart_leaves_a_processor_free(priority, left_free):
    code = f"""
import os
from kg.store.engine import process
every = os.sched_getaffinity(0)
process.set_priority(0, process.APART)
process.set_priority(0, process.{priority})
print(sorted(every - os.sched_getaffinity(0)) == [min(every)])
print(process.regain_priority(), os.sched_getaffinity(0) == every)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True).stdout
    assert told.split()[0] == str(left_free)
    assert told.split()[1:] in (["True", "True"], ["False", str(not left_free)])  # where it may not be raised, it ends


def test_queries_that_wait_for_their_turn_end_at_the_limit(tmp_path):
    brief = Engine(tmp_path / "store", Limits(LIMIT, 256 << 20))
    brief.store.replace_default(DATA)
    crowd = _crowd(brief.store, CORES + 4)
    try:
        _wait(lambda: _states(brief).count("T") >= 2)
        for each in crowd:
            each.join()
        _wait(lambda: brief.store.state.get("stopped_time") >= CORES + 2)
        assert "T" not in _states(brief)
    finally:
        brief.stop()


def test_a_question_to_a_worker_that_was_killed_between_two_is_asked_again(engine):
    store = engine.store
    store.replace_default(DATA)
    for _ in range(3):
        assert store.ask("ASK { <urn:s1> ?p ?o }")
        _wait(lambda: _keeper_of(engine._root.pid) is not None)
        for worker in _children(_keeper_of(engine._root.pid)):
            _kill(worker)
    assert store.ask("ASK { <urn:s1> ?p ?o }")


def test_many_clients_at_once_are_all_answered(tmp_path):
    """More than there are workers, each with one question after the other, over lines that are kept."""
    patient = Engine(tmp_path / "store", Limits(60.0, 256 << 20))
    patient.store.replace_default(DATA)
    found: list[int] = []

    def ask():
        found.extend(len(patient.store.select(f"SELECT ?o {{ <urn:s{number}> ?p ?o }}")) for number in range(40))

    crowd = [threading.Thread(target=ask) for _ in range(48)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    patient.stop()
    assert found == [1] * (40 * 48)


def test_runaways_do_not_starve_short_queries(filled):
    ends: list[tuple[float, Exception | None]] = []

    def attack():
        begun, caught = time.monotonic(), None
        try:
            filled.query(RUNAWAY, syntax=JSON)
        except KgError as error:
            caught = error
        ends.append((time.monotonic() - begun, caught))

    crowd = [threading.Thread(target=attack) for _ in range(40)]
    for each in crowd:
        each.start()
    answered = 0
    while any(each.is_alive() for each in crowd):
        with suppress(QueryError):  # where other work crowds the machine, too, one may come too late
            assert len(filled.select("SELECT ?p { <urn:s1> ?p ?o }")) == 1
            answered += 1
    assert answered > 5
    assert all(isinstance(error, TimeLimitError | BusyError) for _, error in ends)
    assert max(seconds for seconds, _ in ends) < LIMIT + SLACK


def test_an_update_that_runs_away_is_stopped_and_changes_nothing(filled):
    version = filled.version
    with pytest.raises(TimeLimitError):
        filled.update("INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert (filled.version, filled.count()) == (version, 2000)
    filled.update("INSERT DATA { <urn:after> <urn:p> 1 } ; DELETE DATA { <urn:after> <urn:p> 1 }")


def test_no_query_reaches_the_network(filled):
    for text in ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",):
        with pytest.raises(QueryError):
            filled.query(text, syntax=CSV)


def test_a_worker_whose_keeper_was_killed_as_it_forked_ends_at_once():
    code = "import os; from kg.store.engine.worker import work; work(None, os.getpid())"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_only_keepers_have_a_keepers_priority(engine):
    root = engine._root.pid
    _wait(lambda: _keeper_of(root) is not None)
    first = _keeper_of(root)
    raised = os.getpriority(os.PRIO_PROCESS, first)
    assert {os.getpriority(os.PRIO_PROCESS, pid) for pid in _children(first)} == {0}
    engine.store.update("INSERT DATA { <urn:a> <urn:n> 1 }")
    _wait(lambda: _keeper_of(root) not in {None, first})
    assert os.getpriority(os.PRIO_PROCESS, _keeper_of(root)) == raised


def test_what_a_keeper_forks_begins_with_an_ordinary_priority():
    code = """
import os
from kg.store.engine import process
process.set_priority(0, process.KEEPER)
if not os.fork():
    os._exit(os.getpriority(os.PRIO_PROCESS, 0) + os.sched_getscheduler(0))
raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_what_was_answered_is_there_after_everything_was_killed(tmp_path):
    """A child process updates as fast as it can and says what was answered; then all is killed at once."""
    code = """
        import sys; from pathlib import Path; from kg.store.engine.engine import Engine, Limits
        engine = Engine(Path(sys.argv[1]), Limits(10.0))
        engine.store.update("INSERT DATA { <urn:n> <urn:is> 0 }")
        for i in range(100000):
            engine.store.update(
                "DELETE { <urn:n> <urn:is> ?o } INSERT { <urn:n> <urn:is> ?n } "
                "WHERE { <urn:n> <urn:is> ?o BIND(?o + 1 AS ?n) } ;"
                "INSERT { <urn:log> <urn:has> ?n } WHERE { <urn:n> <urn:is> ?n }")
            print(i + 1, flush=True)
    """
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "store")],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    last = 0
    for line in child.stdout:
        last = int(line)
        if last >= 25:
            break
    pids = _family(child.pid)
    _kill(child.pid)  # first: it would start root again
    for pid in pids:
        _kill(pid)
    child.wait()
    child.stdout.close()
    _wait(lambda: not any(_alive(pid) for pid in pids))
    store = open_store(f"oxigraph:{tmp_path}/store")
    [[number]] = store.select("SELECT ?n { <urn:n> <urn:is> ?n }").rows
    logged = store.select("SELECT ?n { <urn:log> <urn:has> ?n }")
    assert int(number.value) >= last
    assert len(logged) == int(number.value)  # both operations of each update, or none
    store.close()


def test_an_update_by_chance_is_the_same_after_a_restart(tmp_path):
    first = Engine(tmp_path / "store", Limits(LIMIT))
    first.store.update("CREATE GRAPH <urn:empty> ; INSERT { <urn:a> <urn:is> ?u } WHERE { BIND(UUID() AS ?u) }")
    before = first.store.export()
    first.stop()
    second = Engine(tmp_path / "store", Limits(LIMIT))
    assert second.store.export() == before
    assert second.store.read_graph("urn:empty", syntax=TURTLE).body == b""
    second.stop()


def test_what_stands_on_disk_is_there_as_soon_as_the_engine_is(tmp_path):
    built = EmbeddedStore(tmp_path / "store")
    built.replace_default(DATA)
    built.close()
    running = Engine(tmp_path / "store", Limits(LIMIT))
    assert not running.store.is_empty()  # else `kg serve` would build over it
    running.stop()


def test_a_build_reaches_a_running_service_and_keeps_what_clients_wrote(engine, tmp_path):
    service = engine.store
    service.replace_default(DATA)
    service.update("INSERT DATA { GRAPH <urn:client> { <urn:c> <urn:p> 1 } }")
    builder = open_store(f"oxigraph:{tmp_path}/store")
    assert isinstance(builder, EngineStore)
    file = tmp_path / "built.nq"
    file.write_bytes(b"<urn:new> <urn:p> <urn:build> .\n")
    builder.replace_default(file)
    assert service.ask("ASK { <urn:new> ?p ?o GRAPH <urn:client> { ?s ?p2 1 } }")
    service.update("INSERT DATA { <urn:mine> <urn:p> 1 }")
    with pytest.raises(StoreChangedError, match="--replace"):
        builder.replace_default(DATA)
    builder.replace_default(DATA, replace=True)
    assert builder.count() == 2001
    builder.close()


def test_a_second_service_on_the_same_store_says_so(engine, tmp_path):
    with pytest.raises(StoreError, match="in use"):
        Engine(tmp_path / "store", Limits(LIMIT))


def test_graphs_through_the_engine(engine):
    store = engine.store
    assert store.write_graph("urn:g", b"_:a <urn:p> _:b .", syntax=TURTLE, replace=True)
    assert not store.write_graph("urn:g", b'<urn:x> <urn:p> "\\u9f50" .', syntax=TURTLE, replace=False)
    assert store.read_graph("urn:g", syntax=N_TRIPLES).body.count(b"\n") == 2
    with pytest.raises(QuerySyntaxError):
        store.write_graph("urn:g", b"<urn:x> <", syntax=TURTLE, replace=True)
    with pytest.raises(NotFoundError):
        store.delete_graph("urn:none")
    big = b"".join(b"<urn:x> <urn:p> %d .\n" % i for i in range(60_000))
    store.write_graph("urn:big", big, syntax=TURTLE, replace=True)
    assert store.count() == 60_002
    store.delete_graph("urn:big")
    assert store.select("SELECT ?o { GRAPH <urn:g> { <urn:x> ?p ?o } }").rows == ((ox.Literal("齐"),),)


def test_a_keeper_or_a_root_that_is_killed_comes_back_with_all_that_was_answered(engine):
    store = engine.store
    for number, victim in enumerate(("keeper", "root", "keeper")):
        store.update(f"INSERT DATA {{ <urn:a> <urn:n> {number} }}")
        root, before = engine._root.pid, store.version
        _wait(lambda root=root: _keeper_of(root) is not None)
        _kill(_keeper_of(root) if victim == "keeper" else root)
        _wait(lambda before=before: store.version != before and _answers(store))
        assert len(store.select("SELECT ?n { <urn:a> <urn:n> ?n }")) == number + 1
    assert store.export(syntax=N_QUADS).count(b"\n") == 3


def test_a_dataset_larger_than_a_query_may_hold_is_exported_whole(tmp_path):
    memory = 24 << 20
    data = b"".join(b'<urn:s%d> <urn:p> "%s" .\n' % (number, b"x" * 1000) for number in range(2 * memory // 1000))
    running = Engine(None, Limits(LIMIT, memory))
    try:
        running.store.replace_default(data)
        file = tmp_path / "dataset.nq"
        with file.open("wb") as out:
            running.store.export_to(out)
        assert file.read_bytes() == b"".join(sorted(data.splitlines(keepends=True)))
        assert running.store.export(syntax=TURTLE).count(b"urn:p") == data.count(b"\n")
    finally:
        running.stop()


def test_a_full_disk_is_an_error_and_when_there_is_room_again_changes_are_made(tmp_path):
    running = Engine(tmp_path / "store", Limits(LIMIT))
    store, root = running.store, running._root.pid
    try:
        store.update("INSERT DATA { <urn:a> <urn:n> 0 }")
        _, hard = resource.prlimit(root, resource.RLIMIT_FSIZE)
        resource.prlimit(root, resource.RLIMIT_FSIZE, (50_000, hard))  # as good as a full disk
        with suppress(StoreError):
            for number in range(1, 100):
                store.update(f"INSERT DATA {{ <urn:a> <urn:n> {number} ; <urn:text> '{number} {'x' * 2000}' }}")
        for _ in range(2):
            with pytest.raises(StoreError, match="could not be written"):
                store.update(f"INSERT DATA {{ <urn:b> <urn:text> '{'y' * 60_000}' }}")
        before = store.export()
        assert store.count() == before.count(b"\n")
        resource.prlimit(root, resource.RLIMIT_FSIZE, (hard, hard))
        store.update("INSERT DATA { <urn:a> <urn:again> true }")
        after = store.export()
        assert len(after.splitlines()) == len(before.splitlines()) + 1
    finally:
        running.stop()
    again = open_store(f"oxigraph:{tmp_path}/store")
    assert again.export() == after
    again.close()


def test_a_build_is_published_while_clients_write_and_no_change_is_lost(engine, tmp_path):
    service, made = engine.store, []

    def write():
        for number in range(25):
            with suppress(QueryError):  # it waited too long behind builds: nobody told it that it was made
                service.update(f"INSERT DATA {{ GRAPH <urn:client> {{ <urn:c> <urn:n> {number} }} }}")
                made.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    builder = open_store(f"oxigraph:{tmp_path}/store")
    builds = 0
    while writer.is_alive() or not builds:
        with suppress(StoreError):  # a client's change came first: the builder tries again
            builder.replace_default(f"<urn:build> <urn:n> <urn:n{builds}> .\n".encode())
            builds += 1
    writer.join()
    builder.close()
    rows = service.select("SELECT ?n { GRAPH <urn:client> { <urn:c> <urn:n> ?n } }").rows
    assert made
    assert set(made) <= {int(number.value) for [number] in rows}
    assert service.ask(f"ASK {{ <urn:build> <urn:n> <urn:n{builds - 1}> }}")


def test_nothing_is_left_when_it_stops(tmp_path):
    running = Engine(tmp_path / "store", Limits(20.0))
    running.store.replace_default(DATA)
    threads = [threading.Thread(target=_quietly, args=(running.store,)) for _ in range(6)]
    for each in threads:
        each.start()
    time.sleep(0.3)
    pids = _family(running._root.pid)
    folder = running.folder
    running.stop()
    _wait(lambda: not any(_alive(pid) for pid in pids))
    assert not folder.exists()
    for each in threads:
        each.join()


def _quietly(store):
    try:
        store.query(RUNAWAY, syntax=JSON)
    except (KgError, OSError, ValueError):
        return


def _crowd(store, number: int) -> list[threading.Thread]:
    """Ask so many queries that never end, under the name of crowd."""

    def ask():
        with store.asking_as("crowd"):
            _quietly(store)

    threads = [threading.Thread(target=ask) for _ in range(number)]
    for each in threads:
        each.start()
    return threads


def _states(engine) -> list[str]:
    """Return the states (proc(5)) of an engine's workers."""
    keeper = _keeper_of(engine._root.pid)
    return [state for pid in _children(keeper or 0) if (state := _state(pid))]


def _processors_of_the_crowd(engine) -> list[int]:
    """Return the processors that an engine's long queries may use: what is slowed down is a long query."""
    allowed = set()
    for pid in _children(_keeper_of(engine._root.pid) or 0):
        with suppress(OSError):
            if os.getpriority(os.PRIO_PROCESS, pid) > 0:
                allowed |= os.sched_getaffinity(pid)
    return sorted(allowed)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return ""


def _answers(store) -> bool:
    try:
        return store.ask("ASK {}")
    except (KgError, OSError):
        return False


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _alive(pid: int) -> bool:
    return _state(pid) not in {"", "Z"}


def _parents() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    return found


def _children(pid: int) -> list[int]:
    return sorted(child for child, parent in _parents().items() if parent == pid and _alive(child))


def _keeper_of(root: int) -> int | None:
    """Return the one keeper, once those before it have left."""
    keepers = [child for child in _children(root) if _children(child)]
    single = len(keepers) == 1 and not any(_children(worker) for worker in _children(keepers[0]))
    return keepers[0] if single else None


def _family(pid: int) -> set[int]:
    parents, found = _parents(), {pid}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return found


def _wait(condition, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
