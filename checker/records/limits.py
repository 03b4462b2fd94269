"""How much is read of what is handed in, so that no file takes more memory or time than there is."""

from __future__ import annotations

from typing import NamedTuple

from checker.errors import Place, Problem
from checker.words.message import message


class Limits(NamedTuple):
    """The most that a submission may hold; each can be set by the caller."""

    columns: int = 10_000
    """Columns of one table."""

    cell: int = 16_000_000
    """Bytes of one line of a CSV file, and characters of one cell."""

    unpacked: int = 4_000_000_000
    """Bytes of all that is packed in an archive."""

    files: int = 10_000
    """Files in a folder or archive."""

    memory: int = 2_000_000_000
    """Bytes of memory for the process that reads a workbook of an old or binary kind."""

    seconds: int = 120
    """Seconds for that process, and for an answer of a database."""


def too_many_columns(count: int, limits: Limits, place: Place) -> Problem:
    """The problem of a table of more columns than are read."""
    wrong = message("too-many-columns", n=count, most=limits.columns)
    return Problem("too-many-columns", wrong, message("too-many-columns-fix"), place)


def too_long(limits: Limits, place: Place) -> Problem:
    """The problem of a line that is longer than any is read."""
    return Problem("too-long", message("line-too-long", n=limits.cell), message("line-too-long-fix"), place)
