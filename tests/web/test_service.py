"""A real service in processes of its own: under attack, killed, stopped, left by its clients."""

import json
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from service_process import TOKEN, Service

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DATA = "".join(f'<urn:s{i}> <urn:p{i % 7}> "齐 {i}" .\n' for i in range(1500))
LIMIT, SLACK = 2.0, 3.0
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def service():
    running = Service(KG_QUERY_TIMEOUT=str(LIMIT), KG_QUERY_MEMORY="256")
    put = running.ask("PUT", "/graph-store?default", DATA, Content_Type="text/turtle", Authorization=f"Bearer {TOKEN}")
    assert put.status == 204
    yield running
    running.stop()


def raw(service, data: bytes, seconds: float = 10.0, *, whole: bool = False) -> bytes:
    with socket.create_connection(("127.0.0.1", service.port), timeout=seconds) as connection:
        with suppress(OSError):  # it may be shut before all is sent
            connection.sendall(data)
            if not whole:
                connection.shutdown(socket.SHUT_WR)
        parts = []
        with suppress(OSError):
            while part := connection.recv(1 << 16):
                parts.append(part)
        return b"".join(parts)


def test_a_form_is_read_whole(service):
    form = urlencode({"query": "ASK {}"})
    answer = service.ask("POST", "/sparql", form, Content_Type="application/x-www-form-urlencoded", Accept=JSON)
    assert (answer.status, json.loads(answer.body)["boolean"]) == (200, True)
    form = urlencode({"text": "全区新建学校3所。" * 500})
    answer = service.ask("POST", "/extract", form, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 200
    assert answer.body.decode().count("学校") > 500


def test_twenty_runaways_end_and_short_queries_go_on(service):
    ends = []

    def attack():
        begun = time.monotonic()
        status = _post(service, RUNAWAY)
        ends.append((time.monotonic() - begun, status))

    crowd = [threading.Thread(target=attack) for _ in range(20)]
    for each in crowd:
        each.start()
    answered = 0
    while any(each.is_alive() for each in crowd):
        answer = service.query("SELECT ?p { <urn:s1> ?p ?o }")
        assert answer.status == 200
        answered += 1
    assert answered > 3
    assert {status for _, status in ends} == {503}
    assert max(seconds for seconds, _ in ends) < LIMIT + SLACK


def _post(service, text: str) -> int:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/sparql-query\r\n"
    answer = raw(service, f"{head}Content-Length: {len(text)}\r\n\r\n{text}".encode(), LIMIT + 10, whole=True)
    return int(answer.split(b" ", 2)[1])


def test_a_stopped_query_is_a_503_and_a_full_house_says_when_to_come_again(service):
    answer = service.query(RUNAWAY)
    assert (answer.status, answer.media_type) == (503, "application/problem+json")
    assert "2 s" in json.loads(answer.body)["detail"]


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"",
        b"\x00\xff\x16\x03\x01",
        b"GET /sparql HTTP/1.1\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nASK {}",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK {}",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nASK {}",
        b"GET /sparql?query=" + b"A" * 600_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["nothing", "binary", "half a head", "short body", "negative", "two lengths", "bad chunk", "long line"],
)
def test_a_broken_request_harms_nobody(service, request_bytes):
    answer = raw(service, request_bytes)
    assert answer == b"" or not answer.startswith(b"HTTP/1.1 500")
    assert service.query("ASK {}").status == 200


def test_slow_clients_hold_nobody_up(service):
    """Many that say how long their query is, and then send a part of it only."""
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"
    )
    slow = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(200)]
    for each in slow:
        each.sendall(head)
    try:
        assert service.query("ASK {}").status == 200
        assert service.ask("GET", "/readyz").status == 200
    finally:
        for each in slow:
            each.close()


def test_connections_that_nothing_is_sent_over_are_shut_and_no_others():
    code = """
        import socket, time
        from kg.web.slow import shut_silent
        listener = socket.create_server(("127.0.0.1", 0))
        silent, served = (socket.create_connection(listener.getsockname()) for _ in range(2))
        theirs = [listener.accept()[0] for _ in range(2)]
        time.sleep(1.5)
        for each in (served, theirs[1]):
            each.sendall(b"x")
        assert shut_silent(1.0) == 2  # both ends are in this process
        assert theirs[0].recv(9) == b"" and theirs[1].recv(9) == b"x" and served.recv(9) == b"x"
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=60)


def test_a_body_of_unknown_length_is_refused_past_the_limit_and_never_cut_off(service):
    text = b"ASK {} #" + b"a" * (5 << 20)
    parts = b"".join(
        b"%x\r\n%s\r\n" % (len(text[at : at + 65536]), text[at : at + 65536]) for at in range(0, len(text), 65536)
    )
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    head += b"Transfer-Encoding: chunked\r\n\r\n"
    answer = raw(service, head + parts + b"0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413")


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sparql", "application/sparql-query"),
        ("/sparql", FORM),
        ("/update", "application/sparql-update"),
        ("/update", FORM),
        ("/graph-store?default", "text/turtle"),
        ("/graph-store", "multipart/form-data; boundary=x"),
        ("/extract", FORM),
        ("/extract", "multipart/form-data; boundary=x"),
        ("/extract", "text/plain"),
        ("/terms", "application/json"),
        ("/workbench/cancel", FORM),
        ("/none", "text/plain"),
    ],
)
def test_a_body_that_is_too_long_is_refused_before_it_is_read(service, path, kind):
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nAuthorization: Bearer {TOKEN}\r\n"
    answer = raw(service, f"{head}Content-Length: {300 << 20}\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"application/problem+json" in answer


@pytest.mark.parametrize(
    ("path", "kind"), [("/extract", FORM), ("/extract", "text/plain"), ("/terms", "application/json")]
)
def test_a_form_of_unknown_length_is_not_cut_off_at_the_limit(service, path, kind):
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    part = b"100000\r\n" + b"a" * (1 << 20) + b"\r\n"
    assert raw(service, head + part * 3 + b"0\r\n\r\n").startswith(b"HTTP/1.1 413")
    short = b"d\r\ntext=%E5%A4%A9\r\n0\r\n\r\n" if kind == FORM else b"2\r\n[]\r\n0\r\n\r\n"
    assert not raw(service, head + short).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("text", ["a." * 2_000_000, "<urn:x> FROM " * 300_000, '"""\n\\' * 700_000, "(1)" * 1_300_000])
def test_no_text_holds_the_service_up(service, text):
    """Each took the lexer minutes, or seconds in the server's own process, once."""
    begun = time.monotonic()
    answer = service.query(f"ASK FROM <urn:x> {{ {text}")
    assert answer.status in {400, 413, 503}
    assert time.monotonic() - begun < 2 + SLACK


def test_an_upload_with_an_endless_term_is_too_large(service):
    headers = {"Content_Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
    answer = service.ask("PUT", "/graph-store?graph=urn:endless", b"<urn:a> <urn:b> " + b"a" * (20 << 20), **headers)
    assert (answer.status, answer.media_type) == (413, "application/problem+json")
    assert service.query("ASK {}").status == 200


def test_a_client_that_leaves_frees_its_worker(service):
    text = RUNAWAY.encode()
    connection = socket.create_connection(("127.0.0.1", service.port))
    connection.sendall(
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(text), text)
    )
    connection.close()
    assert service.query("ASK {}").status == 200


def test_it_stops_cleanly_under_attack_and_leaves_no_process(tmp_path):
    running = Service(f"oxigraph:{tmp_path}/store", KG_QUERY_TIMEOUT="30")
    assert running.update("INSERT DATA { <urn:a> <urn:p> 1, 2, 3, 4, 5, 6 }").status == 204
    long = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(12)) + " }"
    crowd = [threading.Thread(target=_leave_open, args=(running, long)) for _ in range(6)]
    for each in crowd:
        each.start()
    time.sleep(0.5)
    processes = running.processes()
    assert running.stop() < 5.0 + SLACK
    for each in crowd:
        each.join()
    end = time.monotonic() + 10
    while any(_alive(pid) for pid in processes):
        assert time.monotonic() < end
        time.sleep(0.05)
    again = Service(f"oxigraph:{tmp_path}/store")
    assert again.query("SELECT ?o { <urn:a> ?p ?o }").body.count(b'"o":') == 6
    again.stop()


def _leave_open(service, text: str) -> None:
    with suppress(OSError, IndexError):
        _post(service, text)


def test_everything_that_belongs_to_it_ends_when_its_main_process_is_killed(tmp_path):
    running = Service(f"oxigraph:{tmp_path}/store")
    processes = running.processes()
    running.stop(signal.SIGKILL)
    end = time.monotonic() + 10
    while any(_alive(pid) for pid in processes):
        assert time.monotonic() < end, [Path(f"/proc/{pid}/cmdline").read_text() for pid in processes if _alive(pid)]
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
