"""This service beside `oxigraph serve` on disk and in memory: throughput, big answers, loading, memory.

Run: python benchmarks/sparql.py [--triples 100000 1000000] [--seconds 8] [--clients 8] [--generated-only]; needs
`oxigraph` on the PATH (PyPI package `oxigraph`). Prints a table and writes it to benchmarks/results.md.
"""

import argparse
import json
import multiprocessing
import os
import platform
import socket
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import copied
from generated import LOOK_UPS, many_rows, queries, triples
from servers import ACCEPT, Server, servers

ROOT = Path(__file__).resolve().parents[1]


def client(port: int, path: str, texts: list[str], seconds: float, results) -> None:
    """Ask one query after the other on one connection, with as little Python as can be."""
    requests = [http_request(path, text) for text in texts]
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    count, failed, latencies = 0, 0, []
    first = time.perf_counter()
    end = first + seconds
    while (begun := time.perf_counter()) < end:
        connection.sendall(requests[count % len(requests)])
        failed += not read_answer(connection).startswith(b"HTTP/1.1 200")
        latencies.append(time.perf_counter() - begun)
        count += 1
    results.put((count / (time.perf_counter() - first), failed, latencies))


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
            rest = rest[-5:] + _some(connection)
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
    rate, failed = sum(each for each, _, _ in got), sum(count for _, count, _ in got)
    return rate, latencies[len(latencies) // 2] * 1000, latencies[int(len(latencies) * 0.99)] * 1000, failed


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


def measure(count: int, seconds: float, clients: int, graph: copied.Graph | None) -> list[dict]:
    """Measure every server at one size of data: made up for this benchmark, then copied from the real graph, if any."""
    data = "".join(triples(count)).encode()
    real = "".join(copied.triples(graph, count)).encode() if graph else b""
    lines, real_lines = len(set(data.splitlines())), len(set(real.splitlines()))
    texts, real_texts = queries(count, 200), copied.sample(graph, count) if graph else []
    table = []
    with tempfile.TemporaryDirectory() as folder:
        for make in servers(Path(folder)):
            server = make()
            try:
                row = {"name": server.name, "lines": lines, "real lines": real_lines}
                row["load"] = lines / server.load(data)
                row["answers"] = [server.ask(text) for text in texts]
                time.sleep(1 + lines / 100_000)
                row |= generated_work(server, count, seconds, clients)
                if graph:
                    server.load(real)
                row["real answers"] = [server.ask(text) for text in real_texts]
                if graph:
                    time.sleep(1 + lines / 100_000)
                    row |= real_work(server, graph, count, seconds, clients)
            finally:
                server.stop()
            first = table[0] if table else row
            for kind in ("answers", "real answers"):
                row[f"same {kind}"] = sum(same(a, b) for a, b in zip(row[kind], first[kind], strict=True))
            table.append(row)
            print({name: value for name, value in row.items() if name[-7:] != "answers"}, flush=True)
    return table


def generated_work(server: Server, count: int, seconds: float, clients: int) -> dict:
    """Measure the mix, the look-ups and the big answer over the generated data."""
    rate, median, slowest, failed = throughput(server, queries(count, 2000), clients, seconds)
    look_ups, *_ = throughput(server, queries(count, 2000, LOOK_UPS), clients, seconds / 2)
    big, *_ = throughput(server, [many_rows()], 2, seconds / 2)
    row = {"rate": rate, "p50": median, "p99": slowest, "failed": failed, "look_ups": look_ups, "big": big}
    return {**row, "memory": server.memory()}


def real_work(server: Server, graph: copied.Graph, count: int, seconds: float, clients: int) -> dict:
    """Measure the product's own questions over copies of the real graph."""
    found = {"real failed": 0}
    for name, make in (("pages", copied.look_ups), ("canned", copied.canned_queries), ("all", copied.mixed)):
        rate, median, slowest, failed = throughput(server, make(graph, count, 1000), clients, seconds)
        found |= {f"real {name}": rate, f"real {name} p50": median, f"real {name} p99": slowest}
        found["real failed"] += failed
    return {**found, "real memory": server.memory()}


def report(measured: dict[int, list[dict]], clients: int, seconds: float) -> str:
    """Write the tables."""
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}, "
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, granian {version('granian')}, "
        f"Flask {version('flask')}. {clients} clients in processes of their own on the same machine, {seconds:g} s a "
        "measurement; answers compared with those of the first server. Every query of `kg serve` can be killed. The "
        "generated data and its mix are those of benchmarks/generated.py; the real graph's shape is the built graph "
        "copied under other addresses, asked what pages ask of things, every canned query with values of the data, and "
        "four of the former for each of the latter (benchmarks/copied.py). An answer in which "
        "GROUP_CONCAT keeps a language tag counts as another than one with the simple literal of SPARQL 1.1 Query "
        "§18.5.1.7. "
        "Load of the machine while measuring: "
        f"{os.getloadavg()[0]:.1f}; above 10 other work took most of the processors.\n"
    )
    out = ["# Results\n", machine]
    for table in measured.values():
        out += [f"## {table[0]['lines']:,} triples\n", *_generated(table), ""]
        if table[0]["real lines"]:
            out += [f"## {table[0]['real lines']:,} triples of the real graph's shape\n", *_real(table), ""]
    return "\n".join(out)


def _generated(table: list[dict]) -> list[str]:
    """Write the table of the generated data."""
    heads = ["server", "mixed queries/s", "× disk", "× memory", "p50 ms", "p99 ms", "failed", "look-ups/s"]
    heads += ["10,000 rows/s", "× memory", "loaded triples/s", "MiB", "same answers"]
    disk, memory = table[0], table[1]
    out = [_line(heads), _line(["---"] * len(heads))]
    for row in table:
        cells = [row["name"], f"{row['rate']:,.0f}", _times(row, disk, "rate"), _times(row, memory, "rate")]
        cells += [f"{row['p50']:.2f}", f"{row['p99']:.2f}", str(row["failed"]), f"{row['look_ups']:,.0f}"]
        cells += [f"{row['big']:.1f}", _times(row, memory, "big"), f"{row['load']:,.0f}", f"{row['memory']:,}"]
        out.append(_line([*cells, f"{row['same answers']}/{len(row['answers'])}"]))
    return out


def _real(table: list[dict]) -> list[str]:
    """Write the table of the copies."""
    heads = ["server", "pages' look-ups/s", "× disk", "× memory", "canned queries/s", "× disk", "× memory"]
    heads += ["mixed queries/s", "× disk", "× memory", "p50 ms", "p99 ms", "failed", "MiB", "same answers"]
    disk, memory = table[0], table[1]
    out = [_line(heads), _line(["---"] * len(heads))]
    for row in table:
        cells = [row["name"]]
        for kind, digits in (("real pages", 0), ("real canned", 1), ("real all", 0)):
            cells += [f"{row[kind]:,.{digits}f}", _times(row, disk, kind), _times(row, memory, kind)]
        cells += [f"{row['real all p50']:.2f}", f"{row['real all p99']:.2f}", str(row["real failed"])]
        cells += [f"{row['real memory']:,}", f"{row['same real answers']}/{len(row['real answers'])}"]
        out.append(_line(cells))
    return out


def _times(row: dict, other: dict, kind: str) -> str:
    return f"{row[kind] / other[kind]:.2f}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--generated-only", action="store_true", help="leave the copies of the real graph out")
    given = parser.parse_args()
    graph = None if given.generated_only else copied.graph()
    measured = {count: measure(count, given.seconds, given.clients, graph) for count in given.triples}
    text = report(measured, given.clients, given.seconds)
    print(text)
    (ROOT / "benchmarks" / "results.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
