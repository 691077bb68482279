"""The tests of the suites that may fail, each with its reason; one that passes nevertheless fails the run."""

_FORM = "the engine keeps numbers by value: 01 is stored, and given back, as 1"
_SCOPE = "the engine joins GRAPH ?g with what stands inside it too early"
_PATH = "the engine matches a path of length zero on terms that are in the data only"

_TAG = "the engine keeps the language tag that all members of GROUP_CONCAT share, as SPARQL 1.2 does"

ALLOWED = {
    "aggregates/agg-empty-group-count-graph": _SCOPE,
    "aggregates/agg-groupconcat-04": _TAG,
    "aggregates/agg-groupconcat-06": _TAG,
    "bindings/graph": _SCOPE,
    "distinct/distinct-1": _FORM,
    "distinct/distinct-9": _FORM,
    "expr-builtin/case-insensitive-booleans": "the engine keeps booleans by value: TRUE is given back as true",
    "expr-builtin/dawg-str-1": _FORM,
    "expr-builtin/dawg-str-2": _FORM,
    "expr-builtin/sameTerm-eq": _FORM,
    "expr-builtin/sameTerm-not-eq": _FORM,
    "expr-builtin/sameTerm-simple": _FORM,
    "expr-equals/eq-graph-1": _FORM,
    "expr-equals/eq-graph-2": _FORM,
    "functions/bnode01": "the engine's BNODE(label) gives one node to a whole query, not one to each row",
    "graph/graph-optional": _SCOPE,
    "graph/graph-variable-scope": _SCOPE,
    "negation/graph-minus": _SCOPE,
    "open-world/date-2": "the engine compares xsd:date values that have no time zone with those that have",
    "open-world/open-eq-01": _FORM,
    "property-path/zero_or_more_set_end": _PATH,
    "property-path/zero_or_more_set_start": _PATH,
    "property-path/zero_or_one_set_end": _PATH,
    "property-path/zero_or_one_set_start": _PATH,
    "syntax-sparql3/syn-bad-26": "the engine reads <a&&?b> as a comparison where the longest token is an IRI",
}
