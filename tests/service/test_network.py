import pytest

from datasets import Draft, empty_store, gold_store, store_of
from kg.service import network as module
from kg.service.network import End, Filters, Tie, districts, drawn, network, places_called
from kg.service.vocabulary import KG


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
    assert not found.more
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


def test_a_place_is_found_by_each_of_its_names_and_told_from_its_namesakes():
    drafts = [Draft("南山街道建设厂房。", name, name) for name in ("north", "south")]
    store = store_of(*(draft.source() for draft in drafts))
    for side, within in (("a", "甲区"), ("b", "乙区")):
        store.update(
            f"""PREFIX kg: <{KG}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX schema: <https://schema.org/>
INSERT DATA {{ <urn:{side}> a kg:District ; rdfs:label "{within}南山街道"@zh-Hans, "Nanshan"@en ;
  skos:altLabel "南山街道" ; schema:containedInPlace <urn:{side}0> . <urn:{side}0> rdfs:label "{within}"@zh-Hans }}"""
        )
    found = places_called(store, "南山街道")
    assert [(place.iri, place.label) for place in found] == [
        ("urn:b", "乙区南山街道 (乙区)"),
        ("urn:a", "甲区南山街道 (甲区)"),
    ]
    assert [place.iri for place in places_called(store, "甲区南山街道")] == ["urn:a"]
    assert places_called(store, '" } #') == []
    store.close()


def test_pages_of_ties_hold_each_row_once(store, monkeypatch):
    whole = network(store, Filters())
    quotes = [(tie.firm.iri, tie.relation, tie.work.iri, quote) for tie in whole.ties for quote in tie.quotes]
    monkeypatch.setattr(module, "MOST_ROWS", 5)
    pages = []
    while not pages or pages[-1].more:
        pages.append(network(store, Filters(), page=len(pages) + 1))
    assert len(pages) > 2
    turned = [
        (tie.firm.iri, tie.relation, tie.work.iri, quote) for page in pages for tie in page.ties for quote in tie.quotes
    ]
    assert sorted(turned) == sorted(quotes)
    assert network(store, Filters(), page=len(pages) + 1).ties == ()


@pytest.mark.parametrize("text", ['"', "produces' } UNION", "\\u0022", "\n"])
def test_a_filter_is_a_term_whatever_it_holds(store, text):
    assert ties(store, relation=text) == set()


def test_an_empty_graph_has_no_ties():
    store = empty_store()
    assert network(store, Filters()).ties == ()
    store.close()


def tied(*pairs):
    ends = {name: End(name, name, "Project") for pair in pairs for name in pair}
    return [Tie(ends[firm], "builds", ends[work], outward=True, asserted=True, origin="stated") for firm, work in pairs]


def told(ties):
    return [f"{tie.firm.iri}{tie.work.iri}" for tie in ties]


def test_a_picture_of_many_ties_has_the_largest_parts_that_hang_together():
    ties = tied(("a", "1"), ("b", "2"), ("c", "3"), ("b", "4"), ("d", "4"), ("e", "5"), ("e", "6"))
    assert drawn(ties, most=7) == ties
    assert sorted(told(drawn(ties, most=6))) == ["a1", "b2", "b4", "d4", "e5", "e6"]
    assert sorted(told(drawn(ties, most=4))) == ["b2", "b4", "d4"]
    assert told(drawn(ties, most=2)) == ["b2", "b4"]


def test_a_picture_of_a_large_part_begins_at_the_thing_with_the_most_ties():
    chain = [(f"f{place}", f"w{place + side}") for place in range(10) for side in (0, 1)]
    hub = [("f5", f"x{place}") for place in range(5)]
    shown = drawn(tied(*chain, *hub), most=7)
    assert told(shown) == ["f5w5", "f5w6", *(f"f5x{place}" for place in range(5))]
