"""How long `kg build` takes over a folder of many articles, how much memory it holds, and what the checks cost.

    python benchmarks/building.py [--articles 2000] [--texts DIR …] [--folder DIR] [--once] [--write]

The articles are made of paragraphs of the gold articles, or of the `*.txt` of other folders, in ever new order, each
about a real county, its firms renamed, so that some names are shared and most are not. One file of them is no article:
it must be left out and told. The build runs twice (`--once`: one time), the second time with the facts of the first,
and must give the same digest. Then a service is started on the dataset and its first pages are asked for, and every
canned query is asked of the store. Nothing here passes or fails; with `--write`, what was measured is added to
`building.md`.
"""

import argparse
import csv
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from kg.errors import KgError
from kg.service.canned import load
from kg.store import open_store
from kg.store.formats import CSV

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from service_process import Client, family, free_port  # noqa: E402

GOLD = ROOT / "tests" / "gold"
LINE_END = b"\r\n"
SYLLABLES = "安博昌诚达德丰福冠广海恒宏华汇嘉金景凯康利联隆茂明宁鹏启强荣瑞盛泰腾通旺威祥新鑫兴旭亚益永宇源远泽展志中众"


def pool(folders: list[Path]) -> list[str]:
    """Return the paragraphs of the texts, none so long that it is an article of its own."""
    paths = [path for folder in folders or [GOLD] for path in sorted(folder.rglob("*.txt"))]
    texts = [path.read_bytes().decode(errors="ignore") for path in paths]
    return [line for text in texts for line in text.splitlines() if 20 < len(line) < 400]


def firms() -> list[str]:
    named = [json.loads(path.read_bytes())["entities"] for path in sorted(GOLD.rglob("*.json"))]
    names = {one["name"] for entities in named for one in entities if one["type"] == "Enterprise"}
    return sorted(name for name in names if len(name) >= 4)


def counties() -> list[str]:
    with (ROOT / "data" / "reference" / "places.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file) if row["name"].endswith("县") and len(row["name"]) > 2]


def write_articles(folder: Path, count: int, texts: list[Path]) -> None:
    """Write `count` articles and one file that is none."""
    chance, lines, names, places = random.Random(0), pool(texts), firms(), counties()
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        county = chance.choice(places)
        text = "\n".join(chance.sample(lines, 8))
        for name in names:
            text = text.replace(name[:2], "".join(chance.sample(SYLLABLES, 2)))
        text = re.sub("青禾县|龙沙区", county, text)
        day = f"{chance.randrange(2015, 2025)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        head = f"{county}经济社会发展综述之{number}\n{day} 来源:某日报\n\n"
        (folder / f"article-{number:05}.txt").write_text(head + text + "\n", "utf-8")
    (folder / "broken.txt").write_bytes(bytes(range(256)))


def build(folder: Path) -> str:
    """Build once; return a row of the table, and say on standard error what was left out."""
    places = ["--articles", str(folder / "articles"), "--facts", str(folder / "facts")]
    store = ["--store", f"oxigraph:{folder / 'store'}", "--identifiers", str(folder / "identifiers")]
    begin, before, peak = time.perf_counter(), spent(), 0.0
    running = subprocess.Popen([sys.executable, "-m", "kg", "build", *places, *store], stderr=subprocess.PIPE)
    while running.poll() is None:
        peak = max(peak, sum(map(resident, family(running.pid))))
        time.sleep(0.2)
    told = running.stderr.read().decode() if running.stderr else ""
    print(told, file=sys.stderr, flush=True)
    seconds = time.perf_counter() - begin
    counts = told.partition(", sha256 ")[0].rpartition("kg: ")[2]
    digest = told.partition("sha256 ")[2][:12]
    left = told.count("left out")
    return f"{counts} | {seconds:,.0f} | {spent() - before:,.0f} | {peak:,.0f} | {left} | {digest}"


def spent() -> float:
    """Return the processor seconds of all ended processes that this one started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def questions(folder: Path) -> Iterator[str]:
    """Ask every canned query, its parameters as they come; yield a row of the table each."""
    store = open_store(f"oxigraph:{folder / 'store'}")
    for query in load([ROOT / "queries"]):
        begin, used = time.perf_counter(), time.process_time()
        try:
            rows = f"{store.query(query.bind({}), syntax=CSV).body.count(LINE_END) - 1:,}"
        except KgError as error:
            rows = f"{error}"
        yield f"| {query.name} | {rows} | {time.perf_counter() - begin:.2f} | {time.process_time() - used:.2f} |"
    store.close()


def serving(folder: Path) -> Iterator[str]:
    """Start a service on the dataset and ask for its first pages; yield a row of the table for each."""
    port, begin = free_port(), time.perf_counter()
    places = ["--store", f"oxigraph:{folder / 'store'}", "--articles", str(folder / "articles"), "--port", str(port)]
    command = [sys.executable, "-m", "kg", "serve", "--no-build", *places]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client, used = Client(port, timeout=600), 0.0
    try:
        for path in (
            "/readyz",
            "/",
            "/",
            "/articles",
            "/articles/article-00000",
            "/search?q=项目",
            "/queries/observations",
        ):
            answered = asked(client, quote(path, safe="/?="), running)
            spent_now = sum(map(processor, family(running.pid)))
            seconds, memory = time.perf_counter() - begin, sum(map(resident, family(running.pid)))
            yield f"| {path} | {answered} | {seconds:.2f} | {spent_now - used:.2f} | {memory:,.0f} |"
            begin, used = time.perf_counter(), spent_now
    finally:
        client.close()
        running.terminate()
        running.wait(60)


def asked(client: Client, path: str, running: subprocess.Popen[bytes]) -> int:
    """Return the status of an answer, once there is one."""
    while running.poll() is None:
        try:
            return client.ask("GET", path, Accept="text/html").status
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise SystemExit("the service ended")


def processor(pid: int) -> float:
    """Return the processor seconds of a process that runs."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Return the MiB that a process holds, its part of what it shares with others (proc_pid_smaps(5), Pss)."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    except OSError:
        return 0.0
    return int(next((line.split()[1] for line in told.splitlines() if line.startswith("Pss:")), 0)) / 1024


def measured(folder: Path, *, once: bool) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"Load of the machine before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors.\n"
    yield "| run | built | seconds | processor s | MiB at most | left out | sha256 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in ("first",) if once else ("first", "again, facts kept"):
        yield f"| {name} | {build(folder)} |"
    yield "\n| served | status | seconds | processor s | MiB of all processes |"
    yield "| --- | --- | --- | --- | --- |"
    yield from serving(folder)
    yield "\n| canned query | rows | seconds | processor s |"
    yield "| --- | --- | --- | --- |"
    yield from questions(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    write_articles(folder / "articles", given.articles, given.texts)
    report = [f"## {given.articles:,} articles{' of other texts' if given.texts else ''}\n"]
    print(report[0])
    for line in measured(folder, once=given.once):
        print(line, flush=True)
        report.append(line)
    if given.write:
        with (ROOT / "benchmarks" / "building.md").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *report, ""]))


if __name__ == "__main__":
    main()
