"""Which article a violation is put down to."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
from graph_drafts import BASE, second_draft, small_draft

from kg.graph.checks.faults import at_fault
from kg.graph.checks.validate import Violation
from kg.graph.rdf.terms import term

EARLY, LATE = "longsha-2021-04-12", "longsha-2021-05-01"


@pytest.fixture(scope="module")
def sources():
    late = second_draft()
    late.article = LATE
    return [small_draft().source(), late.source()]


@pytest.fixture(scope="module")
def both(make, sources):
    return make(*sources)


def faults(violations, graph, sources):
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in graph)
    corrected = {source.facts.article.id for source in sources if source.corrections}
    return at_fault(violations, store, [source.facts.article for source in sources], corrected, base_iri=BASE)


def violation(focus, value=""):
    return Violation(focus, "", value, "", "Violation", (("en", "It is wrong."),))


def shared(graph):
    """A thing that both articles name."""
    named = {}
    for t in graph:
        if t.predicate == term("kg:subject") and "/naming/" in t.subject.value:
            named.setdefault(t.object.value, set()).add(t.subject.value.split("/article/")[1].split("/")[0])
    return min(thing for thing, articles in named.items() if articles == {EARLY, LATE})


def test_a_fact_is_of_its_article_and_its_words_are_told(both, sources):
    fact = min(t.subject.value for t in both if t.predicate == term("kg:number") and EARLY in t.subject.value)
    told = faults([violation(fact), violation(f"{BASE}id/dataset", fact)], both, sources)
    assert list(told) == [EARLY]
    assert told[EARLY].startswith("what was read from it does not conform: “")
    assert told[EARLY].endswith("”: It is wrong; and 1 more.")


def test_a_thing_is_of_the_latest_article_that_names_it(both, sources):
    assert list(faults([violation(shared(both))], both, sources)) == [LATE]


def test_what_is_of_no_article_leaves_none_out(both, sources):
    fact = min(t.subject.value for t in both if t.predicate == term("kg:number"))
    nobody = violation("https://w3id.org/district-kg/ontology#District")
    assert faults([nobody, violation(fact)], both, sources) == {}


def test_an_article_that_a_person_corrected_is_not_left_out(both, sources):
    corrected = [replace(source, corrections=("a correction",)) for source in sources]
    fact = min(t.subject.value for t in both if t.predicate == term("kg:number"))
    assert faults([violation(fact)], both, corrected) == {}
