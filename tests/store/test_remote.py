"""The remote store against a real server of another make, and against servers that misbehave."""

import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import (
    BusyError,
    NotFoundError,
    QueryError,
    StoreChangedError,
    StoreError,
    TimeLimitError,
    TooLargeError,
    UsageError,
)
from kg.store import Dataset, open_store
from kg.store.formats import CSV, JSON, N_TRIPLES, TURTLE
from kg.store.remote import BUILD

BUILT = '<urn:a> <urn:p> "齐齐\\n\\"x\\""@zh .\n<urn:b> <urn:p> <urn:a> .\n'.encode()


INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 2000
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 1000000
"""
DEFAULT = "urn:x-district-kg:default"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def oxigraph(_):
    port = free_port()
    command = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    process = subprocess.Popen([command, "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    return process, f"sparql:http://127.0.0.1:{port}/query,http://127.0.0.1:{port}/update"


def virtuoso(folder):
    if shutil.which("virtuoso-t") is None:
        pytest.skip("VIRTUOSO IS NOT HERE: install the Debian package virtuoso-opensource")
    sql, port = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, sql=sql, http=port))
    command = ["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    wait_for(port)
    grant = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", 'exec=GRANT SPARQL_UPDATE TO "SPARQL";']
    subprocess.run(grant, check=True, stdout=subprocess.DEVNULL, timeout=60)
    return process, f"sparql:http://127.0.0.1:{port}/sparql"


def wait_for(port):
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="module", params=[oxigraph, virtuoso])
def server(request, tmp_path_factory):
    process, url = request.param(tmp_path_factory.mktemp("server"))
    yield request.param.__name__, url
    process.terminate()
    process.wait()


@pytest.fixture
def store(server, monkeypatch):
    if server[0] == "virtuoso":
        monkeypatch.setenv("KG_STORE_DEFAULT_GRAPH", DEFAULT)
    opened = open_store(server[1], query_timeout=30)
    for _ in range(100):
        try:
            opened.update("; ".join(f"DROP SILENT GRAPH <{name}>" for name in (DEFAULT, BUILD, "urn:g", "urn:view")))
            opened.update("CLEAR DEFAULT")
            break
        except BusyError:
            time.sleep(0.05)
    yield opened
    opened.close()


def test_a_build_is_published_and_what_clients_wrote_is_kept(store):
    assert store.is_empty()
    store.replace_default(BUILT)
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:c> <urn:p> 1 } }")
    store.replace_default(BUILT)
    assert (store.count(), store.export().count(b"\n")) == (3, 3)
    store.update("INSERT DATA { <urn:mine> <urn:p> 1 }")
    with pytest.raises(StoreChangedError):
        store.replace_default(BUILT)
    store.replace_default(BUILT, replace=True)
    assert store.count() == 3


def test_a_view_is_published_with_the_build(store):
    for value in "xy":
        store.replace_default(BUILT + f"<urn:{value}> <urn:p> <urn:a> <urn:view> .\n".encode())
    assert store.export().splitlines() == [*BUILT.splitlines(), b"<urn:y> <urn:p> <urn:a> <urn:view> ."]


def test_it_answers_like_any_store(store):
    store.replace_default(BUILT)
    literal = ox.Literal('齐齐\n"x"', language="zh")
    assert store.select("SELECT ?s ?o { ?s <urn:p> ?o }", {"o": literal}).rows == ((ox.NamedNode("urn:a"), literal),)
    assert store.ask("ASK { <a> <p> ?o }", {}) is False
    assert store.query("SELECT ?p { <a> ?p <b> }", syntax=CSV, base="urn:x:").body.strip(b'"\r\n') == b"p"
    assert len(store.construct("CONSTRUCT { ?o <urn:q> ?s } WHERE { ?s <urn:p> ?o FILTER(ISIRI(?o)) }")) == 1
    assert store.select("SELECT * { ?s ?p ?o }", dataset=Dataset(("urn:none",), ())).rows == ()
    with pytest.raises(QueryError, match="refused"):
        store.query("SELECT {", syntax=JSON)


def test_graphs(store):
    assert store.write_graph("urn:g", b"<urn:a> <urn:p> 1 .", syntax=TURTLE, replace=True)
    assert not store.write_graph("urn:g", b"<urn:b> <urn:p> 1 .", syntax=TURTLE, replace=False)
    assert store.read_graph("urn:g", syntax=N_TRIPLES).body.count(b"\n") == 2
    store.delete_graph("urn:g")
    with pytest.raises(NotFoundError):
        store.read_graph("urn:g", syntax=N_TRIPLES)


class _Bad(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        getattr(self, self.path.strip("/"))()

    def say(self, status, media_type, body, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def rubbish(self):
        self.say(200, "text/html", b"<h1>hello</h1>")

    def cut(self):
        self.say(200, "application/sparql-results+json", b'{"head":', length=1000)

    def busy(self):
        self.say(503, "text/plain", b"later")

    def redirect(self):
        self.say(302, "text/plain", b"", Location="http://169.254.169.254/")

    def denied(self):
        self.say(401, "text/plain", b"who are you")

    def capped(self):
        self.say(200, "application/sparql-results+json", b'{"head":{},"boolean":true}', **{"X-SPARQL-MaxRows": "10"})

    def hang(self):
        time.sleep(1.2)

    def log_message(self, *_):
        return


@pytest.fixture(scope="module")
def bad():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Bad)
    server.asked = 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "error", "says"),
    [
        ("rubbish", StoreError, "text/html"),
        ("cut", StoreError, "broke off"),
        ("busy", BusyError, "busy"),
        ("redirect", StoreError, "302"),
        ("denied", StoreError, "401"),
        ("hang", TimeLimitError, "within"),
        ("capped", TooLargeError, "at most 10 rows"),
    ],
)
def test_a_store_that_misbehaves_is_a_clear_error_without_its_password(bad, path, error, says):
    opened = open_store(f"sparql:http://user:secret@127.0.0.1:{bad.server_port}/{path}", query_timeout=0.8)
    with pytest.raises(error, match=says) as caught:
        opened.query("ASK {}", syntax=JSON)
    assert "secret" not in str(caught.value)


def test_a_query_is_asked_again_and_an_update_never(bad):
    opened = open_store(f"sparql:http://127.0.0.1:{bad.server_port}/busy", query_timeout=5)
    for act, times in ((lambda: opened.query("ASK {}", syntax=JSON), 3), (lambda: opened.update("DROP ALL"), 1)):
        before = bad.asked
        with pytest.raises(BusyError):
            act()
        assert bad.asked - before == times


def test_a_store_that_is_not_there_and_one_that_is_no_address():
    with pytest.raises(BusyError, match="cannot be reached"):
        open_store("sparql:http://127.0.0.1:9/", query_timeout=1).query("ASK {}", syntax=JSON)
    with pytest.raises(UsageError, match="begins with http"):
        open_store("sparql:file:///etc/passwd")
