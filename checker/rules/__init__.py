"""Reads rulebooks: YAML to a checked, frozen `Rulebook`, with every problem found and where it stands."""
