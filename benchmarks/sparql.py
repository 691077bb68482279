"""This service beside `oxigraph serve` on disk and in memory: throughput, big answers, loading, memory.

Run: python benchmarks/sparql.py [--triples 100000 1000000] [--seconds 8] [--clients 8]; needs `oxigraph` on the PATH
(PyPI package `oxigraph`). Prints a table and writes it to benchmarks/results.md.
"""

import argparse
import json
import multiprocessing
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from urllib.request import Request, urlopen

from generated import LOOK_UPS, many_rows, queries, triples

ROOT = Path(__file__).resolve().parents[1]
JSON = "application/sparql-results+json"
ACCEPT = f"{JSON}, application/n-triples;q=0.9"
CODE = (
    "import os, sys; from kg.settings import load; from kg.web import serve; "
    "serve(load(os.environ), '127.0.0.1', int(sys.argv[1]))"
)


class Server:
    """One server under test."""

    def __init__(self, name: str, command, environ=None, query="/sparql", put="/graph-store?default"):
        self.name, self.port = name, _free_port()
        self.query_path, self.put_path = query, put
        arguments = [part.replace("PORT", str(self.port)) for part in command]
        self.process = subprocess.Popen(
            arguments, env={**os.environ, **(environ or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not self._up():
            time.sleep(0.05)

    def _up(self) -> bool:
        try:
            self.ask("ASK {}")
        except OSError:
            return False
        return True

    def ask(self, text: str) -> bytes:
        headers = {"Content-Type": "application/sparql-query", "Accept": ACCEPT}
        request = Request(f"http://127.0.0.1:{self.port}{self.query_path}", text.encode(), headers)
        with urlopen(request, timeout=120) as answer:
            return answer.read()

    def load(self, data: bytes) -> float:
        begun = time.perf_counter()
        headers = {"Content-Type": "application/n-triples", "Authorization": "Bearer bench"}
        url = f"http://127.0.0.1:{self.port}{self.put_path}"
        with urlopen(Request(url, data, headers, method="PUT"), timeout=900):
            return time.perf_counter() - begun

    def memory(self) -> int:
        """Return MiB of all its processes, pages that several share counted once (PSS)."""
        return sum(_pss(pid) for pid in _family(self.process.pid)) // 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _family(pid: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = {pid}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def client(port: int, path: str, texts: list[str], seconds: float, results) -> None:
    """Ask one query after the other on one connection, with as little Python as can be."""
    requests = [http_request(path, text) for text in texts]
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    count, failed, latencies = 0, 0, []
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        connection.sendall(requests[count % len(requests)])
        failed += not read_answer(connection).startswith(b"HTTP/1.1 200")
        latencies.append(time.perf_counter() - begun)
        count += 1
    results.put((count, failed, latencies))


def http_request(path: str, text: str) -> bytes:
    body = text.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {ACCEPT}\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def read_answer(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, rest = data.split(b"\r\n\r\n", 1)
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        while not rest.endswith(b"0\r\n\r\n"):
            rest += _some(connection)
        return head
    length = int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    left = length - len(rest)
    while left > 0:
        left -= len(_some(connection))
    return head


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(1 << 20)
    if not data:
        raise EOFError
    return data


def throughput(server: Server, texts: list[str], clients: int, seconds: float) -> tuple[float, float, float, int]:
    """Return answers a second, the median and the 99th percentile in ms, and how many failed."""
    results = multiprocessing.Queue()
    parts = [texts[place::clients] for place in range(clients)] if len(texts) >= clients else [texts] * clients
    crowd = [
        multiprocessing.Process(target=client, args=(server.port, server.query_path, part, seconds, results))
        for part in parts
    ]
    for each in crowd:
        each.start()
    got = [results.get() for _ in crowd]
    for each in crowd:
        each.join()
    latencies = sorted(value for _, _, listed in got for value in listed)
    total, failed = sum(count for count, _, _ in got), sum(count for _, count, _ in got)
    return total / seconds, latencies[len(latencies) // 2] * 1000, latencies[int(len(latencies) * 0.99)] * 1000, failed


def same(one: bytes, other: bytes) -> bool:
    """Tell whether two answers say the same: rows as a bag, triples as a set, sums to the last digit."""
    if not one.startswith(b"{"):
        return sorted(set(one.splitlines())) == sorted(set(other.splitlines()))
    left, right = json.loads(one), json.loads(other)
    rows = [
        sorted(json.dumps(row, sort_keys=True) for row in each.get("results", {}).get("bindings", []))
        for each in (left, right)
    ]
    return left.get("boolean") == right.get("boolean") and rows[0] == rows[1]


def servers(folder: Path) -> list:
    """Return what makes each server, in the order of the table."""
    environ = {"KG_UPDATE_TOKEN": "bench", "KG_STORE": f"oxigraph:{folder}/kg", "PYTHONPATH": str(ROOT / "src")}
    ours = [sys.executable, "-c", CODE, "PORT"]
    oxigraph = [shutil.which("oxigraph") or "oxigraph", "serve", "--bind", "127.0.0.1:PORT"]
    theirs = {"query": "/query", "put": "/store?default"}
    return [
        lambda: Server("oxigraph serve, on disk", [*oxigraph, "--location", f"{folder}/ox"], **theirs),
        lambda: Server("oxigraph serve, in memory", oxigraph, **theirs),
        lambda: Server("kg serve, cache off", ours, {**environ, "KG_RESULT_CACHE": "0"}),
        lambda: Server("kg serve, cache on", ours, {**environ, "KG_STORE": f"oxigraph:{folder}/kg2"}),
    ]


def measure(count: int, seconds: float, clients: int) -> list[dict]:
    """Measure every server at one size of data."""
    data = "".join(triples(count)).encode()
    lines = len(set(data.splitlines()))
    texts = queries(count, 2000)
    table, reference = [], None
    with tempfile.TemporaryDirectory() as folder:
        for make in servers(Path(folder)):
            server = make()
            try:
                loading = server.load(data)
                answers = [server.ask(text) for text in texts[:200]]
                reference = reference or answers
                agree = sum(same(a, b) for a, b in zip(answers, reference, strict=True))
                rate, median, slowest, failed = throughput(server, texts, clients, seconds)
                look_ups, *_ = throughput(server, queries(count, 2000, LOOK_UPS), clients, seconds / 2)
                big, *_ = throughput(server, [many_rows()], 2, seconds / 2)
                memory = server.memory()
            finally:
                server.stop()
            row = {
                "name": server.name,
                "rate": rate,
                "p50": median,
                "p99": slowest,
                "failed": failed,
                "big": big,
                "look_ups": look_ups,
            }
            table.append({**row, "load": lines / loading, "memory": memory, "agree": agree, "lines": lines})
            print(table[-1], flush=True)
    return table


def report(measured: dict[int, list[dict]], clients: int, seconds: float) -> str:
    """Write the tables."""
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}, "
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, granian {version('granian')}, "
        f"Flask {version('flask')}. {clients} clients in processes of their own on the same machine, {seconds:g} s a "
        "measurement; answers of 200 queries compared with those of the first server. Every query of `kg serve` can "
        f"be killed. Load of the machine while measuring: {os.getloadavg()[0]:.1f}; above 10 other work took most of "
        "the processors.\n"
    )
    heads = [
        "server",
        "mixed queries/s",
        "× disk",
        "× memory",
        "p50 ms",
        "p99 ms",
        "failed",
        "look-ups/s",
        "10,000 rows/s",
        "× memory",
        "loaded triples/s",
        "MiB",
        "same answers",
    ]
    out = ["# Results\n", machine]
    for table in measured.values():
        disk, memory = table[0], table[1]
        out += [f"## {disk['lines']:,} triples\n", _line(heads), _line(["---"] * len(heads))]
        for row in table:
            cells = [
                row["name"],
                f"{row['rate']:,.0f}",
                f"{row['rate'] / disk['rate']:.2f}",
                f"{row['rate'] / memory['rate']:.2f}",
                f"{row['p50']:.2f}",
                f"{row['p99']:.2f}",
                str(row["failed"]),
                f"{row['look_ups']:,.0f}",
                f"{row['big']:.1f}",
                f"{row['big'] / memory['big']:.2f}",
                f"{row['load']:,.0f}",
                f"{row['memory']:,}",
                f"{row['agree']}/200",
            ]
            out.append(_line(cells))
        out.append("")
    return "\n".join(out)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    measured = {count: measure(count, given.seconds, given.clients) for count in given.triples}
    text = report(measured, given.clients, given.seconds)
    print(text)
    (ROOT / "benchmarks" / "results.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
