"""From a rulebook to statements: every rule a logical query in trees, printed once, before any data is read."""
