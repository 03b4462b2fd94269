"""Says where submitted rows are: `meetings.csv:12, 15`, `book.xlsx!Meetings!C5` or `sub.json:1:39, row 2`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from checker.display_width import column_letters
from checker.errors import Place
from checker.model.report import Evidence
from checker.report.say.wording import Wording

_ROWS = 8


class Places(NamedTuple):
    """Names files as seen from the submission: those inside it without its own path."""

    submission: str
    wording: Wording

    def one(self, row: Evidence) -> str:
        """Where one row is, after what it is called, if it has a name: `VB-KP1-SH10 (meetings.csv:1511)`."""
        at = self._start(row) + _cell(row)
        return at if row.called is None else self.wording("row-called", name=row.called, place=at)

    def many(self, rows: Sequence[Evidence], left_out: int = 0) -> str:
        """Where the first rows are, file by file, and how many more there are."""
        files = [file + ", ".join(filter(None, map(_cell, group))) for file, group in groupby(rows[:_ROWS], key=self._start)]
        more = max(len(rows) - _ROWS, 0) + left_out
        said = "; ".join(files)
        return f"{said}, {self.wording('more', n=more)}" if more else said

    def file(self, file: str, sheet: str | None = None) -> str:
        """The name of a file, or of a sheet in it."""
        near = file
        if file == self.submission:
            near = file.replace("\\", "/").rpartition("/")[2]
        elif file.startswith((f"{self.submission}/", f"{self.submission}\\")):
            near = file[len(self.submission) + 1 :]
        return f"{near}!{sheet}" if sheet is not None else near

    def place(self, place: Place) -> str:
        """Where in a file something is, or which file it is."""
        return place._replace(file=self.file(place.file)).in_(self.wording)

    def _start(self, row: Evidence) -> str:
        file = self.file(row.file, row.sheet)
        if row.key is not None:
            return f"{file}, "
        if row.line is None:
            return file
        if row.in_line is not None:
            return self.wording("row-of-line", line=f"{file}:{_in_text(row)}")
        return f"{file}!" if row.sheet is not None else f"{file}:"


def _cell(row: Evidence) -> str:
    if row.key is not None:
        return row.key
    if row.line is None:
        return ""
    if row.in_line is not None:
        return f"{row.in_line}"
    return f"{column_letters(row.column)}{row.line}" if row.sheet is not None and row.column is not None else _in_text(row)


def _in_text(row: Evidence) -> str:
    """The line, and the character in it where that is known."""
    return f"{row.line}" if row.column is None or row.numbered else f"{row.line}:{row.column}"
