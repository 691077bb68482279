import pytest
from graph_drafts import BASE, second_draft, small_draft
from graph_mutants import mutants
from pyoxigraph import Literal, NamedNode, Triple

from kg import resources
from kg.errors import OntologyError
from kg.graph.checks import validate
from kg.graph.checks.checking import Checkers
from kg.graph.checks.partition import parted
from kg.graph.description import dataset
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples

OWN = f"{BASE}id/"
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
    graph = Triples(t for t in whole if t.predicate in kept or t.subject in schemes or t.subject.value.startswith(OWN))
    heads = [draft.facts().article for draft in drafts]
    graph.update(dataset.describe(graph, base_iri=BASE, articles=heads, inputs=[]))
    return graph


@pytest.fixture(scope="module")
def checkers():
    with Checkers(SHAPES, workers=2) as started:
        yield started


@pytest.fixture
def parts(tmp_path_factory):
    """Return what parts a graph."""

    def made(graph, size=300):
        partition = parted(graph.lines(), tmp_path_factory.mktemp("parts"), BASE)
        return [*partition.parts(size), partition.whole()]

    return made


def found(checkers, parts):
    """Return what is wrong in parts: where, and the message."""
    return {(v.focus, v.value, v.message()) for v in checkers.check(parts)}


def checked(graph):
    return {(v.focus, v.value, v.message()) for v in validate.check(graph, SHAPES)}


def spoiled(graph, predicate):
    """Take away the last triple of a predicate that a fact of an article has."""
    gone = max((t for t in graph if t.predicate == term(predicate) and "/article/" in t.subject.value), key=str)
    return Triples(t for t in graph if t != gone), gone


def test_the_parts_hold_the_whole_and_each_conforms(both, parts, checkers):
    made = parts(both)
    assert [part.of for part in made] == ["articles", "articles", "shared", "shared", "whole"]
    assert frozenset().union(*(part.lines for part in made)) == set(both.lines())
    assert sum(part.size for part in made[:-1]) == sum(t.subject.value.startswith(OWN) for t in both) - described(both)
    assert checkers.check(made) == []


def described(graph):
    return sum(t.subject.value == f"{OWN}dataset" for t in graph)


@pytest.mark.parametrize("predicate", ["kg:unit", "prov:wasQuotedFrom", "oa:exact", "kg:object"])
def test_what_is_wrong_in_the_whole_is_wrong_in_a_part(both, parts, checkers, predicate):
    bad, _ = spoiled(both, predicate)
    assert found(checkers, parts(bad)) == checked(bad) != set()


def test_whatever_is_broken_is_found_in_the_parts_as_in_the_whole(both, parts, checkers):
    for mutant in mutants(both, seed=7, number=12):
        assert found(checkers, parts(mutant.graph)) == checked(mutant.graph), mutant.name


def test_a_relation_without_a_statement_is_found_in_a_part(both, parts, checkers):
    plain = next(t for t in both if t.predicate == term("kg:builds"))
    bad = Triples(both)
    bad.update([Triple(plain.subject, term("kg:supplies"), plain.object)])
    assert [message for _, _, message in found(checkers, parts(bad))] == ["A relation has no statement beside it."]


def test_no_part_grows_with_the_number_of_articles(make, parts):
    def largest(number):
        drafts = [second_draft() for _ in range(number)]
        for count, draft in enumerate(drafts):
            draft.article = f"a-{count}"
        graph = make(*(draft.source() for draft in drafts))
        heads = [draft.facts().article for draft in drafts]
        graph.update(dataset.describe(graph, base_iri=BASE, articles=heads, inputs=[]))
        return max(len(part.lines) for part in parts(graph) if part.of == "articles")

    assert largest(12) <= largest(4) + 20


def test_a_fact_that_leads_into_another_article_breaks_no_part(both, parts, checkers):
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
    made = parts(linked)
    assert sum(any(line.startswith(str(firm).encode()) for line in part.lines) for part in made) > 1
    assert found(checkers, made) == checked(linked)


def test_processes_find_what_one_finds(both, parts, checkers):
    bad, _ = spoiled(both, "kg:unit")
    seen = []
    assert checkers.check(parts(both), seen.append) == []
    assert seen.count(0) == 0
    assert len(seen) == len(parts(both))
    assert checkers.check(parts(bad)) == validate.check(bad, SHAPES) != []


def test_one_process_is_enough(both, parts):
    with Checkers(SHAPES, workers=1) as alone:
        assert alone.check(parts(both)) == []


def test_a_broken_shape_is_told_by_the_processes_too(tmp_path, both, parts):
    file = tmp_path / "shapes.ttl"
    file.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/district-kg/ontology#> . "
        "<x:s> a sh:NodeShape ; sh:targetClass kg:District ; sh:sparql [ sh:select 'nonsense' ] .",
        "utf-8",
    )
    with Checkers(file, workers=2) as broken, pytest.raises(OntologyError, match="cannot be used"):
        broken.check(parts(both))


def test_a_process_that_ended_is_made_up_for(both, parts):
    bad, _ = spoiled(both, "kg:unit")
    with Checkers(SHAPES, workers=2) as started:
        for worker in started._workers:
            worker.kill()
            worker.wait()
        assert started.check(parts(bad)) == validate.check(bad, SHAPES) != []
