import pytest
from graph_drafts import BASE, second_draft, small_draft
from pyoxigraph import Literal, NamedNode, Triple

from kg import resources
from kg.errors import OntologyError
from kg.graph import checking, dataset, validate
from kg.graph.checking import Checkers
from kg.graph.partition import Partition
from kg.graph.terms import term
from kg.graph.triples import Triples

SHAPES = resources.ontology() / "shapes.ttl"


@pytest.fixture(scope="module")
def both(make):
    """Two small articles that share things, with the ontology's hierarchy and schemes."""
    other = second_draft()
    other.article = "longsha-2021-05-01"
    drafts = (small_draft(), other)
    whole = make(*(draft.source() for draft in drafts))
    kept = {term(name) for name in ("rdfs:subClassOf", "skos:inScheme", "owl:disjointWith")}
    schemes = {t.subject for t in whole if t.object == term("skos:ConceptScheme")}
    own = f"{BASE}id/"
    graph = Triples(t for t in whole if t.predicate in kept or t.subject in schemes or t.subject.value.startswith(own))
    heads = [draft.facts().article for draft in drafts]
    graph.update(dataset.describe(graph, base_iri=BASE, articles=heads, inputs=[]))
    return graph


@pytest.fixture(scope="module")
def checkers():
    with Checkers(SHAPES, workers=2) as started:
        yield started


def spoiled(graph, predicate):
    """Take away the last triple of a predicate that a fact of an article has."""
    gone = max((t for t in graph if t.predicate == term(predicate) and "/article/" in t.subject.value), key=str)
    return Triples(t for t in graph if t != gone), gone


def test_the_parts_hold_the_whole_and_each_conforms(both):
    parts = list(Partition(both, BASE).parts(size=300))
    assert len(parts) == 3
    assert set().union(*parts) == set(both)
    assert [validate.check(part, SHAPES) for part in parts] == [[], [], []]


@pytest.mark.parametrize("predicate", ["kg:unit", "prov:wasQuotedFrom", "oa:exact", "kg:object"])
def test_what_is_wrong_in_the_whole_is_wrong_in_a_part(both, predicate):
    bad, _ = spoiled(both, predicate)
    whole = {(v.path, v.message()) for v in validate.check(bad, SHAPES)}
    parts = {
        (v.path, v.message()) for part in Partition(bad, BASE).parts(size=300) for v in validate.check(part, SHAPES)
    }
    assert whole
    assert whole == parts


def test_a_relation_without_a_statement_is_found_in_a_part(both):
    plain = next(t for t in both if t.predicate == term("kg:builds"))
    bad = Triples(both)
    bad.update([Triple(plain.subject, term("kg:supplies"), plain.object)])
    found = [v.message() for part in Partition(bad, BASE).parts(size=300) for v in validate.check(part, SHAPES)]
    assert found == ["A relation has no statement beside it."]


def test_a_fact_that_leads_into_another_article_breaks_no_part(both):
    """A figure said again leads to the first, and so to what only the other article names."""
    figures = sorted((t.subject for t in both if t.predicate == term("kg:number")), key=str)
    first = next(figure for figure in figures if "longsha-2021-04-12" in figure.value)
    later = next(figure for figure in figures if "longsha-2021-05-01" in figure.value)
    firm = NamedNode(f"{BASE}id/enterprise/only-there")
    linked = Triples(both)
    linked.add(later, "kg:restates", first)
    linked.add(first, "kg:participant", firm)
    linked.add(firm, "rdf:type", term("kg:Enterprise"))
    linked.add(firm, "rdfs:label", Literal("只在那里", language="zh-Hans"))
    other = min((t for t in both if t.object == term("kg:Naming") and "2021-04-12" in t.subject.value), key=str).subject
    copied = {t for t in both if t.subject == other and t.predicate != term("kg:subject")}
    named = NamedNode(f"{other.value}-too")
    linked.update(Triple(named, t.predicate, t.object) for t in copied)
    linked.add(named, "kg:subject", firm)
    parts = list(Partition(linked, BASE).parts(size=300))
    assert sum(any(t.subject == firm for t in part) for part in parts) > 1
    whole = {(v.focus, v.message()) for v in validate.check(linked, SHAPES)}
    assert {(v.focus, v.message()) for part in parts for v in validate.check(part, SHAPES)} == whole


def test_processes_find_what_one_finds(both, checkers):
    bad, _ = spoiled(both, "kg:unit")
    assert checkers.check(both, base_iri=BASE) == []
    assert checkers.check(bad, base_iri=BASE) == validate.check(bad, SHAPES) != []


def test_the_parts_of_a_large_graph_are_counted_as_they_are_checked(both, checkers, monkeypatch):
    monkeypatch.setattr(checking, "SIZE", 100)
    monkeypatch.setattr(checking, "_FEW", 1)
    seen = []
    assert checkers.check(both, base_iri=BASE, progress=lambda *step: seen.append(step)) == []
    assert seen == [(number, len(seen), "checking") for number in range(1, len(seen) + 1)] != []


def test_one_process_is_enough(both):
    with Checkers(SHAPES, workers=1) as alone:
        assert alone.check(both, base_iri=BASE) == []


def test_a_broken_shape_is_told_by_the_processes_too(tmp_path, both):
    file = tmp_path / "shapes.ttl"
    file.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/district-kg/ontology#> . "
        "<x:s> a sh:NodeShape ; sh:targetClass kg:District ; sh:sparql [ sh:select 'nonsense' ] .",
        "utf-8",
    )
    with Checkers(file, workers=2) as broken, pytest.raises(OntologyError, match="cannot be used"):
        broken.check(both, base_iri=BASE)


def test_a_process_that_ended_is_made_up_for(both):
    bad, _ = spoiled(both, "kg:unit")
    with Checkers(SHAPES, workers=2) as started:
        for worker in started._workers:
            worker.kill()
            worker.wait()
        assert started.check(bad, base_iri=BASE) == validate.check(bad, SHAPES) != []
