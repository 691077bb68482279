"""What the search index of a large dataset costs: to be made, to follow changes, and to be asked.

    python benchmarks/searching.py [STORE] [--write]

STORE is a store that was built, such as `oxigraph:DIR/store` of `benchmarks/building.py --folder DIR`; the one of the
settings where none is given. It is copied to memory, as a service holds it, and stays as it is. Processor seconds are
those of the whole process, the queries included; MiB are what the process holds more than before. Nothing here passes
or fails; with `--write`, what was measured is added to `building.md`.
"""

import argparse
import gc
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.service.search import index
from kg.settings import load as settings
from kg.store import Store, open_store

PREFIXES = """PREFIX kg: <https://w3id.org/district-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
FIRMS = PREFIXES + "SELECT ?label { ?firm a kg:Enterprise ; rdfs:label ?label } ORDER BY ?label"
CHANGES = {
    "made": "",
    "after a change of a named graph": "INSERT DATA { GRAPH <urn:x:notes> { <urn:x:a> <urn:x:b> 1 } }",
    "after a new name": PREFIXES + 'INSERT DATA { <urn:x:firm> a kg:Enterprise ; rdfs:label "前所未见公司" }',
    "after a name that went": PREFIXES + 'DELETE DATA { <urn:x:firm> a kg:Enterprise ; rdfs:label "前所未见公司" }',
}


def held() -> float:
    """Return the MiB that this process holds."""
    told = Path("/proc/self/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmRSS")) / 1024


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Return the processor seconds that some work takes, and the MiB that are held after it."""
    gc.collect()
    before, begun = held(), time.process_time()
    work()
    return time.process_time() - begun, held() - before


def stretches(store: Store, count: int) -> list[str]:
    """Return stretches of firms' names, as people type them."""
    chance = random.Random(0)
    names = [row["label"].value for row in store.select(FIRMS)]
    typed = []
    for name in chance.choices(names, k=count):
        start = chance.randrange(max(1, len(name) - 1))
        typed.append(name[start : start + chance.randrange(1, 6)])
    return typed


def measured(store: Store) -> Iterator[str]:
    """Yield the lines of the report."""
    load = f"{os.getloadavg()[0]:.1f}, {os.cpu_count()} processors"
    yield f"{store.count():,} quads. Load of the machine before: {load}.\n"
    yield "| the index | processor s | MiB more |"
    yield "| --- | --- | --- |"
    for name, change in CHANGES.items():
        if change:
            store.update(change)
        seconds, more = spent(lambda: index(store))
        yield f"| {name} | {seconds:.2f} | {more:,.0f} |"
    took = []
    for text in stretches(store, 500):
        seconds, _ = spent(lambda text=text: (index(store).names(text), index(store).quotes(text)))
        took.append(1000 * seconds)
    took.sort()
    middle, slow = statistics.median(took), took[475]
    yield f"\n500 searches of names and quotes: median {middle:.1f} ms, 95 in 100 at most {slow:.1f} ms."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", default=settings(os.environ).store)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    built, store = open_store(given.store), open_store("memory:")
    store.replace_default(built.export())
    built.close()
    report = ["## Searching\n"]
    print(report[0])
    for line in measured(store):
        print(line, flush=True)
        report.append(line)
    if given.write:
        with (Path(__file__).resolve().parent / "building.md").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *report, ""]))


if __name__ == "__main__":
    main()
