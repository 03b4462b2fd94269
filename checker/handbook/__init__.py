"""The handbook of a rulebook: what the regulations demand, for those who are bound by them, chapter by chapter."""
