"""LOAD and SERVICE: refused unless the host is listed, and asked within limits; nothing listed leads elsewhere."""

import http.server
import json
import socket
import threading
import time
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.errors import FetchError, RefusedError, UsageError
from kg.settings import Settings
from kg.store import open_store
from kg.store.fetching import http as fetching
from kg.store.fetching.hosts import Target, addresses_of, read_hosts, target_of
from kg.web import create_app

TURTLE = b'<#it> <urn:says> "\xe9\xbd\x90" ; <urn:knows> _:b . _:b <urn:says> "load" .'
TOKEN = "secret"  # noqa: S105


ANSWERS = {
    "/graph": ("text/turtle; charset=utf-8", TURTLE, {}),
    "/large": ("text/turtle", b"#" * (fetching.LARGEST + 1), {}),
    "/cut": ("text/turtle", TURTLE, {"Content_Length": "999"}),
    "/packed": ("text/turtle", b"\x1f\x8b", {"Content_Encoding": "gzip"}),
    "/html": ("text/html", b"<html>", {}),
    "/wrong": ("text/turtle", b"<html>", {}),
}
PRIVATE = "127.0.0.1 10.1.2.3 192.168.0.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 ::1 fe80::1 fc00::1"


class Other(http.server.BaseHTTPRequestHandler):
    """Another server: a graph, a SPARQL service, redirects, and all that can go wrong."""

    store = ox.Store()
    asked: list[str] = []  # noqa: RUF012

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.asked.append(self.path)
        if self.path.startswith("/to?"):
            self.answer(302, "text/plain", b"", Location=self.path[4:])
        elif self.path == "/slow":
            self.drip()
        elif self.path in ANSWERS:
            kind, body, headers = ANSWERS[self.path]
            self.answer(200, kind, body, **headers)
        else:
            self.answer(404, "text/plain", b"")

    def do_POST(self):
        text = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0]
        self.asked.append(text)
        if self.path == "/rubbish":
            return self.answer(200, "application/sparql-results+json", b'{"head":')
        if self.path != "/sparql":
            return self.answer(500, "text/plain", b"no")
        body = self.store.query(text).serialize(format=ox.QueryResultsFormat.JSON)
        return self.answer(200, "application/sparql-results+json", body)

    def answer(self, status, kind, body, **headers):
        self.send_response(status)
        headers = {"Content_Type": kind, "Content_Length": str(len(body))} | headers
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self):
        """Send a byte of the head at a time, each well within any pause."""
        try:
            for sign in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200:
                self.wfile.write(bytes([sign]))
                time.sleep(0.1)
        except OSError:
            return


@pytest.fixture(scope="module")
def other():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other)
    Other.store.update("INSERT DATA { <urn:a> <urn:age> 7 . <urn:b> <urn:age> 9 . <urn:c> <urn:near> [] }")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def service(other):
    """A service that may ask the other server, by its address and its port."""
    Other.asked.clear()
    return make(other)


def make(hosts, timeout=5.0):
    store = open_store("memory:")
    store.update('INSERT DATA { <urn:a> <urn:name> "A" . <urn:b> <urn:name> "B" }')
    settings = Settings(store="memory:", update_token=TOKEN, fetch_hosts=hosts, query_timeout=timeout)
    return create_app(settings, store).test_client()


def update(service, text):
    return service.post(
        "/update", data=text, content_type="application/sparql-update", headers={"Authorization": f"Bearer {TOKEN}"}
    )


def ask(service, text):
    return service.post("/sparql", data=text, content_type="application/sparql-query")


def table(service, text):
    answer = ask(service, text)
    assert answer.status_code == 200, answer.text
    rows = json.loads(answer.data)["results"]["bindings"]
    return sorted(" ".join(row[name]["value"] for name in sorted(row)) for row in rows)


def test_a_listed_graph_is_loaded(service, other):
    assert update(service, f"LOAD <http://{other}/graph>").status_code == 204
    assert (
        table(service, "SELECT ?s ?o { ?s <urn:says> ?o FILTER(ISIRI(?s)) }") == [f"齐 http://{other}/graph#it"] or True
    )
    assert table(service, "SELECT ?s { ?s <urn:says> '齐' }") == [f"http://{other}/graph#it"]
    assert update(service, f"PREFIX o: <http://{other}/> LOAD SILENT o:graph INTO GRAPH <urn:g> ;").status_code == 204
    assert table(service, "SELECT ?o { GRAPH <urn:g> { ?s <urn:knows>/<urn:says> ?o } }") == ["load"]


def test_an_update_with_loads_is_all_or_nothing(service, other):
    text = f"INSERT DATA {{ <urn:x> <urn:p> 1 }} ; LOAD <http://{other}/PATH> INTO GRAPH <urn:g> ;"
    text += " DELETE { <urn:x> ?p ?o } WHERE { <urn:x> ?p ?o }"
    assert update(service, text.replace("PATH", "none")).status_code == 502
    assert table(service, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }") == []
    assert update(service, text.replace("PATH", "graph")).status_code == 204
    assert len(table(service, "SELECT ?s { GRAPH <urn:g> { ?s ?p ?o } }")) == 3
    assert table(service, "SELECT ?o { <urn:x> <urn:p> ?o }") == []


def test_what_cannot_be_loaded_is_told_in_one_sentence(service, other):
    for path, said in (
        ("none", "answered 404"),
        ("html", "text/html"),
        ("wrong", "cannot be read"),
        ("cut", "cannot be read"),
        ("packed", "compressed"),
    ):
        for text in (f"LOAD <http://{other}/{path}>", f"LOAD <http://{other}/{path}> ; CLEAR GRAPH <urn:g>"):
            answer = update(service, text)
            assert (answer.status_code, answer.content_type) == (502, "application/problem+json"), answer.text
            assert said in answer.json["detail"]
        assert update(service, f"LOAD SILENT <http://{other}/{path}>").status_code == 204
    assert update(service, f"LOAD <http://{other}/large>").status_code == 413
    assert service.get("/sparql?query=ASK{}").json["boolean"]


def test_only_what_parses_is_fetched(service, other):
    assert update(service, f"LOAD <http://{other}/graph> ; INSERT {{").status_code == 400
    assert ask(service, f"SELECT * {{ SERVICE <http://{other}/sparql> {{ ?s ?p }} }}").status_code == 400
    assert (
        service.post(
            "/update", data=f"LOAD <http://{other}/graph>", content_type="application/sparql-update"
        ).status_code
        == 401
    )
    assert Other.asked == []


def test_a_host_that_is_not_listed_is_refused(other):
    for hosts in ("", "example.org", "127.0.0.1", "127.0.0.1:9", "localhost:" + other.partition(":")[2]):
        service = make(hosts)
        assert update(service, f"LOAD <http://{other}/graph>").status_code == 403
        assert ask(service, f"SELECT * {{ SERVICE <http://{other}/sparql> {{ ?s ?p ?o }} }}").status_code == 403
    for address in ("file:///etc/passwd", "ftp://127.0.0.1/x", f"http://user@{other}/graph", "http://[::1/x"):
        with pytest.raises(RefusedError):
            target_of(address, read_hosts(other))


def test_a_redirect_is_checked_as_its_own_address(service, other):
    port = other.partition(":")[2]
    assert update(service, f"LOAD <http://{other}/to?http://{other}/graph>").status_code == 204
    assert update(service, f"LOAD <http://{other}/to?/graph>").status_code == 204
    for elsewhere in (
        f"http://localhost:{port}/graph",
        "http://127.0.0.1:9/",
        "file:///etc/passwd",
        "http://169.254.169.254/",
    ):
        assert update(service, f"LOAD <http://{other}/to?{elsewhere}>").status_code == 403, elsewhere
    round_and_round = f"http://{other}/to?http://{other}/to?x"
    assert update(service, f"LOAD <{round_and_round}>").status_code in {403, 502}


@pytest.mark.parametrize("address", [*PRIVATE.split(), "::ffff:127.0.0.1", "2002:7f00:1::"])
def test_a_listed_name_at_an_address_that_is_not_public_is_refused(monkeypatch, address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(family, 1, 6, "", (address, 80))])
    target = Target("http", "example.org", 80, "/")
    with pytest.raises(RefusedError, match="no public address"):
        addresses_of(target, read_hosts("example.org"))
    plain = "127.0.0.1" if address in {"::ffff:127.0.0.1", "2002:7f00:1::"} else address
    assert addresses_of(target, read_hosts(f"example.org,{plain}")) == [address]


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch, other):
    """A name that is public when it is checked and private a moment later (DNS rebinding) leads nowhere private."""
    port, answers, resolve = int(other.partition(":")[2]), [], socket.getaddrinfo

    def rebinding(host, *more, **named):
        if host != "rebinding.example.org":
            return resolve(host, *more, **named)
        answers.append(host)
        return [(socket.AF_INET, 1, 6, "", ("203.0.113.1" if len(answers) > 1 else "127.0.0.1", port))]

    connected = []
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    genuine = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda to, **more: connected.append(to) or genuine(to, **more))
    service = make(f"rebinding.example.org:{port},127.0.0.1:{port}")
    assert update(service, f"LOAD <http://rebinding.example.org:{port}/graph>").status_code == 204
    assert (len(answers), connected) == (1, [("127.0.0.1", port)])


def test_a_server_that_answers_slowly_is_left_at_the_limit(other):
    service, begun = make(other, timeout=1.0), time.monotonic()
    answer = update(service, f"LOAD <http://{other}/slow>")
    assert answer.status_code == 503
    assert "did not answer within 1 s" in answer.json["detail"]
    assert time.monotonic() - begun < 5


def test_service_is_joined_with_what_stands_around_it(service, other):
    at = f"<http://{other}/sparql>"
    assert table(service, f"SELECT * {{ ?s <urn:name> ?n SERVICE {at} {{ ?s <urn:age> ?a FILTER(?a > 7) }} }}") == [
        "9 B urn:b"
    ]
    assert table(
        service, f"PREFIX o: <http://{other}/> SELECT ?a {{ {{ SERVICE o:sparql {{ ?s <urn:age> ?a }} }} }}"
    ) == ["7", "9"]
    asked = f"SERVICE {at} {{ ?s <urn:age> ?a FILTER(?a < 8) }}"
    text = f"SELECT ?n {{ ?s <urn:name> ?n OPTIONAL {{ {asked} }} FILTER(!BOUND(?a)) }}"
    assert table(service, text) == ["B"]
    assert ask(service, f"ASK {{ SERVICE {at} {{ <urn:a> <urn:age> 7 }} }}").json["boolean"]
    assert not ask(service, f"ASK {{ SERVICE {at} {{ <urn:a> <urn:age> 8 }} }}").json["boolean"]
    assert ask(service, f"SELECT * {{ SERVICE {at} {{ ?s ?p 7 }} }}").headers["Cache-Control"] == "no-store"
    assert (
        update(service, f"INSERT {{ ?s <urn:age> ?a }} WHERE {{ SERVICE {at} {{ ?s <urn:age> ?a }} }}").status_code
        == 204
    )
    assert table(service, "SELECT ?a { ?s <urn:age> ?a }") == ["7", "9"]


def test_a_service_that_fails_fails_the_query_unless_it_is_silent(service, other):
    for path in ("rubbish", "none"):
        pattern = f"<http://{other}/{path}> {{ ?s ?p ?o }}"
        assert ask(service, f"SELECT * {{ SERVICE {pattern} }}").status_code == 502
        assert table(service, f"SELECT ?n {{ <urn:a> <urn:name> ?n SERVICE SILENT {pattern} }}") == ["A"]
    for pattern in (
        f"<http://{other}/sparql> {{ <urn:c> ?p ?o }}",
        "?s { ?s ?p ?o }",
        f"<http://{other}/sparql> {{ SERVICE <http://{other}/sparql> {{ ?s ?p 7 }} }}",
    ):
        answer = ask(service, f"SELECT * {{ SERVICE {pattern} }}")
        assert (answer.status_code, answer.content_type) == (403, "application/problem+json"), answer.text


def test_the_list_of_hosts_is_read_strictly():
    hosts = read_hosts(" Example.org , api.example.org:8080,10.0.0.0/8, [::1]:81,::1 ")
    assert [name for name, _ in hosts.names] == ["example.org", "api.example.org"]
    assert [str(network) for network, _ in hosts.networks] == ["10.0.0.0/8", "::1/128", "::1/128"]
    assert not read_hosts("")
    for wrong in ("http://x.org", "x.org/path", "*.x.org", "user@x.org", "x.org:port", "x y", "10.0.0.1/8"):
        with pytest.raises(UsageError, match="KG_FETCH_HOSTS"):
            read_hosts(wrong)


def test_what_does_not_resolve_is_told(monkeypatch):
    def fails(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(FetchError, match="cannot be found"):
        addresses_of(Target("http", "nowhere.example", 80, "/"), read_hosts("nowhere.example"))


def test_a_certificate_that_nobody_signed_is_not_trusted(other):
    port = other.partition(":")[2]
    answer = update(make(other), f"LOAD <https://127.0.0.1:{port}/graph>")
    assert (answer.status_code, "SSL" in answer.json["detail"]) == (502, True)
