"""`/network` where there is more than a page or a list has room for: it says so, and how to come to the rest."""

import re

import pytest

from datasets import gold_store
from kg.service import choices
from kg.service import network as service
from kg.settings import load
from kg.web import create_app, queries
from kg.web import network as page_of

KG = "https://w3id.org/district-kg/ontology#"
DISTRICT = "齐齐哈尔市龙沙区"
SAID = {
    "en": ("places are offered here", "There are more on the next page", "the name of several places"),
    "zh": ("其他地区输入名称也能查到", "下一页还有更多", "有几个地区同名"),
}


@pytest.fixture
def store():
    store = gold_store()
    yield store
    store.close()


@pytest.fixture
def few(monkeypatch):
    """Lists of two places and pages of five rows."""
    for module in (service, page_of):
        monkeypatch.setattr(module, "MOST_PLACES", 2)
    monkeypatch.setattr(service, "MOST_ROWS", 5)


def ask(store, **asked):
    return create_app(load({}, result_cache=0), store).test_client().get("/network", query_string=asked)


def rows(answer):
    return re.findall(r'class="quote" href="([^"]+)"', answer.text)


@pytest.mark.parametrize("lang", SAID)
def test_what_is_cut_says_so_and_leads_on(store, few, lang):
    first = ask(store, lang=lang)
    places, more, _ = SAID[lang]
    assert places in first.text
    assert 'href="/things?type=District"' in first.text
    assert len(re.findall("<option", first.text.split('id="places"')[1].split("</datalist>")[0])) == 2
    assert more in first.text
    following = re.search(r'rel="next" href="([^"]+)"', first.text)[1]
    assert following == "/network?page=2"
    second = ask(store, lang=lang, page=2)
    assert [] != rows(second) != rows(first)


def test_where_all_has_room_nothing_is_said(store):
    text = ask(store, lang="en").text
    assert '<select id="f-district"' in text
    assert "places are offered here" not in text
    assert "next page" not in text
    assert 'rel="next"' not in text


def test_a_place_beyond_the_list_is_reached_by_its_name(store, few):
    by_name = ask(store, district=DISTRICT)
    iri = next(place.iri for place in service.places_called(store, DISTRICT))
    assert rows(by_name) == rows(ask(store, district=iri)) != []
    assert f'value="{iri}"' in by_name.text
    assert f"district={iri}".replace(":", "%3A").replace("/", "%2F") in by_name.text  # the next page asks it too


@pytest.mark.parametrize("lang", SAID)
def test_a_name_of_several_places_offers_each(store, few, lang):
    store.update(
        f"""INSERT DATA {{ <urn:other> a <{KG}District> ;
  <http://www.w3.org/2000/01/rdf-schema#label> "{DISTRICT}"@zh-Hans }}"""
    )
    answer = ask(store, district=DISTRICT, status="actual", lang=lang)
    assert answer.status_code == 400
    assert SAID[lang][2] in answer.text
    assert 'href="/network?status=actual&amp;district=urn%3Aother"' in answer.text
    assert ask(store, district="urn:other").status_code == 200


@pytest.mark.parametrize(("lang", "said"), [("en", "The first 2 are offered here"), ("zh", "这里只列出前 2 个")])
def test_a_question_says_where_it_offers_only_the_first(store, monkeypatch, lang, said):
    page = create_app(load({}, result_cache=0), store).test_client().get(f"/queries/enterprises-projects?lang={lang}")
    assert said[:8] not in page.text
    for module in (choices, queries):
        monkeypatch.setattr(module, "MOST", 2)
    page = (
        create_app(load({}, result_cache=0), gold_store())
        .test_client()
        .get(f"/queries/enterprises-projects?lang={lang}")
    )
    assert page.text.count(said) == 2
    assert 'type="text" aria-describedby="m-enterprise" list="c-enterprise">' in page.text


def test_a_page_that_is_no_number_is_refused(store):
    assert ask(store, page="x").status_code == 400
    assert ask(store, page="0").status_code == 400
