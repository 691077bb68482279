"""The graph of a build while it is made: files of lines and a store, in a folder, and little in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, Triple

from kg.facts import ArticleHead
from kg.graph.building import infer
from kg.graph.checks.partition import Part, Partition
from kg.graph.description import dataset
from kg.graph.description.tally import Tally
from kg.graph.identity.identity import Identifier
from kg.graph.rdf.triples import Triples
from kg.graph.rdf.working import Working
from kg.graph.views import cube
from kg.lines import Runs, merged


class Draft:
    """What a build makes, step by step: `add` triples, `infer`, have `parts` checked, `describe`, `write`.

    Args:
        folder: where its files stand; it is there, and empty.
        base_iri: what the addresses of its things begin with.
        ontology: the triples of the ontology.
        views: the folder of the views.
    """

    def __init__(self, folder: Path, base_iri: str, ontology: Iterable[Triple], views: Path) -> None:
        self._folder, self._base_iri, self._views = folder, base_iri, views
        self._runs, self._points = Runs(folder, "default"), Runs(folder, "cube")
        self._file = folder / "default.nq"
        self._described = Triples()
        self._ontology = Triples(ontology)
        self.add(self._ontology)
        self.facts = self.triples = 0
        self.minted: tuple[Identifier, ...] = ()
        self.graph: Working
        self._partition: Partition
        self._tally = Tally(f"{base_iri}id/")

    def add(self, triples: Triples) -> None:
        """Add triples to the default graph."""
        self._runs.add(triples.lines())

    def infer(self, rules: Iterable[infer.Rule]) -> None:
        """Add what follows by the rules; no more is added afterwards."""
        self.graph = Working(self._folder / "graph", self._runs.files())
        self.add(infer.infer_in(self.graph.store, rules, base_iri=self._base_iri))
        with self._file.open("wb") as out:
            self._tally.count(_written(self._runs, out.write))
        self.triples = self._tally.triples
        self._partition = Partition(self._file, self.graph, self._base_iri)

    def parts(self) -> Iterator[Part]:
        """Yield the parts to be checked but for the whole, and derive the views of each."""
        for part in self._partition.parts():
            if part.of == "articles":
                self._points.add(self._derived(part))
            yield part

    def _derived(self, part: Part) -> Iterator[bytes]:
        store = Store()
        store.bulk_load(b"".join(part.lines), format=RdfFormat.N_TRIPLES)
        store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in self._ontology)
        return cube.cube(store, self._views).lines(cube.name(self._base_iri))

    def describe(self, articles: Iterable[ArticleHead], inputs: Iterable[dataset.Input]) -> Part:
        """Add the description of the dataset; return the whole to be checked."""
        points = sum(1 for _ in self._points)
        self._described = dataset.describe_counted(
            self._tally,
            self.graph.holds,
            dataset.Contents(tuple(articles), tuple(inputs), (cube.described(self._base_iri, points),)),
            base_iri=self._base_iri,
        )
        self.triples += sum(not self.graph.holds(triple) for triple in self._described)
        self.graph.extend(self._described)
        return self._partition.whole()

    def write(self, target: Path) -> str:
        """Write the default graph and the views as sorted N-Quads; return their SHA-256."""
        described = Runs(self._folder, "described")
        described.add(self._described.lines())
        digest = hashlib.sha256()
        with target.open("wb") as out:
            for line in merged([self._file, *described.files(), *self._points.files()]):
                digest.update(line)
                out.write(line)
        return digest.hexdigest()


def _written(lines: Iterable[bytes], write: Callable[[bytes], object]) -> Iterator[bytes]:
    for line in lines:
        write(line)
        yield line
