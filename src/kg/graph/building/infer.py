"""What follows over the whole graph: the rules of `ontology/rules/`, each a CONSTRUCT that names its premises.

A rule constructs statements (`kg:Statement` with subject, predicate, object and, in `prov:wasDerivedFrom`, its
premises) or plain links between facts. Statements are completed here: the plain triple, `kg:origin kg:inferred`,
`kg:asserted false`, the activity, and the premises' words as evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, Store, Triple

from kg.errors import OntologyError
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples, text, typed

_DECORATION = re.compile(r"^#\+ ([a-z-]+): (.+)$", re.MULTILINE)
_TOLD = ("label-zh", "label-en", "description-zh", "description-en")
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file: its name, what its `#+` lines say, and the query."""

    name: str
    told: dict[str, str]
    query: str


def load_rules(folder: Path) -> list[Rule]:
    """Read the rules of a folder, in order of names.

    Raises:
        OntologyError: a file does not parse or lacks a label or description; the message names it.
    """
    return [_read(path) for path in sorted(folder.glob("*.rq"))]


def _read(path: Path) -> Rule:
    query = path.read_text("utf-8")
    told = dict(_DECORATION.findall(query))
    missing = [key for key in _TOLD if key not in told]
    if missing:
        raise OntologyError(f"The rule {path.name} lacks the line `#+ {missing[0]}: …`.")
    try:
        made = Store().query(query)
    except SyntaxError as error:
        raise OntologyError(f"The rule {path.name} is no SPARQL: {error}.") from None
    if not isinstance(made, QueryTriples):
        raise OntologyError(f"The rule {path.name} must be a CONSTRUCT query.")
    return Rule(path.stem, told, query)


def infer(triples: Triples, rules: Iterable[Rule], *, base_iri: str) -> Triples:
    """Return what the rules add to triples that are held in memory; see `infer_in`."""
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return infer_in(store, rules, base_iri=base_iri)


def infer_in(store: Store, rules: Iterable[Rule], *, base_iri: str) -> Triples:
    """Return what the rules add to the default graph of a store, run in turn until nothing new comes; add it there too.

    Raises:
        OntologyError: the rules do not come to an end.
    """
    rules, iris = tuple(rules), Iris(base_iri)
    added = Triples()
    for _ in range(_ROUNDS):
        before = len(added)
        for rule in rules:
            fresh = [triple for triple in _run(store, rule, iris) if triple not in added]
            store.extend(Quad(t.subject, t.predicate, t.object) for t in fresh)
            added.update(fresh)
        if len(added) == before:
            return added
    raise OntologyError("The rules of the ontology go on adding facts without end.")


def _run(store: Store, rule: Rule, iris: Iris) -> Triples:
    made = Triples(store.query(rule.query))  # type: ignore[arg-type]
    statements: dict[NamedNode, dict[str, list[NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for triple in made:
        statements[triple.subject][triple.predicate.value].append(triple.object)  # type: ignore[index, arg-type]
    for node, values in statements.items():
        if term("kg:Statement") in values[term("rdf:type").value]:
            _complete(made, store, node, values, iris.thing(f"inference/{rule.name}"))
            made.add(node, "kg:rule", text(f"rules/{rule.name}"))
    if len(made):
        _write_activity(made, rule, iris)
    return made


def _complete(
    made: Triples, store: Store, node: NamedNode, values: dict[str, list[NamedNode]], activity: NamedNode
) -> None:
    subject, predicate, value = (values[term(f"kg:{end}").value][0] for end in ("subject", "predicate", "object"))
    made.update([Triple(subject, predicate, value)])
    made.add(node, "kg:origin", term("kg:inferred"))
    made.add(node, "kg:asserted", typed("false", "xsd:boolean"))
    made.add(node, "kg:confidence", term("kg:confidence-high"))
    made.add(node, "prov:wasGeneratedBy", activity)
    for premise in values[term("prov:wasDerivedFrom").value]:
        for quad in store.quads_for_pattern(premise, term("prov:wasQuotedFrom"), None):
            if not isinstance(quad.object, Literal):
                made.update([Triple(node, quad.predicate, quad.object)])


def _write_activity(made: Triples, rule: Rule, iris: Iris) -> None:
    node = iris.thing(f"inference/{rule.name}")
    made.add(node, "rdf:type", term("kg:Inference"))
    made.add(node, "dcterms:identifier", text(f"rules/{rule.name}"))
    for key, language in (("zh", "zh-Hans"), ("en", "en")):
        made.add(node, "rdfs:label", text(rule.told[f"label-{key}"], language))
        made.add(node, "dcterms:description", text(rule.told[f"description-{key}"], language))
