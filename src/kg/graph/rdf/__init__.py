"""What every step of the graph works with: terms, addresses, triples and their one written form."""
