"""Names and texts in SQL: the only place where either is put between its quotes."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """A text, or a path, in SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """Texts as they stand after IN."""
    return f"({', '.join(map(literal, texts))})"
