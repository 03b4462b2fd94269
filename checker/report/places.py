"""Says where submitted rows are: `meetings.csv:12, 15` or `book.xlsx!Meetings C5`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from checker.model.report import Evidence
from checker.report.wording import Wording

_ROWS = 8


def place_text(row: Evidence) -> str:
    """Where one row is."""
    return _file(row) + _within(row)


def places_text(rows: Sequence[Evidence], left_out: int, wording: Wording) -> str:
    """Where the first rows are, file by file, and how many more there are."""
    parts = []
    for file, group in groupby(rows[:_ROWS], key=_file):
        parts.append(file + ", ".join(filter(None, map(_within, group))))
    more = max(len(rows) - _ROWS, 0) + left_out
    if more:
        parts.append(wording("more", n=more))
    return "; ".join(parts) if len(parts) <= 1 or not more else "; ".join(parts[:-1]) + ", " + parts[-1]


def _file(row: Evidence) -> str:
    if row.sheet is not None:
        return f"{row.file}!{row.sheet} " if row.line is not None else f"{row.file}!{row.sheet}"
    return f"{row.file}:" if row.line is not None else row.file


def _within(row: Evidence) -> str:
    if row.line is None:
        return ""
    if row.sheet is not None:
        return f"{_letters(row.column)}{row.line}" if row.column is not None else f"{row.line}"
    return f"{row.line}"


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
