"""Reads a sheet of a workbook as a table: every cell becomes text, and every row keeps its number in the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple, Protocol, Self, TypeAlias

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare, fold
from checker.model.schema import Record
from checker.records.extent import Extent
from checker.records.faulty_cells import Cells
from checker.records.manifest import Entry
from checker.records.matching import HEAD, Names, header_row, match_columns, rival_headers, rows_above
from checker.records.sheet_cells import LAST_ROW
from checker.records.values import Cell, ListedLines, Reading, RowsSource, Table, unreadable

_EXACT = 2**53
"""Below it every whole number is a float of its own."""

_Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


class Sheet(Protocol):
    """What the reader of workbooks gives of a sheet."""

    @property
    def start(self) -> tuple[int, int] | None:
        """The row and column, from 0, of its first cell."""

    @property
    def merged_cell_ranges(self) -> Sequence[_Range] | None:
        """Its merged cells."""

    def iter_rows(self) -> Iterator[Sequence[object]]:
        """The values of its rows, from the first row of the sheet and the first column with a cell on."""


class Grid(NamedTuple):
    """What a reader gives of a sheet: from which row and column on, the values of its rows, and its merged cells."""

    start: tuple[int, int] | None
    rows: Sequence[Sequence[object]]
    merged_cell_ranges: Sequence[_Range] | None

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        """What the sheet holds, as values that another process can be given."""
        return cls(sheet.start, [*sheet.iter_rows()], sheet.merged_cell_ranges)

    def iter_rows(self) -> Iterator[Sequence[object]]:
        """The rows from the first on."""
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook, not yet read.

    `extent` is how far it reaches, where that was looked for. `faulty` gives the cells of the sheet that hold an error, or a
    formula without a value; it is None where these cannot be told from empty cells.
    """

    name: str
    file: str
    hidden: bool
    open: Callable[[], Sheet]
    extent: Extent | None
    faulty: Callable[[], Cells] | None

    @property
    def place(self) -> Place:
        """The sheet."""
        return Place(self.file, sheet=self.name)

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        if self.extent is not None and (self.extent.cells == 0 or self._unfit() is not None):
            return self.extent.cells == 0
        return self.open().start is None

    def read(self, record: Record) -> Reading:
        """Finds the header and turns the rows below it into text."""
        if (problem := self._unfit()) is not None:
            return Reading(None, (problem,))
        sheet = self.open()
        grid = self._rows(sheet)
        if not grid:
            what = f"the sheet '{self.name}' is empty"
            fix = "Hand in a header without rows if there is nothing to report, or remove the sheet."
            return Reading(None, (Problem("empty-sheet", what, fix, self.place),))
        numbers = list(grid)
        above = header_row([_texts(grid[number]) for number in numbers[:HEAD]], Names(record.fields))
        header, body = numbers[above], numbers[above + 1 :]
        place = Place(self.file, header, sheet=self.name)
        titles = _texts(grid[header])
        width = max(len(titles), *(len(grid[number]) for number in body)) if body else len(titles)
        titles += [""] * (width - len(titles))
        filled = {i for number in body for i, cell in enumerate(grid[number], 1) if cell is not None and bare(cell)}
        matched = match_columns(record, list(enumerate(titles, 1)), place, filled)
        notices = (*self._doubts(), *rows_above(above, place), *self._merged(sheet, header), *matched.notices)
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
        if (problem := self._unfit()) is not None:
            raise RecordsError(problem)
        sheet = self.open()
        dates = {number for number, row in enumerate(sheet.iter_rows(), 1) if any(isinstance(c, date) for c in row)}
        for number, row in self._rows(sheet).items():
            key, text = [*[cell for cell in row if cell is not None], None, None][:2]
            if key is None or (fold(key), fold(text or "")) in {("key", "value"), ("mục", "nội dung")}:
                continue
            yield Entry(key, text, Place(self.file, number, sheet=self.name), number in dates)

    def _unfit(self) -> Problem | None:
        """What is wrong where the sheet must not be opened."""
        far = self.extent
        if far is None or not (far.too_far or far.beyond):
            return None
        cells = " and ".join(dict.fromkeys((far.lowest, far.rightmost)))
        if far.beyond:
            where = far.lowest if far.last_row > LAST_ROW else far.rightmost
            what = f"the sheet '{self.name}' has a cell where no sheet has one: {where}"
            fix = "Open it in a spreadsheet program and save it anew as .xlsx."
        else:
            what = f"the sheet '{self.name}' reaches as far as {cells}, and has only {far.cells} cells that are filled"
            fix = "Delete the rows below the table and the columns to the right of it, and save the workbook anew."
        return Problem("stray-cell", what, fix, Place(self.file, far.last_row, sheet=self.name))

    def _rows(self, sheet: Sheet) -> dict[int, list[Cell]]:
        """The rows that are not blank by their number, each from the first column on."""
        margin = [None] * sheet.start[1] if sheet.start else []
        rows: dict[int, list[Cell]] = {}
        for number, row in enumerate(sheet.iter_rows(), 1):
            if any(cell != "" for cell in row):
                rows[number] = [*margin, *map(cell_text, row)]
        for (number, column), text in (self.faulty() if self.faulty else {}).items():
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

    def _merged(self, sheet: Sheet, header: int) -> Iterator[Problem]:
        merged = [first[0] + 1 for first, last in sheet.merged_cell_ranges or [] if last[0] + 1 > header]
        if merged:
            what = f"cells are merged below the header (first in row {min(merged)}); only the first has the value"
            fix = "Unmerge them, and write the value into every row."
            yield Problem("merged-cells", what, fix, Place(self.file, min(merged), sheet=self.name))


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
