"""Workbooks: looked through first, then read sheet by sheet."""
