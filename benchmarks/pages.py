"""The pages of this service beside Datasette's row and query pages over the same facts: milliseconds a page.

Run: python benchmarks/pages.py [--rounds 3]; needs `datasette` on the PATH (PyPI package `datasette`) or
named by --datasette. Both servers run side by side; each page is asked for in turn, the first, uncached view included.
Prints a table and writes it to benchmarks/pages.md.
"""

import argparse
import csv
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
KG = [sys.executable, "-m", "kg"]
SQL = {
    "observations": "select * from observations order by article, start",
    "enterprises-projects": (
        "select r.subjectLabel, r.relation, r.objectLabel, r.asserted, r.quote, r.start, r.end from relations r "
        "join things s on s.thing = r.subject and s.type = 'Enterprise' join things o on o.thing = r.object "
        "where o.type in ('Project', 'ProjectGroup', 'Product', 'Park') order by r.start"
    ),
    "employment": "select * from observations where indicator like '%就业%' or indicator like '%招%' order by start",
    "programmes-measures": "select * from relations where relation = 'partOfProgramme' order by start",
    "rates": "select * from observations where unit in ('percent', 'pp') order by start",
}
HEADERS = {"Accept": "text/html", "Accept-Language": "zh", "Accept-Encoding": "identity"}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start(command, port, probe):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            ask(port, probe)
        except OSError:
            time.sleep(0.1)
            if process.poll() is not None:
                break
        else:
            return process
    raise SystemExit(f"{command[0]} did not come up.")


def ask(port, path) -> float:
    begun = time.perf_counter()
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=HEADERS), timeout=60) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - begun)


def tables(folder: Path, file: Path) -> list[str]:
    """Put the exported tables into SQLite; return the keys of the things."""
    database = sqlite3.connect(file)
    things = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            head, *rows = csv.reader(lines)
        columns = ", ".join(f'"{name}"' for name in head)
        key = ', primary key ("thing")' if path.stem == "things" else ""
        database.execute(f'create table "{path.stem}" ({columns}{key})')
        marks = ", ".join("?" for _ in head)
        database.executemany(f'insert into "{path.stem}" values ({marks})', rows)  # noqa: S608 - our own tables
        things += [row[0] for row in rows] if path.stem == "things" else []
    database.execute("create index by_subject on relations(subject)")
    database.commit()
    return things


def figures(times) -> str:
    ordered = sorted(times)
    at = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]  # noqa: E731 - read once, here
    return f"{at(0.5):.1f} | {at(0.95):.1f} | {ordered[-1]:.1f} | {len(ordered)}"


def measure(ports, pages, rounds):
    """Ask for the pages of both servers by turns, so that both meet the same noise."""
    times = {name: [] for name in ports}
    for _ in range(rounds):
        for here, there in zip(*pages.values(), strict=True):
            for name, path in zip(pages, (here, there), strict=True):
                times[name].append(ask(ports[name], path))
    return times


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--datasette", default=shutil.which("datasette"))
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    if not given.datasette:
        raise SystemExit("Install datasette, or name it with --datasette PATH.")
    with tempfile.TemporaryDirectory() as folder:
        report = run(Path(folder), given)
    print(report)
    (ROOT / "benchmarks" / "pages.md").write_text(report, encoding="utf-8")


def run(folder: Path, given) -> str:
    os.environ["KG_STORE"] = f"oxigraph:{folder / 'store'}"
    subprocess.run([*KG, "build", "--facts", "none"], check=True, cwd=folder)
    subprocess.run([*KG, "export", "--format", "csv", "--output", str(folder / "csv")], check=True, cwd=folder)
    things = tables(folder / "csv", folder / "facts.db")
    metadata = {"databases": {"facts": {"queries": {name: {"sql": sql} for name, sql in SQL.items()}}}}
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    ports = {"kg serve": free_port(), "datasette": free_port()}
    own = [*KG, "serve", "--no-build", "--port", str(ports["kg serve"])]
    files = [str(folder / "facts.db"), "-m", str(folder / "metadata.json")]
    other = [given.datasette, *files, "-p", str(ports["datasette"])]
    servers = [start(own, ports["kg serve"], "/healthz"), start(other, ports["datasette"], "/-/versions.json")]
    try:
        return compare(ports, things, given.rounds)
    finally:
        for server in servers:
            server.terminate()
            server.wait()


def compare(ports, things, rounds) -> str:
    rows = ["/page/" + thing.partition("/id/")[2] for thing in things]
    keys = [f"/facts/things/{quote(thing, safe='').replace('%', '~')}" for thing in things]
    asked = {"kg serve": [f"/queries/{name}" for name in SQL], "datasette": [f"/facts/{name}" for name in SQL]}
    article = ["/articles/longsha-2020-08-27"]
    measured = {
        "thing or row": measure(ports, {"kg serve": rows, "datasette": keys}, rounds),
        "canned query": measure(ports, asked, 10 * rounds),
        "article with all marks": {"kg serve": [ask(ports["kg serve"], article[0]) for _ in range(10 * rounds)]},
    }
    load = f"two servers, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} from other work included"
    lines = ["# Pages", "", f"Milliseconds a page, one client, the first view included; {load}.", ""]
    lines += ["| page | server | p50 | p95 | slowest | pages |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [f"| {page} | {name} | {figures(each)} |" for page, by in measured.items() for name, each in by.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
