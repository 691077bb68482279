"""What programs find: VoID, the sitemap, robots, and the canned queries as SHACL executables."""

from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from datasets import BASE, empty_store, gold_store
from kg.settings import load
from kg.store import open_store
from kg.store.formats import N_QUADS
from kg.web import create_app

SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def client():
    return create_app(load({}), gold_store()).test_client()


def test_void_is_the_description_that_a_build_writes():
    described = (
        gold_store().export(syntax=N_QUADS)
        + (
            f'<{BASE}id/dataset> <http://rdfs.org/ns/void#triples> "7" .\n'
            f"<{BASE}id/dataset> <http://rdfs.org/ns/void#classPartition> <{BASE}id/dataset/class/1> .\n"
            f'<{BASE}id/dataset/class/1> <http://rdfs.org/ns/void#entities> "3" .\n'
        ).encode()
    )
    store = open_store("memory:")
    store.replace_default(described)
    response = create_app(load({}), store).test_client().get("/.well-known/void")
    assert response.mimetype == "text/turtle"
    assert len(list(ox.parse(response.data, format=ox.RdfFormat.TURTLE))) == 3


def test_without_a_build_there_is_no_description():
    response = create_app(load({}), empty_store()).test_client().get("/.well-known/void")
    assert response.status_code == 404


def test_every_address_of_the_sitemap_leads_somewhere(client):
    root = ET.fromstring(client.get("/sitemap.xml").data)  # noqa: S314 - our own answer
    addresses = [node.text for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "http://localhost/queries/observations" in addresses
    assert "http://localhost/articles/longsha-2020-08-27" in addresses
    assert len(addresses) == len(set(addresses)) > 150
    for address in addresses[::20]:
        assert client.get(address, headers={"Accept": "text/html"}).status_code == 200, address


def test_a_part_past_the_end_is_an_empty_list(client):
    assert b"<loc>" not in client.get("/sitemap.xml?page=9").data
    assert client.get("/sitemap.xml?page=x").status_code == 400


def test_robots_are_told_where_to_look(client):
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize("extension", ["ttl", "jsonld", "nt", "rdf"])
def test_each_query_is_an_executable_with_its_parameters(client, extension):
    response = client.get(f"/queries.{extension}")
    graph = ox.Store()
    graph.load(response.data, format=ox.RdfFormat.from_media_type(response.mimetype))
    select = {
        quad.subject.value: quad.object.value
        for quad in graph.quads_for_pattern(None, ox.NamedNode(SH + "select"), None)
    }
    assert len(select) >= 20
    for text in select.values():
        ox.Store().query(text)
    optional = graph.quads_for_pattern(
        ox.NamedNode(f"{BASE}queries/observations#status"), ox.NamedNode(SH + "optional"), None
    )
    assert [quad.object.value for quad in optional] == ["true"]
