"""From bytes to the structure of a page: head, lines, sections, sentences, the cells of tables."""
