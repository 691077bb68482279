import pyoxigraph as ox
import pytest

from kg.service.terms import complete, labels
from kg.store import open_store

KG = "https://w3id.org/district-kg/ontology#"
DATA = f"""
<{KG}Enterprise> a <http://www.w3.org/2002/07/owl#Class> ;
  <http://www.w3.org/2000/01/rdf-schema#isDefinedBy> <https://w3id.org/district-kg/ontology> ;
  <http://www.w3.org/2000/01/rdf-schema#label> "企业"@zh-Hans, "enterprise"@en .
<{KG}develops> a <http://www.w3.org/2002/07/owl#ObjectProperty> ;
  <http://www.w3.org/2000/01/rdf-schema#isDefinedBy> <https://w3id.org/district-kg/ontology> ;
  <http://www.w3.org/2000/01/rdf-schema#label> "开发"@zh-Hans, "develops"@en .
<urn:a> a <urn:Odd> ; <urn:seen> "x" ; <http://www.w3.org/2000/01/rdf-schema#label> "甲"@zh-Hans .
"""


@pytest.fixture(scope="module")
def store():
    store = open_store("memory:")
    quads = "".join(_lines(DATA))
    store.replace_default(quads.encode())
    yield store
    store.close()


def _lines(turtle):
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        yield f"{quad.triple} .\n"


@pytest.mark.parametrize("text", ["kg:Ent", KG + "Ent", "enter", "ENTERPRISE", "企业", "业"])
def test_a_class_is_found_by_name_iri_and_label_in_both_languages(store, text):
    assert [term.short for term in complete(store, text, "class")] == ["kg:Enterprise"]


def test_what_the_data_uses_is_offered_even_if_nothing_declares_it(store):
    assert [term.iri for term in complete(store, "urn:", "class")] == ["urn:Odd"]
    assert [term.iri for term in complete(store, "seen", "property")] == ["urn:seen"]


def test_beginnings_come_before_parts(store):
    found = [term.short for term in complete(store, "de", "property")]
    assert found[0] == "kg:develops"
    assert "rdfs:isDefinedBy" in found


def test_the_number_of_suggestions_is_bounded(store):
    assert len(complete(store, "", "property", limit=2)) == 2


def test_labels_come_in_the_asked_language_else_in_another(store):
    asked = [KG + "Enterprise", "urn:a", "urn:none"]
    assert labels(store, asked, "en") == {KG + "Enterprise": "enterprise", "urn:a": "甲"}
    assert labels(store, asked, "zh") == {KG + "Enterprise": "企业", "urn:a": "甲"}


@pytest.mark.parametrize("iri", ["urn:x> } UNION { ?iri ?p ?o", "no scheme", "", "urn:a\n", 'urn:"'])
def test_what_is_no_iri_has_no_label_and_reaches_no_query(store, iri):
    assert labels(store, [iri, "urn:a"], "en") == {"urn:a": "甲"}
