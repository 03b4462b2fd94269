"""How much is read of what is handed in, so that no file takes more memory or time than there is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.files import require_regular
from checker.words.message import message


class Limits(NamedTuple):
    """The most that a submission may hold; each can be set by the caller."""

    columns: int = 16_384
    """Columns of one table; a sheet has no more than so many."""

    cell: int = 16_000_000
    """Bytes of one line of a CSV file, and characters of one cell."""

    text: int = 200_000_000
    """Bytes of a file of YAML or JSON, which is kept in memory while it is read."""

    unpacked: int = 4_000_000_000
    """Bytes of all that is packed in the archives of a submission."""

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


def require_text_size(file: Path, limits: Limits, shown: str) -> None:
    """Raises RecordsError where a file of YAML or JSON is larger than such files are read."""
    require_regular(file)
    size = file.stat().st_size
    if size > limits.text:
        wrong = message("text-too-large", n=size, most=limits.text)
        raise RecordsError(Problem("too-large", wrong, message("text-too-large-fix"), Place(shown)))
