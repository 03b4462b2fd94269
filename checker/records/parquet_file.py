"""Reads what a Parquet file says of its columns; the rows are left to the engine."""

from __future__ import annotations

from dataclasses import dataclass

from checker.errors import Place, Problem
from checker.model.schema import Record
from checker.records.encoding import TableFile, under_plain_name
from checker.records.matching import match_columns
from checker.records.values import Describe, ParquetSource, Reading, RowNumbers, Table, UnreadableParquetError


@dataclass(frozen=True, slots=True)
class ParquetFile(TableFile):
    """A Parquet file of a submission, not yet looked into."""

    describe: Describe

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.path.is_file() and self.path.stat().st_size == 0

    def read(self, record: Record) -> Reading:
        """Finds the columns, and leaves the rows to the engine."""
        if self.path.is_dir():
            fix = "Write all rows into one file of that name."
            return self._unread("parquet-parts", "this is a folder, and not one Parquet file", fix)
        path = under_plain_name(self.path, self.scratch)
        with path.open("rb") as stream:
            if not stream.read(1):
                fix = "Hand in a table without rows if there is nothing to report, or leave the file out."
                return self._unread("empty-file", "the file is empty", fix)
        try:
            shape = self.describe(path)
        except UnreadableParquetError as error:
            return Reading(None, (broken(self.shown, str(error)),))
        headers = [(number, column.header) for number, column in enumerate(shape.columns, 1)]
        matched = match_columns(record, headers, self.place, numbered=False)
        if not matched.known:
            return Reading(None, matched.problems, matched.notices)
        source = ParquetSource(path, shape, None if path == self.path else self.scratch)
        table = Table(record.name, self.shown, None, source, matched.columns, 1, RowNumbers())
        return Reading(table, matched.problems, matched.notices)

    def _unread(self, code: str, what: str, fix: str) -> Reading:
        return Reading(None, (Problem(code, what, fix, self.place),))


def broken(shown: str, why: str) -> Problem:
    """The problem of a Parquet file that is damaged, cut off or encrypted."""
    fix = "Write the file anew, whole and without encryption."
    return Problem("broken-parquet", f"the Parquet file cannot be read: {why}", fix, Place(shown))
