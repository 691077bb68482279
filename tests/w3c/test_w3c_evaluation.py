"""Query and update evaluation and syntax, from the W3C's manifests, over HTTP."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from allowed import ALLOWED
from results import from_vocabulary, read, same_csv, same_graph, same_rows, solutions
from suites import BAD, GOOD, UPDATES, Case, cases

SUITES = [
    "sparql10/manifest-evaluation.ttl",
    "sparql10/manifest-syntax.ttl",
    "sparql11/manifest-sparql11-query.ttl",
    "sparql11/manifest-sparql11-results.ttl",
    "sparql11/manifest-sparql11-update.ttl",
    "sparql11/syntax-fed/manifest.ttl",
]
ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}


def listed():
    for suite in SUITES:
        for case in cases(suite):
            marks = [pytest.mark.xfail(reason=ALLOWED[case.name], strict=True)] if case.name in ALLOWED else []
            yield pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", list(listed()))
def test_the_service_does_as_the_suite_says(case: Case, service):
    text = case.query.read_text(encoding="utf-8")
    if case.kind in GOOD | BAD:
        check_syntax(case, text, service)
    elif case.kind in UPDATES:
        check_update(case, based(case, text), service)
    else:
        check_query(case, based(case, text), service)


def based(case: Case, text: str) -> str:
    return f"BASE <{case.base}>\n{text}"


def check_syntax(case: Case, text: str, service) -> None:
    service.holds = None
    answer = service.update(text) if "Update" in case.kind or case.query.suffix == ".ru" else service.query(text, "*/*")
    refused = answer.status == 400 and b"does not parse" in answer.body
    assert refused == (case.kind in BAD), answer.body.decode()
    assert answer.status != 500


def fill(case: Case, service) -> None:
    """Put the case's data, and nothing else, into the store; leave it if just that is there already."""
    wanted = (case.data, case.graphs)
    if service.holds == wanted:
        return
    default = [quad.triple for path in case.data for quad in read(path)]
    named = [(name, read(path)) for name, path in case.graphs]
    blocks = ["\n".join(f"{triple} ." for triple in default)]
    blocks += [f"GRAPH <{name}> {{ " + "\n".join(f"{quad.triple} ." for quad in quads) + " }" for name, quads in named]
    create = "".join(f"CREATE SILENT GRAPH <{name}> ; " for name, _ in named)
    answer = service.update(f"DROP ALL ; {create} INSERT DATA {{ {' '.join(blocks)} }}")
    assert answer.status == 204, answer.body.decode()
    service.holds = wanted


def with_from(case: Case, text: str) -> Case:
    """Add the graphs that FROM clauses name: files beside the query."""
    names = re.findall(r"FROM\s+(?:NAMED\s+)?<([^>]*)>", text, re.IGNORECASE)
    beside = {(case.query.parent / name).as_uri(): case.query.parent / name for name in names}
    known = {name for name, _ in case.graphs}
    more = tuple((uri, path) for uri, path in beside.items() if path.exists() and uri not in known)
    return Case(**{**vars(case), "graphs": case.graphs + more})


def check_query(case: Case, text: str, service) -> None:
    fill(with_from(case, text), service)
    expected = case.result
    if expected.suffix in {".ttl", ".rdf", ".nt"} and from_vocabulary(read(expected)) is None:
        answer = service.query(text, "application/n-triples")
        assert answer.status == 200, answer.body.decode()
        found = [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)]
        assert same_graph(found, [quad.triple for quad in read(expected)]), answer.body.decode()
        return
    answer = service.query(text, ACCEPT.get(expected.suffix, ACCEPT[".srx"]))
    assert answer.status == 200, answer.body.decode()
    check_rows(answer.body, expected, lax=case.lax)


def check_rows(body: bytes, expected: Path, *, lax: bool) -> None:
    if expected.suffix == ".csv":
        assert same_csv(body, expected.read_bytes()), body.decode()
        return
    suffix = expected.suffix if expected.suffix in ACCEPT else ".srx"
    boolean, rows = solutions(body, suffix)
    wanted = from_vocabulary(read(expected)) if expected.suffix not in ACCEPT else None
    truth, wanted_rows, ordered = wanted or (*solutions(expected.read_bytes(), suffix), False)
    assert boolean == truth
    assert same_rows(rows, wanted_rows, ordered=ordered, lax=lax), body.decode()


def check_update(case: Case, text: str, service) -> None:
    fill(case, service)
    service.holds = None
    answer = service.update(text)
    assert answer.status == 204, answer.body.decode()
    wanted = {"": [quad.triple for path in case.result_data for quad in read(path)]}
    for name, path in case.result_graphs:
        wanted[name] = [quad.triple for quad in read(path)]
    names = json.loads(service.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").body)["results"]["bindings"]
    present = {row["g"]["value"] for row in names}
    assert present == {name for name, triples in wanted.items() if name and triples}
    for name, triples in wanted.items():
        if name in present or not name:
            path = f"/graph-store?graph={quote(name, safe='')}" if name else "/graph-store?default"
            body = service.ask("GET", path, Accept="application/n-triples").body
            found = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
            assert same_graph(found, triples), body.decode()
