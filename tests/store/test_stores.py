"""Every back end keeps the promises of `kg.store.Store`."""

import io
import shutil
import tempfile

import pyoxigraph as ox
import pytest

from kg import lines
from kg.errors import NotFoundError, QuerySyntaxError, StoreChangedError, StoreError, UsageError
from kg.store import Dataset, changes, open_store
from kg.store.engine.engine import Engine, Limits
from kg.store.failures import engine_errors
from kg.store.formats import CSV, N_QUADS, N_TRIPLES, TURTLE

BUILT = '<urn:a> <urn:p> "齐齐\\n\\"x\\""@zh .\n<urn:b> <urn:p> <urn:a> .\n'.encode()


@pytest.fixture(params=["memory", "oxigraph"])
def store(request, tmp_path):
    opened = open_store("memory:" if request.param == "memory" else f"oxigraph:{tmp_path}/store")
    yield opened
    opened.close()


def test_terms_are_bound_as_terms_not_as_text(store):
    store.replace_default(BUILT)
    hostile = ox.Literal('齐齐\n"x"', language="zh")
    rows = store.select("SELECT ?s ?o { ?s <urn:p> ?o }", {"o": hostile})
    assert rows.rows == ((ox.NamedNode("urn:a"), hostile),)
    assert not store.ask("ASK { ?s <urn:p> ?o }", {"o": ox.Literal('"} } DROP ALL #')})


def test_a_build_replaces_the_default_graph_and_leaves_the_clients_graphs(store):
    store.replace_default(BUILT)
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:c> <urn:p> 1 } }")
    store.replace_default(b"<urn:new> <urn:p> <urn:a> .\n")
    assert store.export() == (
        b'<urn:c> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .\n<urn:new> <urn:p> <urn:a> .\n'
    )


def test_a_built_graph_takes_the_place_of_its_namesake(store):
    view = "<urn:{}> <urn:p> <urn:a> <urn:view> .\n"
    store.replace_default(BUILT + view.format("x").encode())
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:c> <urn:p> <urn:a> } }")
    store.replace_default(BUILT + view.format("y").encode())
    named = (b"<urn:c> <urn:p> <urn:a> <urn:g> .\n", view.format("y").encode())
    assert store.export() == b"".join(sorted([*BUILT.splitlines(keepends=True), *named]))
    store.replace_default(BUILT)


def test_what_a_client_changed_is_replaced_only_on_demand(store):
    store.replace_default(BUILT)
    store.update("INSERT DATA { <urn:mine> <urn:p> 1 }")
    before = store.export()
    with pytest.raises(StoreChangedError, match="--replace"):
        store.replace_default(BUILT)
    assert store.export() == before
    store.replace_default(BUILT, replace=True)
    assert store.export() == BUILT
    store.replace_default(BUILT)


def test_a_build_that_fails_changes_nothing(store):
    store.replace_default(BUILT)
    version = store.version
    with pytest.raises(QuerySyntaxError):
        store.replace_default(BUILT + b"<urn:half> <urn:")
    assert (store.export(), store.version) == (BUILT, version)


def test_the_version_changes_with_the_dataset_only(store):
    first = store.version
    store.ask("ASK {}")
    assert store.version == first
    store.update("INSERT DATA { <urn:a> <urn:p> 1 }")
    assert store.version != first


def test_an_update_is_all_or_nothing(store):
    store.replace_default(BUILT)
    with pytest.raises(Exception, match="urn:missing"):
        store.update("INSERT DATA { <urn:x> <urn:p> 1 } ; CLEAR GRAPH <urn:missing>")
    assert store.export() == BUILT


def test_graphs_are_written_read_and_deleted(store):
    assert store.write_graph("urn:g", b"<a> <p> 1 .", syntax=TURTLE, replace=True, base="http://x/")
    assert not store.write_graph("urn:g", b"<b> <p> 1 .", syntax=TURTLE, replace=False, base="http://x/")
    assert store.read_graph("urn:g", syntax=N_TRIPLES).body.count(b"\n") == 2
    assert not store.write_graph("urn:g", b"", syntax=TURTLE, replace=True)
    assert store.read_graph("urn:g", syntax=N_TRIPLES).body == b""
    store.delete_graph("urn:g")
    for act in (lambda: store.delete_graph("urn:g"), lambda: store.read_graph("urn:g", syntax=TURTLE)):
        with pytest.raises(NotFoundError, match="urn:g"):
            act()


def test_a_dataset_names_its_graphs(store):
    store.update(
        "INSERT DATA { <urn:d> <urn:p> 0 GRAPH <urn:g> { <urn:x> <urn:p> 1 } GRAPH <urn:h> { <urn:y> <urn:p> 2 } }"
    )
    query = "SELECT ?s { ?s <urn:p> ?o }"
    assert len(store.select(query)) == 1
    assert len(store.select(query, dataset=Dataset(("urn:g", "urn:h"), ()))) == 2
    assert len(store.select(query, dataset=Dataset((), ("urn:g",)))) == 0
    assert len(store.select("SELECT * { GRAPH ?g { ?s ?p ?o } }", dataset=Dataset((), ("urn:g",)))) == 1


def test_a_triple_of_two_graphs_counts_once_in_their_merge(store):
    one = "<urn:x> <urn:p> 1"
    store.update(f"INSERT DATA {{ GRAPH <urn:g> {{ {one} }} GRAPH <urn:h> {{ {one} . <urn:y> <urn:p> 2 }} }}")
    select = (
        "PREFIX n: <urn:> SELECT ?s ?g FROM n:g FROM <h> FROM NAMED <g> { ?s ?p ?o OPTIONAL { GRAPH ?g { ?s ?p ?o } } }"
    )
    found = store.query(f"BASE <urn:> {select}", syntax=CSV, base="urn:").body.decode().split()
    assert sorted(found) == ["s,g", "urn:x,urn:g", "urn:y,"]
    twice = Dataset(("urn:g", "urn:h", "urn:g"), ())
    assert len(store.select("SELECT ?s { ?s ?p ?o }", dataset=twice)) == 2


def test_errors_tell_line_and_column(store):
    with pytest.raises(QuerySyntaxError, match="line 2, column 9") as caught:
        store.query("SELECT * {\n ?s ?p }", syntax=CSV)
    assert (caught.value.line, caught.value.column) == (2, 9)


def test_rdflib_sees_the_dataset(store):
    store.replace_default(BUILT)
    assert len(store.as_rdflib()) == 2


def test_the_embedded_store_outlives_its_process_and_admits_one(tmp_path):
    url = f"oxigraph:{tmp_path}/store"
    first = open_store(url)
    first.replace_default(BUILT)
    with pytest.raises(StoreError, match="in use"):
        open_store(url)
    first.close()
    again = open_store(url)
    assert again.export(syntax=N_QUADS) == BUILT
    again.close()


@pytest.mark.parametrize("url", ["", "oxigraph:", "mysql:x", "memory:x"])
def test_a_strange_store_is_a_usage_error(url):
    with pytest.raises(UsageError, match="KG_STORE"):
        open_store(url)


def test_an_unwritable_place_and_a_damaged_store_say_so(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(f"oxigraph:{tmp_path}/file/store")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "current.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        open_store(f"oxigraph:{tmp_path}/bad")


def fill(folder):
    """Make a store whose triples stand in files of their own, as those of a store that was used for long do."""
    made = open_store(f"oxigraph:{folder}")
    made.replace_default(b"".join(b'<urn:s%d> <urn:p> "%d" .\n' % (number, number) for number in range(20_000)))
    made._store.optimize()
    made.close()


def cut_manifest(database):
    next(database.glob("MANIFEST*")).write_text("rubbish")


def lose_pointer(database):
    (database / "CURRENT").unlink()


def lose_all(database):
    shutil.rmtree(database)


def overwrite(database):
    for file in database.glob("*.sst"):
        data = bytearray(file.read_bytes())
        data[: len(data) // 2] = b"\xff" * (len(data) // 2)
        file.write_bytes(data)


@pytest.mark.parametrize("harm", [cut_manifest, lose_pointer, lose_all, overwrite])
def test_a_damaged_database_says_so_in_one_sentence(tmp_path, harm, capfd):
    fill(tmp_path)
    harm(next((tmp_path / "versions").iterdir()))
    with pytest.raises(StoreError, match="damaged"):
        open_store(f"oxigraph:{tmp_path}").export()
    with pytest.raises(StoreError, match="damaged"):
        Engine(tmp_path, Limits(5, 256))
    assert "Traceback" not in capfd.readouterr().err


def test_a_build_is_published_from_its_file(store, tmp_path):
    file = tmp_path / "built.nq"
    file.write_bytes(BUILT)
    store.replace_default(file)
    assert store.export() == b"".join(sorted(BUILT.splitlines(keepends=True)))


def test_a_build_is_loaded_in_parts_and_a_blank_node_stays_one(store, monkeypatch):
    monkeypatch.setattr(changes, "_PART", 40)
    many = b"".join(b'<urn:s%d> <urn:p> "%d" .\n' % (number, number) for number in range(50))
    store.replace_default(many)
    assert store.export() == b"".join(sorted(many.splitlines(keepends=True)))
    store.replace_default(b"".join(b'_:one <urn:p> "%d" .\n' % number for number in range(50)))
    assert len(store.select("SELECT DISTINCT ?s { ?s ?p ?o }")) == 1


def test_many_lines_are_sorted_in_files_that_are_gone_afterwards(store, monkeypatch, tmp_path):
    lines_of = [b'<urn:s%d> <urn:p> "%d\\n" %s.\n' % (n % 17, n, b"<urn:g> " if n % 3 else b"") for n in range(500)]
    store.replace_default(b"".join(lines_of))
    monkeypatch.setattr(lines, "_RUN", 1_000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before, out = sorted(tmp_path.iterdir()), io.BytesIO()
    store.export_to(out)
    assert out.getvalue() == b"".join(sorted(lines_of)) == store.export()
    with pytest.raises(ValueError, match="named graphs"):
        store.export(syntax=N_TRIPLES)
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_is_told_in_one_sentence():
    with pytest.raises(StoreError, match="disk is full, and nothing was changed"), engine_errors():
        raise OSError("IO error: No space left on device: While appending to file: /store/000012.sst")
