"""A sheet of a workbook as a table: every cell becomes text, and every row keeps its number in the sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, takewhile
from typing import NamedTuple, Protocol, Self, TypeAlias

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare, fold
from checker.model.schema import Record
from checker.records.lines import ListedLines
from checker.records.manifest import Entry
from checker.records.matching import HEAD
from checker.records.readers.protocol import Body, HeadRow
from checker.records.readers.workbook.cells import cell_text
from checker.records.readers.workbook.cropped import Cropped, within
from checker.records.readers.workbook.extent import Extent
from checker.records.readers.workbook.faulty_cells import Cells
from checker.records.readers.workbook.hidden import Hidden
from checker.records.readers.workbook.rows import SheetRows, filled_rows
from checker.records.readers.workbook.sheet_cells import LAST_ROW
from checker.records.stating.layout import Cut
from checker.records.values import Column, RowsSource
from checker.words.message import all_of, message

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

    @property
    def width(self) -> int:
        """The number of its last column."""
        return 0 if self.start is None else self.start[1] + max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook, not yet read.

    `extent` is how far it reaches, where that was looked for. `faulty` gives the cells of the sheet that hold an error, or a
    formula without a value; it is None where these cannot be told from empty cells. `concealed` is what is hidden of it, of
    columns as far as the last.
    """

    name: str
    file: str
    hidden: bool
    open: Callable[[], Sheet]
    extent: Extent | None
    faulty: Callable[[], Cells] | None
    concealed: Hidden
    last_column: int

    @property
    def place(self) -> Place:
        """The sheet."""
        return Place(self.file, sheet=self.name)

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        if self.extent is not None and (self.extent.cells == 0 or self._unfit() is not None):
            return self.extent.cells == 0
        return self.open().start is None

    def head(self, record: Record, cut: Cut | None = None) -> SheetHead:  # noqa: ARG002 -- the same for every record
        """The first rows. Raises RecordsError."""
        if (problem := self._unfit()) is not None:
            raise RecordsError(problem)
        return sheet_head(self.open(), self.faulty() if self.faulty else {}, self.place, cut, self._doubts)

    def entries(self) -> Iterator[Entry]:
        """The lines of a manifest: the first two cells of every row, save a header that says just that."""
        if (problem := self._unfit()) is not None:
            raise RecordsError(problem)
        sheet = self.open()
        dates = {number for number, row in enumerate(sheet.iter_rows(), 1) if any(isinstance(c, date) for c in row)}
        for number, row in filled_rows(sheet, self.faulty() if self.faulty else {}):
            key, text = [*[said for cell in row if (said := cell_text(cell)) is not None], None, None][:2]
            if key is None or (fold(key), fold(text or "")) in {("key", "value"), ("mục", "nội dung")}:
                continue
            yield Entry(key, text, Place(self.file, number, sheet=self.name), number in dates)

    def _unfit(self) -> Problem | None:
        """What is wrong where the sheet must not be opened."""
        far = self.extent
        if far is None or not (far.too_far or far.beyond):
            return None
        if far.beyond:
            where = far.lowest if far.last_row > LAST_ROW else far.rightmost
            wrong, fix = message("stray-cell-beyond", sheet=self.name, where=where), message("broken-workbook-fix")
        else:
            cells = all_of(dict.fromkeys((far.lowest, far.rightmost)))
            wrong, fix = message("stray-cell", sheet=self.name, cells=cells, n=far.cells), message("stray-cell-fix")
        return Problem("stray-cell", wrong, fix, Place(self.file, far.last_row, sheet=self.name))

    def _doubts(self) -> Iterator[Problem]:
        if self.faulty is None:
            said, fix = message("errors-read-as-empty"), message("errors-read-as-empty-fix")
            yield Problem("errors-read-as-empty", said, fix, self.place)
        if self.hidden:
            yield Problem("hidden-sheet", message("hidden-sheet", sheet=self.name), message("hidden-sheet-fix"), self.place)
        rows, columns = self.concealed.said(self.last_column)
        if rows:
            yield Problem("hidden-rows", message("hidden-rows", rows=rows), message("hidden-rows-fix"), self.place)
        if columns:
            said = message("hidden-columns", columns=columns)
            yield Problem("hidden-columns", said, message("hidden-columns-fix"), self.place)


def sheet_head(sheet: Sheet, faulty: Cells, place: Place, cut: Cut | None, doubts: Callable[[], Iterable[Problem]]) -> SheetHead:
    """The first rows of a sheet that are not blank, of a cut those in it. Raises RecordsError where there are none."""
    last = HEAD
    if cut is not None:
        sheet, faulty = Cropped(sheet, cut), within(faulty, cut)
        last += cut.header[1] if cut.header else 0
    filled = filled_rows(sheet, faulty)
    rows = dict([*islice(filled, HEAD), *takewhile(lambda row: row[0] < last, filled)] if last > HEAD else islice(filled, HEAD))
    if not rows:
        wrong = message("empty-sheet", sheet=place.sheet or place.file)
        raise RecordsError(Problem("empty-sheet", wrong, message("empty-sheet-fix"), place))
    return SheetHead(place, sheet, faulty, rows, tuple(doubts()))


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The first rows of a sheet that are not blank, by their number, each from the first column on."""

    place: Place
    sheet: Sheet
    faulty: Cells
    first: dict[int, Sequence[object]]
    notices: tuple[Problem, ...]
    numbered: bool = True
    width: int = field(init=False)

    def __post_init__(self) -> None:
        reach = max((column for _, column in self.faulty), default=0)
        object.__setattr__(self, "width", max(reach, *map(len, self.first.values())))

    @property
    def rows(self) -> list[HeadRow]:
        """The first rows."""
        return [
            HeadRow(Place(self.place.file, number, sheet=self.place.sheet), [*texts, *[""] * (self.width - len(texts))])
            for number, row in self.first.items()
            for texts in [[cell_text(cell) or "" for cell in row]]
        ]

    def filled(self, header: int, columns: Collection[int]) -> Collection[int]:
        """Those of the columns that have data somewhere below the header."""
        if not columns:
            return ()
        above, left = self._row(header), set(columns)
        found: set[int] = set()
        for number, row in filled_rows(self.sheet, self.faulty):
            if number > above:
                some = {column for column in left if column <= len(row) and bare(cell_text(row[column - 1]) or "")}
                found |= some
                left -= some
                if not left:
                    break
        return found

    def body(self, header: int, columns: tuple[Column, ...]) -> Body:
        """The rows below the header, which become text when the engine asks for them."""
        above = self._row(header)
        rows = SheetRows(self.sheet, self.faulty, above, columns)
        first = next((number for number in self.first if number > above), above + 1)
        return Body(RowsSource(rows), first, ListedLines(rows.numbers), notices=tuple(self._merged(above, columns)))

    def _row(self, header: int) -> int:
        """The number of the row that is the header, 0 where there is none."""
        return [*self.first][header] if header >= 0 else 0

    def _merged(self, header: int, columns: Sequence[Column]) -> Iterator[Problem]:
        """A notice of cells that are merged below the header, unless an empty cell there means what stands above."""
        by_number = {column.number: column for column in columns}
        merged: list[int] = []
        fields: dict[str, None] = {}
        for (top, left), (bottom, right) in self.sheet.merged_cell_ranges or []:
            column = by_number.get(left + 1)
            down = top < bottom and left == right and column is not None
            if bottom + 1 > header and not (down and column is not None and column.fills):
                merged.append(top + 1)
                if down and column is not None and column.field is not None:
                    fields[column.field] = None
        if merged:
            said = message("merged-cells", row=str(min(merged)))
            fix = message("fill-down-fix", fields=", ".join(fields)) if fields else message("merged-cells-fix")
            yield Problem("merged-cells", said, fix, Place(self.place.file, min(merged), sheet=self.place.sheet))
