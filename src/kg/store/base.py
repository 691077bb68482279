"""The one small interface to wherever the triples live.

    Store
    ├── LocalStore          in this process: `memory:`
    │   └── EmbeddedStore   on disk, one process at a time: `oxigraph:PATH`
    ├── EngineStore         the same data, answered by processes that can be killed (what a service uses)
    └── RemoteStore         any SPARQL 1.1 store: `sparql:QUERY_URL[,UPDATE_URL]`

Terms are pyoxigraph's `NamedNode`, `BlankNode` and `Literal`. Bindings go to the engine as terms and are never
pasted into the query's text.
"""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.lines import write_sorted
from kg.store.formats import JSON, N_QUADS, N_TRIPLES, Format

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Bindings = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The RDF dataset that a request names (SPARQL 1.1 Protocol §2.1.4): IRIs of graphs.

    None means "the store's own"; an empty tuple means "no graph".
    """

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        return self.default is not None or self.named is not None


STORE_DATASET = Dataset()


@dataclass(frozen=True, slots=True)
class Query:
    """A query with all that changes its answer."""

    text: str
    bindings: Bindings
    dataset: Dataset = STORE_DATASET
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its bytes, the format they are in and the version of the dataset that gave it."""

    body: bytes
    syntax: Format
    version: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of terms; a cell is None where the variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Term]]:
        """Yield each row as a mapping of its bound variables."""
        for row in self.rows:
            yield {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}

    def __len__(self) -> int:
        return len(self.rows)


def read_rows(body: bytes) -> Rows:
    """Read the answer to a SELECT query, in JSON, as rows of terms."""
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("This query is an ASK, not a SELECT.")
    names = tuple(variable.value for variable in results.variables)
    return Rows(names, tuple(tuple(solution) for solution in results))


class Store(ABC):
    """A dataset that can be asked and changed.

    Every method raises `kg.errors.StoreError` where the store cannot be reached, read or written, and asking
    raises the kinds of `kg.errors.QueryError`.
    """

    versioned = True
    """Whether `version` can be told: answers of a store whose dataset may change unseen are never kept."""

    @property
    @abstractmethod
    def version(self) -> str:
        """What changes whenever the dataset changes; a token, fit for an ETag."""

    @abstractmethod
    def query(
        self,
        text: str,
        *,
        syntax: Format,
        bindings: Bindings | None = None,
        dataset: Dataset = STORE_DATASET,
        base: str | None = None,
    ) -> Answer:
        """Answer a SPARQL query in `syntax`, whole or not at all.

        Args:
            text: SPARQL 1.1 Query.
            syntax: of the kind that fits the query's form, else `TypeError`.
            bindings: values of variables, by name without the question mark; substituted before evaluation
                (SPARQL-dev SEP-0007: the variable must be among those that a SELECT projects).
            dataset: overrides the FROM clauses of the text (SPARQL 1.1 Protocol §2.1.4).
            base: IRI that relative IRIs of the text are resolved against.

        Raises:
            QuerySyntaxError: the text does not parse.
            TimeLimitError, TooLargeError, BusyError, RefusedError: it passes a limit, or asks for a fetch.
        """

    @abstractmethod
    def update(self, text: str, *, dataset: Dataset = STORE_DATASET, base: str | None = None) -> None:
        """Apply a SPARQL 1.1 Update, all its operations or none; it is durable when this returns.

        Args:
            text: SPARQL 1.1 Update.
            dataset: `using-graph-uri` and `using-named-graph-uri` (SPARQL 1.1 Protocol §2.2.3).
            base: IRI that relative IRIs of the text are resolved against.
        """

    @abstractmethod
    def read_graph(self, name: str | None, *, syntax: Format) -> Answer:
        """Write one graph (None: the default graph) in `syntax`.

        Raises:
            NotFoundError: there is no such named graph.
        """

    @abstractmethod
    def write_graph(
        self,
        name: str | None,
        data: bytes,
        *,
        syntax: Format,
        replace: bool,
        base: str | None = None,
    ) -> bool:
        """Put `data` in place of a graph, or merge it into the graph; return whether that made a new graph."""

    @abstractmethod
    def delete_graph(self, name: str | None) -> None:
        """Drop a named graph, or empty the default graph.

        Raises:
            NotFoundError: there is no such named graph.
        """

    @abstractmethod
    def replace_default(self, nquads: bytes | Path, *, replace: bool = False) -> None:
        """Publish a build: put the default graph of `nquads` in place of the default graph, in one step.

        A named graph of `nquads` (a derived view) takes the place of its namesake in the same step; all other named
        graphs stay. On any failure the old dataset stays as it was. A big build is given as the file of its N-Quads.

        Raises:
            StoreChangedError: a client changed the default graph since the last build and `replace` is false.
        """

    def export(self, *, syntax: Format = N_QUADS) -> bytes:
        """Return the whole dataset in `syntax`; see `export_to`, which does not hold it in memory."""
        out = io.BytesIO()
        self.export_to(out, syntax=syntax)
        return out.getvalue()

    def export_to(self, out: IO[bytes], *, syntax: Format = N_QUADS) -> None:
        """Write the whole dataset in `syntax`: N-Quads and N-Triples sorted by line, else as the engine does.

        Raises:
            ValueError: the format holds no named graphs and the dataset has some.
        """
        if syntax in {N_QUADS, N_TRIPLES}:
            write_sorted(lambda file: self.dump(file, syntax=syntax), out)
        else:
            self.dump(out, syntax=syntax)

    @abstractmethod
    def dump(self, out: IO[bytes], *, syntax: Format) -> None:
        """Write the whole dataset as `export_to` does, but in whatever order it stands."""

    def asking_as(self, name: str) -> AbstractContextManager[None]:  # noqa: ARG002  # a store that stops none needs no name
        """Ask what is asked inside under a name (empty: none), so that `cancel` can stop it."""
        return nullcontext()

    def cancel(self, name: str) -> bool:  # noqa: ARG002
        """Stop what is being asked under a name; tell whether there was anything that could be stopped."""
        return False

    @abstractmethod
    def count(self) -> int:
        """Return how many triples the dataset holds, those of the named graphs included."""

    def is_empty(self) -> bool:
        """Tell whether the dataset holds no triple at all."""
        return self.count() == 0

    @abstractmethod
    def close(self) -> None:
        """Let go of files and processes; the store is not used again."""

    def select(self, text: str, bindings: Bindings | None = None, *, dataset: Dataset = STORE_DATASET) -> Rows:
        """Answer a SELECT query as rows of terms."""
        return read_rows(self.query(text, syntax=JSON, bindings=bindings, dataset=dataset).body)

    def ask(self, text: str, bindings: Bindings | None = None, *, dataset: Dataset = STORE_DATASET) -> bool:
        """Answer an ASK query."""
        answer = self.query(text, syntax=JSON, bindings=bindings, dataset=dataset)
        results = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
        if not isinstance(results, ox.QueryBoolean):
            raise TypeError("This query is a SELECT, not an ASK.")
        return bool(results)

    def construct(
        self, text: str, bindings: Bindings | None = None, *, dataset: Dataset = STORE_DATASET
    ) -> list[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query as triples, sorted."""
        answer = self.query(text, syntax=N_TRIPLES, bindings=bindings, dataset=dataset)
        quads = ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)
        return sorted((quad.triple for quad in quads), key=str)

    def as_rdflib(self) -> rdflib.Dataset:
        """Return the dataset as rdflib sees it: a copy, read through oxrdflib; the store itself stays as it is."""
        import rdflib  # noqa: PLC0415  # slow to import, and few need it

        copy = ox.Store()
        copy.bulk_load(self.export(syntax=N_QUADS), format=ox.RdfFormat.N_QUADS)
        from oxrdflib import OxigraphStore  # noqa: PLC0415

        return rdflib.Dataset(store=OxigraphStore(store=copy))
