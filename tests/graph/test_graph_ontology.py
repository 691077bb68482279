"""The ontology as a vocabulary: complete, in both languages, in step with the tables, nothing unused or undefined."""

import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import get_args

import owlrl
import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg import facts, resources
from kg.errors import OntologyError
from kg.graph import schemes
from kg.graph.building import infer
from kg.graph.checks.copies import to_rdflib
from kg.graph.checks.undefined import require_defined
from kg.graph.populate.concepts import Concepts
from kg.graph.rdf import ontology
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.terms import KG, PREFIXES, SHAPES, term

FOLDER = resources.ontology()
KINDS = [term(f"owl:{kind}") for kind in ("Class", "ObjectProperty", "DatatypeProperty")]


def values(triples, node, predicate):
    return [t.object for t in triples if t.subject == node and t.predicate == term(predicate)]


@pytest.fixture(scope="module")
def own(terms):
    """The classes and properties of the ontology, by kind."""
    types = {(t.subject, t.object) for t in terms if t.predicate == term("rdf:type") and t.subject.value.startswith(KG)}
    return {kind: sorted((s for s, o in types if o == kind), key=str) for kind in KINDS}


def test_every_term_is_told_in_both_languages(terms, own):
    by_subject = {}
    for t in terms:
        by_subject.setdefault(t.subject, []).append(t)
    for node in [*(n for kind in KINDS for n in own[kind]), *subjects_of(terms, "skos:Concept")]:
        for predicate in ("rdfs:label", "skos:definition"):
            languages = sorted(v.language for v in values(by_subject[node], node, predicate))
            assert languages == ["en", "zh-hans"], (node, predicate)
        defined_by = "rdfs:isDefinedBy"
        if node.value.startswith(KG):
            assert values(by_subject[node], node, defined_by) == [NamedNode(KG.rstrip("#"))]


def test_every_class_and_property_has_an_example_in_both_languages(terms, own):
    told = {}
    for t in terms:
        if t.predicate == term("skos:example"):
            told.setdefault(t.subject, set()).add(t.object.language)
    assert [node for kind in KINDS for node in own[kind] if told.get(node) != {"zh-hans", "en"}] == []


def subjects_of(triples, class_name):
    foreign = {term("prov:hadMember"), term("schema:containedInPlace")}
    found = {t.subject for t in triples if t.predicate == term("rdf:type") and t.object == term(class_name)}
    return sorted(found - foreign, key=str)


def test_every_property_has_one_range_and_at_most_one_domain(terms, own):
    for node in own[KINDS[1]] + own[KINDS[2]]:
        assert len(values(terms, node, "rdfs:domain")) <= 1
        ranges = values(terms, node, "rdfs:range")
        assert len(ranges) == 1, node


def test_the_types_and_predicates_are_those_of_the_facts(terms):
    def notations(scheme):
        nodes = {t.subject for t in terms if t.predicate == term("skos:inScheme") and t.object == term(f"kg:{scheme}")}
        return {t.object.value for t in terms if t.subject in nodes and t.predicate == term("skos:notation")}

    assert notations("types") == set(get_args(facts.EntityType))
    extra = {"hadMember", "containedInPlace", "placeCode"}
    assert notations("relations") == set(get_args(facts.Predicate)) | extra
    assert notations("comparators") == set(get_args(facts.Comparator))
    assert notations("statuses") == set(get_args(facts.Status))
    assert notations("origins") == set(get_args(facts.Origin))
    assert notations("confidences") == set(get_args(facts.Confidence))


def test_the_written_schemes_are_in_step_with_the_tables():
    hint = "run `python -m kg.graph.schemes`"
    assert (FOLDER / "classifiers.ttl").read_text("utf-8") == schemes.classifiers(), hint
    assert (FOLDER / "indicators.ttl").read_text("utf-8") == schemes.indicators(), hint


def test_every_unit_that_reading_knows_is_in_the_scheme(terms):
    concepts = Concepts.load(Iris("http://x/"), terms)
    for table, key in (("units", "token"), ("classifiers", "words")):
        rows = tomllib.loads(files("kg.reading").joinpath(f"tables/{table}.toml").read_text("utf-8"))["row"]
        for row in rows:
            for word in [row[key]] if isinstance(row[key], str) else row[key]:
                assert ("unit", word) in concepts.known, word


def test_no_two_concepts_of_a_scheme_share_a_notation(terms):
    scheme = {t.subject: t.object for t in terms if t.predicate == term("skos:inScheme")}
    told = [(scheme[t.subject], t.object) for t in terms if t.predicate == term("skos:notation")]
    assert [key for key, number in Counter(told).items() if number > 1] == []


def written():
    """Every kg: name that code, rules, shapes and queries write."""
    paths = [*resources.root().glob("queries/**/*.rq"), *FOLDER.glob("rules/*.rq"), FOLDER / "shapes.ttl"]
    paths += [path for path in (resources.root() / "src" / "kg").rglob("*") if path.suffix in {".py", ".rq"}]
    for path in paths:
        for name in re.findall(r"(?<![\w-])kg:([A-Za-z][A-Za-z-]*[A-Za-z])", path.read_text("utf-8")):
            yield path.name, name


def test_no_name_is_written_that_nothing_defines(terms):
    defined = {t.subject.value.removeprefix(KG) for t in terms if t.subject.value.startswith(KG)}
    unknown = {(path, name) for path, name in written() if name not in defined}
    assert {pair for pair in unknown if not pair[1].startswith(("confidence-", "unit-"))} == set()


def test_no_term_is_defined_that_nothing_uses(terms, own):
    inverse = {t.subject for t in terms if t.predicate == term("owl:inverseOf")}
    used = {name for _, name in written()} | set(get_args(facts.EntityType)) | set(get_args(facts.Predicate))
    used |= {t.predicate.value.removeprefix(KG) for t in terms if t.predicate.value.startswith(KG)}
    names = {node.value.removeprefix(KG) for kind in KINDS for node in own[kind] if node not in inverse}
    assert names - used == set()


def test_the_graph_uses_defined_terms_only(graph, terms):
    defined = {t.subject for t in terms}
    for t in graph:
        for node in (t.predicate, t.object):
            if isinstance(node, NamedNode) and node.value.startswith((KG, SHAPES)):
                assert node in defined, node


def test_prefixes_are_those_of_the_files():
    for path in ontology.files(FOLDER):
        told = dict(re.findall(r"^@prefix (\w+): <([^>]+)> \.", path.read_text("utf-8"), re.MULTILINE))
        assert all(PREFIXES.get(prefix, namespace) == namespace for prefix, namespace in told.items())


def test_the_ontology_says_what_it_is(terms):
    node = NamedNode(KG.rstrip("#"))
    for predicate in (
        *("dcterms:title", "dcterms:description", "dcterms:creator", "dcterms:license", "dcterms:created"),
        *("dcterms:modified", "dcterms:bibliographicCitation", "owl:versionIRI", "owl:versionInfo"),
        *("vann:preferredNamespacePrefix", "vann:preferredNamespaceUri"),
    ):
        assert values(terms, node, predicate), predicate


def test_blank_nodes_get_addresses(terms):
    assert not any(isinstance(end, BlankNode) for t in terms for end in (t.subject, t.object))


def test_owl_rl_finds_no_contradiction(make, second):
    graph = to_rdflib(
        t for t in make(second) if not t.subject.value.startswith(SHAPES) and "genid" not in t.subject.value
    )
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = list(graph.objects(None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))
    assert errors == []


def test_owl_rl_would_find_one(make, second):
    made = make(second)
    graph = to_rdflib(
        t for t in made if t.subject.value.startswith(("https://w3id.org/district-kg/ontology#E", KG + "D"))
    )
    thing = rdflib.URIRef("http://example.org/x")
    for name in ("Enterprise", "District"):
        graph.add((thing, rdflib.RDF.type, rdflib.URIRef(KG + name)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert "disjoint" in " ".join(str(o).lower() for o in graph.objects() if isinstance(o, rdflib.Literal))


@pytest.mark.parametrize(
    ("content", "told"),
    [("@prefix a: <x:> .\na:b a:c", r"bad\.ttl, line 2"), ("a:b a:c a:d .", r"bad\.ttl, line 1.*prefix")],
)
def test_a_file_that_does_not_parse_is_named_with_its_line(tmp_path, content, told):
    (tmp_path / "bad.ttl").write_text(content, "utf-8")
    with pytest.raises(OntologyError, match=told):
        ontology.load(tmp_path)


HEAD = "@prefix kg: <https://w3id.org/district-kg/ontology#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD + "\nkg:a kg:b 1 .", r"x\.ttl, line 4: nothing defines the term kg:b"),
        (HEAD + "kg:a a kg:Thing .", r"x\.ttl, line 3: nothing defines the term kg:Thing"),
        (HEAD + "<x:s> sh:targetClass <x:Nothing> .", r"x\.ttl.*: nothing defines the term x:Nothing"),
        (HEAD + "kg:s a sh:NodeShape .", r"x\.ttl, line 3: the shape kg:s targets nothing"),
        (HEAD + "<x:s> sh:targetSubjectsOf <x:never> .", r"x\.ttl.*: nothing defines the term x:never"),
        (
            HEAD + '<x:p> sh:declare [ sh:prefix "kg" ; sh:namespace "http://other/" ] .',
            r"x\.ttl, line 3: the prefix kg: must mean https://w3id",
        ),
        ("@prefix kg: <http://other/> .\nkg:a kg:b 1 .", r"x\.ttl, line 1: the prefix kg: must mean https://w3id"),
    ],
)
def test_what_nothing_defines_stops_the_build(tmp_path, content, told):
    (tmp_path / "x.ttl").write_text(content, "utf-8")
    with pytest.raises(OntologyError, match=told):
        require_defined(tmp_path)


def test_a_rule_with_an_unknown_term_stops_the_build(tmp_path):
    (tmp_path / "x.ttl").write_text(HEAD + "kg:a a <x:b> .", "utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "r.rq").write_text("# kg:a\nCONSTRUCT { ?s kg:nothing ?o } WHERE { ?s ?p ?o }", "utf-8")
    with pytest.raises(OntologyError, match=r"r\.rq, line 2: nothing defines the term kg:nothing"):
        require_defined(tmp_path)


def test_the_projects_ontology_is_whole():
    require_defined(FOLDER)


def test_an_empty_folder_is_no_ontology(tmp_path):
    with pytest.raises(OntologyError, match=r"holds no \.ttl file"):
        ontology.load(tmp_path)


TOLD = "#+ label-zh: a\n#+ label-en: b\n#+ description-zh: c\n#+ description-en: d\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("CONSTRUCT {} WHERE {}", "lacks the line `#\\+ label-zh"),
        (TOLD + "CONSTRUCT", "rule x.rq is no SPARQL"),
        (TOLD + "SELECT * {}", "must be a CONSTRUCT"),
    ],
)
def test_a_broken_rule_is_named(tmp_path, content, told):
    (tmp_path / "x.rq").write_text(content, "utf-8")
    with pytest.raises(OntologyError, match=told):
        infer.load_rules(tmp_path)


def test_rules_without_end_are_stopped(tmp_path, make, second):
    endless = (
        TOLD + "CONSTRUCT { ?s <x:next> ?next } WHERE { ?s <x:next> ?o BIND (IRI(CONCAT(STR(?o), 'x')) AS ?next) }"
    )
    (tmp_path / "endless.rq").write_text(endless, "utf-8")
    graph = make(second, whole=False)
    graph.add(NamedNode("x:a"), "rdfs:label", Literal("a"))
    graph.update([Triple(NamedNode("x:a"), NamedNode("x:next"), NamedNode("x:b"))])
    with pytest.raises(OntologyError, match="without end"):
        infer.infer(graph, infer.load_rules(tmp_path), base_iri="http://x/")
