"""The servers that benchmarks/sparql.py compares: this service, and `oxigraph serve` on disk and in memory."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from service_process import family, free_port  # noqa: E402

JSON = "application/sparql-results+json"
ACCEPT = f"{JSON}, application/n-triples;q=0.9"
CODE = (
    "import os, sys; from kg.settings import load; from kg.web import serve; "
    "serve(load(os.environ), '127.0.0.1', int(sys.argv[1]))"
)


class Server:
    """One server under test."""

    def __init__(self, name: str, command, environ=None, query="/sparql", put="/graph-store?default"):
        self.name, self.port = name, free_port()
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
        return sum(pss(pid) for pid in family(self.process.pid)) // 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def pss(pid: int) -> int:
    """Return the KiB of a process, pages that several share counted once; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def servers(folder: Path) -> list:
    """Return what makes each server, in the order of the table."""
    environ = {"KG_UPDATE_TOKEN": "bench", "KG_STORE": f"oxigraph:{folder}/kg", "PYTHONPATH": str(ROOT / "src")}
    environ["KG_QUERY_TIMEOUT"] = "120"  # the other servers have no limit, and one question takes longer at 10⁶
    ours = [sys.executable, "-c", CODE, "PORT"]
    oxigraph = [shutil.which("oxigraph") or "oxigraph", "serve", "--bind", "127.0.0.1:PORT"]
    theirs = {"query": "/query", "put": "/store?default"}
    return [
        lambda: Server("oxigraph serve, on disk", [*oxigraph, "--location", f"{folder}/ox"], **theirs),
        lambda: Server("oxigraph serve, in memory", oxigraph, **theirs),
        lambda: Server("kg serve, cache off", ours, {**environ, "KG_RESULT_CACHE": "0"}),
        lambda: Server("kg serve, cache on", ours, {**environ, "KG_STORE": f"oxigraph:{folder}/kg2"}),
    ]
