"""Any SPARQL 1.1 store as the dataset (`sparql:QUERY_URL[,UPDATE_URL]`), for those who outgrow one machine.

Answers are passed on as the bytes that the other store sent. Queries are tried again with back-off where it did not
take them; updates never are. Redirects are not followed. User and password may stand in the URLs, or in
KG_STORE_USER and KG_STORE_PASSWORD; they are never shown.
"""

from __future__ import annotations

import hashlib
import os
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import NotFoundError, StoreChangedError
from kg.store import changes
from kg.store.base import STORE_DATASET, Answer, Bindings, Dataset, Store
from kg.store.endpoint import Endpoint
from kg.store.formats import N_QUADS, N_TRIPLES, Format
from kg.store.refusing import allowed_update, refuse_query
from kg.store.using import with_values

BUILD = "urn:x-district-kg:build"
_DIGEST = "urn:x-district-kg:digest"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class RemoteStore(Store):
    """The dataset of another SPARQL store; it may change unseen, so that its answers are never kept."""

    versioned = False

    def __init__(self, query_url: str, update_url: str | None, timeout: float) -> None:
        user, password = os.environ.get("KG_STORE_USER"), os.environ.get("KG_STORE_PASSWORD")
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
        names = [("default-graph-uri", name) for name in dataset.default or ()]
        names += [("named-graph-uri", name) for name in dataset.named or ()]
        form = [("query", f"BASE <{ox.NamedNode(base).value}>\n{text}" if base else text), *names]
        body = self._queries.post(urlencode(form), accept=syntax, again=True)
        return Answer(body, syntax, self.version)

    def update(self, text: str, *, dataset: Dataset = STORE_DATASET, base: str | None = None) -> None:
        text = allowed_update(text, base)
        names = [("using-graph-uri", name) for name in dataset.default or ()]
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

    def replace_default(self, nquads: bytes, *, replace: bool = False) -> None:
        if not replace and self._digest() != self._published():
            raise StoreChangedError(changes.CHANGED)
        graphs = changes.graphs_of(nquads)
        new = f'{{ <{BUILD}> <{_DIGEST}> "{_digest([quad.triple for quad in graphs[None]])}" }}'
        text = " ; ".join(changes.as_update(name, quads, replace=True) for name, quads in graphs.items())
        self.update(f"{text} ; CLEAR SILENT GRAPH <{BUILD}> ; INSERT DATA {{ GRAPH <{BUILD}> {new} }}")

    def export(self, *, syntax: Format = N_QUADS) -> bytes:
        copy = ox.Store()
        copy.load(self.query(_ALL, syntax=N_TRIPLES).body, format=ox.RdfFormat.N_TRIPLES)
        for row in self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):
            if isinstance(row["g"], ox.NamedNode) and row["g"].value != BUILD:
                graph = self.read_graph(row["g"].value, syntax=N_TRIPLES)
                copy.load(graph.body, format=ox.RdfFormat.N_TRIPLES, to_graph=row["g"])
        return changes.dump(copy, syntax)

    def count(self) -> int:
        text = (
            f"SELECT (COUNT(*) AS ?n) {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{BUILD}>) }} }}"
        )
        return int(self.select(text).rows[0][0].value)  # type: ignore[union-attr]  # a count is always bound

    def close(self) -> None:
        self._queries.close()
        self._updates.close()

    def _holds(self, name: str) -> bool:
        return self.ask(f"ASK {{ GRAPH {changes.graph_name(name)} {{ ?s ?p ?o }} }}")

    def _existing(self, name: str) -> ox.NamedNode | ox.DefaultGraph:
        if not self._holds(name):
            raise NotFoundError(f"There is no graph named <{name}>.")
        return changes.graph_name(name)

    def _digest(self) -> str:
        body = self.query(_ALL, syntax=N_TRIPLES).body
        return _digest([quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)])

    def _published(self) -> str:
        rows = self.select(f"SELECT ?d {{ GRAPH <{BUILD}> {{ <{BUILD}> <{_DIGEST}> ?d }} }}").rows
        return rows[0][0].value if rows and isinstance(rows[0][0], ox.Literal) else _digest([])


def _digest(triples: list[ox.Triple]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()
