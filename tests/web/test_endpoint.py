"""The protocol's paths as a client meets them: every refusal, in one shape, with its exact status."""

import json
import re

import pyoxigraph as ox
import pytest

from kg.settings import Settings
from kg.store import open_store
from kg.web import create_app

TOKEN = {"Authorization": "Bearer secret"}
QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update", **TOKEN}
TURTLE = {"Content-Type": "text/turtle", **TOKEN}


@pytest.fixture(scope="module")
def store():
    return open_store("memory:")


@pytest.fixture(autouse=True)
def _filled(store):
    store.update("DROP ALL")
    store.replace_default(
        '<urn:a> <urn:p> "齐齐"@zh .\n<urn:b> <urn:p> 1 .\n'.replace(" 1 ", ' "1" ').encode(), replace=True
    )


@pytest.fixture(scope="module")
def client(store):
    return create_app(Settings(update_token="secret"), store).test_client()  # noqa: S106


REFUSED = [
    ("GET", "/sparql?query=SELECT", None, {}, 400),
    ("GET", "/sparql?query=ASK{}&query=ASK{}", None, {}, 400),
    ("GET", "/sparql?query=%FF", None, {}, 400),
    ("GET", "/sparql?update=DROP+ALL", None, {}, 400),
    ("GET", "/sparql?query=ASK{}&default-graph-uri=no+iri", None, {}, 400),
    ("PUT", "/sparql?query=ASK{}", None, {}, 405),
    ("DELETE", "/sparql", None, {}, 405),
    ("GET", "/sparql?query=ASK{}", None, {"Accept": "image/png"}, 406),
    ("GET", "/sparql?query=ASK{}", None, {"Accept": "text/turtle"}, 406),
    ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
    ("POST", "/sparql", b"ASK {}", {}, 415),
    ("POST", "/sparql", b"\xff\xfe", QUERY, 400),
    ("POST", "/sparql", b"ASK {}", {"Content-Type": "application/sparql-query; charset=utf-16"}, 415),
    ("POST", "/sparql", b"ASK {}", {**QUERY, "Content-Encoding": "gzip"}, 415),
    ("POST", "/sparql", b" " * ((4 << 20) + 1), QUERY, 413),
    ("POST", "/sparql", b"SELECT * " + b"{" * 500 + b"}" * 500, QUERY, 413),
    ("POST", "/sparql", b"SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", QUERY, 403),
    ("POST", "/sparql", b"SELECT * { \\u0053ERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }", QUERY, 403),
    ("POST", "/sparql", b"SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p } }", QUERY, 400),
    ("GET", "/update", None, TOKEN, 405),
    ("POST", "/update", b"DROP ALL", {"Content-Type": "application/sparql-update"}, 401),
    ("POST", "/update", b"DROP ALL", {**UPDATE, "Authorization": "Bearer Secret"}, 401),
    ("POST", "/update", b"DROP ALL", {**UPDATE, "Authorization": "Basic c2VjcmV0"}, 401),
    ("POST", "/update", b"DROP", UPDATE, 400),
    ("POST", "/update", b"LOAD <http://127.0.0.1/x>", UPDATE, 403),
    ("POST", "/update", b"LOAD <http://127.0.0.1/x", UPDATE, 400),
    (
        "POST",
        "/update?using-graph-uri=urn:g",
        b"INSERT { <urn:x> ?p ?o } USING <urn:h> WHERE { ?s ?p ?o }",
        UPDATE,
        400,
    ),
    ("GET", "/graph-store", None, {}, 400),
    ("GET", "/graph-store?default&graph=urn:g", None, {}, 400),
    ("GET", "/graph-store?graph=relative", None, {}, 400),
    ("GET", "/graph-store?graph=urn:none", None, {}, 404),
    ("GET", "/graph-store/none", None, {}, 404),
    ("GET", "/graph-store?default", None, {"Accept": "text/html;q=0, image/*"}, 406),
    ("PUT", "/graph-store?default", b"", {"Content-Type": "text/turtle"}, 401),
    ("PUT", "/graph-store?default", b"<urn:x> <", TURTLE, 400),
    ("PUT", "/graph-store?default", b"x", {**TURTLE, "Content-Type": "text/html"}, 415),
    ("PUT", "/graph-store?default", b"x", {**TURTLE, "Content-Type": "application/n-quads"}, 415),
    ("PATCH", "/graph-store?default", b"x", TURTLE, 405),
    ("DELETE", "/graph-store?graph=urn:none", None, TOKEN, 404),
    ("POST", "/healthz", None, {}, 405),
    ("GET", "/no/such/path", None, {}, 404),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[0]} {case[1]} {case[4]}")
def test_a_refusal_is_a_problem_with_its_status(client, store, case):
    method, path, body, headers, status = case
    before = store.export()
    answer = client.open(path, method=method, data=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    problem = json.loads(answer.data)
    assert {"type", "title", "status", "detail"} <= problem.keys()
    assert problem["status"] == status
    assert "Traceback" not in problem["detail"]
    assert "secret" not in answer.text
    assert store.export() == before
    page = client.open(path, method=method, data=body, headers={"Accept": "text/html", **headers})
    if "Accept" not in headers:
        assert page.content_type == "text/html; charset=utf-8"


def test_a_401_says_how_and_a_405_says_what(client):
    assert client.post("/update", data="x").headers["WWW-Authenticate"].startswith("Bearer")
    assert set(client.put("/sparql").headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_writing_is_off_without_a_token(store):
    client = create_app(Settings(), store).test_client()
    for method, path in (("POST", "/update"), ("PUT", "/graph-store?default"), ("DELETE", "/graph-store?default")):
        assert client.open(path, method=method, data=b"DROP ALL", headers=UPDATE).status_code == 403


FORMATS = [
    ("ASK {}", "application/sparql-results+json", "application/sparql-results+json"),
    ("ASK {}", "application/json", "application/json"),
    ("ASK {}", "text/csv", "text/csv"),
    ("SELECT * {}", "application/sparql-results+xml;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
    ("SELECT * {}", "text/*;q=0.2, application/sparql-results+json;q=0.1, */*;q=0", "text/csv"),
    ("SELECT * {}", None, "application/sparql-results+json"),
    ("DESCRIBE <urn:a>", "text/html, */*;q=0.1", "text/turtle"),
    ("DESCRIBE <urn:a>", "application/rdf+xml", "application/rdf+xml"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples, application/trig;q=0.9", "application/n-triples"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-quads", "application/n-quads"),
]


@pytest.mark.parametrize(("query", "accept", "media_type"), FORMATS)
def test_the_format_is_the_one_that_the_client_likes_best(client, query, accept, media_type):
    answer = client.post("/sparql", data=query, headers={**QUERY, **({"Accept": accept} if accept else {})})
    assert answer.status_code == 200, answer.text
    assert answer.content_type == f"{media_type}; charset=utf-8"
    assert "Accept" in answer.headers["Vary"]


def test_a_validator_holds_until_the_dataset_changes(client):
    first = client.get("/sparql?query=SELECT*{?s+?p+?o}")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql?query=SELECT*{?s+?p+?o}", headers=tag).status_code == 304
    other = client.get("/sparql?query=SELECT*{?s+?p+?o}", headers={**tag, "Accept": "text/csv"})
    assert (other.status_code, other.headers["ETag"] != tag["If-None-Match"]) == (200, True)
    assert client.post("/update", data="INSERT DATA { <urn:c> <urn:p> 2 }", headers=UPDATE).status_code == 204
    after = client.get("/sparql?query=SELECT*{?s+?p+?o}", headers=tag)
    assert (after.status_code, len(after.json["results"]["bindings"])) == (200, 3)


def test_an_answer_by_chance_is_never_kept(client):
    answers = {client.get("/sparql?query=SELECT(UUID()AS+?u){}").data for _ in range(2)}
    assert len(answers) == 2
    assert "ETag" not in client.get("/sparql?query=SELECT(NOW()AS+?u){}").headers


def test_head_and_options_and_cross_origin(client):
    head = client.head("/sparql?query=ASK{}")
    assert (head.status_code, head.data, head.headers["Access-Control-Allow-Origin"]) == (200, b"", "*")
    options = client.options("/sparql")
    assert "Authorization" in options.headers["Access-Control-Allow-Headers"]
    for answer in (head, options, client.get("/none")):
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Request-ID"]


def test_no_host_reaches_an_answer(client):
    for path in ("/sparql", "/sparql?query=ASK{}", "/graph-store?default"):
        answer = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in answer.text + str(answer.headers)


def test_graphs_are_made_and_found_again(client):
    made = client.post("/graph-store", data=b"<urn:x> <urn:p> <> .", headers=TURTLE)
    place = made.headers["Location"]
    assert (made.status_code, place.startswith("/graph-store/")) == (201, True)
    assert client.get(place).text == client.get("/graph-store", query_string={"graph": place}).text != ""
    assert client.put(place, data=b"", headers=TURTLE).status_code == 204
    assert client.delete(place, headers=TOKEN).status_code == 204
    assert client.get(place).status_code == 404


def test_an_upload_fetches_nothing(client):
    context = b'{"@context": "http://127.0.0.1:9/context.jsonld", "@id": "urn:x", "name": "y"}'
    headers = {**TURTLE, "Content-Type": "application/ld+json"}
    assert client.put("/graph-store?graph=urn:g", data=context, headers=headers).status_code == 400
    entity = b"""<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">
        <rdf:Description rdf:about="urn:a"><u:p>&x;</u:p></rdf:Description></rdf:RDF>"""
    headers["Content-Type"] = "application/rdf+xml"
    client.put("/graph-store?graph=urn:g", data=entity, headers=headers)
    assert b"root:" not in client.get("/graph-store?graph=urn:g").data


def test_too_many_requests_are_told_to_wait(store):
    client = create_app(Settings(rate_limit=60), store).test_client()
    statuses = [client.get("/sparql?query=ASK{}").status_code for _ in range(20)]
    assert (statuses[0], statuses[-1]) == (200, 429)
    assert int(client.get("/sparql?query=ASK{}").headers["Retry-After"]) >= 1
    assert client.get("/healthz").status_code == 200


def test_a_forwarded_client_counts_only_behind_a_proxy(store):
    for proxies, last in ((0, 429), (1, 200)):
        client = create_app(Settings(rate_limit=60, proxies=proxies), store).test_client()
        statuses = [
            client.get("/sparql?query=ASK{}", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(20)
        ]
        assert statuses[-1] == last


def test_metrics_count_what_happened(client):
    client.get("/sparql?query=ASK{}")
    client.get("/sparql?query=ASK{}")
    text = client.get("/metrics").text
    assert int(re.search(r'kg_requests_total{kind="sparql",status="200"} (\d+)', text)[1]) >= 2
    assert int(re.search(r"kg_cache_hits_total (\d+)", text)[1]) >= 1
    assert "kg_triples 2" in text
    assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok\n", "ready\n")


def test_the_description_lists_the_graphs_that_are_there(client, store):
    view = "http://example.org/view"
    store.replace_default(f"<urn:a> <urn:p> <urn:b> .\n<urn:c> <urn:p> <urn:d> <{view}> .\n".encode(), replace=True)
    store.update("CREATE GRAPH <urn:empty>")
    body = client.get("/sparql", headers={"Accept": "application/n-triples"}).data
    held = ox.Store()
    held.load(body, format=ox.RdfFormat.N_TRIPLES)
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    text = "SELECT ?name { ?s a sd:Service ; sd:defaultDataset/sd:namedGraph ?g . ?g a sd:NamedGraph ; sd:name ?name }"
    assert sorted(row["name"].value for row in held.query(sd + text)) == [view, "urn:empty"]
    assert not held.query(sd + "ASK { ?s sd:feature sd:BasicFederatedQuery }")
    federating = create_app(Settings(fetch_hosts="example.org"), store).test_client()
    assert b"#BasicFederatedQuery" in federating.get("/sparql", headers={"Accept": "application/n-triples"}).data
