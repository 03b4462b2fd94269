"""Letters: to each body what it has not met, what it has still to do, and what to correct in the file."""

from __future__ import annotations

FORMATS = ("html", "docx")
"""In what a letter can be written."""

INDEX = "index.html"
"""The list of the letters, beside them."""
