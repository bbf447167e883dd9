"""From what the caller gave (a name, a path, an open file) to sheets of cells, or to the text of a JSON file."""
