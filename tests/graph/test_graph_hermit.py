"""DL consistency by HermiT, where Java and owlready2 are on the machine; elsewhere OWL 2 RL (test_graph_ontology)."""

import importlib.util
import shutil

import pytest

from kg import resources
from kg.graph.checks.copies import to_rdflib
from kg.graph.rdf import ontology
from kg.graph.rdf.terms import term

PLACES = [path for path in ontology.files(resources.ontology()) if path.name != "shapes.ttl"]
KINDS = {term(f"owl:{kind}") for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
AXIOMS = {term(f"rdfs:{name}") for name in ("subClassOf", "subPropertyOf", "domain", "range")}
AXIOMS |= {term("owl:inverseOf"), term("owl:disjointWith")}


def axioms():
    """Return the ontology without its annotations, and without the terms as concepts: owlready2 knows no punning."""
    for triple in (triple for path in PLACES for triple in ontology.parsed(path)):
        if triple.predicate in AXIOMS or (triple.predicate == term("rdf:type") and triple.object in KINDS):
            yield triple


if shutil.which("java") and importlib.util.find_spec("owlready2"):
    import owlready2

    def reasoned(tmp_path, more=""):
        """Return the classes that HermiT finds can have no member; its exception where the whole contradicts itself."""
        graph = to_rdflib(axioms())
        graph.parse(data=more, format="turtle")
        graph.serialize(tmp_path / "whole.nt", format="nt", encoding="utf-8")
        world = owlready2.World()
        world.get_ontology((tmp_path / "whole.nt").as_uri()).load()
        owlready2.sync_reasoner_hermit(world, debug=0)
        return list(world.inconsistent_classes())

    def test_no_class_is_without_possible_members(tmp_path):
        assert reasoned(tmp_path) == []

    def test_a_contradiction_would_be_found(tmp_path):
        both = f"<x:a> a {term('kg:Enterprise')} , {term('kg:District')} ."
        with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
            reasoned(tmp_path, both)
