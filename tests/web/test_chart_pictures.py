import json

import pytest

from datasets import gold_store
from kg.service.charts import MOST_BARS
from kg.settings import Settings
from kg.web import create_app


@pytest.fixture(scope="module")
def client():
    store = gold_store()
    yield create_app(Settings(), store).test_client()
    store.close()


def test_a_chart_is_a_picture_and_a_specification_of_the_same_bars(client):
    picture = client.get("/queries/employment.svg?lang=zh")
    assert picture.mimetype == "image/svg+xml"
    bars = json.loads(client.get("/queries/employment.vl.json?lang=zh").data)["data"]["values"]
    assert 5 < len(bars) <= MOST_BARS
    assert all(bar["name"] in picture.text for bar in bars)


def test_a_fact_that_stands_in_several_quotes_is_one_bar(client):
    rows = client.get("/queries/employment.json").json["results"]["bindings"]
    leading = ("source", "low", "high", "comparator", "status", "participants")
    facts = {tuple(row.get(name, {}).get("value") for name in leading) for row in rows if "low" in row}
    bars = json.loads(client.get("/queries/employment.vl.json").data)["data"]["values"]
    assert len(bars) >= len(facts)
    assert len(bars) <= len(rows)


def test_the_parameters_are_those_of_the_query(client):
    every = json.loads(client.get("/queries/employment.vl.json").data)["data"]["values"]
    planned = json.loads(client.get("/queries/employment.vl.json?status=planned").data)["data"]["values"]
    assert 0 < len(planned) < len(every)
    assert client.get("/queries/employment.svg?nothing=1").status_code == 400


@pytest.mark.parametrize("path", ["/queries/entities.svg", "/queries/none.svg", "/queries/none.vl.json"])
def test_what_has_no_chart_is_not_found(client, path):
    assert client.get(path).status_code == 404
