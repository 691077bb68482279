"""`build`: articles in, a validated graph published in one step, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import Store

from kg.errors import ArticleError
from kg.graph import cube, dataset, faults, gather, infer, ontology, validate
from kg.graph.checking import Checkers
from kg.graph.identity import Identifier
from kg.graph.places import load_places
from kg.graph.populate import Source, populate
from kg.graph.register import Register, load_register
from kg.graph.triples import Triples
from kg.graph.undefined import require_defined
from kg.reading.curate import Correction, apply_corrections, load_corrections


class Target(Protocol):
    """Where a build is published: a `kg.store.Store`."""

    def replace_default(self, nquads: bytes, *, replace: bool = False) -> None:
        """Put the triples in place of the default graph, in one step."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the inputs of a build stand."""

    articles: Sequence[Path]
    corrections: Sequence[Path]
    ontology: Path
    reference: Path
    identifiers: Path


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is made and published.

    `base_iri` is what the things' addresses begin with; `strict` publishes nothing where an article is left out;
    `replace` publishes over a default graph that a client changed since the last build; facts are kept between runs
    in the folder `kept`.
    """

    base_iri: str
    strict: bool = False
    replace: bool = False
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """A graph that conforms, and what there is to tell about it.

    `nquads` holds the default graph, which `triples` counts, and the derived views. `left_out` gives the files of the
    articles that could not be read or whose facts do not conform, with the sentence that says why; `digest` is the
    SHA-256 of the canonical N-Quads (RDFC-1.0), by which two builds are compared; `minted` the addresses not yet
    registered.
    """

    nquads: bytes
    articles: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    facts: int
    triples: int
    digest: str
    register: Register
    minted: tuple[Identifier, ...]


def build(
    store: Target,
    folders: Folders,
    *,
    options: Options,
    progress: gather.Progress | None = None,
) -> Built:
    """Make the graph and publish it.

    Args:
        store: where it is published.
        folders: the inputs.
        options: how.
        progress: see `kg.graph.gather.read_all`; of a large graph, called for the parts checked, too.

    Raises:
        ArticleError: an article is left out and `options.strict` is set, or the folders are wrong.
        CorrectionError, OntologyError: an input is malformed.
        ValidationError: the graph does not conform, and no article that could be left out is at fault.
        StoreError: the store cannot be written, or was changed (StoreChangedError).
    """
    built = make(folders, base_iri=options.base_iri, kept=options.kept, progress=progress)
    if options.strict and built.left_out:
        name, why = built.left_out[0]
        raise ArticleError(f"{name}: {why} Nothing was published, because of --strict.")
    store.replace_default(built.nquads, replace=options.replace)
    return built


def make(
    folders: Folders, *, base_iri: str, kept: Path | None = None, progress: gather.Progress | None = None
) -> Built:
    """Make the graph without publishing it; see `build`."""
    terms = ontology.load(folders.ontology)
    require_defined(folders.ontology)
    rules = infer.load_rules(folders.ontology / "rules")
    places, register = load_places(folders.reference), load_register(folders.identifiers)
    corrections = load_corrections(folders.corrections)

    def drawn(sources: Sequence[Source]) -> _Drawn:
        populated = populate(sources, base_iri=base_iri, places=places, ontology=terms, register=register)
        graph, store = populated.triples, Store()
        graph.update(terms)
        graph.update(infer.infer(graph, rules, base_iri=base_iri, store=store))
        points = cube.cube(store, folders.ontology / "views")
        graph.update(_described(graph, points, folders, sources, base_iri))
        return _Drawn(graph, points, populated.minted)

    with Checkers(folders.ontology / "shapes.ttl") as checkers:
        read = gather.read_all(gather.article_files(folders.articles), kept=kept, progress=progress)
        left_out = {result.path.stem: result.error for result in read if result.facts is None}
        sources = _curated(read, corrections)
        made = drawn(sources)
        while violations := checkers.check(made.graph, base_iri=base_iri, progress=progress):
            refused = faults.at_fault(violations, made.graph, sources, base_iri=base_iri)
            sources = [source for source in sources if source.facts.article.id not in refused]
            left_out |= refused
            if not refused or len(left_out) > len(read) / 2:  # then it is not they that are at fault
                validate.require(violations)
            made = drawn(sources)
    nquads = made.nquads(base_iri)
    return Built(
        nquads=nquads,
        articles=tuple(source.facts.article.id for source in sources),
        left_out=tuple((result.path.name, left_out[name]) for result in read if (name := result.path.stem) in left_out),
        facts=sum(len(s.facts.entities) + len(s.facts.observations) + len(s.facts.relations) for s in sources),
        triples=len(made.graph),
        digest=hashlib.sha256(nquads).hexdigest(),
        register=register,
        minted=made.minted,
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The default graph, the statistics view, and the addresses that are new."""

    graph: Triples
    points: Triples
    minted: tuple[Identifier, ...]

    def nquads(self, base_iri: str) -> bytes:
        """Return both as sorted N-Quads."""
        return b"".join(sorted([*self.graph.lines(), *self.points.lines(cube.name(base_iri))]))


def _described(graph: Triples, points: Triples, folders: Folders, sources: Sequence[Source], base_iri: str) -> Triples:
    return dataset.describe(
        graph,
        base_iri=base_iri,
        articles=[source.facts.article for source in sources],
        inputs=_inputs(folders, sources),
        views=[cube.described(base_iri, points)],
    )


def _curated(read: Iterable[gather.Read], corrections: Mapping[str, tuple[Correction, ...]]) -> list[Source]:
    sources = []
    for result in read:
        if result.facts is not None:
            entries = corrections.get(result.path.stem, ())
            facts = apply_corrections(result.facts, result.text, entries)
            sources.append(Source(result.text, facts, entries))
    return sources


def _inputs(folders: Folders, sources: Iterable[Source]) -> list[dataset.Input]:
    used = {source.facts.article.id for source in sources}
    paths = [("ontology", path) for path in ontology.files(folders.ontology)]
    paths += [("view", path) for path in sorted((folders.ontology / "views").glob("*.*"))]
    paths += [("rule", path) for path in sorted((folders.ontology / "rules").glob("*.rq"))]
    paths += [("reference", path) for path in sorted(folders.reference.glob("*.csv"))]
    paths += [("correction", path) for folder in folders.corrections for path in sorted(folder.glob("*.toml"))]
    return [
        dataset.Input(kind, path.name, ontology.checksum(path))
        for kind, path in paths
        if kind != "correction" or path.stem in used
    ]
