"""Reads a CSV file as far as its header; the rows are left to the engine."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.files import require_regular
from checker.model.blanks import BLANK, bare
from checker.model.schema import Record
from checker.records.limits import too_long
from checker.records.matching import HEAD, Names, header_row
from checker.records.readers.csv_records import CsvLines, CsvRecord, csv_records, repair
from checker.records.readers.encoding import Utf8File, as_utf8, undecodable
from checker.records.readers.protocol import Body, Contents, Document, Head, HeadRow, Means, OneFile
from checker.records.readers.sniffing import require_text
from checker.records.stating.layout import ROWS, Area, Cut
from checker.records.values import Column, CsvSource, Table
from checker.words.message import message

_DELIMITERS = ",;\t|"


def read(document: Document, means: Means) -> Contents:
    """The one table of a CSV file."""
    return Contents((CsvFile(document, means),))


@dataclass(frozen=True, slots=True)
class CsvFile(OneFile):
    """A CSV file of a submission, not yet looked into."""

    def head(self, record: Record, cut: Cut | None = None) -> Head:
        """Finds encoding, delimiter and the first rows. Raises RecordsError."""
        require_regular(self.document.path)
        require_text(self.document.path, self.document.shown)
        try:
            text = as_utf8(self.document.path, self.document.shown, self.means.encoding, self.means.scratch)
        except UnicodeError as error:
            raise RecordsError(undecodable(error, self.means.encoding, self.place)) from None
        if text.longest > self.means.limits.cell:
            raise RecordsError(too_long(self.means.limits, self.place))
        csv.field_size_limit(self.means.limits.cell)
        beginning = _beginning(text.path, Names(record.fields), self.means.limits.columns, cut)
        if beginning is None:
            raise RecordsError(Problem("empty-file", message("empty-file"), message("empty-file-fix"), self.place))
        if cut is not None and (cut.at_hand or cut.area._replace(first_row=1, last_row=ROWS) != Area()):
            from checker.records.readers.csv_sheet import csv_sheet  # noqa: PLC0415 -- few files are read so

            return csv_sheet(text, self.place, beginning[0], cut)
        return CsvHead(record, self.place, text, *beginning, keep=self.document.keep, cut=cut)


class CsvHead(NamedTuple):
    """The first records of a CSV file that are not blank, each with how many records there are up to it."""

    record: Record
    place: Place
    text: Utf8File
    delimiter: str
    records: tuple[tuple[int, CsvRecord], ...]
    numbered: bool = True
    keep: object = None
    cut: Cut | None = None

    @property
    def rows(self) -> list[HeadRow]:
        """The first rows."""
        return [HeadRow(Place(self.place.file, record.line), record.cells) for _, record in self.records]

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What was assumed of the encoding."""
        return self.text.notices

    def filled(self, header: int, columns: Collection[int]) -> Collection[int]:
        """Those of the columns that have data in the first rows below the header."""
        below = [record.cells for _, record in self.records[header + 1 :]]
        return {number for number in columns if any(bare(cell) for cells in below for cell in cells[number - 1 : number])}

    def body(self, header: int, columns: tuple[Column, ...]) -> Body:
        """Leaves the rows to the engine, unless they need repairing."""
        text, (skip, line) = self.text, self._up_to(header)
        first = self.records[header + 1][1].line if header + 1 < len(self.records) else line + 1
        source = CsvSource(text.path, self.delimiter, skip, text.keep or self.keep)
        lines = CsvLines(source, line, blank_lines=text.blank_lines, quotes=text.quotes)
        # DuckDB 2.0 takes any bytes for text, counts blank lines as rows where there is one column, and may skip all
        # rows where quotes up to the header make it count its lines otherwise.
        cut = self.cut is not None and not self.cut.whole
        if text.odd or len(columns) == 1 or cut or not self._is_even(header):
            left_out = self.cut.leaves_out if cut and self.cut else None
            table, problems = repair(Table(self.record.name, self.place.file, None, source, columns, first, lines), left_out)
            return Body(table.source, first, table.lines, problems)
        return Body(source, first, lines)

    def _up_to(self, header: int) -> tuple[int, int]:
        """How many records there are up to the header, and its line; of a table without one, up to its first row."""
        skip, row = self.records[max(header, 0)]
        return (skip, row.line) if header >= 0 else (skip - 1, row.line - 1)

    def _is_even(self, header: int) -> bool:
        """Whether every record up to the header is one line, whoever counts them."""
        skip, line = self._up_to(header)
        above = [row for _, row in self.records[: header + 1]]
        return (
            line == skip
            and not any(row.broken is not None or "\n" in cell or "\r" in cell for row in above[-1:] for cell in row.cells)
            and not any('"' in cell for _, record in self.records[: max(header, 0)] for cell in record.cells)
        )


def _beginning(file: Path, names: Names, most: int, cut: Cut | None) -> tuple[str, tuple[tuple[int, CsvRecord], ...]] | None:
    """The delimiter by which some row names the most fields, else has the most columns, and the first records by it."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        said = re.fullmatch(r'"?sep=(.)"?\s*', stream.readline(64))
    found = [
        (delimiter, records)
        for delimiter in (said[1] if said else _DELIMITERS)
        if (records := _first_records(file, delimiter, 1 if said else 0, most, cut))
    ]

    best, top = None, (-1, -1)
    for each in found:
        rows = [record.cells for _, record in each[1]]
        # By another delimiter rows are mostly one cell, which cannot name more.
        if max(map(len, rows)) >= top[0]:
            header = rows[header_row(rows, names)]
            if (score := (names.score(header), len(header))) > top:
                best, top = each, score
    return best


def _first_records(file: Path, delimiter: str, start: int, most: int, cut: Cut | None) -> tuple[tuple[int, CsvRecord], ...]:
    """The first records that are not blank; none after one of more than so many cells, which take long.

    Of a cut they are those in it, down to some below the header that is stated.
    """
    records = enumerate(csv_records(file, delimiter), 1)
    filled = ((skip, record) for skip, record in records if skip > start and any(map(_is_said, record.cells)))
    last = HEAD
    if cut is not None:
        last += cut.header[1] if cut.header else 0
        filled = ((skip, record) for skip, record in filled if not cut.leaves_out(record.line))
    found: list[tuple[int, CsvRecord]] = []
    for each in filled:
        if len(found) >= HEAD and each[1].line >= last:
            break
        found.append(each)
        if len(each[1].cells) > most:
            break
    return tuple(found)


def _is_said(cell: str) -> bool:
    """Whether there is anything in a cell; a line of other delimiters is as blank as one of this delimiter."""
    return bool(cell.strip(_DELIMITERS + BLANK))
