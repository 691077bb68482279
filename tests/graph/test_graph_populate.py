import os
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_drafts import BASE, Draft, rows, second_draft

from kg import resources
from kg.facts import Section, UnreadNumber
from kg.graph.checks import validate
from kg.graph.description import dataset
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples


def sums(graph):
    """Total of each subject and indicator, figures said again left out."""
    query = """SELECT ?observation ?subject ?indicator ?unit ?low WHERE {
        ?observation kg:subject ?subject ; kg:indicator ?indicator ; kg:unit ?unit ; kg:low ?low .
        FILTER NOT EXISTS { ?observation kg:restates ?other } }"""
    totals = defaultdict(Decimal)
    for _, subject, indicator, unit, low in rows(graph, query):
        totals[subject, indicator, unit] += Decimal(low)
    return totals


def test_every_fact_is_there_once(graph, first):
    facts = first.facts
    kinds = Counter(t.object for t in graph if t.predicate == term("rdf:type"))
    assert kinds[term("kg:Observation")] == len(facts.observations)
    assert kinds[term("kg:Naming")] == len(facts.entities)
    assert kinds[term("kg:UnreadNumber")] == len(facts.unread)
    assert kinds[term("kg:Section")] == len(facts.sections)
    read = rows(graph, "SELECT ?s WHERE { ?s a kg:Statement ; prov:wasGeneratedBy/prov:used ?article }")
    assert len(read) == len(facts.relations)


def test_values_are_those_of_the_facts(graph, first):
    query = """SELECT ?number ?low ?high ?comparator ?unit ?status ?indicator WHERE {
        ?o kg:comparator/skos:notation ?comparator ; kg:unit/skos:notation ?token ; kg:status/skos:notation ?status ;
           kg:number/oa:hasSelector/oa:start ?number ; kg:indicator/skos:prefLabel ?indicator .
        OPTIONAL { ?o kg:low ?low } OPTIONAL { ?o kg:high ?high } OPTIONAL { ?o kg:countedNoun ?noun }
        FILTER (LANGMATCHES(LANG(?indicator), "zh"))
        BIND (CONCAT(?token, COALESCE(?noun, "")) AS ?unit) }"""
    told = {
        (str(o.number.start), o.low, o.high, o.comparator, o.unit, o.status, o.indicator)
        for o in first.facts.observations
    }
    assert {row[:6] for row in rows(graph, query)} == {row[:6] for row in told}
    known = {name for _, *_, name in rows(graph, query)}
    assert known


def test_words_quote_the_text(graph, first):
    query = """SELECT ?start ?end ?exact ?prefix ?suffix WHERE {
        ?words oa:hasSource ?article ; oa:hasSelector ?q , ?p .
        ?q oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix . ?p oa:start ?start ; oa:end ?end }"""
    found = rows(graph, query)
    assert len(found) == len({(s.start, s.end) for s in first.facts.spans()})
    for start, end, exact, prefix, suffix in found:
        assert first.text[int(start) : int(end)] == exact
        assert first.text[: int(start)].endswith(prefix)
        assert first.text[int(end) :].startswith(suffix)


def test_no_blank_nodes_and_one_label_a_language(graph):
    assert not any(isinstance(end, ox.BlankNode) for t in graph for end in (t.subject, t.object))
    labels = Counter(
        (t.subject, t.object.language) for t in graph if t.predicate == term("rdfs:label") and t.object.language
    )
    assert max(labels.values()) == 1


def test_every_relation_stands_plain_beside_its_statement(graph):
    query = "SELECT ?s ?p ?o WHERE { ?x kg:subject ?s ; kg:predicate ?p ; kg:object|kg:value ?o . ?s ?p ?o }"
    statements = rows(graph, "SELECT ?x WHERE { ?x a kg:Statement }")
    triples = {(t.subject, t.predicate, t.object) for t in graph}
    missing = rows(graph, "SELECT ?x WHERE { ?x kg:predicate ?p ; kg:subject ?s ; kg:object ?o "
                          "FILTER NOT EXISTS { ?s ?p ?o } }")  # fmt: skip
    assert statements
    assert missing == []
    assert len(rows(graph, query)) <= len(triples)


def test_what_only_names_imply_is_not_asserted(graph, first):
    told = [r for r in first.facts.relations if not r.asserted]
    query = "SELECT ?s WHERE { ?s kg:asserted false ; kg:origin kg:inferred ; prov:wasGeneratedBy/prov:used ?article }"
    assert told
    assert len(rows(graph, query)) == len(told)


def test_a_joint_figure_lists_its_participants(graph):
    query = """SELECT ?name WHERE { ?o kg:number/oa:hasSelector/oa:exact "4200余人" ; kg:participant ?p .
               ?p rdfs:label ?name }"""
    assert {name for (name,) in rows(graph, query)} >= {"联享农业集团公司", "禾速传媒", "忆影传媒"}


def test_parts_are_tied_to_their_whole(graph):
    query = """SELECT ?number WHERE { ?o kg:partOfObservation ?whole ; kg:number/oa:hasSelector/oa:exact ?number .
               ?whole kg:low ?all . FILTER (?all = 78) }"""
    assert {number[:2] for (number,) in rows(graph, query)} == {"33", "45"}


def test_places_lead_up_to_the_province_and_say_where_that_comes_from(graph):
    query = """SELECT ?code ?above WHERE { ?place kg:placeCode ?code .
               OPTIONAL { ?place schema:containedInPlace/kg:placeCode ?above } }"""
    assert {("230202", "230200"), ("230200", "230000"), ("230000", None)} <= set(rows(graph, query))
    query = """SELECT ?statement WHERE { ?statement kg:origin kg:reference ; prov:wasDerivedFrom ?table .
               ?table a kg:ReferenceTable ; dcterms:issued ?date ; dcterms:source ?source }"""
    assert len(rows(graph, query)) == len(rows(graph, "SELECT ?s WHERE { ?s kg:origin kg:reference }")) > 0


def test_one_thing_under_two_names_and_a_fact_told_twice_still_conform(make):
    draft = Draft("龙沙区、龙沙的华工机床研制机床一。", "a", "龙沙区")
    one, other = draft.thing("District", "龙沙区"), draft.thing("District", "龙沙", mention="龙沙的")
    firm, machine = draft.thing("Enterprise", "华工机床"), draft.thing("Product", "机床一")
    for place in (one, other):
        draft.relation(firm, "locatedIn", place, "龙沙的华工机床")
    for rule in ("a", "b"):
        draft.relation(firm, "develops", machine, "华工机床研制机床一", rule=rule)
    draft.relation(one, "locatedIn", other, "龙沙区、龙沙")
    for title in ("一", "二"):
        draft.sections.append(Section(id=title, title=title, level=1, start=0, end=9))
        draft.unread.append(UnreadNumber(start=15, end=16, exact="一", reason=title))
    graph = make(draft.source())
    assert len(rows(graph, "SELECT ?n WHERE { ?n a kg:Naming }")) == 4
    assert len(rows(graph, "SELECT ?s WHERE { ?s a kg:Statement ; kg:origin kg:stated }")) == 2
    graph.update(dataset.describe(graph, base_iri=BASE, articles=[draft.facts().article], inputs=[]))
    assert validate.check(graph, resources.ontology() / "shapes.ttl") == []


def test_a_place_in_a_place_is_contained_in_it(make):
    draft = Draft("龙沙区江安街道新建服务站。", "a", "龙沙区江安街道新建服务站")
    district, street = draft.thing("District", "龙沙区"), draft.thing("District", "江安街道")
    hall = draft.thing("Facility", "服务站")
    draft.relation(street, "locatedIn", district, "龙沙区江安街道")
    draft.relation(hall, "locatedIn", street, "江安街道新建服务站")
    graph = make(draft.source())
    query = "SELECT ?in ?code WHERE { ?place rdfs:label ?in ; schema:containedInPlace/kg:placeCode ?code }"
    assert ("江安街道", "230202") in rows(graph, query)
    query = "SELECT ?a ?b WHERE { ?x kg:locatedIn ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }"
    assert rows(graph, query) == [("服务站", "江安街道")]


def test_the_article_is_about_its_district(graph):
    query = "SELECT ?code ?date WHERE { ?a schema:contentLocation/kg:placeCode ?code ; schema:datePublished ?date }"
    assert rows(graph, query) == [("230202", "2020-08-27")]


def test_a_second_article_doubles_nothing_and_moves_nothing(make, graph, first, second):
    alone, both = graph, make(first, second)
    for predicate in ("rdf:type", "kg:placeCode"):
        before = {t for t in alone if t.predicate == term(predicate)}
        assert before <= set(both)
    shared = """SELECT ?name ?thing WHERE { ?thing rdfs:label|skos:altLabel ?name .
                FILTER (STR(?name) IN ("龙沙区", "华工机床", "禾速传媒", "现代服务业产业园")) }"""
    assert len({thing for _, thing in rows(both, shared)}) == 4
    things = "SELECT ?thing WHERE { ?thing a/rdfs:subClassOf kg:Entity }"
    new = set(rows(both, things)) - set(rows(alone, things))
    assert len(new) == 3  # the group and its two members


def test_a_second_article_changes_no_sum(make, graph, first, second):
    before, after = sums(graph), sums(make(first, second))
    assert {key: after[key] for key in before} == dict(before)


def test_a_figure_said_again_restates_the_first(make):
    draft, later = second_draft(), second_draft()
    later.article, later.published = "longsha-2021-05-01", draft.published.replace(month=5)
    for each in (draft, later):
        district = each.entities[0].id
        money = {"low": "50", "high": "50", "unit": "CNY"}
        each.figure(district, "财政收入", "9.6亿元", "项目总投资9.6亿元", **money)
    graph = make(draft.source(), later.source())
    said = rows(graph, "SELECT ?later ?first WHERE { ?later kg:restates ?first }")
    assert {(a.split("/article/")[1][:18], b.split("/article/")[1][:18]) for a, b in said} == {
        ("longsha-2021-05-01", "longsha-2021-04-12")
    }


def test_the_fullest_name_is_the_label_and_the_others_stay(make, first, second):
    query = """SELECT ?label WHERE { ?firm a kg:Enterprise ; rdfs:label ?label ; skos:altLabel ?other .
               FILTER (STR(?other) = "华工机床") }"""
    assert rows(make(first, second), query) == [("华工机床有限责任公司",)]


def test_the_order_of_articles_does_not_matter(make, first, second):
    assert make(first, second).nquads() == make(second, first).nquads()


def test_another_base_changes_addresses_only(make, second):
    other = "https://example.org/data/"
    ours = make(second, whole=False).nquads().decode()
    theirs = make(second, base=other, whole=False).nquads().decode()
    moved = ours.replace(f"<{BASE}id/", f"<{other}id/").replace(f"<{BASE}articles/", f"<{other}articles/")
    assert sorted(moved.splitlines()) == sorted(theirs.splitlines())


@pytest.mark.parametrize("seed", ["0", "7"])
def test_the_same_bytes_under_any_hash_seed(seed, make, second, tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from graph_drafts import BASE, second_draft\n"
        "from kg import resources; from kg.graph.rdf import ontology; from kg.graph.places.places import load_places\n"
        "from kg.graph.populate.populate import populate\n"
        "made = populate([second_draft().source()], base_iri=BASE, places=load_places(resources.reference()),"
        " ontology=ontology.load(resources.ontology()))\n"
        "sys.stdout.buffer.write(made.triples.nquads())"
    )
    here = str(Path(__file__).parent)
    env = {**os.environ, "PYTHONHASHSEED": seed}
    out = subprocess.run([sys.executable, "-c", script, here], env=env, check=True, capture_output=True)
    assert out.stdout == make(second, whole=False).nquads()


def test_words_know_their_innermost_section(make):
    draft = Draft("一、工业\n龙沙区新增企业5家。", "a")
    end = len(draft.text)
    draft.sections += [
        Section(id="s1", title="外", level=1, start=0, end=end),
        Section(id="s2", title="工业", level=2, start=0, end=end),
    ]
    district = draft.thing("District", "龙沙区")
    draft.figure(district, "新增企业数", "5家", "新增企业5家", low="5", high="5", unit="家")
    draft.unread.append(UnreadNumber(start=0, end=1, exact="一", reason="ordinal"))
    graph = make(draft.source())
    query = "SELECT DISTINCT ?title WHERE { ?o a kg:Observation ; prov:wasQuotedFrom/kg:inSection/rdfs:label ?title }"
    assert rows(graph, query) == [("工业",)]
    query = "SELECT ?title ?over WHERE { ?s kg:level 2 ; rdfs:label ?title ; schema:isPartOf/rdfs:label ?over }"
    assert rows(graph, query) == [("工业", "外")]


def test_an_unknown_indicator_is_kept_in_the_articles_words(make):
    draft = Draft("龙沙区蓝莓采摘趣味值达5个。", "a")
    district = draft.thing("District", "龙沙区")
    draft.figure(district, "蓝莓采摘趣味值", "5个", "蓝莓采摘趣味值达5个", low="5", high="5")
    query = "SELECT ?l WHERE { ?o kg:indicator ?i . ?i skos:inScheme kg:indicators ; skos:prefLabel ?l }"
    assert rows(make(draft.source()), query) == [("蓝莓采摘趣味值",)]


def test_periods_are_intervals(make, second):
    query = """SELECT ?text ?begin ?end WHERE { ?o kg:periodText ?text ; kg:period ?p .
               ?p time:hasBeginning/time:inXSDDate ?begin ; time:hasEnd/time:inXSDDate ?end }"""
    assert rows(make(second), query) == [("今年一季度", "2021-01-01", "2021-03-31")]


def test_a_set_of_triples_is_written_sorted_and_once():
    node = ox.NamedNode("http://example.org/a")
    made = Triples()
    made.add(node, "rdfs:label", ox.Literal("b"))
    made.add(node, "rdfs:label", ox.Literal("a"))
    made.add(node, "rdfs:label", ox.Literal("a"))
    made.add(node, "rdfs:label", None)
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    assert made.nquads().decode() == f'<{node.value}> {label} "a" .\n<{node.value}> {label} "b" .\n'


def test_the_rules_stand_in_the_ontology(rules):
    assert {rule.name for rule in rules} == {path.stem for path in (resources.ontology() / "rules").glob("*.rq")}
