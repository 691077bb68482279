"""A long run of mixed requests with faults injected: nothing may leak, nothing acknowledged may be lost.

Run: python benchmarks/soak.py [--requests 1000000] [--minutes 0] [--clients 8] [--seed 1].
Prints what is held after a tenth of the run and at its end, and writes it to benchmarks/soak.md; the tests run a short
slice of it.
"""

import argparse
import http.client
import json
import os
import platform
import random
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from servers import pss  # noqa: E402

from service_process import TOKEN, Client, Service  # noqa: E402

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DATA = "".join(f'<urn:s{i}> <urn:p{i % 7}> "齐 {i}" .\n' for i in range(2000))
SOLUTIONS = [
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
]
GRAPHS = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig"]
WRONG = ["SELECT", "{" * 1000, "ASK { SERVICE <urn:x> {} }", "\0", "SELECT * { ?s ?p }", 'ASK { BIND("\udcff" AS ?x) }']
WRITING = {"Content_Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
RECOVERY = 30.0


class Visitor:
    """One client of the run; `acknowledged` are the numbers whose insertion was answered with success."""

    def __init__(self, soak: "Soak", seed: int) -> None:
        self.soak, self.chance = soak, random.Random(seed)
        self.client = Client(soak.service.port)
        self.acknowledged: list[int] = []
        self.statuses: Counter = Counter()
        self.acts = {
            self.look: 840,
            self.describe: 50,
            self.page: 50,
            self.wrong: 20,
            self.broken: 10,
            self.leave: 10,
            self.update: 13,
            self.graph: 6,
            self.runaway: 1,
            self.kill: 0.2,
        }

    def run(self) -> None:
        """Make requests until the run has had its number of them, or its time."""
        acts, weights = list(self.acts), list(self.acts.values())
        while (number := self.soak.next()) is not None:
            act = self.chance.choices(acts, weights)[0]
            try:
                self.statuses[act(number)] += 1
            except (OSError, http.client.HTTPException):
                self.statuses["broken off"] += 1
        self.client.close()

    def look(self, _: int) -> int:
        text = f"SELECT * {{ <urn:s{self.chance.randrange(2000)}> ?p ?o }}"
        return self.client.query(text, self.chance.choice(SOLUTIONS)).status

    def describe(self, _: int) -> int:
        text = f"DESCRIBE <urn:s{self.chance.randrange(2000)}>"
        return self.client.query(text, self.chance.choice(GRAPHS)).status

    def page(self, _: int) -> int:
        path = self.chance.choice(["/healthz", "/readyz", "/metrics", "/sparql", "/ontology", "/queries", "/nothing"])
        return self.client.ask("GET", path, Accept=self.chance.choice(["*/*", "text/html", "text/turtle"])).status

    def wrong(self, _: int) -> int:
        text = self.chance.choice(WRONG).encode("utf-8", "surrogateescape")
        return self.client.ask("POST", "/sparql", text, Content_Type="application/sparql-query").status

    def broken(self, _: int) -> str:
        """Send half a request, or rubbish, and hang up."""
        said = self.chance.choice(
            [
                b"POST /update HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nINSERT",
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                b"GET /sparql?query=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
                bytes(self.chance.randrange(256) for _ in range(200)),
            ]
        )
        with socket.create_connection(("127.0.0.1", self.soak.service.port), timeout=5) as connection:
            connection.sendall(said)
        return "half a request"

    def leave(self, _: int) -> str:
        """Ask for much and leave before the answer is read."""
        head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: "
        text = self.chance.choice([RUNAWAY, "SELECT * { ?s ?p ?o . ?x ?p ?y } LIMIT 20000"]).encode()
        with socket.create_connection(("127.0.0.1", self.soak.service.port), timeout=5) as connection:
            connection.sendall(head + str(len(text)).encode() + b"\r\n\r\n" + text)
            time.sleep(self.chance.random() / 20)
        return "left"

    def update(self, number: int) -> int:
        status = self.client.update(f"INSERT DATA {{ <urn:done> <urn:number> {number} }}").status
        if status == 204:
            self.acknowledged.append(number)
        return status

    def graph(self, number: int) -> int:
        method = self.chance.choice(["PUT", "GET", "DELETE"])
        body = "<urn:x> <urn:p> 1 ." if method == "PUT" else None
        return self.client.ask(method, f"/graph-store?graph=urn:g{number % 5}", body, **WRITING).status

    def runaway(self, _: int) -> int:
        return self.client.query(RUNAWAY).status

    def kill(self, _: int) -> str:
        """Kill one of the engine's processes at once; the service has to recover."""
        others = sorted(self.soak.service.processes() - {self.soak.service.process.pid})
        engine = [pid for pid in others if b"kg.store.engine" in _command(pid)]
        if engine:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(engine), signal.SIGKILL)
        end = time.monotonic() + RECOVERY
        while not _answers(self.client):
            assert time.monotonic() < end, "the service did not recover"
        return "killed a process"


class Soak:
    """One run of `requests` requests, by several clients at once, of at most `minutes` (0: as long as they take)."""

    def __init__(self, folder: str, clients: int, seed: int) -> None:
        self.service = Service(f"oxigraph:{folder}/store", KG_QUERY_TIMEOUT="1", KG_QUERY_MEMORY="256")
        assert self.service.ask("PUT", "/graph-store?default", DATA, **WRITING).status == 204
        self.visitors = [Visitor(self, seed * 1000 + index) for index in range(clients)]
        self.begun, self.done, self._until, self._end = time.monotonic(), 0, 0, float("inf")
        self._lock = threading.Lock()

    def next(self) -> int | None:
        """Return the number of the next request, None where there is none."""
        with self._lock:
            if self.done >= self._until or time.monotonic() > self._end:
                return None
            self.done += 1
            return self.done

    def go_on(self, until: int, end: float) -> dict:
        """Make requests up to number `until`, or up to a time, and return what is held then."""
        self._until, self._end = until, end
        threads = [threading.Thread(target=visitor.run, daemon=True) for visitor in self.visitors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.check()

    def check(self) -> dict:
        """Return what is held, after asserting that no acknowledged update was lost."""
        time.sleep(2)
        answer = self.service.query("SELECT ?x { <urn:done> <urn:number> ?x }", "text/csv")
        assert answer.status == 200, answer.body
        found = {int(line) for line in answer.body.split()[1:]}
        acknowledged = {number for visitor in self.visitors for number in visitor.acknowledged}
        assert acknowledged <= found, f"{len(acknowledged - found)} acknowledged updates are lost"
        family, statuses = self.service.processes(), sum((each.statuses for each in self.visitors), Counter())
        return {
            "requests": self.done,
            "seconds": round(time.monotonic() - self.begun),
            "processes": len(family),
            "files": sum(_files(pid) for pid in family),
            "MiB": sum(pss(pid) for pid in family) // 1024,
            "acknowledged": len(acknowledged),
            "statuses": {str(key): statuses[key] for key in sorted(statuses, key=str)},
        }


def _answers(client: Client) -> bool:
    try:
        return json.loads(client.query("ASK {}").body)["boolean"] is True
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return False


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _files(pid: int) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0


def run(requests: int, seed: int, clients: int = 8, minutes: float = 0) -> tuple[dict, dict, set[int]]:
    """Return what is held after a tenth of the run and after all of it, and the processes that outlive the service."""
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(folder, clients, seed)
        try:
            end = time.monotonic() + minutes * 60 if minutes else float("inf")
            early = soak.go_on(requests // 10, time.monotonic() + minutes * 6 if minutes else end)
            late = soak.go_on(requests, end)
            family = soak.service.processes()
        finally:
            soak.service.stop()
        time.sleep(1)
        return early, late, {pid for pid in family if _command(pid)}


def write(early: dict, late: dict, left: set[int], clients: int, seed: int) -> None:
    """Write the figures down."""
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {clients} clients at once, "
        f"seed {seed}, KG_QUERY_TIMEOUT=1, the store on disk. Load of the machine at the end: {os.getloadavg()[0]:.1f}."
    )
    rows = [f"| {name} | {early[name]:,} | {late[name]:,} |" for name in early if name != "statuses"]
    answers = [f"| {name} | {late['statuses'][name]:,} |" for name in late["statuses"]]
    lines = [
        "# Soak\n",
        machine + "\n",
        "Look-ups, descriptions, pages, updates, graphs; runaways, broken requests, clients that leave; the engine's",
        "processes killed at random. No acknowledged update may be missing at either count.\n",
        "| held | after the first part | at the end |\n| --- | --- | --- |",
        *rows,
        f"\nProcesses that outlived the service: {len(left)}.\n",
        "| answered with | times |\n| --- | --- |",
        *answers,
    ]
    (ROOT / "benchmarks" / "soak.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    held = run(given.requests, given.seed, given.clients, given.minutes)
    for each in held:
        print(each)
    write(*held, given.clients, given.seed)
