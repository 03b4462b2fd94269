"""How much is read of what is handed in, so that no file takes more memory or time than there is."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The most that a submission may hold; each can be set by the caller."""

    columns: int = 20_000
    """Columns of one table."""

    cell: int = 16_000_000
    """Bytes of one cell of a CSV file, or of one text in a workbook."""

    unpacked: int = 8_000_000_000
    """Bytes of all that is packed in an archive."""

    files: int = 10_000
    """Files in a folder or archive."""

    memory: int = 2_000_000_000
    """Bytes of memory for the process that reads a workbook of an old or binary kind."""

    seconds: int = 120
    """Seconds for that process, and for an answer of a database."""
