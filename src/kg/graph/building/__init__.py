"""Articles in, a checked graph out: reading them on all cores, inferring, publishing in one step or not at all."""
