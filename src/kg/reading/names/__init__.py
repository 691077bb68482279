"""The things of a text: districts, firms, works, groups, measures, products, each under its fullest name."""
