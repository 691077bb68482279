import json

import pytest
from markupsafe import escape

from datasets import empty_store, gold_store
from kg.settings import Settings
from kg.web import bundle, create_app

KG = "PREFIX kg: <https://w3id.org/district-kg/ontology#> "


@pytest.fixture(scope="module")
def client():
    store = gold_store()
    yield create_app(Settings(), store).test_client()
    store.close()


def test_a_query_waits_until_it_is_run(client):
    page = client.get("/workbench", query_string={"query": "ASK { ?s ?p ?o }", "lang": "en"}).text
    assert "ASK { ?s ?p ?o }" in page
    assert '<p class="boolean">' not in page
    assert '<p class="boolean">Yes</p>' in client.get("/workbench?run=1&query=ASK+{?s+?p+?o}&lang=en").text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT", 400, "line 1"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("SELECT * { " + "{" * 300 + "}" * 300 + " }", 413, "levels deep"),
    ],
)
def test_what_fails_says_why_and_keeps_the_query(client, query, status, said):
    answer = client.get("/workbench", query_string={"query": query, "run": "1", "lang": "en"})
    assert answer.status_code == status
    assert said in answer.text
    assert str(escape(query)) in answer.text


def test_markup_in_a_query_or_an_answer_stays_text(client):
    hostile = "<script>alert(1)</script>"
    query = f"SELECT ?x {{ VALUES ?x {{ '{hostile}' }} }}"
    page = client.get("/workbench", query_string={"query": query, "run": "1"}).text
    assert hostile not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_long_answer_says_how_much_of_it_is_shown(client):
    page = client.get("/workbench", query_string={"query": "SELECT * { ?s ?p ?o }", "run": "1", "lang": "en"}).text
    assert "The first 500 of" in page
    assert page.count("<tr>") == 501


def test_every_example_is_a_canned_query_that_answers(client):
    names = json.loads(client.get("/workbench").text.split('id="workbench-data">')[1].split("</script>")[0])["examples"]
    assert "employment" in names
    for query in names.values():
        assert client.post("/sparql", data=query, content_type="application/sparql-query").status_code == 200


def test_terms_are_completed_and_named(client):
    found = client.get("/terms?kind=thing&q=huagong&lang=zh").json
    assert any("华工机床" in term["label"] for term in found)
    iris = [term["iri"] for term in found]
    assert set(client.post("/terms", json=iris).json) == set(iris)


@pytest.mark.parametrize(("method", "path", "body"), [("GET", "/terms?kind=none", None), ("POST", "/terms", {"a": 1})])
def test_wrong_questions_about_terms_are_refused(client, method, path, body):
    assert client.open(path, method=method, json=body).status_code == 400
    assert client.post("/terms", json=["urn:x"] * 501).status_code == 400


def test_nothing_runs_under_an_unknown_name(client):
    assert client.post("/workbench/cancel", data={"name": "nobody"}).json == {"cancelled": False}


@pytest.mark.parametrize("path", ["/workbench?run=1", "/network", "/queries/employment", "/"])
def test_an_empty_graph_and_a_missing_bundle_leave_the_pages_whole(monkeypatch, path):
    monkeypatch.setattr(bundle, "_manifest", dict)
    store = empty_store()
    answer = create_app(Settings(), store).test_client().get(path)
    assert answer.status_code == 200
    assert "/static/bundle/" not in answer.text
    store.close()


@pytest.mark.parametrize("name", ["relation", "status", "asserted", "amount", "district"])
@pytest.mark.parametrize("value", ['"', "a b", "x} UNION {", "\\u0022", "<", "-1"])
def test_a_wrong_filter_of_the_network_is_named_and_kept(client, name, value):
    answer = client.get("/network", query_string={name: value, "lang": "en"})
    assert answer.status_code == 400
    assert f"{name} is" in answer.text
    assert str(escape(value)) in answer.text
