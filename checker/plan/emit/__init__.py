"""Prints trees as SQL."""
