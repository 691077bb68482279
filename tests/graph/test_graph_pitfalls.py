"""The pitfalls of the OOPS! catalogue that a machine can check, and the terms reused from other vocabularies."""

import re
from collections import defaultdict
from itertools import combinations

import pytest
from pyoxigraph import NamedNode
from rdflib import namespace

from kg.graph.rdf.terms import KG, PREFIXES, term

SHIPPED = {  # vocabularies whose terms rdflib lists
    "dc": namespace.DC,
    "dcat": namespace.DCAT,
    "dcterms": namespace.DCTERMS,
    "foaf": namespace.FOAF,
    "org": namespace.ORG,
    "owl": namespace.OWL,
    "prov": namespace.PROV,
    "rdf": namespace.RDF,
    "rdfs": namespace.RDFS,
    "schema": namespace.SDO,
    "sh": namespace.SH,
    "skos": namespace.SKOS,
    "time": namespace.TIME,
    "vann": namespace.VANN,
    "void": namespace.VOID,
    "xsd": namespace.XSD,
}
RECORDED = {  # the others, as their recommendations list them
    "oa": {  # Web Annotation Vocabulary, 23 February 2017
        *("SpecificResource", "TextQuoteSelector", "TextPositionSelector", "hasSource", "hasSelector"),
        *("exact", "prefix", "suffix", "start", "end"),
    },
    "qb": {"Observation"},
    "cpsv": {"PublicService"},
    "bibo": {"status"},
}
NAMESPACES = PREFIXES | {
    "qb": "http://purl.org/linked-data/cube#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "bibo": "http://purl.org/ontology/bibo/",
}
KNOWN_SINCE = {"inXSDDate"}  # OWL-Time 2017 has time:inXSDDate


@pytest.fixture(scope="module")
def own(terms):
    """The ontology's own triples, by subject and predicate."""
    index = defaultdict(lambda: defaultdict(set))
    for t in terms:
        if t.subject.value.startswith(KG):
            index[t.subject][t.predicate].add(t.object)
    return index


def of_kind(own, *kinds):
    wanted = {term(f"owl:{kind}") for kind in kinds}
    return {node for node, told in own.items() if told[term("rdf:type")] & wanted}


PROPERTIES = ("ObjectProperty", "DatatypeProperty")


def curie(iri):
    for prefix, namespace_ in NAMESPACES.items():
        if iri.startswith(namespace_):
            return prefix, iri[len(namespace_) :]
    return None


def test_reused_terms_exist_where_they_are_said_to(graph):
    seen = set()
    for t in graph:
        nodes = [t.predicate, *([t.object] if t.predicate in {term("rdf:type"), term("rdfs:subClassOf")} else [])]
        seen |= {node.value for node in nodes if not node.value.startswith(KG)}
    foreign = {pair for pair in map(curie, seen) if pair}
    assert len(foreign) > 60
    for prefix, name in sorted(foreign):
        known = name in RECORDED[prefix] if prefix in RECORDED else term(f"{prefix}:{name}") and name in SHIPPED[prefix]
        assert known or name in KNOWN_SINCE, f"{prefix}:{name}"


def test_every_reused_term_is_declared(graph, terms):
    declared = {t.subject for t in terms if t.predicate == term("rdf:type")}
    built_in = ("rdf", "rdfs", "owl", "sh", "xsd", "bibo")
    for t in graph:
        pair = curie(t.predicate.value)
        if pair and pair[0] not in built_in and "/genid/" not in t.subject.value:
            assert t.predicate in declared, t.predicate


def test_every_alignment_has_its_reason(terms):
    axioms = [t.subject for t in terms if t.object == term("owl:Axiom")]
    told = set()
    for axiom in axioms:
        values = {t.predicate: t.object for t in terms if t.subject == axiom}
        reasons = {t.object.language for t in terms if t.subject == axiom and t.predicate == term("rdfs:comment")}
        assert reasons == {"zh-hans", "en"}
        parts = ("annotatedSource", "annotatedProperty", "annotatedTarget")
        told.add(tuple(values[term(f"owl:{part}")] for part in parts))
    triples = {(t.subject, t.predicate, t.object) for t in terms}
    assert told <= triples
    foreign = {
        triple
        for triple in triples
        if triple[0].value.startswith(KG)
        and triple[1] == term("rdfs:subClassOf")
        and not triple[2].value.startswith(KG)
    }
    assert foreign <= told


def test_p04_no_element_is_unconnected(own):
    linked = set()
    for node, told in own.items():
        for predicate in ("rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:disjointWith"):
            linked |= set(told[term(predicate)]) | ({node} if told[term(predicate)] else set())
    assert of_kind(own, "Class") - linked == set()


def test_p05_p25_inverses_mirror_domain_and_range(own):
    for node, told in own.items():
        for inverse in told[term("owl:inverseOf")]:
            assert inverse != node
            assert told[term("rdfs:domain")] == own[inverse][term("rdfs:range")]
            assert told[term("rdfs:range")] == own[inverse][term("rdfs:domain")]


def test_p06_no_cycle_in_the_hierarchy(own):
    for node in list(own):
        above, todo = set(), [node]
        while todo:
            parents = own[todo.pop()][term("rdfs:subClassOf")] - above
            above |= parents
            todo += [parent for parent in parents if parent.value.startswith(KG)]
        assert node not in above


def test_p07_no_class_merges_two_ideas(own):
    for node in of_kind(own, "Class"):
        assert not re.search(r"And[A-Z]|Or[A-Z]", node.value.removeprefix(KG))


def test_p08_p20_labels_and_definitions_differ(own):
    for node in of_kind(own, "Class", *PROPERTIES):
        labels, definitions = own[node][term("rdfs:label")], own[node][term("skos:definition")]
        assert labels
        assert definitions
        assert not labels & definitions


def test_p10_disjointness_is_stated(own):
    assert any(told[term("owl:disjointWith")] for told in own.values())


def test_p11_p19_one_domain_and_one_range(own):
    for node in of_kind(own, *PROPERTIES):
        assert len(own[node][term("rdfs:range")]) == 1, node
        assert len(own[node][term("rdfs:domain")]) == 1, node


def test_p13_every_object_property_has_its_inverse(own):
    inverse = {(node, other) for node, told in own.items() for other in told[term("owl:inverseOf")]}
    named = {node for pair in inverse for node in pair}
    assert of_kind(own, "ObjectProperty") - named == set()


def test_p21_no_miscellaneous_class(own):
    assert not [n for n in of_kind(own, "Class") if re.search(r"other|misc", n.value.removeprefix(KG), re.IGNORECASE)]


def test_p22_names_follow_one_convention(own):
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", n.value.removeprefix(KG)) for n in of_kind(own, "Class"))
    assert all(re.fullmatch(r"[a-z][A-Za-z]+", n.value.removeprefix(KG)) for n in of_kind(own, *PROPERTIES))


def test_p32_no_two_terms_share_a_label(own):
    for kind in ("Class", "ObjectProperty", "DatatypeProperty"):
        for one, other in combinations(sorted(of_kind(own, kind), key=str), 2):
            assert not own[one][term("rdfs:label")] & own[other][term("rdfs:label")], (one, other)


def test_p34_p35_every_class_and_property_used_is_declared(terms):
    declared = {t.subject for t in terms if t.predicate == term("rdf:type") and curie(t.object.value)[0] == "owl"}
    builtin = ("rdfs", "xsd", "owl", "rdf", "qb", "cpsv")
    used = {
        t.object
        for t in terms
        if t.predicate in {term("rdfs:domain"), term("rdfs:range"), term("rdfs:subClassOf"), term("rdfs:subPropertyOf")}
    }
    assert {node for node in used if curie(node.value)[0] not in builtin} - declared == set()


def test_p36_to_p41_the_ontology_is_declared_licensed_and_unambiguous(own, terms):
    node = NamedNode(KG.rstrip("#"))
    told = {t.predicate for t in terms if t.subject == node}
    assert term("dcterms:license") in told
    assert not KG.rstrip("#").endswith((".owl", ".rdf", ".ttl"))
    assert sum(t.subject == node and t.object == term("owl:Ontology") for t in terms) == 1
    assert all(not name.value.removeprefix(KG).endswith((".owl", ".rdf")) for name in own)
