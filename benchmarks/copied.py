"""Data of the real graph's shape: the graph of the project's own articles, copied under other addresses.

Its questions are the product's own: what the pages of things ask, and the canned queries with values of the data.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from pyoxigraph import NamedNode  # noqa: E402

from kg import resources  # noqa: E402
from kg.service import asked, canned, describe  # noqa: E402
from kg.service.binding import bind  # noqa: E402
from kg.service.choices import choices  # noqa: E402
from kg.store import open_store  # noqa: E402
from kg.store.formats import N_TRIPLES  # noqa: E402

ID = "https://w3id.org/district-kg/id/"
SHARED = ("dataset", "indicator/", "input/", "place/", "reference/")
"""What copies share: the words for figures, the places and where they are from."""
_OWN = re.compile(rf"{ID}(?!{'|'.join(SHARED)})")
_THING = re.compile(rf"^<({ID}(?:enterprise|group|measure|product|programme|work)/[^/>]+)> <[^>]+#label>")
WORDS = ("就业", "投资", "项目", "企业", "社区", "建设")
"""What is looked for in quotes."""


@dataclass(frozen=True)
class Graph:
    """The built graph: lines of N-Triples that every copy has as its own, those that stand once, and what is asked."""

    own: list[str]
    once: list[str]
    things: list[str]
    canned: list[tuple[canned.CannedQuery, list[dict[str, str]]]]


def graph() -> Graph:
    """Build the graph of the project's articles and take it apart."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "KG_STORE": f"oxigraph:{folder}/store", "PYTHONPATH": str(ROOT / "src")}
        subprocess.run([sys.executable, "-m", "kg", "build"], env=environ, cwd=ROOT, check=True, capture_output=True)
        store = open_store(environ["KG_STORE"])
        lines = store.read_graph(None, syntax=N_TRIPLES).body.decode().splitlines(keepends=True)
        listed = [(query, _values(store, query)) for query in canned.load([resources.queries()])]
        store.close()
    lines.sort()
    own = [line for line in lines if _OWN.match(line[1:])]
    once = [line for line in lines if not _OWN.match(line[1:])]
    return Graph(own, once, sorted({found[1] for line in own if (found := _THING.match(line))}), listed)


def _values(store, query) -> list[dict[str, str]]:
    """Return what may be given to a canned query: nothing, and each value that a form would offer, one at a time."""
    offered = {name: [link.iri for link in links] for name, links in choices(store, query).items()}
    offered |= {each.name: list(each.values) for each in query.parameters if each.values}
    needed = [each.name for each in query.parameters if not each.slot.optional and each.default is None]
    if "text" in needed:
        offered["text"] = list(WORDS)
    one_at_a_time = [{name: value} for name, values in sorted(offered.items()) for value in values]
    return [each for each in [{}, *one_at_a_time] if set(needed) <= each.keys()]


def copies(made: Graph, count: int) -> int:
    """Return how many copies have about `count` triples together, at least one."""
    return max(1, round((count - len(made.once)) / len(made.own)))


def triples(made: Graph, count: int):
    """Yield about `count` lines of N-Triples."""
    yield from made.once
    for copy in range(copies(made, count)):
        for line in made.own:
            yield _moved(line, copy)


def _moved(text: str, copy: int) -> str:
    """Return a text with the addresses of one copy; the first has those of the graph itself."""
    return _OWN.sub(f"{ID}copy-{copy}/", text) if copy else text


def look_ups(made: Graph, count: int, number: int, seed: int = 7) -> list[str]:
    """Return what the pages and the descriptions of things ask, and their plain triples."""
    chance = random.Random(seed)
    about = asked.ABOUT.replace("?_size", "51").replace("?_skip", "0")
    found = []
    for _ in range(number):
        thing = _moved(chance.choice(made.things), chance.randrange(copies(made, count)))
        texts = [
            bind(about, {"thing": NamedNode(thing)}),
            describe.description(thing),
            f"SELECT ?p ?o {{ <{thing}> ?p ?o }}",
        ]
        found.append(chance.choice(texts))
    return found


def canned_queries(made: Graph, count: int, number: int, seed: int = 7) -> list[str]:
    """Return canned queries: every one of them as often as the others, each time with other values."""
    chance = random.Random(seed)
    found = []
    for place in range(number):
        query, offered = made.canned[place % len(made.canned)]
        copy = chance.randrange(copies(made, count))
        values = {name: _moved(value, copy) for name, value in chance.choice(offered).items()}
        found.append(query.bind(values))
    chance.shuffle(found)
    return found


def mixed(made: Graph, count: int, number: int, seed: int = 7) -> list[str]:
    """Return four look-ups for each canned query."""
    chance = random.Random(seed)
    found = look_ups(made, count, number * 4 // 5, seed) + canned_queries(made, count, number // 5, seed)
    chance.shuffle(found)
    return found


def sample(made: Graph, count: int) -> list[str]:
    """Return 30 look-ups, and every canned query once with what it is given first."""
    return look_ups(made, count, 30) + [query.bind(offered[0]) for query, offered in made.canned]
