"""SPARQL 1.1 Protocol, Graph Store HTTP Protocol and Service Description, from the W3C's manifests, over HTTP."""

import json
import re
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from requests_of import conversations
from results import read, same_graph
from suites import cases, root

from service_process import TOKEN

PROTOCOL = conversations("sparql11/protocol/manifest.ttl")
STORES = conversations("sparql11/graph-store-protocol/manifest-direct.ttl") + conversations(
    "sparql11/graph-store-protocol/manifest-indirect.ttl"
)
GRAPHS = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8"


def ask(service, exchange, path):
    headers = {re.sub("-", "_", name): value for name, value in exchange.headers.items()}
    return service.ask(exchange.method, path, exchange.body, Authorization=f"Bearer {TOKEN}", **headers)


def check(exchange, answer):
    assert any(re.fullmatch(each, str(answer.status)) for each in exchange.statuses), answer
    if exchange.boolean is not None:
        assert json.loads(answer.body)["boolean"] is exchange.boolean
    if exchange.format == "tabular":
        assert answer.media_type in {"application/sparql-results+json", "application/sparql-results+xml"}
    if exchange.format == "RDF":
        list(ox.parse(answer.body, format=ox.RdfFormat.from_media_type(answer.media_type)))


@pytest.mark.parametrize("test", [pytest.param(each, id=each.name) for each in PROTOCOL])
def test_the_protocol(test, service):
    blocks = [f"GRAPH <{name}> {{ {' '.join(f'{q.triple} .' for q in read(path))} }}" for name, path in test.graphs]
    service.holds = None
    assert service.update(f"DROP ALL ; INSERT DATA {{ {' '.join(blocks)} }}").status == 204
    for exchange in test.exchanges:
        is_update = "sparql-update" in exchange.headers.get("content-type", "") or b"update=" in (exchange.body or b"")
        is_update = is_update or exchange.body == b"CLEAR NAMED"
        path = re.sub("^/sparql/", "/update" if is_update else "/sparql", exchange.path)
        check(exchange, ask(service, exchange, path))


@pytest.mark.parametrize("test", [pytest.param(each, id=each.name) for each in STORES])
def test_the_graph_store(test, service):
    service.holds = None
    assert service.update("DROP ALL").status == 204
    location = ""
    for exchange in test.exchanges:
        path = re.sub("^/gsp", "/graph-store", exchange.path).replace("$LOCATION$", quote(location, safe=""))
        answer = ask(service, exchange, path)
        check(exchange, answer)
        if exchange.location:
            location = answer.headers["Location"]
            assert service.ask("GET", urlsplit(location).path).status == 200
        if exchange.content:
            media_type, text = exchange.content
            assert answer.media_type == media_type.split(";")[0]
            syntax = ox.RdfFormat.from_media_type(media_type.split(";")[0])
            assert same_graph(
                [quad.triple for quad in ox.parse(answer.body, format=syntax, base_iri="http://www.example/")],
                [quad.triple for quad in ox.parse(text, format=syntax, base_iri="http://www.example/")],
            )


SD = "http://www.w3.org/ns/sparql-service-description#"
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module", params=GRAPHS.split(", "))
def description(request, service):
    answer = service.ask("GET", "/sparql", Accept=request.param)
    assert answer.status == 200
    url = f"http://127.0.0.1:{service.port}/sparql"
    syntax = ox.RdfFormat.from_media_type(answer.media_type)
    quads = list(ox.parse(answer.body, format=syntax, base_iri=url))
    return url if syntax != ox.RdfFormat.N_TRIPLES else "https://w3id.org/district-kg/sparql", quads


@pytest.mark.skipif(root() is None, reason="the suites are not there")
class TestServiceDescription:
    """The three tests of service-description/manifest.ttl say in their names what they ask."""

    def test_returns_rdf(self, description):
        assert description[1]

    def test_has_endpoint_triple(self, description):
        url, quads = description
        assert [q.object.value for q in quads if q.predicate.value == SD + "endpoint"] == [url]

    def test_conforms_to_schema(self, description):
        _, quads = description
        services = {q.subject for q in quads if q.predicate.value == A and q.object.value == SD + "Service"}
        assert len(services) == 1
        ranges = {"supportedLanguage", "feature", "resultFormat", "inputFormat", "defaultDataset", "endpoint"}
        assert all(q.subject in services for q in quads if q.predicate.value.removeprefix(SD) in ranges)
        languages = {q.object.value for q in quads if q.predicate.value == SD + "supportedLanguage"}
        assert languages == {SD + "SPARQL11Query", SD + "SPARQL11Update"}


def test_the_suites_are_there_and_whole():
    if root() is None:
        pytest.skip("THE W3C SUITES ARE NOT HERE: set KG_RDF_TESTS to a checkout of w3c/rdf-tests")
    assert (len(PROTOCOL), len(STORES)) == (34, 13)
    assert len(cases("sparql10/manifest-evaluation.ttl")) == 283
