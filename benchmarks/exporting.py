"""What `kg export` of a large dataset costs: the memory of its process at most, and its processor seconds.

    python benchmarks/exporting.py [--triples 1000000] [--store oxigraph:DIR] [--write]

The dataset is that of `copied.py`: the project's own graph, copied under other addresses; `--store` names one that is
there already. Each form is written by a process of its own, to a file, of which the table tells the SHA-256: the same
dataset gives the same bytes. Nothing here passes or fails; with `--write`, the table is written to `exporting.md`.
"""

import argparse
import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from copied import graph, triples

from kg.store import open_store

ROOT = Path(__file__).resolve().parents[1]
FORMS = ("nquads", "turtle", "trig", "jsonld", "graphml")


def fill(url: str, count: int, folder: Path) -> None:
    """Make a store of about `count` triples."""
    file = folder / "dataset.nq"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(triples(graph(), count))
    store = open_store(url)
    store.replace_default(file)
    store.close()
    file.unlink()


def row(url: str, form: str, folder: Path) -> str:
    """Export once; return a row of the table."""
    file = folder / f"dataset.{form}"
    command = [sys.executable, "-m", "kg", "export", "--store", url, "--format", form, "--output", str(file)]
    pid = os.posix_spawn(sys.executable, command, {**os.environ, "PYTHONPATH": str(ROOT / "src")})
    _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"kg export --format {form} failed.")
    with file.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()[:12]
    size, peak = file.stat().st_size / 2**20, used.ru_maxrss / 1024  # proc_pid_status(5): in KiB
    file.unlink()
    return f"| {form} | {size:,.0f} | {peak:,.0f} | {used.ru_utime + used.ru_stime:.1f} | {digest} |"


def measured(url: str, folder: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    store = open_store(url)
    count = store.count()
    store.close()
    yield (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {count:,} quads on disk. "
        "Memory is that of the exporting process at most; the store's own caches are in it.\n"
    )
    yield "| form | MiB written | MiB of memory | processor s | sha256 |"
    yield "| --- | --- | --- | --- | --- |"
    for form in FORMS:
        yield row(url, form, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--store")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = ["# Exporting\n"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = given.store or f"oxigraph:{folder / 'store'}"
        if not given.store:
            fill(url, given.triples, folder)
        for line in measured(url, folder):
            print(line, flush=True)
            report.append(line)
    if given.write:
        (ROOT / "benchmarks" / "exporting.md").write_text("\n".join([*report, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
