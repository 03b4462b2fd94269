"""A CSV file that is looked at as a sheet: several tables stand side by side in it, or it is a register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from checker.records.readers.csv_records import csv_records
from checker.records.values import unsplit

if TYPE_CHECKING:
    from checker.errors import Place
    from checker.records.readers.encoding import Utf8File
    from checker.records.readers.workbook.sheets import SheetHead
    from checker.records.stating.layout import Cut


class CsvSheet:
    """The records of a CSV file as the rows of a sheet, each at the number of its line."""

    start = (0, 0)
    merged_cell_ranges = ()

    def __init__(self, text: Utf8File, delimiter: str) -> None:
        self._text, self._delimiter = text, delimiter

    def iter_rows(self) -> Iterator[Sequence[object]]:
        """The rows from the first line on; the cells of a row that cannot be split are unreadable."""
        at = 0
        for record in csv_records(self._text.path, self._delimiter):
            for _ in range(record.line - at - 1):
                yield ()
            yield record.cells if record.broken is None else [*map(unsplit, record.cells)]
            at = record.line


def csv_sheet(text: Utf8File, place: Place, delimiter: str, cut: Cut) -> SheetHead:
    """The beginning of the file as that of a sheet. Raises RecordsError."""
    from checker.records.readers.workbook.sheets import sheet_head  # noqa: PLC0415 -- only such files pay for it

    return sheet_head(CsvSheet(text, delimiter), {}, place, cut, lambda: chain(text.notices))
