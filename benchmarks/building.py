"""How long `kg build` takes over a folder of many articles, how much memory it holds, and what the checks cost.

    python benchmarks/building.py [--articles 2000] [--folder DIR]

The articles are made of the gold articles' paragraphs in ever new order, each about a real county, its firms renamed,
so that some names are shared and most are not. One file of them is no article: it must be left out and told. The build
runs twice: the second finds the facts of the first. Nothing here passes or fails; it prints what it measured.
"""

import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
SYLLABLES = "安博昌诚达德丰福冠广海恒宏华汇嘉金景凯康利联隆茂明宁鹏启强荣瑞盛泰腾通旺威祥新鑫兴旭亚益永宇源远泽展志中众"


def pool() -> list[str]:
    texts = [path.read_bytes().decode() for path in sorted(GOLD.rglob("*.txt"))]
    return [line for text in texts for line in text.splitlines() if len(line) > 20]


def firms() -> list[str]:
    named = [json.loads(path.read_bytes())["entities"] for path in sorted(GOLD.rglob("*.json"))]
    names = {one["name"] for entities in named for one in entities if one["type"] == "Enterprise"}
    return sorted(name for name in names if len(name) >= 4)


def counties() -> list[str]:
    with (ROOT / "data" / "reference" / "places.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file) if row["name"].endswith("县") and len(row["name"]) > 2]


def write_articles(folder: Path, count: int) -> None:
    """Write `count` articles and one file that is none."""
    chance, lines, names, places = random.Random(0), pool(), firms(), counties()
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


def build(folder: Path) -> tuple[float, float, str]:
    """Build once; return seconds, the peak memory of all its processes in MiB, and what it said."""
    places = ["--articles", str(folder / "articles"), "--facts", str(folder / "facts")]
    store = ["--store", f"oxigraph:{folder / 'store'}", "--identifiers", str(folder / "identifiers")]
    begin, peak = time.perf_counter(), 0.0
    running = subprocess.Popen([sys.executable, "-m", "kg", "build", *places, *store], stderr=subprocess.PIPE)
    while running.poll() is None:
        peak = max(peak, sum(map(resident, family(running.pid))))
        time.sleep(0.2)
    return time.perf_counter() - begin, peak, running.stderr.read().decode() if running.stderr else ""


def family(pid: int) -> set[int]:
    found, new = set(), {pid}
    while new:
        found |= new
        new = {child for one in new for child in children(one)} - found
    return found


def children(pid: int) -> list[int]:
    try:
        told = [(thread / "children").read_text("ascii") for thread in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
    return [int(child) for child in " ".join(told).split()]


def resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    write_articles(folder / "articles", given.articles)
    print(f"{given.articles:,} articles in {folder}\n")
    for name in ("first build", "again"):
        seconds, peak, told = build(folder)
        print(f"{name}: {seconds:.1f} s, {peak:,.0f} MiB at most\n{told}", flush=True)


if __name__ == "__main__":
    main()
