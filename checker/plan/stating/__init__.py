"""Rules restated in ordinary words."""
