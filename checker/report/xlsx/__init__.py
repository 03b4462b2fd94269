"""Workbooks (.xlsx): of a whole report, and of what is unmet."""
