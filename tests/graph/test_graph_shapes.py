"""Every shape is shown to catch the breakage it is for; then every kind of triple is broken by a generator."""

import pytest
from graph_drafts import BASE, small_draft
from pyoxigraph import Literal, NamedNode, Triple

from kg import resources
from kg.errors import OntologyError, ValidationError
from kg.graph.checks import validate
from kg.graph.description import dataset
from kg.graph.rdf.terms import KG, term
from kg.graph.rdf.triples import Triples, typed
from kg.graph.views import cube

SHAPES = resources.ontology() / "shapes.ttl"
INTEGER = term("xsd:integer")


@pytest.fixture(scope="module")
def whole(make, first):
    """A small graph that conforms, with the ontology and the description of the dataset."""
    graph = make(small_draft().source())
    view = cube.described(BASE, 0)
    graph.update(dataset.describe(graph, base_iri=BASE, articles=[first.facts.article], inputs=[], views=[view]))
    assert validate.check(graph, SHAPES) == []
    return graph


@pytest.fixture(scope="module")
def good(whole):
    """The same with no more of the ontology than its hierarchy and schemes, for speed."""
    kept = {term(name) for name in ("rdfs:subClassOf", "skos:inScheme", "owl:disjointWith")}
    schemes = subjects(whole, "skos:ConceptScheme")
    graph = Triples(
        t for t in whole if t.predicate in kept or t.subject in schemes or t.subject.value.startswith(f"{BASE}id/")
    )
    assert validate.check(graph, SHAPES) == []
    return graph


def subjects(graph, class_name):
    """Return the members of a class, our own terms first."""
    wanted = (term("rdf:type"), term(class_name))
    found = {t.subject for t in graph if (t.predicate, t.object) == wanted}
    return sorted(found, key=lambda node: (not node.value.startswith(KG), node.value))


def broken(graph, class_name, predicate, *values, drop=True, pick=0):
    """Return the graph with one property of one node of a class set to other values."""
    node = subjects(graph, class_name)[pick]
    held = [t for t in graph if t.subject == node and t.predicate == term(predicate)]
    left = Triples(t for t in graph if not drop or t not in held)
    left.update(Triple(node, term(predicate), value) for value in values)
    assert drop is False or held or values
    return left


def text(value, language=None):
    return Literal(value, language=language) if language else Literal(value)


THING = NamedNode(f"{BASE}id/place/nowhere")
CASES = [
    ("a thing has a label", "kg:Enterprise", "rdfs:label", [], "label"),
    ("one label a language", "kg:Entity", "rdfs:label", [text("a", "en"), text("b", "en")], "label"),
    ("a district's code has six digits", "kg:District", "kg:placeCode", [text("12")], "place code"),
    ("a place lies in a district", "kg:District", "schema:containedInPlace", [THING], "containedInPlace"),
    ("a relation joins things", "kg:Enterprise", "kg:builds", [THING], "builds"),
    ("a fact has one origin", "kg:Observation", "kg:origin", [], "origin"),
    ("an origin is of the list", "kg:Naming", "kg:origin", [term("kg:eq")], "origin"),
    ("a fact has evidence", "kg:Naming", "prov:wasQuotedFrom", [], "lacks the words"),
    ("a fact was made by something", "kg:Statement", "prov:wasGeneratedBy", [], "lacks the words"),
    ("evidence is quoted words", "kg:Observation", "prov:wasQuotedFrom", [THING], "wasQuotedFrom"),
    ("a naming names a thing", "kg:Naming", "kg:subject", [], "subject"),
    ("a naming gives a type", "kg:Naming", "kg:namedType", [term("kg:Fact")], "named type"),
    ("a statement's predicate is a relation", "kg:Statement", "kg:predicate", [term("rdfs:label")], "predicate"),
    ("a statement has an object", "kg:Statement", "kg:object", [], "an object or a value"),
    ("a statement says if it is asserted", "kg:Statement", "kg:asserted", [], "asserted"),
    ("an observation has one indicator", "kg:Observation", "kg:indicator", [], "indicator"),
    ("an indicator is of the scheme", "kg:Observation", "kg:indicator", [term("kg:unit-CNY")], "indicator"),
    ("a unit is of the scheme", "kg:Observation", "kg:unit", [term("kg:eq")], "unit"),
    ("a comparator is of the list", "kg:Observation", "kg:comparator", [term("kg:actual")], "comparator"),
    ("a status is of the list", "kg:Observation", "kg:status", [term("kg:eq")], "status"),
    ("bounds are decimals", "kg:Observation", "kg:low", [text("six")], "lower bound"),
    ("bounds are in order", "kg:Observation", "kg:high", [typed("-1", "xsd:decimal")], "lower bound"),
    ("an exact figure has both bounds", "kg:Observation", "kg:high", [], "do not fit its comparator"),
    ("a subject is a thing", "kg:Observation", "kg:subject", [THING], "subject"),
    ("an observation has its number", "kg:Observation", "kg:number", [], "number"),
    ("a count counts a thing", "kg:Observation", "kg:counts", [term("kg:eq")], "counts"),
    ("a part is of an observation", "kg:Observation", "kg:partOfObservation", [THING], "part of observation"),
    ("an unread number has a reason", "kg:UnreadNumber", "kg:reason", [text("")], "reason"),
    ("an article has its checksum", "schema:NewsArticle", "schema:sha256", [text("abc")], "sha256"),
    ("an article has an id", "schema:NewsArticle", "dcterms:identifier", [], "identifier"),
    ("a date is a date", "schema:NewsArticle", "schema:datePublished", [text("2020")], "datePublished"),
    ("an article is about a district", "schema:NewsArticle", "schema:contentLocation", [THING], "contentLocation"),
    ("a section has a level", "kg:Section", "kg:level", [typed(0, "xsd:integer")], "level"),
    ("a section ends after it starts", "kg:Section", "kg:endsAt", [typed(0, "xsd:integer")], "starts at"),
    ("a section is part of something", "kg:Section", "schema:isPartOf", [THING], "isPartOf"),
    ("words come from an article", "oa:SpecificResource", "oa:hasSource", [], "hasSource"),
    ("words have selectors", "oa:SpecificResource", "oa:hasSelector", [], "selector"),
    ("a quotation is not empty", "oa:TextQuoteSelector", "oa:exact", [text("")], "exact"),
    ("a position ends after it starts", "oa:TextPositionSelector", "oa:end", [typed(0, "xsd:integer")], "start"),
    ("a position is an integer", "oa:TextPositionSelector", "oa:start", [text("0")], "start"),
    ("an interval has an end or a beginning", "time:Interval", "rdfs:label", [], "label"),
    ("an instant has a date", "time:Instant", "time:inXSDDate", [], "inXSDDate"),
    ("a reading read an article", "kg:Reading", "prov:used", [], "used"),
    ("software has a version", "prov:SoftwareAgent", "schema:softwareVersion", [], "softwareVersion"),
    ("an inference is described", "kg:Inference", "dcterms:description", [], "description"),
    ("a table names its source", "kg:ReferenceTable", "dcterms:source", [], "source"),
    ("a concept is in a scheme", "skos:Concept", "skos:inScheme", [], "inScheme"),
    ("a concept has a name", "skos:Concept", "skos:prefLabel", [], "prefLabel"),
    ("a scheme is defined", "skos:ConceptScheme", "skos:definition", [], "definition"),
    ("a class is defined in both languages", "owl:Class", "skos:definition", [text("x", "en")], "definition"),
    ("a property is labelled", "owl:ObjectProperty", "rdfs:label", [], "label"),
    ("a dataset has a title", "dcat:Dataset", "dcterms:title", [], "title"),
    ("a dataset has one licence", "void:Dataset", "dcterms:license", [], "licence"),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_shape_catches_its_breakage(good, whole, case):
    _, class_name, predicate, values, told = case
    if class_name == "kg:Entity":
        class_name = "kg:Enterprise"
    bad = broken(whole if class_name[:4] in {"skos", "owl:"} else good, class_name, predicate, *values)
    found = validate.check(bad, SHAPES)
    assert any(told in violation.message("en") for violation in found), [v.message("en") for v in found]
    assert all(violation.message("zh-Hans") != violation.message("en") for violation in found)


def test_an_interval_does_not_end_before_it_begins(good):
    day = next(t for t in good if t.predicate == term("time:inXSDDate") and t.object.value == "2021-03-31")
    bad = Triples(t for t in good if t != day)
    bad.update([Triple(day.subject, day.predicate, typed("2020-01-01", "xsd:date"))])
    assert "before it begins" in " ".join(v.message() for v in validate.check(bad, SHAPES))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Enterprise", "District"), ("PublicBody", "Project"), ("Product", "Programme"), ("Industry", "Measure")),
        *(("Event", "Enterprise"), ("Facility", "Product"), ("Park", "PublicBody"), ("System", "District")),
    ],
)
def test_no_thing_is_of_two_classes_that_are_disjoint(good, one, other):
    bad = broken(good, f"kg:{one}", "rdf:type", term(f"kg:{other}"), drop=False)
    assert any("disjoint" in v.message() for v in validate.check(bad, SHAPES))


@pytest.mark.parametrize(
    "kind",
    [
        *("PublicBody", "Enterprise", "Project", "ProjectGroup", "Programme", "Measure"),
        *("Facility", "Park", "Product", "System", "Industry", "Event"),
    ],
)
def test_no_thing_stands_that_no_article_names(good, kind):
    node = NamedNode(f"{BASE}id/x/unnamed")
    bad = Triples(good)
    bad.update([Triple(node, term("rdf:type"), term(f"kg:{kind}")), Triple(node, term("rdfs:label"), text("x", "en"))])
    found = {v.message() for v in validate.check(bad, SHAPES) if v.focus == node.value}
    assert any("is named by an article" in message for message in found)


def test_a_plain_relation_and_its_statement_need_each_other(good):
    plain = next(t for t in good if t.predicate == term("kg:implements"))
    told = " ".join(v.message() for v in validate.check(Triples(t for t in good if t != plain), SHAPES))
    assert "has no plain triple" in told
    added = Triples(good)
    added.update([Triple(plain.subject, term("kg:operates"), plain.object)])
    assert "no statement" in " ".join(v.message() for v in validate.check(added, SHAPES))


def test_an_inferred_statement_is_not_asserted(good):
    node = next(t.subject for t in good if (t.predicate, t.object) == (term("kg:origin"), term("kg:inferred")))
    bad = Triples(t for t in good if (t.subject, t.predicate) != (node, term("kg:asserted")))
    bad.update([Triple(node, term("kg:asserted"), typed("true", "xsd:boolean"))])
    assert "not marked asserted" in " ".join(v.message() for v in validate.check(bad, SHAPES))


def test_a_reference_fact_names_its_table(good):
    node = next(t.subject for t in good if (t.predicate, t.object) == (term("kg:origin"), term("kg:reference")))
    bad = Triples(t for t in good if (t.subject, t.predicate) != (node, term("prov:wasDerivedFrom")))
    assert "does not name its table" in " ".join(v.message() for v in validate.check(bad, SHAPES))


def test_a_curated_fact_leads_to_its_correction(good):
    bad = broken(good, "kg:Observation", "kg:origin", term("kg:curated"))
    assert "not generated by a correction" in " ".join(v.message() for v in validate.check(bad, SHAPES))


def test_a_correction_has_reason_curator_date_and_words(good):
    node = NamedNode(f"{BASE}id/correction/x/y")
    bad = Triples(good)
    bad.update([Triple(node, term("rdf:type"), term("kg:Correction"))])
    told = {v.path.split("#")[-1].split("/")[-1] for v in validate.check(bad, SHAPES) if v.focus == node.value}
    assert told == {"description", "identifier", "creator", "date", "wasQuotedFrom"}


def test_a_graph_that_does_not_conform_is_refused_in_one_sentence(good):
    bad = broken(good, "kg:Observation", "kg:unit")
    with pytest.raises(ValidationError, match="does not conform to the shapes"):
        validate.require(validate.check(bad, SHAPES))


def test_a_broken_shape_is_told_apart_from_a_broken_graph(good, tmp_path):
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:s> a sh:NodeShape ; sh:targetNode <x:n> ; "
        "sh:sparql [ sh:select 'nonsense' ] .",
        "utf-8",
    )
    with pytest.raises(OntologyError, match=r"shapes\.ttl cannot be used"):
        validate.check(good, path)


def test_every_class_that_the_graph_uses_has_a_shape(graph):
    targets = {t.object for t in validate.shapes(SHAPES) if t.predicate == term("sh:targetClass")}
    vocabulary = {"owl:Ontology", "owl:Axiom", "sh:NodeShape", "sh:SPARQLConstraint", "prov:Entity", "prov:Activity"}
    used = {t.object for t in graph if t.predicate == term("rdf:type")} - {term(name) for name in vocabulary}
    above = {(t.subject, t.object) for t in graph if t.predicate == term("rdfs:subClassOf")}
    for class_ in used:
        up = {class_, *(sup for sub, sup in above if sub == class_)}
        assert up & targets, class_
