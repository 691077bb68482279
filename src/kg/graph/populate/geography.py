"""Codes and hierarchy of the places that articles name, from the reference table."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph.identity.identity import Identities
from kg.graph.places.places import Places, Source
from kg.graph.populate.labels import Labels
from kg.graph.rdf.iris import Iris
from kg.graph.rdf.slugs import short_hash
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import Triples, text, typed


@dataclass(slots=True)
class Geography:
    """Writes the places; every fact is marked kg:reference and names the table it comes from."""

    triples: Triples
    iris: Iris
    places: Places

    def table(self, code: str) -> NamedNode:
        """Return the node of the reference table that a place stands in."""
        return self.iris.thing(f"reference/{self.places[code].table}")

    def write(self, located: dict[NamedNode, str], identities: Identities, labels: Labels) -> None:
        """Write the places named by articles, `located` (node → code), and the places around them."""
        nodes = {code: node for node, code in sorted(located.items(), key=lambda pair: pair[0].value)}
        for place in sorted({place for code in nodes for place in self.places.chain(code)}):
            code = place.code
            if code not in nodes:
                nodes[code] = self.iris.thing(identities.place(code))
                self.triples.add(nodes[code], "rdf:type", term("kg:District"))
            labels.name(nodes[code], place.name)
        for table in sorted({self.places[code].table for code in nodes}):
            self._write_table(self.places.sources[table])
        for code, node in sorted(nodes.items()):
            self.triples.add(node, "kg:placeCode", text(code))
            self._state(node, "kg:placeCode", code, self.table(code))
            around = nodes.get(self.places[code].around)
            if around is not None:
                self.triples.add(node, "schema:containedInPlace", around)
                self._state(node, "schema:containedInPlace", around, self.table(code))

    def _state(self, node: NamedNode, predicate: str, value: NamedNode | str, table: NamedNode) -> None:
        plain = value if isinstance(value, str) else value.value.removeprefix(self.iris.base)
        name = short_hash(node.value.removeprefix(self.iris.base), predicate, plain, length=12)
        statement, add = NamedNode(f"{table.value}/{name}"), self.triples.add
        add(statement, "rdf:type", term("kg:Statement"))
        add(statement, "kg:subject", node)
        add(statement, "kg:predicate", term(predicate))
        add(statement, "kg:value", text(value) if isinstance(value, str) else None)
        add(statement, "kg:object", value if isinstance(value, NamedNode) else None)
        add(statement, "kg:asserted", typed("true", "xsd:boolean"))
        add(statement, "kg:origin", term("kg:reference"))
        add(statement, "prov:wasDerivedFrom", table)

    def _write_table(self, source: Source) -> None:
        node, add = self.iris.thing(f"reference/{source.name}"), self.triples.add
        add(node, "rdf:type", term("kg:ReferenceTable"))
        for language, title in (("zh-Hans", source.title_zh), ("en", source.title_en)):
            add(node, "rdfs:label", text(title, language))
            add(node, "dcterms:title", text(title, language))
        add(node, "dcterms:source", text(source.source))
        add(node, "dcterms:issued", typed(source.date, "xsd:date"))
