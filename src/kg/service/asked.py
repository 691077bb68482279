"""The queries that describe one thing; `?thing` is bound to it, `?_size` and `?_skip` choose a page of facts.

Each branch of a UNION begins at the thing and is whole in itself: Oxigraph joins what stands behind a UNION by reading
all of it, so that a page would slow down as the dataset grows.
"""

from __future__ import annotations

from kg.service.prefixes import HEADER

_WORDS = """?words foaf:page ?page ; oa:hasSource ?article ; oa:hasSelector ?selector .
    ?selector oa:exact ?quote ."""
QUOTES = (
    HEADER
    + f"""SELECT ?fact ?number ?page ?article ?quote ?participant ?participantLabel WHERE {{
  {{ VALUES ?fact {{ ?_facts }} ?fact prov:wasQuotedFrom ?words . {_WORDS} }}
  UNION
  {{ VALUES ?fact {{ ?_facts }} ?fact kg:number ?words . {_WORDS} BIND(true AS ?number) }}
  UNION
  {{ VALUES ?fact {{ ?_facts }} ?fact kg:participant ?participant . ?participant rdfs:label ?participantLabel
    FILTER(LANG(?participantLabel) != "en") }}
}}
ORDER BY ?fact ?page ?participantLabel"""
)
_PLACE = """?value a kg:District ; rdfs:label ?label . BIND("place" AS ?kind)
    OPTIONAL { ?value schema:containedInPlace ?property }"""
HEAD = (
    HEADER
    + f"""SELECT ?kind ?property ?value ?label WHERE {{
  {{ ?thing ?property ?value . BIND("property" AS ?kind)
    FILTER(?property IN (rdf:type, rdfs:label, skos:prefLabel, skos:altLabel, skos:definition, owl:sameAs,
      skos:exactMatch, dcterms:identifier, dcterms:isReplacedBy, kg:placeCode, schema:identifier,
      schema:containedInPlace))
    OPTIONAL {{ ?value rdfs:label ?label }} }}
  UNION {{ ?value kg:subject ?thing ; a kg:Naming ; kg:origin ?property . BIND("naming" AS ?kind) }}
  UNION {{ ?thing schema:containedInPlace* ?value . {_PLACE} }}
  UNION {{ ?thing kg:locatedIn ?near . ?near schema:containedInPlace* ?value . {_PLACE} }}
}}
ORDER BY ?kind ?property ?value ?label
LIMIT 1000"""
)
_STATEMENT = "a kg:Statement ; kg:predicate ?predicate ; kg:origin ?origin"
STATEMENTS = (
    HEADER
    + f"""SELECT ?fact ?role ?predicate ?other ?otherLabel ?literal ?item ?itemLabel ?asserted ?origin ?confidence ?rule
WHERE {{
  {{ ?fact kg:subject ?thing ; kg:object ?other ; {_STATEMENT} . ?other rdfs:label ?otherLabel .
    BIND("subject" AS ?role) }}
  UNION {{ ?fact kg:subject ?thing ; kg:value ?literal ; {_STATEMENT} . BIND("subject" AS ?role) }}
  UNION {{ ?fact kg:object ?thing ; kg:subject ?other ; {_STATEMENT} . ?other rdfs:label ?otherLabel .
    BIND("object" AS ?role) }}
  UNION {{ ?fact kg:item ?thing ; kg:subject ?other ; {_STATEMENT} . ?other rdfs:label ?otherLabel .
    BIND("item" AS ?role) }}
  OPTIONAL {{ ?fact kg:item ?item . ?item rdfs:label ?itemLabel }}
  OPTIONAL {{ ?fact kg:asserted ?asserted }}
  OPTIONAL {{ ?fact kg:confidence ?confidence }}
  OPTIONAL {{ ?fact kg:rule ?rule }}
  FILTER(COALESCE(LANG(?otherLabel), "") != "en" && COALESCE(LANG(?itemLabel), "") != "en")
}}
ORDER BY DESC(?role) ?predicate ?otherLabel ?fact
LIMIT ?_size OFFSET ?_skip"""
)
_FIGURE = """a kg:Observation ; kg:indicator ?indicator ; kg:comparator ?comparator ; kg:unit ?unit ;
    kg:status ?status ; kg:origin ?origin .
    ?indicator skos:prefLabel ?indicatorLabel .
    FILTER(LANG(?indicatorLabel) != "en")"""
FIGURES = (
    HEADER
    + f"""SELECT ?fact ?role ?subject ?subjectLabel ?indicator ?indicatorLabel ?low ?high ?comparator ?unit ?unitToken
  ?noun ?per ?period ?status ?origin ?confidence ?rule
WHERE {{
  {{ ?fact kg:subject ?thing ; {_FIGURE} BIND("subject" AS ?role) }}
  UNION {{ ?fact kg:participant ?thing ; {_FIGURE} BIND("participant" AS ?role) }}
  UNION {{ ?fact kg:counts ?thing ; {_FIGURE} BIND("counts" AS ?role) }}
  OPTIONAL {{ ?unit skos:notation ?unitToken }}
  OPTIONAL {{ ?fact kg:subject ?subject . ?subject rdfs:label ?subjectLabel }}
  FILTER(COALESCE(LANG(?subjectLabel), "") != "en")
  OPTIONAL {{ ?fact kg:low ?low }}
  OPTIONAL {{ ?fact kg:high ?high }}
  OPTIONAL {{ ?fact kg:countedNoun ?noun }}
  OPTIONAL {{ ?fact kg:per ?per }}
  OPTIONAL {{ ?fact kg:periodText ?period }}
  OPTIONAL {{ ?fact kg:confidence ?confidence }}
  OPTIONAL {{ ?fact kg:rule ?rule }}
}}
ORDER BY DESC(?role) ?fact
LIMIT ?_size OFFSET ?_skip"""
)
PROPERTIES = (
    HEADER
    + """SELECT ?property ?value ?label ?of WHERE {
  { ?thing ?property ?value . BIND(false AS ?of) }
  UNION
  { SELECT ?property ?value ?of WHERE { ?value ?property ?thing . BIND(true AS ?of) }
    ORDER BY ?property ?value LIMIT 100 }
  OPTIONAL { ?value rdfs:label ?label }
}
ORDER BY ?of ?property ?label ?value
LIMIT 500"""
)
DESCRIPTION = (
    HEADER
    + """CONSTRUCT { ?s ?p ?o } WHERE {
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
