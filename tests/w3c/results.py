"""Expected results, in every form the suites write them, against what the service answered."""

import csv
import io
from collections import Counter
from pathlib import Path

import pyoxigraph as ox

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SYNTAX = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}


def read(path: Path) -> list[ox.Quad]:
    """Read a file of triples as it stands, lexical forms included."""
    return list(
        ox.parse(path.read_bytes(), format=_SYNTAX[path.suffix], base_iri=path.as_uri(), rename_blank_nodes=True)
    )


def same_graph(found: list[ox.Triple], expected: list[ox.Triple]) -> bool:
    """Tell whether two graphs are isomorphic."""
    return _canonical(found) == _canonical(expected)


def _canonical(triples: list[ox.Triple]) -> set[str]:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, _value(t.object)) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return one literal for all that have the same datatype and value; language tags know no case.

    Results are compared by value: an implementation may write 2.0 as 2 (SPARQL 1.1 Query, 17.1; XSD canonical forms).
    """
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value, language=term.language.lower())
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:x"), ox.NamedNode("urn:x"), term))
    return next(iter(store)).object


def solutions(data: bytes, suffix: str) -> tuple[bool | None, list[dict]]:
    """Read SPARQL results: the boolean of an ASK, else its rows."""
    formats = {".srx": "XML", ".srj": "JSON", ".tsv": "TSV"}
    parsed = ox.parse_query_results(data, format=getattr(ox.QueryResultsFormat, formats[suffix]))
    if isinstance(parsed, ox.QueryBoolean):
        return bool(parsed), []
    names = [variable.value for variable in parsed.variables]
    return None, [{n: t for n, t in zip(names, row, strict=True) if t is not None} for row in parsed]


def from_vocabulary(quads: list[ox.Quad]) -> tuple[bool | None, list[dict], bool] | None:
    """Read results written in the result-set vocabulary, None where the graph is something else."""
    by = {}
    for quad in quads:
        by.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)
    root = next((q.subject for q in quads if q.object == ox.NamedNode(RS + "ResultSet")), None)
    if root is None:
        return None
    if (root, RS + "boolean") in by:
        return by[root, RS + "boolean"][0].value == "true", [], False
    rows = []
    for node in by.get((root, RS + "solution"), []):
        row = {}
        for binding in by.get((node, RS + "binding"), []):
            row[by[binding, RS + "variable"][0].value] = by[binding, RS + "value"][0]
        index = by.get((node, RS + "index"))
        rows.append((int(index[0].value) if index else 0, row))
    ordered = any(index for index, _ in rows)
    return None, [row for _, row in sorted(rows, key=lambda pair: pair[0])], ordered


def same_rows(found: list[dict], expected: list[dict], *, ordered: bool, lax: bool) -> bool:
    """Compare rows as a bag (a list, or a set where the suite is lax), blank nodes up to their names."""
    if lax:
        found, expected = _distinct(found), _distinct(expected)
    return same_graph(_rows(found, ordered=ordered), _rows(expected, ordered=ordered))


def _distinct(rows: list[dict]) -> list[dict]:
    return list({tuple(sorted((name, str(term)) for name, term in row.items())): row for row in rows}.values())


def _rows(rows: list[dict], *, ordered: bool) -> list[ox.Triple]:
    triples = []
    for index, row in enumerate(rows):
        node = ox.BlankNode(f"row{index}")
        place = ox.Literal(str(index if ordered else 0))
        triples.append(ox.Triple(node, ox.NamedNode("row:at"), place))
        triples += [ox.Triple(node, ox.NamedNode(f"var:{name}"), term) for name, term in row.items()]
    return triples


def same_csv(found: bytes, expected: bytes) -> bool:
    """Compare CSV results cell by cell, columns in any order; blank nodes have any name, numbers any form."""

    def rows(data: bytes) -> Counter:
        cells = csv.DictReader(io.StringIO(data.decode("utf-8")))
        return Counter(tuple(sorted((name, _cell(cell)) for name, cell in row.items())) for row in cells)

    return rows(found) == rows(expected)


def _cell(text: str) -> str:
    if text.startswith("_:"):
        return "_:"
    try:
        return repr(float(text))
    except ValueError:
        return text
