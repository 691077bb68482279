"""From text to facts: one article in, its `Facts` out, nothing stored and nothing fetched."""
