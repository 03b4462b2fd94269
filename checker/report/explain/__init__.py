"""Writes an explanation of rules, and of what was found on a subject."""
