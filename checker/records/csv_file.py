"""Reads a CSV file as far as its header; the rows are left to the engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem
from checker.model.blanks import BLANK, bare
from checker.model.schema import Record
from checker.records.csv_records import CsvLines, CsvRecord, csv_records, repair
from checker.records.encoding import TableFile, Utf8File, as_utf8
from checker.records.matching import HEAD, Names, header_row, match_columns, rival_headers, rows_above
from checker.records.values import CsvSource, Reading, Table

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class CsvFile(TableFile):
    """A CSV file of a submission, not yet looked into."""

    encoding: str | None

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.path.is_file() and self.path.stat().st_size == 0

    def read(self, record: Record) -> Reading:
        """Finds encoding, delimiter and header, and leaves the rows to the engine unless they need fixing."""
        try:
            text = as_utf8(self.path, self.shown, self.encoding, self.scratch)
        except UnicodeError as error:
            what = f"the text cannot be decoded: {error}"
            fix = "Save the file as UTF-8, or say its encoding in submission.yaml."
            return Reading(None, (Problem("bad-encoding", what, fix, self.place),))
        head = _find_head(text.path, Names(record.fields))
        if head is None:
            fix = "Hand in a header without rows if there is nothing to report, or leave the file out."
            return Reading(None, (Problem("empty-file", "the file is empty", fix, self.place),), text.notices)
        return self._table(record, text, head)

    def _table(self, record: Record, text: Utf8File, head: _Head) -> Reading:
        headers = list(enumerate(head.header.cells, 1))
        filled = {number for row in head.rows for number, cell in enumerate(row.cells, 1) if bare(cell)}
        matched = match_columns(record, headers, Place(self.shown, head.header.line), filled)
        notices = text.notices + head.notices(self.shown) + matched.notices
        above = [(row.line, row.cells) for row in head.above]
        problems = rival_headers(above, Names(record.fields), Place(self.shown, head.header.line)) + matched.problems
        if not matched.known or problems != matched.problems:
            return Reading(None, problems, notices)
        source = CsvSource(text.path, head.delimiter, head.skip, text.keep)
        lines = CsvLines(source, head.header.line, blank_lines=text.blank_lines, quotes=text.quotes)
        table = Table(record.name, self.shown, None, source, matched.columns, head.first_line, lines)
        # DuckDB 2.0 takes any bytes for text, counts blank lines as rows where there is one column, and may skip all
        # rows where quotes up to the header make it count its lines otherwise.
        if text.odd or len(headers) == 1 or not head.even:
            table, problems = repair(table)
            return Reading(table, matched.problems + problems, notices)
        return Reading(table, matched.problems, notices)


class _Head(NamedTuple):
    """The header of a CSV file, what stands above it, and the rows that were seen after it."""

    delimiter: str
    header: CsvRecord
    skip: int
    above: tuple[CsvRecord, ...]
    rows: tuple[CsvRecord, ...]

    @property
    def first_line(self) -> int:
        """The line of the first row, or the one after the header."""
        return self.rows[0].line if self.rows else self.header.line + 1

    @property
    def even(self) -> bool:
        """Whether every record up to the header is one line, whoever counts them."""
        return (
            self.header.line == self.skip
            and self.header.broken is None
            and not any("\n" in cell or "\r" in cell for cell in self.header.cells)
            and not any('"' in cell for record in self.above for cell in record.cells)
        )

    def notices(self, shown: str) -> tuple[Problem, ...]:
        """A notice of rows above the header, if there are any."""
        return rows_above(len(self.above), Place(shown, self.header.line))


def _find_head(file: Path, names: Names) -> _Head | None:
    """The header under the delimiter by which it names the most fields, else has the most columns."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        said = re.fullmatch(r'"?sep=(.)"?\s*', stream.readline(64))
    heads = [
        head
        for delimiter in (said[1] if said else _DELIMITERS)
        if (head := _head(file, names, delimiter, 1 if said else 0)) is not None
    ]
    return max(heads, key=lambda head: (names.score(head.header.cells), len(head.header.cells)), default=None)


def _head(file: Path, names: Names, delimiter: str, start: int) -> _Head | None:
    records = enumerate(csv_records(file, delimiter), 1)
    filled = ((skip, record) for skip, record in records if skip > start and any(map(_is_said, record.cells)))
    seen = list(islice(filled, HEAD))
    if not seen:
        return None
    index = header_row([record.cells for _, record in seen], names)
    skip, header = seen[index]
    above, rows = ([record for _, record in part] for part in (seen[:index], seen[index + 1 :]))
    return _Head(delimiter, header, skip, tuple(above), tuple(rows))


def _is_said(cell: str) -> bool:
    """Whether there is anything in a cell; a line of other delimiters is as blank as one of this delimiter."""
    return bool(cell.strip(_DELIMITERS + BLANK))
