"""Facts → triples: the vocabulary, identity, populate, infer, validate, and `build`, which publishes the result."""
