"""`build`: articles in, a validated graph published in one step, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.errors import ArticleError
from kg.graph.building import gather, infer
from kg.graph.building.article import Read
from kg.graph.building.draft import Draft
from kg.graph.building.scratch import scratch
from kg.graph.checks import faults, validate
from kg.graph.checks.checking import Checkers
from kg.graph.checks.undefined import require_defined
from kg.graph.description import dataset
from kg.graph.identity.identity import Identifier
from kg.graph.identity.register import Register, load_register
from kg.graph.places.places import load_places
from kg.graph.populate.populate import Ground, Source, order, populate_into
from kg.graph.rdf import ontology
from kg.reading.curate import apply_corrections, load_corrections


class Target(Protocol):
    """Where a build is published: a `kg.store.Store`."""

    def replace_default(self, nquads: Path, *, replace: bool = False) -> None:
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

    `nquads` is the file of the default graph, which `triples` counts, and the derived views, as sorted N-Quads; it is
    gone once `build` has published it. `left_out` gives the files of the
    articles that could not be read or whose facts do not conform, with the sentence that says why; `digest` is the
    SHA-256 of the canonical N-Quads (RDFC-1.0), by which two builds are compared; `minted` the addresses not yet
    registered.
    """

    nquads: Path
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
        progress: told how far each step is.

    Raises:
        ArticleError: an article is left out and `options.strict` is set, or the folders are wrong.
        BuildError: the disk is full, or articles cannot be read by processes.
        CorrectionError, OntologyError: an input is malformed.
        ValidationError: the graph does not conform, and no article that could be left out is at fault.
        StoreError: the store cannot be written, or was changed (StoreChangedError).
    """
    kept = options.kept
    with scratch(kept.parent if kept else None) as folder:
        built = make(folders, folder, base_iri=options.base_iri, kept=kept, progress=progress)
        if options.strict and built.left_out:
            name, why = built.left_out[0]
            raise ArticleError(f"{name}: {why} Nothing was published, because of --strict.")
        if progress:
            progress("publishing", 0, 0, "")
        store.replace_default(built.nquads, replace=options.replace)
        if progress:
            progress("published", 0, 0, "")
    return built


def make(
    folders: Folders,
    folder: Path,
    *,
    base_iri: str,
    kept: Path | None = None,
    progress: gather.Progress | None = None,
) -> Built:
    """Make the graph in a folder without publishing it; see `build`."""
    inputs = _Inputs(folders, base_iri)
    with Checkers(folders.ontology / "shapes.ttl") as checkers:
        files = gather.article_files(folders.articles)
        read = gather.read_all(files, kept=kept or folder / "facts", progress=progress)
        left_out = {result.path.stem: result.error for result in read if result.head is None}
        while True:
            articles = [result for result in read if result.path.stem not in left_out]
            draft = inputs.draft(folder / "draft", articles, progress)
            violations = inputs.check(draft, articles, checkers, progress)
            if not violations:
                break
            heads = [result.head for result in articles if result.head]
            corrected = inputs.corrections.keys() & {head.id for head in heads}
            refused = faults.at_fault(violations, draft.graph.store, heads, corrected, base_iri=base_iri)
            left_out |= refused
            if not refused or len(left_out) > len(read) / 2:  # then it is not they that are at fault
                validate.require(violations)
    nquads = folder / "built.nq"
    digest = draft.write(nquads)
    return Built(
        nquads=nquads,
        articles=tuple(result.path.stem for result in articles),
        left_out=tuple((result.path.name, left_out[name]) for result in read if (name := result.path.stem) in left_out),
        facts=draft.facts,
        triples=draft.triples,
        digest=digest,
        register=inputs.register,
        minted=draft.minted,
    )


class _Inputs:
    """What a build is made of besides articles."""

    def __init__(self, folders: Folders, base_iri: str) -> None:
        self._folders = folders
        terms = ontology.load(folders.ontology)
        require_defined(folders.ontology)
        self._rules = infer.load_rules(folders.ontology / "rules")
        self.register = load_register(folders.identifiers)
        self._ground = Ground(base_iri, load_places(folders.reference), terms, self.register)
        self.corrections = load_corrections(folders.corrections)

    def draft(self, folder: Path, articles: Sequence[Read], progress: gather.Progress | None) -> Draft:
        """Write the triples of the articles, and infer."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        draft = Draft(folder, self._ground.base_iri, self._ground.ontology, self._folders.ontology / "views")
        draft.minted = populate_into(draft.add, self._sources(articles, draft, progress), self._ground)
        if progress:
            progress("inferring", 0, 0, "")
        draft.infer(self._rules)
        return draft

    def _sources(self, articles: Sequence[Read], draft: Draft, progress: gather.Progress | None) -> Iterator[Source]:
        """Load the articles one after the other, with the corrections applied."""
        ordered = sorted((order(result.head), result) for result in articles if result.head)
        for number, (_, result) in enumerate(ordered, start=1):
            text, read = result.load()
            entries = self.corrections.get(result.path.stem, ())
            facts = apply_corrections(read, text, entries)
            draft.facts += len(facts.entities) + len(facts.observations) + len(facts.relations)
            yield Source(text, facts, entries)
            if progress:
                progress("relating", number, len(ordered), result.path.stem)

    def check(
        self, draft: Draft, articles: Sequence[Read], checkers: Checkers, progress: gather.Progress | None
    ) -> list[validate.Violation]:
        """Return where a graph does not conform; its views are derived and its description is written with that."""
        checked = 0

        def done(size: int) -> None:
            nonlocal checked
            checked += size
            if progress:
                progress("checking", checked, draft.triples, "")

        violations = checkers.check(draft.parts(), done)
        heads = [result.head for result in articles if result.head]
        whole = draft.describe(heads, _files(self._folders, {head.id for head in heads}))
        found = sorted({*violations, *checkers.check([whole])})
        if progress:
            progress("checking", draft.triples, draft.triples, "")
        return found


def _files(folders: Folders, used: Container[str]) -> list[dataset.Input]:
    """Return the files that went into a build; of the corrections, those of the articles that were used."""
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
