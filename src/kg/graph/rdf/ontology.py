"""The ontology's files as triples: parsed with clear errors, blank nodes given addresses."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
)

from kg.errors import OntologyError
from kg.graph.rdf.terms import ONTOLOGY


def files(folder: Path) -> list[Path]:
    """Return the Turtle files of an ontology folder, in order of names.

    Raises:
        OntologyError: there is none.
    """
    found = sorted(folder.glob("*.ttl"))
    if not found:
        raise OntologyError(f"The ontology folder {folder} holds no .ttl file.")
    return found


@cache
def parsed(path: Path) -> tuple[Triple, ...]:
    """Parse one Turtle file; its blank nodes are labelled by RDFC-1.0.

    Raises:
        OntologyError: the file does not parse; the message names file, line and what is wrong.
    """
    try:
        dataset = Dataset(parse(path.read_bytes(), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise OntologyError(f"{path.name}, line {error.lineno}: {error.msg}.") from None
    except OSError as error:
        raise OntologyError(f"{path} cannot be read: {error.strerror}.") from None
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(quad.triple for quad in dataset)


@cache
def read(path: Path) -> tuple[Triple, ...]:
    """Read one Turtle file; its blank nodes become `{ontology}/genid/…`, for built data holds none.

    Raises:
        OntologyError: as `parsed`.
    """
    return tuple(_named(triple, path.stem) for triple in parsed(path))


def load(folder: Path) -> list[Triple]:
    """Read every file of an ontology folder.

    Raises:
        OntologyError: as `read` and `files`.
    """
    return [triple for path in files(folder) for triple in read(path)]


def _named(triple: Triple, file: str) -> Triple:
    return Triple(_node(triple.subject, file), triple.predicate, _node(triple.object, file))


def _node(node: object, file: str) -> NamedNode:
    if isinstance(node, BlankNode):
        return NamedNode(f"{ONTOLOGY}/genid/{file}-{node.value}")
    return node  # type: ignore[return-value]


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
