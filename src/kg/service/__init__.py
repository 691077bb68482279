"""Questions and their answers: SPARQL requests, canned queries, descriptions, search; no HTTP in it."""
