"""Any SPARQL 1.1 store as the dataset (`sparql:QUERY_URL[,UPDATE_URL]`), for those who outgrow one machine.

Answers are passed on as the bytes that the other store sent. Queries are tried again with back-off where it did not
take them; updates never are. Redirects are not followed. User and password may stand in the URLs, or in
KG_STORE_USER and KG_STORE_PASSWORD; they are never shown.

A store that keeps no graph without a name (Virtuoso) keeps the default graph under the IRI KG_STORE_DEFAULT_GRAPH: each
request that names no graphs itself names that one, updates too, and a query that says GRAPH names all others as well.
"""

from __future__ import annotations

import hashlib
import os
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import NotFoundError, StoreChangedError, UsageError
from kg.store import changes
from kg.store.base import STORE_DATASET, Answer, Bindings, Dataset, Store
from kg.store.endpoint import Endpoint
from kg.store.formats import JSON, N_TRIPLES, Format
from kg.store.iris import is_absolute
from kg.store.lexer import tokens, unescape
from kg.store.refusing import allowed_update, refuse_query
from kg.store.using import with_values

if TYPE_CHECKING:
    from pathlib import Path

BUILD = "urn:x-district-kg:build"
_DIGEST = "urn:x-district-kg:digest"
# Graphs that every Virtuoso holds, which are about itself.
_VIRTUOSOS = frozenset(
    {"http://www.openlinksw.com/schemas/virtrdf#", "http://www.w3.org/ns/ldp#", "http://localuriqaserver/sparql"}
    | {"http://localhost:8890/DAV/", "urn:activitystreams-owl:map"}
)
_NO_GRAPH = "urn:x-district-kg:no-graph"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class RemoteStore(Store):
    """The dataset of another SPARQL store; it may change unseen, so that its answers are never kept."""

    versioned = False

    def __init__(self, query_url: str, update_url: str | None, timeout: float) -> None:
        user, password = os.environ.get("KG_STORE_USER"), os.environ.get("KG_STORE_PASSWORD")
        self._default = os.environ.get("KG_STORE_DEFAULT_GRAPH") or None
        if self._default is not None and not is_absolute(self._default):
            raise UsageError(f"KG_STORE_DEFAULT_GRAPH={self._default!r} is no absolute IRI.")
        self._queries = Endpoint(query_url, timeout, user, password)
        self._updates = Endpoint(update_url or query_url, timeout, user, password)

    @property
    def version(self) -> str:
        return "unknown"

    def query(
        self,
        text: str,
        *,
        syntax: Format,
        bindings: Bindings | None = None,
        dataset: Dataset = STORE_DATASET,
        base: str | None = None,
    ) -> Answer:
        refuse_query(text, base)
        text = with_values(text, bindings or {})
        if self._default is not None and not dataset and not _says_from(text):
            dataset = Dataset((self._default,), self._named(text))
        return self._ask(f"BASE <{ox.NamedNode(base).value}>\n{text}" if base else text, syntax, dataset)

    def _ask(self, text: str, syntax: Format, dataset: Dataset) -> Answer:
        names = [("default-graph-uri", name) for name in dataset.default or ()]
        names += [("named-graph-uri", name) for name in dataset.named or ()]
        body = self._queries.post(urlencode([("query", text), *names]), accept=syntax, again=True)
        return Answer(body, syntax, self.version)

    def _named(self, text: str) -> tuple[str, ...]:
        """Return the graphs that a query may see by GRAPH, where all have to be named: none where it says no GRAPH."""
        if "GRAPH" not in text.upper():
            return ()
        found = self._ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", JSON, STORE_DATASET)
        results: Any = ox.parse_query_results(found.body, format=ox.QueryResultsFormat.JSON)
        return tuple(sorted({row["g"].value for row in results} - {self._default, *_VIRTUOSOS})) or (_NO_GRAPH,)

    def update(self, text: str, *, dataset: Dataset = STORE_DATASET, base: str | None = None) -> None:
        text = allowed_update(text, base)
        names = [("using-graph-uri", name) for name in dataset.default or ()]
        if self._default and not dataset:
            names.append(("default-graph-uri", self._default))
        names += [("using-named-graph-uri", name) for name in dataset.named or ()]
        form = [("update", f"BASE <{ox.NamedNode(base).value}>\n{text}" if base else text), *names]
        self._updates.post(urlencode(form), accept=None, again=False)

    def read_graph(self, name: str | None, *, syntax: Format) -> Answer:
        if name is None:
            return self.query(_ALL, syntax=syntax)
        graph = self._existing(name)
        return self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}", syntax=syntax)

    def write_graph(
        self, name: str | None, data: bytes, *, syntax: Format, replace: bool, base: str | None = None
    ) -> bool:
        quads = changes.read_triples(data, syntax, name, base)
        created = name is not None and not self._holds(name)
        self.update(changes.as_update(name, quads, replace=replace))
        return created

    def delete_graph(self, name: str | None) -> None:
        if name is not None:
            self._existing(name)
        self.update("CLEAR DEFAULT" if name is None else f"DROP GRAPH {changes.graph_name(name)}")

    def replace_default(self, nquads: bytes | Path, *, replace: bool = False) -> None:
        if not replace and self._digest() != self._published():
            raise StoreChangedError(changes.CHANGED)
        graphs = changes.graphs_of(nquads)
        built = _digest([quad.triple for quad in graphs[None]])
        text = " ; ".join(changes.as_update(name, quads, replace=True) for name, quads in graphs.items())
        self.update(f"{text} ; {_note(built)}")
        kept = self._digest()
        if kept != built:  # it writes some literals otherwise, 1.50 as 1.5
            self.update(_note(kept))

    def dump(self, out: IO[bytes], *, syntax: Format) -> None:
        copy = ox.Store()
        copy.load(self.query(_ALL, syntax=N_TRIPLES).body, format=ox.RdfFormat.N_TRIPLES)
        for row in self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):
            if isinstance(row["g"], ox.NamedNode) and row["g"].value not in {BUILD, self._default}:
                graph = self.read_graph(row["g"].value, syntax=N_TRIPLES)
                copy.load(graph.body, format=ox.RdfFormat.N_TRIPLES, to_graph=row["g"])
        changes.dump(copy, syntax, out)

    def count(self) -> int:
        hidden = ", ".join(f"<{name}>" for name in (BUILD, self._default) if name)
        named = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({hidden}))"
        text = f"SELECT (COUNT(*) AS ?n) {{ {{ ?s ?p ?o }} UNION {{ {named} }} }}"
        return int(self.select(text).rows[0][0].value)  # type: ignore[union-attr]  # a count is always bound

    def close(self) -> None:
        self._queries.close()
        self._updates.close()

    def _holds(self, name: str) -> bool:
        text = f"SELECT ?s {{ GRAPH {changes.graph_name(name)} {{ ?s ?p ?o }} }} LIMIT 1"
        return len(self.select(text, dataset=Dataset((), (name,)))) > 0

    def _existing(self, name: str) -> ox.NamedNode | ox.DefaultGraph:
        if not self._holds(name):
            raise NotFoundError(f"There is no graph named <{name}>.")
        return changes.graph_name(name)

    def _digest(self) -> str:
        body = self.query(_ALL, syntax=N_TRIPLES).body
        return _digest([quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)])

    def _published(self) -> str:
        rows = self.select(
            f"SELECT ?d {{ GRAPH <{BUILD}> {{ <{BUILD}> <{_DIGEST}> ?d }} }}", dataset=Dataset((), (BUILD,))
        ).rows
        return rows[0][0].value if rows and isinstance(rows[0][0], ox.Literal) else _digest([])


def _note(digest: str) -> str:
    """Return the update that notes the digest of the default graph as it was last built."""
    new = f'{{ <{BUILD}> <{_DIGEST}> "{digest}" }}'
    return f"CLEAR SILENT GRAPH <{BUILD}> ; INSERT DATA {{ GRAPH <{BUILD}> {new} }}"


def _says_from(text: str) -> bool:
    return "FROM" in text.upper() and any(token.is_word("FROM") for token in tokens(unescape(text)))


def _digest(triples: list[ox.Triple]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()
