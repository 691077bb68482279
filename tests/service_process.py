"""A service of the project in a process of its own, asked over HTTP as anybody asks it."""

import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

TOKEN = "a-token-of-the-tests"  # noqa: S105
_CODE = (
    "import os, sys; from kg.settings import load; from kg.web import serve; "
    "serve(load(os.environ), sys.argv[1], int(sys.argv[2]))"
)


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("Content-Type", "").split(";")[0]


class Client:
    """One client of a service: one connection, which is made anew where it was closed; not for several threads."""

    def __init__(self, port: int, timeout: float = 30) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def close(self) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Answer:
        """Send one request; header names are written with underscores."""
        named = {re.sub("_", "-", name): value for name, value in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        self._leave_ended()
        try:
            self._connection.request(method, path, body=data, headers=named)
            response = self._connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except (http.client.HTTPException, OSError):
            self._connection.close()
            raise

    def _leave_ended(self) -> None:
        """Let a connection go that the service closed while it stood idle, as any client that keeps one does."""
        sock = self._connection.sock
        if sock is not None and select.select([sock], [], [], 0)[0]:
            self._connection.close()

    def query(self, text: str, accept: str = "application/sparql-results+json") -> Answer:
        return self.ask("POST", "/sparql", text, Content_Type="application/sparql-query", Accept=accept)

    def update(self, text: str) -> Answer:
        authorization = f"Bearer {TOKEN}"
        return self.ask("POST", "/update", text, Content_Type="application/sparql-update", Authorization=authorization)


class Service(Client):
    """One running service; `settings` are environment variables."""

    def __init__(self, store: str = "memory:", **settings: str) -> None:
        super().__init__(free_port())
        environ = {key: value for key, value in os.environ.items() if not key.startswith("KG_")}
        environ |= {"KG_STORE": store, "KG_UPDATE_TOKEN": TOKEN, **settings}
        self.process = subprocess.Popen([sys.executable, "-c", _CODE, "127.0.0.1", str(self.port)], env=environ)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the service ended with {self.process.returncode}")
            try:
                if self.ask("GET", "/readyz").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the service did not start")

    def processes(self) -> set[int]:
        """Return the ids of the service's processes."""
        return family(self.process.pid)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """End the service; return the seconds it took."""
        begun = time.monotonic()
        self.close()
        self.process.send_signal(how)
        self.process.wait(30)
        return time.monotonic() - begun


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def family(pid: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rsplit(")", 1)[1].split()[1])
    found, new = {pid}, {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found
