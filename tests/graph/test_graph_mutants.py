"""Every kind of triple broken by a generator, and the same findings from a second, independent SHACL engine."""

import pytest
from graph_drafts import BASE, small_draft
from graph_mutants import mutants
from pyrudof import RDFFormat, Rudof, RudofConfig

from kg import resources
from kg.graph.checks import validate
from kg.graph.description import dataset
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples
from kg.graph.views import cube

SHAPES = resources.ontology() / "shapes.ttl"
KG = "https://w3id.org/district-kg/ontology#"
OPTIONAL = {  # a triple that a node may lack: dropping it breaks nothing
    ("https://schema.org/NewsArticle", "https://schema.org/contentLocation"),
    ("https://schema.org/NewsArticle", "https://schema.org/datePublished"),
    ("https://schema.org/NewsArticle", "https://schema.org/headline"),
    ("http://www.w3.org/ns/oa#SpecificResource", f"{KG}inSection"),
    ("http://www.w3.org/2006/time#Interval", "http://www.w3.org/2006/time#hasBeginning"),
    ("http://www.w3.org/2006/time#Interval", "http://www.w3.org/2006/time#hasEnd"),
    ("http://www.w3.org/ns/dcat#Dataset", "http://purl.org/dc/terms/modified"),
    ("http://rdfs.org/ns/void#Dataset", "http://purl.org/dc/terms/modified"),
    (f"{KG}Observation", f"{KG}subject"),
}


@pytest.fixture(scope="module")
def good(make):
    """A small graph with every kind of node; of the ontology only the hierarchy and the schemes."""
    draft = small_draft()
    graph = make(draft.source())
    view = cube.described(BASE, 0)
    graph.update(dataset.describe(graph, base_iri=BASE, articles=[draft.facts().article], inputs=[], views=[view]))
    kept = {term(name) for name in ("rdfs:subClassOf", "skos:inScheme", "owl:disjointWith")}
    schemes = {t.subject for t in graph if t.object == term("skos:ConceptScheme")}
    data = Triples(
        t for t in graph if t.predicate in kept or t.subject in schemes or t.subject.value.startswith(f"{BASE}id/")
    )
    assert validate.check(data, SHAPES) == []
    return data


def second_engine(graph):
    """What rudof finds: pairs of a focus node and a path ("" where the path is no single predicate)."""
    rudof = Rudof(RudofConfig())
    rudof.read_data("".join(f"{triple} .\n" for triple in graph), RDFFormat.NTriples)
    rudof.read_shacl(str(SHAPES))
    found = rudof.validate_shacl()
    return {(v.focus_node, v.path if (v.path or "").startswith("http") else "") for v in found}


def missed(graph, *, seed, number=None):
    """Return the names of all mutants and of those that no shape catches; the engines must agree on each."""
    names, uncaught = [], []
    for mutant in mutants(graph, seed=seed, number=number):
        names.append(mutant.name)
        found = {(v.focus, v.path) for v in validate.check(mutant.graph, SHAPES)}
        assert found == second_engine(mutant.graph), mutant.name
        if not found and not (mutant.how == "dropped" and (mutant.class_name, mutant.predicate) in OPTIONAL):
            uncaught.append(mutant.name)
    return names, uncaught


def told(names, uncaught):
    return f"mutants: {len(names) - len(uncaught)} of {len(names)} caught, the two engines agree on each"


def test_a_seeded_slice_of_the_mutants_is_caught(good, record_property):
    names, uncaught = missed(good, seed=20, number=20)
    record_property("figure", told(names, uncaught))
    assert len(names) == 20
    assert uncaught == []


@pytest.mark.full
def test_all_mutants_are_caught(good, record_property):
    names, uncaught = missed(good, seed=1)
    record_property("figure", told(names, uncaught))
    assert len(names) > 250
    assert len(uncaught) / len(names) <= 0.05, uncaught


def test_the_second_engine_finds_the_article_in_order(make, first):
    graph = make(first)
    graph.update(dataset.describe(graph, base_iri=BASE, articles=[first.facts.article], inputs=[]))
    assert second_engine(graph) == set()
