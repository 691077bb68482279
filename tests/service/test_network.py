import pytest

from datasets import empty_store, gold_store
from kg.service.network import Filters, districts, network


@pytest.fixture(scope="module")
def store():
    store = gold_store()
    yield store
    store.close()


def ties(store, **filters):
    return {(tie.firm.label, tie.relation, tie.work.label) for tie in network(store, Filters(**filters)).ties}


def test_every_tie_has_its_words_and_both_of_its_ends(store):
    found = network(store, Filters())
    assert len(found.ties) > 10
    assert not found.cut
    assert all(tie.quotes and all(page.startswith("https://") for _, page in tie.quotes) for tie in found.ties)
    assert {end.iri for end in found.ends} == {end.iri for tie in found.ties for end in (tie.firm, tie.work)}


def test_a_relation_and_what_is_inferred(store):
    assert {relation for _, relation, _ in ties(store, relation="produces")} == {"produces"}
    stated, inferred = ties(store, asserted="true"), ties(store, asserted="false")
    assert stated
    assert inferred
    assert stated | inferred == ties(store)


def test_an_amount_is_the_least_that_is_said_of_either_end(store):
    rich = network(store, Filters(amount="10000000")).ties
    assert rich
    for tie in rich:
        assert max(float(amount.low) for amount in tie.firm.amounts + tie.work.amounts) >= 10_000_000
    assert ties(store, amount="999999999999999") == set()


def test_a_status_is_that_of_a_figure_of_either_end(store):
    actual = ties(store, status="actual")
    assert actual
    assert actual < ties(store)


def test_a_district_holds_what_stands_in_it_and_what_its_articles_say(store):
    places = {place.label: place.iri for place in districts(store)}
    assert ties(store, district=places["齐齐哈尔市龙沙区"]) == ties(store, district=places["黑龙江省"]) != set()
    assert ties(store, district=places["江安街道"]) == set()


@pytest.mark.parametrize("text", ['"', "produces' } UNION", "\\u0022", "\n"])
def test_a_filter_is_a_term_whatever_it_holds(store, text):
    assert ties(store, relation=text) == set()


def test_an_empty_graph_has_no_ties():
    store = empty_store()
    assert network(store, Filters()).ties == ()
    store.close()
