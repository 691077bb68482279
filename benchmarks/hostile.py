"""Attacks on a running service: when each ends, and what small queries beside them have to wait.

Run: python benchmarks/hostile.py [--timeout 10] [--triples 20000].
Prints a table and writes it to benchmarks/hostile.md.
"""

import argparse
import multiprocessing
import os
import platform
import socket
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from generated import LOOK_UPS, queries, triples  # noqa: E402
from sparql import http_request, read_answer  # noqa: E402

from service_process import TOKEN, Service  # noqa: E402

REFUSED = 503
NUMBERS = " ".join(map(str, range(300)))
BINDS = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(60))
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
ATTACKS = {
    "triple cross product, counted": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "triple cross product, all rows": f"SELECT * {{ {PRODUCT} }}",
    "ORDER BY over a product": f"SELECT * {{ {PRODUCT} }} ORDER BY ?c ?f ?i",
    "DISTINCT over a product": f"SELECT DISTINCT ?a ?f ?h {{ {PRODUCT} }}",
    "paths of any length": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)* ?d }",
    "a string doubled 60 times": f"SELECT ?x60 {{ BIND('0123456789' AS ?x0) {BINDS} }}",
    "regex with backtracking": (
        'SELECT * { ?s ?p ?o FILTER(REGEX(CONCAT(STR(?o), "aaaaaaaaaaaaaaaaaaaaaaaa!"), "^(a+)+$")) }'
    ),
    "a product of VALUES": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {NUMBERS} }}" for i in range(4))
    + " }",
    "200,000 VALUES": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {' '.join(map(str, range(200_000)))} }} ?s ?p ?v }}",
    "10,000 nested braces": "SELECT * " + "{" * 10_000 + "}" * 10_000,
    "100,000 nested parentheses": f"SELECT * {{ FILTER({'(' * 100_000}1{')' * 100_000}) }}",
    "4 MB that a lexer might read twice": "SELECT * FROM <urn:x> { " + "a." * 2_000_000 + "}",
    "GROUP_CONCAT of a product": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?n) {{ {PRODUCT} }}",
}


def attack(port: int, text: str, seconds: float, gate, results) -> None:
    """Ask one query once all are there, and again whenever it ends early, until the time is over or it is refused.

    Tells its last status, and the most seconds that it took from its arrival to its end.
    """
    gate.wait()
    begun, longest, status = time.perf_counter(), 0.0, 0
    while status != REFUSED and time.perf_counter() - begun < seconds:
        status, took = ask(port, text)
        longest = max(longest, took)
        time.sleep(0.005)
    results.put((status, longest))


def ask(port: int, text: str) -> tuple[int, float]:
    """Return the status of the answer to one query on a connection of its own, and the seconds that it took."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        begun = time.perf_counter()
        connection.sendall(http_request("/sparql", text))
        status = int(read_answer(connection).split()[1])
        return status, time.perf_counter() - begun


def small(port: int, texts: list[str], seconds: float, gate, results) -> None:
    """Ask small queries one after the other, with a pause, as a visitor does."""
    connection = socket.create_connection(("127.0.0.1", port))
    gate.wait()
    latencies, end = [], time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        connection.sendall(http_request("/sparql", texts[len(latencies) % len(texts)]))
        read_answer(connection)
        latencies.append(time.perf_counter() - begun)
        time.sleep(0.005)
    results.put(sorted(latencies))


def beside(port: int, texts: list[str], seconds: float, attacks: list[str]) -> tuple[list[float], list[tuple]]:
    """Return how long small queries took (seconds, sorted) while the attacks ran, and how those ended.

    The processes of the clients stand before the first of them asks: to make them is no attack.
    """
    waits, ends, gate = multiprocessing.Queue(), multiprocessing.Queue(), multiprocessing.Barrier(len(attacks) + 1)
    crowd = [multiprocessing.Process(target=attack, args=(port, text, seconds, gate, ends)) for text in attacks]
    visitor = multiprocessing.Process(target=small, args=(port, texts, seconds, gate, waits))
    for each in (*crowd, visitor):
        each.start()
    latencies, ended = waits.get(), [ends.get() for _ in crowd]
    for each in (*crowd, visitor):
        each.join()
    return latencies, ended


def part(latencies: list[float], share: float) -> float:
    """Return a quantile in milliseconds."""
    return latencies[min(int(len(latencies) * share), len(latencies) - 1)] * 1000


def measure(timeout: float, count: int) -> str:
    """Attack one service with each query alone, with 20 at once, and with all of them; return the table."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(f"oxigraph:{folder}/store", KG_QUERY_TIMEOUT=f"{timeout:g}", KG_RESULT_CACHE="0")
        try:
            headers = {"Content_Type": "application/n-triples", "Authorization": f"Bearer {TOKEN}"}
            service.ask("PUT", "/graph-store?default", "".join(triples(count)), **headers)
            texts = queries(count, 500, LOOK_UPS)
            beside(service.port, texts, 1, [])
            idle, _ = beside(service.port, texts, timeout, [])
            rows = [("nothing", [], idle)]
            plans = {name: [text] for name, text in ATTACKS.items()}
            plans["20 cross products at once"] = [f"{ATTACKS['triple cross product, counted']} #{i}" for i in range(20)]
            plans["all of these at once"] = list(ATTACKS.values())
            for name, texts_of in plans.items():
                latencies, ended = beside(service.port, texts, timeout, texts_of)
                rows.append((name, ended, latencies))
                print(name, ended[:3], f"{part(latencies, 0.99):.1f} ms", flush=True)
        finally:
            service.stop()
    return table(rows, timeout, count)


def table(rows: list, timeout: float, count: int) -> str:
    """Write the table."""
    head = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {count:,} triples, "
        f"KG_QUERY_TIMEOUT={timeout:g}, cache off. Seconds from a query's arrival to its end, at its client; a visitor "
        "asks look-ups one after the other meanwhile; what ends before the limit, and is not refused, is asked again. "
        "Load of the machine while measuring: "
        f"{os.getloadavg()[0]:.1f}.\n"
    )
    out = [
        "# Attacks\n",
        head,
        "| attack | answered with | last ended after s | over the limit by s | look-ups p50 ms | p99 ms | p99 × idle |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    idle = part(rows[0][2], 0.99)
    for name, ended, latencies in rows:
        statuses = ", ".join(sorted({str(status) for status, _ in ended})) or "–"
        last = max((seconds for _, seconds in ended), default=0.0)
        p50, p99 = part(latencies, 0.5), part(latencies, 0.99)
        out.append(
            f"| {name} | {statuses} | {last:.2f} | {max(last - timeout, 0):.2f} | {p50:.1f} | {p99:.1f} "
            f"| {p99 / idle:.1f} |"
        )
    return "\n".join(out) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--triples", type=int, default=20_000)
    given = parser.parse_args()
    text = measure(given.timeout, given.triples)
    print(text)
    (ROOT / "benchmarks" / "hostile.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
