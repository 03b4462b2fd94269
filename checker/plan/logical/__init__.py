"""What a rule asks, as trees: its population, the related rows, what is measured of them, and the outcome."""
