"""How fast reading is on one core, whether its memory stays flat, and whether its time grows with the text's length.

    python benchmarks/reading.py [speed] [memory] [growth] [--articles 10000]

Times are of the processor, so that other work on the machine costs nothing.
Nothing here passes or fails: it prints tables to compare with the last ones. Articles for `memory` are made of
the gold articles' paragraphs in ever new order, so that no two are the same.
"""

import argparse
import os
import random
import resource
import time
from pathlib import Path

from kg.reading.pipeline import extract

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
ROUNDS = 20
HOSTILE = {
    "report": "上半年,青禾县签约云杉科技智能传感器项目等12个项目,总投资36.5亿元,同比增长9.7%。恒越铝业投资6.5亿元。\n",
    "one line": "恒越铝业投资6.5亿元建设铝型材项目,预计年底前投产,可带动就业400人以上。",
    "list without end": "云杉科技、",
    "projects without end": "云杉科技智能传感器项目、",
    "numbers without end": "3亿元、",
    "one number": "9",
    "points": "1.2,",
    "numerals": "三百二十万",
    "ranges": "3-5-",
    "brackets": "(((",
    "quotes": "“",
    "spaces": " ",
    "line breaks": "\n",
    "cells": "甲|12|",
    "cells one a line": "甲乙 |\n丙 |\n12 |\n",
    "rows of labels": "甲乙 |\n丙丁 |\n",
    "figures between blanks": "甲乙 12 3\n",
    "letters": "a",
    "markup": "<p ",
    "suffixes": "有限公司",
    "groups": "等12个",
    "places": "青禾县",
    "places by their province": "湖北竹溪,",
    "works of a firm": "睿涛有限公司扩建年产3吨铁项目,",
    "plans": "今年,我县将改造小区6个;打造公园3处;",
}


def articles() -> list[bytes]:
    return [path.read_bytes() for path in sorted(GOLD.rglob("*.txt"))]


def megabytes() -> float:
    """What the process holds now, not at most."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def speed() -> None:
    begin = time.process_time()
    extract(articles()[0], article_id="first")
    print(f"first article, loading included: {time.process_time() - begin:.2f} s\n")
    print(f"{'article':34}{'characters':>11}{'ms':>9}{'1,000-character articles/s':>28}")
    characters = seconds = 0.0
    for path in sorted(GOLD.rglob("*.txt")):
        data = path.read_bytes()
        begin = time.process_time()
        for _ in range(ROUNDS):
            extract(data, article_id="a")
        spent = (time.process_time() - begin) / ROUNDS
        length = len(data.decode())
        characters, seconds = characters + length, seconds + spent
        print(f"{path.stem:34}{length:11,}{spent * 1000:9.1f}{length / 1000 / spent:28.1f}")
    print(f"{'all':34}{int(characters):11,}{seconds * 1000:9.1f}{characters / 1000 / seconds:28.1f}\n")


def memory(count: int) -> None:
    chance = random.Random(0)
    pool = [line for data in articles() for line in data.decode().splitlines() if len(line) > 20]
    extract(articles()[0], article_id="first")
    print(f"{'articles':>9}{'MiB':>9}{'articles/s':>12}")
    begin = time.process_time()
    for done in range(count + 1):
        if done % max(1, count // 10) == 0:
            print(f"{done:9,}{megabytes():9.1f}{done / (time.process_time() - begin):12.1f}", flush=True)
        text = f"某县工作综述{done}\n2021-07-06 来源:某日报\n\n" + "\n".join(chance.sample(pool, 8))
        extract(text.encode(), article_id=f"a{done}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:.1f} MiB\n")


def growth() -> None:
    """Print seconds for texts of doubling length; a last ratio near 2 is linear, near 4 quadratic."""
    sizes = (8_000, 16_000, 32_000, 64_000)
    print(f"{'text':24}" + "".join(f"{size:>10,}" for size in sizes) + f"{'last ratio':>12}")
    for name, piece in HOSTILE.items():
        spent = []
        for size in sizes:
            data = ("青禾县\n2021-07-06\n\n" + piece * (size // len(piece)) + "\n").encode()
            begin = time.process_time()
            extract(data, article_id="a")
            spent.append(time.process_time() - begin)
        print(f"{name:24}" + "".join(f"{each:10.3f}" for each in spent) + f"{spent[-1] / spent[-2]:12.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="speed | memory | growth")
    parser.add_argument("--articles", type=int, default=10_000)
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    parts = given.parts or ["speed", "memory", "growth"]
    if "speed" in parts:
        speed()
    if "memory" in parts:
        memory(given.articles)
    if "growth" in parts:
        growth()


if __name__ == "__main__":
    main()
