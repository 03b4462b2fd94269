"""Names and texts in SQL: the only place where either is put between its quotes."""

from __future__ import annotations


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """A text, or a path, in SQL."""
    return "'" + str(text).replace("'", "''") + "'"
