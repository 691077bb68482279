"""Which place of the reference table an article means, with its code and what it lies in."""
