"""Trees as SQL in which no text of an author can be taken for a part of the query.

Of printed queries parts are found again by their names: a table between double quotes, a parameter after a dollar sign. In
a text that an author wrote such signs are printed by their number, so that nothing in it is ever found, or replaced.
"""

from __future__ import annotations

import re

from sqlglot import exp

_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
"""A text, or a name."""

_SIGNS = re.compile(r"([\"$])")


def printed(tree: exp.Expr, dialect: str, *, copy: bool = True) -> str:
    """The SQL of a tree."""
    return escaped(tree.sql(dialect, identify=True, copy=copy))


def escaped(sql: str) -> str:
    """The SQL with those signs of its texts by their numbers; a dollar that begins no name stays, as in patterns."""
    return _QUOTED.sub(_by_number, sql)


def _by_number(found: re.Match[str]) -> str:
    text = found[0]
    if text[0] != "'" or not re.search(r"\"|\$\w", text):
        return text
    pieces = (_piece(piece) for piece in _SIGNS.split(text[1:-1]) if piece)
    return f"({' || '.join(pieces)})"


def _piece(text: str) -> str:
    return f"CHR({ord(text)})" if _SIGNS.fullmatch(text) else f"'{text}'"
