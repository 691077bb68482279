"""Runs the blocks of a Markdown page as its reader would, and compares what they print.

A ```console block holds `$ command` lines, each followed by what it prints; `…` stands for any words, alone on a
line for any lines. A command that serves stays up until the page ends, on a free port that stands for 8000.
A ```python block runs as a script; a ```text block after it is what it prints. ```sparql blocks must answer
at least one row. Other data blocks must parse.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import tomllib
import urllib.parse
import urllib.request
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import rdflib
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTED = "127.0.0.1:8000"


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text and the line where it starts."""

    language: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    tokens = MarkdownIt().parse(page.read_text("utf-8"))
    return [Block(t.info.strip(), t.content, t.map[0] + 1) for t in tokens if t.type == "fence" and t.map]


def matches(expected: str, printed: str) -> bool:
    """Tell whether the text is as documented, `…` standing for anything."""
    lines = [line.rstrip() for line in expected.strip("\n").split("\n")]
    parts = [r"(?:.*\n)*?" if line.strip() == "…" else _line(line) + r"\n" for line in lines]
    given = "\n".join(line.rstrip() for line in printed.strip("\n").split("\n")) + "\n"
    return re.fullmatch("".join(parts), given) is not None


def _line(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.split("…"))


def commands(text: str) -> list[tuple[str, str]]:
    """Split a console block into commands, continued lines joined, here-documents kept, each with what it prints."""
    found: list[tuple[str, list[str]]] = []
    pending = end = ""
    for line in text.splitlines():
        if end:
            found[-1] = (f"{found[-1][0]}\n{line}", [])
            end = "" if line == end else end
        elif pending or line.startswith("$ "):
            pending += line.removeprefix("$ ") if not pending else line.strip()
            if pending.endswith("\\"):
                pending = pending[:-1]
                continue
            found.append((pending, []))
            end = pending.partition("<<'")[2].partition("'")[0]
            pending = ""
        else:
            assert found, f"output before any command: {line!r}"
            found[-1][1].append(line)
    return [(command, "\n".join(output)) for command, output in found]


class Reader:
    """A reader at a terminal: one folder, one free port, the services they started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.services: list[subprocess.Popen[str]] = []
        for entry in ROOT.iterdir():
            if entry.name not in {".git", ".kg"}:
                (folder / entry.name).symlink_to(entry)
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self.environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "PYTHONUTF8": "1"}

    def here(self, text: str) -> str:
        return text.replace(DOCUMENTED, f"127.0.0.1:{self.port}")

    def documented(self, text: str) -> str:
        return text.replace(f"127.0.0.1:{self.port}", DOCUMENTED)

    def run(self, command: str) -> str:
        if re.search(r"(\bkg|run\.py) serve\b", command):
            return self._serve(command)
        done = subprocess.run(
            ["bash", "-c", self.here(command)],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        return self.documented(done.stdout)

    def _serve(self, command: str) -> str:
        address = f"127.0.0.1:{self.port}"
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command} --port {self.port}"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.services.append(process)
        lines: list[str] = []
        up = threading.Event()

        def collect() -> None:
            with process.stdout or nullcontext(()) as printed:
                for line in printed:
                    lines.append(line)
                    if address in line:
                        up.set()
            up.set()

        threading.Thread(target=collect, daemon=True).start()
        assert up.wait(120), f"no word that it is up: {lines}"
        self._wait_until_it_answers(process, lines)
        return self.documented("".join(lines))

    def _wait_until_it_answers(self, process: subprocess.Popen[str], lines: list[str]) -> None:
        for _ in range(200):
            assert process.poll() is None, f"the service ended: {lines}"
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the service does not answer")

    def ask(self, query: str) -> list[dict[str, object]]:
        data = urllib.parse.urlencode({"query": query}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/sparql", data, {"Accept": "application/sparql-results+json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["results"]["bindings"]

    def stop(self) -> None:
        for process in self.services:
            process.terminate()
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def check_data(block: Block) -> None:
    if block.language == "json":
        json.loads(block.text)
    if block.language == "toml":
        tomllib.loads(block.text)
    if block.language == "turtle":
        rdflib.Graph().parse(data=block.text, format="turtle")
