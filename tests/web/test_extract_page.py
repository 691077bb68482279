"""`/extract`: paste, read, download; and what it says of a text that it cannot read."""

import csv
import html
import io
import json
import re

import pyoxigraph as ox
import pytest

from datasets import gold_source, gold_store
from kg.facts import from_json
from kg.settings import load
from kg.web import create_app

BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "zh"}
SENTENCE = "龙沙区新开工睿涛项目等15个,项目预计总投资33.81亿元。"


@pytest.fixture(scope="module")
def app():
    return create_app(load({}), gold_store())


@pytest.fixture
def client(app):
    return app.test_client()


def test_a_pasted_sentence_is_marked_and_nothing_is_stored(app, client):
    before = app.extensions["kg"].store.version
    response = client.post("/extract", data={"text": SENTENCE}, headers=BROWSER)
    assert response.status_code == 200
    assert re.search(r'<mark class="[^"]*figure[^"]*">33.81亿元</mark>', response.get_data(as_text=True))
    assert app.extensions["kg"].store.version == before


def test_the_marked_text_is_the_pasted_text(client):
    text = gold_source().text
    page = client.post("/extract", data={"text": text}, headers=BROWSER).get_data(as_text=True)
    shown = page[page.index('<div class="article"') :]
    assert html.unescape(re.sub(r"<[^>]*>", "", shown[: shown.index("</div>")])) == text


def test_the_facts_come_as_json_csv_and_turtle(client):
    body = client.post("/extract", data={"text": SENTENCE, "format": "json"}).data
    facts = from_json(body)
    assert facts.check_spans(SENTENCE) == []
    assert any(one.low == "3381000000" for one in facts.observations)
    assert json.loads(body)["article"]["id"] == "pasted"
    table = client.post("/extract", data={"text": SENTENCE, "format": "csv"})
    assert len(list(csv.reader(io.StringIO(table.get_data(as_text=True), newline="")))) > 1
    turtle = client.post("/extract", data={"text": SENTENCE, "format": "ttl"})
    assert turtle.headers["Content-Disposition"] == 'attachment; filename="facts.ttl"'
    assert list(ox.parse(turtle.data, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("  \n ", 422), ("\x00\x01\x02" * 50, 422), ("字" * 100_001, 413)]
)
def test_a_text_that_cannot_be_read_is_told_and_the_form_stays(client, text, status):
    response = client.post("/extract", data={"text": text}, headers=BROWSER)
    assert response.status_code == status
    assert 'role="alert"' in response.get_data(as_text=True)
    assert "<textarea" in response.get_data(as_text=True)


def test_an_article_of_one_sentence_without_a_fact_is_whole(client):
    response = client.post("/extract", data={"text": "今天天气很好。"}, headers=BROWSER)
    assert response.status_code == 200


def test_markup_in_a_text_stays_text(client):
    response = client.post("/extract", data={"text": "<script>alert(1)</script>总投资3亿元。"}, headers=BROWSER)
    assert "<script>alert" not in response.get_data(as_text=True)


def test_a_wrong_format_is_a_400(client):
    response = client.post("/extract", data={"text": SENTENCE, "format": "exe"})
    assert (response.status_code, response.json["parameter"]) == (400, "format")


def test_the_example_is_an_article_of_the_dataset(client):
    assert "齐齐哈尔市龙沙区" in client.get("/extract?example", headers=BROWSER).get_data(as_text=True)
