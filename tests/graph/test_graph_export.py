import csv
import io
import json
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from graph_drafts import BASE

from kg import resources
from kg.graph.rdf.terms import PREFIXES
from kg.graph.views import export, jsonld
from kg.graph.views.graphml import graphml
from kg.graph.views.tables_csv import tables


def rows(table):
    return list(csv.DictReader(io.StringIO(table.decode(), newline="")))


@pytest.mark.parametrize(
    ("form", "parser"), [("turtle", "turtle"), ("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")]
)
def test_every_form_holds_the_same_triples(make, second, form, parser):
    graph = make(second, whole=False)
    written = export.write(graph, form, base_iri=BASE)
    read = rdflib.Dataset(default_union=True)
    read.parse(data=written, format=parser)
    told = {tuple(str(end) for end in triple) for triple in read.triples((None, None, None))}
    assert told == {tuple(end.value for end in (t.subject, t.predicate, t.object)) for t in graph}
    assert written == export.write(list(graph)[::-1], form, base_iri=BASE)


def test_turtle_and_json_ld_are_written_with_prefixes(make, second):
    graph = make(second, whole=False)
    assert b"kg:Enterprise" in export.write(graph, "turtle", base_iri=BASE)
    assert '"kg:low"' in export.write(graph, "jsonld", base_iri=BASE).decode()


def test_turtle_holds_the_default_graph_only(make, second):
    named = ox.Quad(*(ox.NamedNode("x:a"),) * 3, ox.NamedNode("x:g"))
    quads = [*(ox.Quad(t.subject, t.predicate, t.object) for t in make(second, whole=False)), named]
    assert b"x:g" not in export.write(quads, "turtle", base_iri=BASE)
    assert b"x:g" in export.write(quads, "trig", base_iri=BASE)
    assert export.read(export.write(quads, "nquads", base_iri=BASE))


NAMED = """<urn:a> <urn:p> "1" , "x\\n\\"{"@en , <https://w3id.org/district-kg/id//x> ; a kg:Enterprise .
<urn:b> <urn:p> _:one , id:a . _:one kg:low 2.0 .
<urn:g> { <urn:a> <urn:p> "1" , <urn:c> . <urn:c> kg:low 3 }
<urn:h> { <urn:a> <urn:p> 5 }
_:graph { <urn:d> <urn:p> 5 . <urn:e> <urn:p> 5 }
<urn:g> { <urn:f> <urn:p> 5 . <urn:z> <urn:p> _:one }"""


@pytest.mark.parametrize("many", [1, 3, 2_000])
@pytest.mark.parametrize("text", ["", NAMED, NAMED.partition("_:graph")[0]], ids=["empty", "all", "no blank graph"])
def test_json_ld_in_parts_is_that_of_the_whole(monkeypatch, many, text):
    monkeypatch.setattr(jsonld, "_MANY", many)
    prefixes = {**PREFIXES, "id": f"{BASE}id/"}
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())
    quads = sorted(ox.parse((declared + text).encode(), format=ox.RdfFormat.TRIG), key=str)
    whole = json.loads(ox.serialize(quads, format=ox.RdfFormat.JSON_LD))
    made = {"@context": prefixes, "@graph": jsonld._compacted(whole, jsonld._shortener(prefixes))}
    expected = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    assert export.write(quads[::-1], "jsonld", base_iri=BASE).decode() == expected


def test_facts_alone_make_a_graph(second):
    folder, reference = resources.ontology(), resources.reference()
    graph = export.of_facts(second.facts, second.text, base_iri=BASE, ontology_folder=folder, reference=reference)
    assert any("华工机床" in str(t.object) for t in graph)
    assert not any(t.subject.value.endswith("ontology") for t in graph)


def test_tables_hold_every_fact_with_its_words(graph, first):
    made = {name: rows(table) for name, table in tables(graph).items()}
    facts = first.facts
    assert len(made["observations.csv"]) == len(facts.observations)
    assert {row["label"] for row in made["things.csv"]} >= {entity.name for entity in facts.entities}
    assert len(made["unread.csv"]) == len(facts.unread)
    assert made["articles.csv"][0]["authors"] == "姚建平|龙莎宣"
    stated = [row for row in made["relations.csv"] if row["origin"] == "stated"]
    assert len(stated) == sum(relation.asserted for relation in facts.relations)
    for name in ("observations.csv", "relations.csv", "unread.csv"):
        for row in made[name]:
            if row["quote"]:
                assert first.text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_graphml_joins_things_by_their_relations(graph):
    root = ET.fromstring(graphml(graph))  # noqa: S314 – written by the line itself
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = {node.get("id") for node in root.iterfind(".//g:node", space)}
    edges = root.findall(".//g:edge", space)
    assert edges
    assert all(edge.get("source") in nodes and edge.get("target") in nodes for edge in edges)
    declared = {key.get("id") for key in root.iterfind("g:key", space)}
    assert {data.get("key") for data in root.iterfind(".//g:data", space)} <= declared
