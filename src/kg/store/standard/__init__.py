"""What the engine does otherwise than SPARQL 1.1 says, mended by writing a query anew before it is evaluated.

    syntax.py      the longest token wins: `<?a&&?b>` is an IRI (§19.8)
    labels.py      BNODE(label) makes a node for each solution (§17.4.2.9), GROUP_CONCAT a plain string (§18.5.1.7)
    groups.py      the groups of a text, as far as the others need them (§19.8, rule 53 and on)
    statements.py  the paths of a block of triples (rule 75 and on)
    mending.py     GRAPH around what holds no triple (§18.5), paths of length zero from a term that is not there (§18.4)
    evaluating.py  all of this around the engine; a function that nobody knows is an error of its expression (§17.2)

A query that needs none of it, which is nearly every one, is passed on as it stands.
"""
