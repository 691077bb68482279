"""The integrity constraints IC-1 to IC-21 of the RDF Data Cube recommendation, section 11: each ASK finds a breach."""

import pyoxigraph as ox
import pytest
from graph_drafts import BASE
from pyoxigraph import Literal, NamedNode, Triple

from kg import resources
from kg.errors import OntologyError
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples
from kg.graph.views.cube import cube, name

QB = "http://purl.org/linked-data/cube#"
PREFIXES = f"""PREFIX qb: <{QB}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX kg: <https://w3id.org/district-kg/ontology#> """
STRUCTURE = "?obs qb:dataSet/qb:structure ?dsd . "
CONSTRAINTS = {
    "IC-1": """{ ?obs a qb:Observation FILTER NOT EXISTS { ?obs qb:dataSet ?set } }
        UNION { ?obs a qb:Observation ; qb:dataSet ?one , ?two FILTER (?one != ?two) }""",
    "IC-2": """{ ?set a qb:DataSet FILTER NOT EXISTS { ?set qb:structure ?dsd } }
        UNION { ?set a qb:DataSet ; qb:structure ?one , ?two FILTER (?one != ?two) }""",
    "IC-3": """?dsd a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty/a qb:MeasureProperty }""",
    "IC-4": "?dim a qb:DimensionProperty FILTER NOT EXISTS { ?dim rdfs:range ?range }",
    "IC-5": """?dim a qb:DimensionProperty ; rdfs:range skos:Concept
        FILTER NOT EXISTS { ?dim qb:codeList ?list }""",
    "IC-6": """?dsd qb:component ?part . ?part qb:componentRequired false ; qb:componentProperty ?property
        FILTER NOT EXISTS { ?property a qb:AttributeProperty }""",
    "IC-7": "?key a qb:SliceKey FILTER NOT EXISTS { ?dsd a qb:DataStructureDefinition ; qb:sliceKey ?key }",
    "IC-8": """?dsd qb:sliceKey ?key . ?key a qb:SliceKey ; qb:componentProperty ?property
        FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty ?property }""",
    "IC-9": """{ ?slice a qb:Slice FILTER NOT EXISTS { ?slice qb:sliceStructure ?key } }
        UNION { ?slice a qb:Slice ; qb:sliceStructure ?one , ?two FILTER (?one != ?two) }""",
    "IC-10": """?slice qb:sliceStructure/qb:componentProperty ?dim
        FILTER NOT EXISTS { ?slice ?dim ?value }""",
    "IC-11": f"""{STRUCTURE} ?dsd qb:component/qb:componentProperty ?dim . ?dim a qb:DimensionProperty
        FILTER NOT EXISTS {{ ?obs ?dim ?value }}""",
    "IC-12": f"""{STRUCTURE} ?obs kg:mentionDimension ?mention . ?other kg:mentionDimension ?mention ; qb:dataSet ?set .
        ?obs qb:dataSet ?set FILTER (?obs != ?other)
        FILTER NOT EXISTS {{ ?dsd qb:component/qb:componentProperty ?dim . ?dim a qb:DimensionProperty .
            ?obs ?dim ?one . ?other ?dim ?two FILTER (?one != ?two) }}""",
    "IC-13": f"""{STRUCTURE} ?dsd qb:component ?part . ?part qb:componentRequired true ; qb:componentProperty ?attribute
        FILTER NOT EXISTS {{ ?obs ?attribute ?value }}""",
    "IC-14": f"""{STRUCTURE} FILTER NOT EXISTS {{ ?dsd qb:component/qb:componentProperty qb:measureType }}
        ?dsd qb:component/qb:componentProperty ?measure . ?measure a qb:MeasureProperty
        FILTER NOT EXISTS {{ ?obs ?measure ?value }}""",
    "IC-15": f"""{STRUCTURE} ?dsd qb:component/qb:componentProperty qb:measureType . ?obs qb:measureType ?measure
        FILTER NOT EXISTS {{ ?obs ?measure ?value }}""",
    "IC-16": f"""{STRUCTURE} ?dsd qb:component/qb:componentProperty qb:measureType , ?other .
        ?obs qb:measureType ?measure . ?other a qb:MeasureProperty . ?obs ?other ?value FILTER (?other != ?measure)""",
    "IC-17": f"""{STRUCTURE} ?dsd qb:component/qb:componentProperty qb:measureType , ?measure .
        ?measure a qb:MeasureProperty . ?obs qb:dataSet ?set ; kg:mentionDimension ?mention
        FILTER NOT EXISTS {{ ?twin qb:dataSet ?set ; kg:mentionDimension ?mention ; qb:measureType ?measure
            FILTER NOT EXISTS {{ ?dsd qb:component/qb:componentProperty ?dim . ?dim a qb:DimensionProperty .
                ?obs ?dim ?one . ?twin ?dim ?two FILTER (?dim != qb:measureType && ?one != ?two) }} }}""",
    "IC-18": """?set qb:slice ?slice . ?slice qb:observation ?obs
        FILTER NOT EXISTS { ?obs qb:dataSet ?set }""",
    "IC-19": f"""{STRUCTURE} ?dsd qb:component/qb:componentProperty ?dim . ?dim qb:codeList ?list . ?obs ?dim ?code
        FILTER NOT EXISTS {{ ?list a skos:ConceptScheme . ?code a skos:Concept ; skos:inScheme ?list }}""",
    "IC-20": f"""{STRUCTURE} ?dsd qb:component/qb:componentProperty ?dim . ?dim qb:codeList ?list .
        ?list a qb:HierarchicalCodeList ; qb:parentChildProperty ?down . ?obs ?dim ?code FILTER (isIRI(?down))
        FILTER NOT EXISTS {{ ?list qb:hierarchyRoot ?code }} FILTER NOT EXISTS {{ ?above ?down ?code }}""",
    "IC-21": f"""{STRUCTURE} ?dsd qb:component/qb:componentProperty ?dim . ?dim qb:codeList ?list .
        ?list a qb:HierarchicalCodeList ; qb:parentChildProperty/owl:inverseOf ?up . ?obs ?dim ?code
        FILTER NOT EXISTS {{ ?list qb:hierarchyRoot ?code }} FILTER NOT EXISTS {{ ?code ?up ?above }}""",
}


@pytest.fixture(scope="module")
def made(graph):
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in graph)
    return cube(store, resources.ontology() / "views")


def breached(triples, constraint):
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return bool(store.query(f"{PREFIXES} ASK {{ {CONSTRAINTS[constraint]} }}"))


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_the_cube_keeps_the_constraint(made, constraint):
    assert not breached(made, constraint)


def test_there_are_all_twenty_one():
    assert list(CONSTRAINTS) == [f"IC-{number}" for number in range(1, 22)]


def iri(local):
    return NamedNode(QB + local)


def without(triples, predicate, pick=lambda _: True):
    gone = min((t for t in triples if t.predicate == predicate and pick(t)), key=str)
    return Triples(t for t in triples if t != gone), gone


def swapped(triples, predicate, value):
    left, gone = without(triples, predicate)
    left.update([Triple(gone.subject, gone.predicate, value)])
    return left


_LOCALS = ("periodDimension", "unitAttribute", "currencyAttribute", "lowerMeasure", "upperMeasure")
KG = {local: term(f"kg:{local}") for local in _LOCALS}


def added_measure(made):
    _, point = without(made, KG["lowerMeasure"])
    more = Triples(made)
    more.update([Triple(point.subject, KG["upperMeasure"], Literal("1"))])
    return more


def with_turtle(text):
    """Add Turtle to the cubes: slices and hierarchies, which the view itself has none of."""
    head = PREFIXES.replace("PREFIX", "@prefix").replace("> ", "> . ").replace(">\n", "> .\n")

    def more(made):
        whole = Triples(made)
        whole.update(quad.triple for quad in ox.parse(head + text, format=ox.RdfFormat.TURTLE))
        return whole

    return more


def hierarchical(parent_child):
    return with_turtle(f"kg:periods a qb:HierarchicalCodeList ; qb:hierarchyRoot <x:all> ; {parent_child}")


def twice(made):
    """Say one point of a cube again under another address."""
    point = min((t.subject for t in made if t.object == iri("Observation")), key=str)
    whole = Triples(made)
    whole.update(Triple(NamedNode("x:again"), t.predicate, t.object) for t in made if t.subject == point)
    return whole


BREACHES = {
    "IC-3": with_turtle("<x:dsd> a qb:DataStructureDefinition ; qb:component kg:periodComponent ."),
    "IC-6": with_turtle("kg:periodComponent qb:componentRequired false ."),
    "IC-7": with_turtle("<x:key> a qb:SliceKey ."),
    "IC-8": with_turtle(
        "kg:BoundedStructure qb:sliceKey <x:key> . <x:key> a qb:SliceKey ; qb:componentProperty <x:dim> ."
    ),
    "IC-9": with_turtle("<x:slice> a qb:Slice ."),
    "IC-10": with_turtle(
        "<x:slice> a qb:Slice ; qb:sliceStructure <x:key> . <x:key> qb:componentProperty kg:periodDimension ."
    ),
    "IC-12": twice,
    "IC-14": with_turtle(
        "<x:dsd> a qb:DataStructureDefinition ; qb:component kg:lowerComponent . <x:set> a qb:DataSet ; "
        "qb:structure <x:dsd> . <x:obs> a qb:Observation ; qb:dataSet <x:set> ."
    ),
    "IC-18": with_turtle("<x:set> qb:slice <x:slice> . <x:slice> qb:observation <x:obs> ."),
    "IC-20": hierarchical("qb:parentChildProperty skos:narrower ."),
    "IC-21": hierarchical("qb:parentChildProperty [ owl:inverseOf skos:broader ] ."),
    "IC-1": lambda made: without(made, iri("dataSet"))[0],
    "IC-2": lambda made: without(made, iri("structure"))[0],
    "IC-4": lambda made: without(made, term("rdfs:range"), lambda t: "Dimension" in t.subject.value)[0],
    "IC-5": lambda made: without(made, iri("codeList"), lambda t: "Dimension" in t.subject.value)[0],
    "IC-11": lambda made: without(made, KG["periodDimension"])[0],
    "IC-13": lambda made: without(made, KG["unitAttribute"])[0],
    "IC-15": lambda made: without(made, KG["lowerMeasure"])[0],
    "IC-16": added_measure,
    "IC-17": lambda made: without(made, iri("measureType"), lambda t: t.object == KG["upperMeasure"])[0],
    "IC-19": lambda made: swapped(made, KG["periodDimension"], NamedNode("x:code")),
}


@pytest.mark.parametrize("constraint", BREACHES)
def test_the_constraint_finds_a_breach(made, constraint):
    assert breached(BREACHES[constraint](made), constraint)


def test_every_constraint_is_shown_to_find_a_breach():
    assert set(BREACHES) == set(CONSTRAINTS)


def test_units_carry_their_codes(made, first):
    told = {(t.subject.value.rpartition("#")[2], t.predicate, t.object.value) for t in made}
    assert ("unit-CNY", term("skos:exactMatch"), "http://qudt.org/vocab/unit/CCY_CNY") in told
    money = {t.subject for t in made if t.predicate == KG["unitAttribute"] and t.object == term("kg:unit-CNY")}
    currencies = {t.subject: t.object.value for t in made if t.predicate == KG["currencyAttribute"]}
    assert money == set(currencies)
    assert set(currencies.values()) == {"CNY"}


def test_every_bound_of_every_observation_is_a_point(made, first):
    bounds = sum((o.low is not None) + (o.high is not None) for o in first.facts.observations)
    points = {t.subject for t in made if t.object == iri("Observation")}
    assert len(points) == bounds
    derived = {t.object for t in made if t.predicate == term("prov:wasDerivedFrom")}
    assert len(derived) == len(first.facts.observations)


def test_the_view_has_a_name_of_its_own():
    assert name(BASE).value == f"{BASE}id/graph/cube"


@pytest.mark.parametrize(("content", "told"), [("CONSTRUCT", "is no SPARQL"), ("ASK {}", "must be a CONSTRUCT")])
def test_a_broken_view_is_named(tmp_path, content, told):
    (tmp_path / "cube.ttl").write_text("", "utf-8")
    (tmp_path / "cube.rq").write_text(content, "utf-8")
    with pytest.raises(OntologyError, match=told):
        cube(ox.Store(), tmp_path)
