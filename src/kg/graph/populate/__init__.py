"""Facts as triples: things, relations, figures, corrections, each with its evidence."""
