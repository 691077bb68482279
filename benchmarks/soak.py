"""A long run of mixed requests with faults injected: nothing may leak, nothing acknowledged may be lost.

Run: python benchmarks/soak.py [--requests 1000000] [--seed 1]; the tests run a short slice of it.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from service_process import TOKEN, Service

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DATA = "".join(f'<urn:s{i}> <urn:p{i % 7}> "齐 {i}" .\n' for i in range(2000))


class Soak:
    """One run; `expected` is how many updates were acknowledged."""

    def __init__(self, folder: str, seed: int) -> None:
        self.chance = random.Random(seed)
        self.service = Service(f"oxigraph:{folder}/store", KG_QUERY_TIMEOUT="1", KG_QUERY_MEMORY="256")
        headers = {"Content_Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
        self.service.ask("PUT", "/graph-store?default", DATA, **headers)
        self.expected, self.statuses = 0, {}

    def step(self, number: int) -> None:
        """Make one request, or do one harm."""
        act = self.chance.choices(
            [self._look, self._wrong, self._update, self._graph, self._runaway, self._kill],
            weights=[700, 100, 120, 50, 10, 2],
        )[0]
        with suppress(OSError):
            status = act(number)
            self.statuses[status] = self.statuses.get(status, 0) + 1

    def _look(self, _: int) -> int:
        return self.service.query(f"SELECT * {{ <urn:s{self.chance.randrange(2000)}> ?p ?o }}").status

    def _wrong(self, _: int) -> int:
        return self.service.query(self.chance.choice(["SELECT", "{" * 1000, "ASK { SERVICE <urn:x> {} }", "\0"])).status

    def _update(self, number: int) -> int:
        status = self.service.update(f"INSERT DATA {{ <urn:done> <urn:number> {number} }}").status
        self.expected += status == 204
        return status

    def _graph(self, number: int) -> int:
        headers = {"Content_Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
        path = f"/graph-store?graph=urn:g{number % 5}"
        method = self.chance.choice(["PUT", "GET", "DELETE"])
        return self.service.ask(method, path, "<urn:x> <urn:p> 1 ." if method == "PUT" else None, **headers).status

    def _runaway(self, _: int) -> int:
        return self.service.query(RUNAWAY).status

    def _kill(self, _: int) -> int:
        """Kill one of the engine's processes at once; the service has to recover."""
        others = sorted(self.service.processes() - {self.service.process.pid})
        engine = [pid for pid in others if b"kg.store.engine" in _command(pid)]
        if engine:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(engine), signal.SIGKILL)
        end = time.monotonic() + 30
        while self.service.query("ASK {}").status != 200:
            assert time.monotonic() < end, "the service did not recover"
        return 0

    def check(self) -> dict:
        """Return what is left over, after asserting that no acknowledged update was lost."""
        answer = self.service.query("SELECT (COUNT(*) AS ?n) { <urn:done> <urn:number> ?x }")
        found = int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])
        assert found >= self.expected, f"{self.expected - found} acknowledged updates are lost"
        time.sleep(1)
        family = self.service.processes()
        return {
            "processes": len(family),
            "files": sum(_files(pid) for pid in family),
            "MiB": sum(_memory(pid) for pid in family) // 1024,
            "statuses": dict(sorted(self.statuses.items())),
            "acknowledged": self.expected,
        }


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


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def run(requests: int, seed: int) -> tuple[dict, dict]:
    """Return what was held after a tenth of the requests, and after all of them."""
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(folder, seed)
        try:
            for number in range(requests // 10):
                soak.step(number)
            early = soak.check()
            for number in range(requests // 10, requests):
                soak.step(number)
            return early, soak.check()
        finally:
            soak.service.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for each in run(given.requests, given.seed):
        print(each)
