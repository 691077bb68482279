"""The checks of FOOPS! that need no registry, asked of a running service: the namespace leads there by the redirects
that docs/publishing-terms.md has ready for w3id.org. FIND2 and FIND3 ask prefix.cc and LOV: not registered."""

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

from kg import resources
from kg.graph.building.build import Folders, make
from kg.graph.rdf.terms import KG, ONTOLOGY, term
from kg.store import open_store
from service_process import Service

BASE = "https://w3id.org/district-kg/"
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "publishing-terms.md").read_text("utf-8")
RULES = re.findall(r"^RewriteRule (\S+) https://HOST(\S+)", PAGE, re.MULTILINE)
RDF = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
NOT_REGISTERED = {"FIND2": "prefix.cc", "FIND3": "Linked Open Vocabularies"}
SELF = ox.NamedNode(ONTOLOGY)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    folders = Folders(
        articles=[resources.articles()],
        corrections=[resources.corrections()],
        ontology=resources.ontology(),
        reference=resources.reference(),
        identifiers=resources.identifiers(),
    )
    store = open_store(f"oxigraph:{folder}/store")
    store.replace_default(make(folders, folder, base_iri=BASE).nquads)
    store.close()
    running = Service(f"oxigraph:{folder}/store")
    yield running
    running.stop()


def resolve(service, iri, accept):
    """Follow the redirect of w3id.org to the service, and the service's own."""
    path = urlsplit(iri).path.removeprefix("/district-kg/")
    for pattern, target in RULES:
        found = re.search(pattern, path)
        if found:
            answer = service.ask("GET", found.expand(target.replace("$", "\\")), Accept=accept)
            while answer.status in {301, 302, 303, 307, 308}:
                answer = service.ask("GET", urlsplit(answer.headers["Location"]).path, Accept=accept)
            return answer
    raise AssertionError(f"no redirect for {iri}")


@pytest.fixture(scope="module")
def told(service):
    """What the ontology's address says: by subject, then predicate."""
    answer = resolve(service, ONTOLOGY, "text/turtle")
    index = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(answer.body, format=ox.RdfFormat.TURTLE):
        index[quad.subject][quad.predicate].append(quad.object)
    return index


class Published(NamedTuple):
    """A running service, and what the ontology's address says."""

    service: Service
    told: dict


def has(told, *names):
    return [name for name in names if not any(told[SELF][term(each)] for each in name.split("|"))] == []


def terms_of(told):
    kinds = {term("owl:Class"), term("owl:ObjectProperty"), term("owl:DatatypeProperty")}
    return [node for node, values in list(told.items()) if kinds & set(values[term("rdf:type")])]


def cn1(it):
    types = {accept: resolve(it.service, ONTOLOGY, accept).media_type for accept in ("text/html", *RDF)}
    return all(accept == got for accept, got in types.items())


def rdf1(it):
    graphs = [set(ox.parse(resolve(it.service, ONTOLOGY, each).body, format=RDF[each])) for each in RDF]
    return len(graphs[0]) > 1000 and all(graph == graphs[0] for graph in graphs)


def uri1(it):
    own = [node for node in it.told if node.value.startswith(KG) and it.told[node][term("skos:definition")]]
    page = resolve(it.service, own[0].value, "text/html").body.decode()
    return len(own) > 300 and all(f'id="{node.value.removeprefix(KG)}"' in page for node in own)


def ver2(it):
    (version,) = it.told[SELF][term("owl:versionIRI")]
    return resolve(it.service, version.value, "text/turtle").status == 200


def find_3_bis(it):
    catalogue = it.service.ask("GET", "/.well-known/void", Accept="text/turtle").body
    listed = {(q.subject, q.predicate) for q in ox.parse(catalogue, format=ox.RdfFormat.TURTLE)}
    wanted = ("dcterms:title", "dcterms:description", "dcterms:license", "dcterms:creator", "owl:versionInfo")
    return all((SELF, term(name)) in listed for name in wanted)


CHECKS = {
    "CN1": cn1,
    "DOC1": lambda it: b"<h1>" in resolve(it.service, ONTOLOGY, "text/html").body,
    "FIND1": lambda it: has(it.told, "vann:preferredNamespacePrefix"),
    "FIND_3_BIS": find_3_bis,
    "HTTP1": lambda _: ONTOLOGY.startswith("https://"),
    "OM1": lambda it: has(
        it.told,
        *("dcterms:title", "dcterms:description", "dcterms:license", "owl:versionIRI", "dcterms:creator"),
        *("dcterms:created", "vann:preferredNamespaceUri"),
    ),
    "OM2": lambda it: has(
        it.told,
        *("vann:preferredNamespacePrefix", "owl:versionInfo", "dcterms:contributor", "dcterms:created"),
        "dcterms:bibliographicCitation",
    ),
    "OM3": lambda it: (
        has(  # and a DOI, which comes with a deposit: docs/publishing-terms.md
            it.told,
            *("owl:priorVersion", "dcterms:publisher", "foaf:logo", "owl:backwardCompatibleWith", "dcterms:modified"),
            *("dcterms:source", "dcterms:issued"),
        )
        and it.told[SELF][ox.NamedNode("http://purl.org/ontology/bibo/status")]
    ),
    "OM4.1": lambda it: has(it.told, "dcterms:license"),
    "OM4.2": lambda it: str(it.told[SELF][term("dcterms:license")][0].value).startswith("https://"),
    "OM5.1": lambda it: has(it.told, "dcterms:creator", "dcterms:created"),
    "OM5.2": lambda it: has(it.told, "dcterms:issued", "dcterms:publisher"),
    "PURL1": lambda _: urlsplit(ONTOLOGY).netloc == "w3id.org",
    "RDF1": rdf1,
    "URI1": uri1,
    "URI2": lambda it: term("owl:Ontology") in it.told[SELF][term("rdf:type")],
    "VER1": lambda it: it.told[SELF][term("owl:versionIRI")] not in ([], [SELF]),
    "VER2": ver2,
    "VOC1": lambda it: has(it.told, "dcterms:title", "vann:preferredNamespaceUri"),
    "VOC2": lambda it: any(
        not end.value.startswith(KG) for node in terms_of(it.told) for end in it.told[node][term("rdfs:subClassOf")]
    ),
    "VOC3": lambda it: all(it.told[node][term("rdfs:label")] for node in terms_of(it.told)),
    "VOC4": lambda it: all(it.told[node][term("skos:definition")] for node in terms_of(it.told)),
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_check_is_passed(service, told, name):
    assert CHECKS[name](Published(service, told)), name


def test_there_are_twenty_four_and_two_ask_registries():
    assert len(CHECKS) + len(NOT_REGISTERED) == 24
    assert all(f"| {name} |" in PAGE for name in NOT_REGISTERED)


def test_the_logo_is_there(service, told):
    (logo,) = told[SELF][term("foaf:logo")]
    assert resolve(service, logo.value, "image/svg+xml").media_type == "image/svg+xml"


def test_the_picture_of_the_classes_is_drawn_from_the_ontology(service, told):
    page = service.ask("GET", "/ontology?lang=zh", Accept="text/html").body.decode()
    picture = page[page.index("<svg") : page.index("</svg>")]
    for name in ("Fact", "Observation", "Entity", "Enterprise", "indicator", "builds", "inSection"):
        (chinese,) = (v.value for v in told[term(f"kg:{name}")][term("rdfs:label")] if v.language == "zh-hans")
        assert re.search(rf'href="/ontology#{name}"><text [^>]+>{chinese}<', picture), name
    assert 'id="mentionDimension"' in page
