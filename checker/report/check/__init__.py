"""Writes the report of a check."""
