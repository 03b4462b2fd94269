"""A second reading of docs/meaning.md: a slow evaluator, written from that page alone, and a comparison with the program."""
