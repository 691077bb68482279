"""What a graph and its ontology must keep to, in parts that can be checked side by side."""
