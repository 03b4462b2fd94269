"""Writes what is unmet: what is missing, by when, and where to hand it in."""
