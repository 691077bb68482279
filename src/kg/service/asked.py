"""The queries that describe one thing; `?thing` is bound to it, `?_size` and `?_skip` choose a page of facts.

Each branch of a UNION begins at the thing and is whole in itself: Oxigraph joins what stands behind a UNION by reading
all of it, so that a page would slow down as the dataset grows.
"""

from __future__ import annotations

from kg.service.prefixes import prefixed

_PLACE = """?value a kg:District ; rdfs:label ?label . BIND("place" AS ?kind)
    OPTIONAL { ?value schema:containedInPlace ?property }"""
_STATEMENT = """a kg:Statement ; kg:predicate ?property . BIND("statement" AS ?kind)"""
ABOUT = prefixed(
    f"""SELECT ?kind ?role ?fact ?property ?value ?label WHERE {{
  {{ ?thing ?property ?value . BIND("property" AS ?kind)
    FILTER(?property IN (rdf:type, rdfs:label, skos:prefLabel, skos:altLabel, skos:definition, owl:sameAs,
      skos:exactMatch, dcterms:identifier, dcterms:isReplacedBy, kg:placeCode, schema:identifier,
      schema:containedInPlace))
    OPTIONAL {{ ?value rdfs:label ?label }} }}
  UNION {{ ?thing kg:locatedIn?/schema:containedInPlace* ?value . {_PLACE} }}
  UNION
  {{ SELECT ?kind ?role ?fact ?property ?value ?label WHERE {{
      {{ ?fact kg:subject ?thing ; kg:object ?value ; {_STATEMENT} ?value rdfs:label ?label .
        BIND("subject" AS ?role) }}
      UNION {{ ?fact kg:subject ?thing ; kg:value ?value ; {_STATEMENT} BIND("subject" AS ?role) }}
      UNION {{ ?fact kg:object ?thing ; kg:subject ?value ; {_STATEMENT} ?value rdfs:label ?label .
        BIND("object" AS ?role) }}
      UNION {{ ?fact kg:item ?thing ; kg:subject ?value ; {_STATEMENT} ?value rdfs:label ?label .
        BIND("item" AS ?role) }}
      FILTER(COALESCE(LANG(?label), "") != "en")
    }} ORDER BY DESC(?role) ?property ?label ?fact LIMIT ?_size OFFSET ?_skip }}
  UNION
  {{ SELECT ?kind ?role ?fact WHERE {{
      BIND("figure" AS ?kind)
      {{ ?fact kg:subject ?thing ; a kg:Observation . BIND("subject" AS ?role) }}
      UNION {{ ?fact kg:participant ?thing ; a kg:Observation . BIND("participant" AS ?role) }}
      UNION {{ ?fact kg:counts ?thing ; a kg:Observation . BIND("counts" AS ?role) }}
    }} ORDER BY DESC(?role) ?fact LIMIT ?_size OFFSET ?_skip }}
  UNION
  {{ SELECT ?kind ?fact WHERE {{ ?fact kg:subject ?thing ; a kg:Naming . BIND("naming" AS ?kind) }}
    ORDER BY ?fact LIMIT ?_size OFFSET ?_skip }}
}}"""
)
DETAILS = prefixed(
    """SELECT ?fact ?property ?value ?label ?page ?article WHERE {
  { VALUES ?fact { ?_facts } ?fact ?property ?value .
    FILTER(?property IN (kg:asserted, kg:comparator, kg:confidence, kg:countedNoun, kg:high, kg:low, kg:origin, kg:per,
      kg:periodText, kg:rule, kg:status, kg:unit)) }
  UNION
  { VALUES ?fact { ?_facts } ?fact ?property ?value .
    FILTER(?property IN (kg:indicator, kg:item, kg:participant, kg:subject))
    ?value rdfs:label ?label . FILTER(LANG(?label) != "en") }
  UNION
  { VALUES ?fact { ?_facts } ?fact ?property ?words . FILTER(?property IN (kg:number, prov:wasQuotedFrom))
    ?words foaf:page ?page ; oa:hasSource ?article ; oa:hasSelector ?selector . ?selector oa:exact ?value }
}"""
)
PROPERTIES = prefixed(
    """SELECT ?property ?value ?label ?of ?page ?article ?exact ?stated WHERE {
  { ?thing ?property ?value . BIND(false AS ?of) }
  UNION
  { SELECT ?property ?value ?of WHERE { ?value ?property ?thing . BIND(true AS ?of) }
    ORDER BY ?property ?value LIMIT 100 }
  OPTIONAL { ?value rdfs:label ?label }
  OPTIONAL { ?value foaf:page ?page ; oa:hasSource ?article ; oa:hasSelector ?selector . ?selector oa:exact ?exact }
  OPTIONAL { ?value prov:wasQuotedFrom ?words . ?words oa:hasSelector ?chosen . ?chosen oa:exact ?stated }
}
ORDER BY ?of ?property ?label ?value ?stated
LIMIT 500"""
)
DESCRIPTION = prefixed(
    """CONSTRUCT { ?s ?p ?o } WHERE {
  { BIND(?thing AS ?s) ?s ?p ?o }
  UNION
  { SELECT ?s ?p ?o WHERE {
      BIND(?thing AS ?o) ?s ?p ?o .
      FILTER NOT EXISTS { ?s a/rdfs:subClassOf* kg:Fact }
      FILTER NOT EXISTS { ?s a kg:Correction }
    } ORDER BY ?p ?s LIMIT 2000 }
  UNION
  { ?thing ?link ?s . BIND(rdfs:label AS ?p) ?s ?p ?o }
  UNION
  { ?thing a/rdfs:subClassOf* kg:Fact ; prov:wasQuotedFrom|kg:number|kg:context ?s . ?s ?p ?o }
  UNION
  { ?thing a/rdfs:subClassOf* kg:Fact ; (prov:wasQuotedFrom|kg:number|kg:context)/oa:hasSelector ?s . ?s ?p ?o }
}"""
)
