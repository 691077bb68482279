"""A ready correction for a fact that a reader finds wrong: the form of `data/corrections`, to be filled in."""

from __future__ import annotations

import datetime as dt
import json

from pyoxigraph import NamedNode

from kg.service.binding import bind
from kg.service.prefixes import HEADER
from kg.store import Store

_FACT = (
    HEADER
    + """SELECT ?kind ?quote ?start ?number ?predicate ?subject ?object ?article WHERE {
  ?fact prov:wasQuotedFrom ?words ; a ?kind .
  VALUES ?kind { kg:Observation kg:Statement kg:Naming }
  ?words oa:hasSource/dcterms:identifier ?article ; oa:hasSelector ?exact, ?position .
  ?exact oa:exact ?quote .
  ?position oa:start ?start .
  OPTIONAL { ?fact kg:number/oa:hasSelector/oa:exact ?number }
  OPTIONAL { ?fact kg:predicate ?predicate }
  OPTIONAL { ?fact kg:subject/rdfs:label ?subject FILTER(LANG(?subject) != "en") }
  OPTIONAL { ?fact kg:object/rdfs:label ?object FILTER(LANG(?object) != "en") }
}
ORDER BY ?start
LIMIT 1"""
)
_KINDS = {"Observation": "observation", "Statement": "relation", "Naming": "entity"}


def correction(store: Store, fact: str, *, today: dt.date) -> str | None:
    """Return a correction of a fact in TOML with its blanks; None where the IRI is no quoted fact (1 query)."""
    for row in store.select(bind(_FACT, {"fact": NamedNode(fact)})):
        kind = _KINDS[row["kind"].value.rsplit("#", 1)[-1]]
        texts = {name: row[name].value for name in ("number", "subject", "object") if name in row}
        if kind == "relation":
            target = texts | {"predicate": row["predicate"].value.rsplit("#", 1)[-1]}
        else:
            target = {"number": texts["number"]} if "number" in texts else {"name": texts.get("subject", "")}
        return "\n".join(
            (
                f"# data/corrections/{row['article'].value}.toml",
                "[[correction]]",
                f'id = "{kind}-{row["start"].value}"',
                f"quote = {_quoted(row['quote'].value)}",
                'reason = ""',
                'curator = ""',
                f"date = {today.isoformat()}",
                f'kind = "{kind}"',
                'action = "set"',
                "target = { " + ", ".join(f"{name} = {_quoted(text)}" for name, text in sorted(target.items())) + " }",
                "fields = { }",
            )
        )
    return None


def _quoted(text: str) -> str:
    """Write a basic string of TOML 1.0; JSON's escapes are a part of its own."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
