"""Reads the sheets of a workbook; every cell becomes text, and every row keeps its number in the sheet."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare, fold
from checker.model.schema import Record
from checker.records.faulty_cells import Cells, faulty_cells
from checker.records.manifest import SHEETS, Entry
from checker.records.matching import HEAD, Names, header_row, match_columns, rival_headers, rows_above
from checker.records.values import Cell, ListedLines, Reading, RowsSource, Table, unreadable

_SECOND_LOOK = (".xlsx", ".xlsm")
_EXACT = 2**53
"""Below it every whole number is a float of its own."""


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook.

    `faulty` gives the cells of a sheet that hold an error, or a formula without a value; it is None where these cannot
    be told from empty cells.
    """

    name: str
    file: str
    hidden: bool
    sheet: CalamineSheet
    faulty: Callable[[str], Cells] | None

    @property
    def place(self) -> Place:
        """The sheet."""
        return Place(self.file, sheet=self.name)

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.sheet.start is None

    def read(self, record: Record) -> Reading:
        """Finds the header and turns the rows below it into text."""
        grid = self._rows()
        if not grid:
            what = f"the sheet '{self.name}' is empty"
            mend = "Hand in a header without rows if there is nothing to report, or remove the sheet."
            return Reading(None, (Problem("empty-sheet", what, mend, self.place),))
        numbers = list(grid)
        above = header_row([_texts(grid[number]) for number in numbers[:HEAD]], Names(record.fields))
        header, body = numbers[above], numbers[above + 1 :]
        place = Place(self.file, header, sheet=self.name)
        titles = _texts(grid[header])
        width = max(len(titles), *(len(grid[number]) for number in body)) if body else len(titles)
        titles += [""] * (width - len(titles))
        filled = {i for number in body for i, cell in enumerate(grid[number], 1) if cell is not None and bare(cell)}
        matched = match_columns(record, list(enumerate(titles, 1)), place, filled)
        notices = (*self._doubts(), *rows_above(above, place), *self._merged(header), *matched.notices)
        rows_before = [(number, _texts(grid[number])) for number in numbers[:above]]
        problems = rival_headers(rows_before, Names(record.fields), place) + matched.problems
        if not matched.known or problems != matched.problems:
            return Reading(None, problems, notices)
        rows = [(*grid[number], *[None] * (width - len(grid[number]))) for number in body]
        first = body[0] if body else header + 1
        table = Table(record.name, self.file, self.name, RowsSource(rows), matched.columns, first, ListedLines(body))
        return Reading(table, matched.problems, notices)

    def entries(self) -> Iterator[Entry]:
        """The lines of a manifest: the first two cells of every row, save a header that says just that."""
        dates = {number for number, row in enumerate(self.sheet.iter_rows(), 1) if any(isinstance(c, date) for c in row)}
        for number, row in self._rows().items():
            key, text = [*[cell for cell in row if cell is not None], None, None][:2]
            if key is None or (fold(key), fold(text or "")) in {("key", "value"), ("mục", "nội dung")}:
                continue
            yield Entry(key, text, Place(self.file, number, sheet=self.name), number in dates)

    def _rows(self) -> dict[int, list[Cell]]:
        """The rows that are not blank by their number, each from the first column on."""
        margin = [None] * self.sheet.start[1] if self.sheet.start else []
        rows: dict[int, list[Cell]] = {}
        for number, row in enumerate(self.sheet.iter_rows(), 1):
            rows[number] = [*margin, *map(cell_text, row)]
        for (number, column), text in (self.faulty(self.name) if self.faulty else {}).items():
            cells = rows.setdefault(number, [])
            cells += [None] * (column - len(cells))
            cells[column - 1] = unreadable(text)
        return {number: rows[number] for number in sorted(rows) if any(c and bare(c) for c in rows[number])}

    def _doubts(self) -> Iterator[Problem]:
        if self.faulty is None:
            what = "in a workbook of this kind a cell with an error cannot be told from an empty one"
            yield Problem("errors-read-as-empty", what, "Save it as .xlsx.", self.place)
        if self.hidden:
            what = f"the sheet '{self.name}' is hidden, and is read all the same"
            yield Problem("hidden-sheet", what, "Unhide it, or remove it.", self.place)

    def _merged(self, header: int) -> Iterator[Problem]:
        merged = [first[0] + 1 for first, last in self.sheet.merged_cell_ranges or [] if last[0] + 1 > header]
        if merged:
            what = f"cells are merged below the header (first in row {min(merged)}); only the first has the value"
            mend = "Unmerge them, and write the value into every row."
            yield Problem("merged-cells", what, mend, Place(self.file, min(merged), sheet=self.name))


def open_workbook(file: Path, shown: str) -> tuple[list[WorkbookSheet], list[WorkbookSheet]]:
    """The sheets that hold the manifest, and the others, in the order of the workbook. Raises RecordsError."""

    def faulty(sheet: str) -> Cells:
        try:
            return faulty_cells(file, sheet)
        except (zipfile.BadZipFile, ExpatError, KeyError) as error:
            raise RecordsError(_broken(shown, error)) from error

    try:
        book = CalamineWorkbook.from_path(file)
        sheets = [
            WorkbookSheet(
                found.name,
                shown,
                found.visible != SheetVisibleEnum.Visible,
                book.get_sheet_by_name(found.name),
                faulty if file.suffix.lower() in _SECOND_LOOK else None,
            )
            for found in book.sheets_metadata
            if found.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        what, mend = "the workbook is protected by a password", "Save it without a password."
        raise RecordsError(Problem("locked-workbook", what, mend, Place(shown))) from error
    except CalamineError as error:
        raise RecordsError(_broken(shown, error)) from error
    manifests = [sheet for sheet in sheets if fold(sheet.name) in SHEETS]
    return manifests, [sheet for sheet in sheets if sheet not in manifests]


def _broken(shown: str, error: Exception) -> Problem:
    mend = "Open it in a spreadsheet program and save it anew as .xlsx."
    return Problem("broken-workbook", f"the workbook cannot be read: {error}", mend, Place(shown))


def cell_text(value: object) -> Cell:
    """A cell as text: ISO dates, numbers without exponent and with the 15 digits that a spreadsheet can hold."""
    match value:
        case str():
            text = value
        case bool():
            text = "true" if value else "false"
        case float():
            text = _digits(value)
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case datetime() | date() | time():
            text = value.isoformat()
        case _:
            text = str(value)
    return text or None


def _digits(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    # 0.1 + 0.2 is shown as 0.3 by every spreadsheet program: digits beyond the 15th are no data.
    return f"{Decimal(f'{value:.15g}'):f}"


def _texts(row: list[Cell]) -> list[str]:
    return [cell or "" for cell in row]
