"""The rows that the marks of a register make, and the cell that each of them was made of."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence

from checker.errors import Place, Problem
from checker.model.blanks import bare, fold
from checker.model.days import read_day
from checker.model.marks import TOTALS
from checker.records.lines import Lines
from checker.records.marks import Marks
from checker.records.values import BATCH, UNREADABLE, Batch, Rows
from checker.words.message import all_of, message

_NAMED_EACH = 10
_TOTAL = re.compile(rf"({'|'.join(TOTALS)})[\W\d_]*")


class RegisterLines:
    """The row of the sheet, and the cell in it, of every row that was made: of its mark; of a name the cell of that."""

    numbered = False
    characters = False

    def __init__(self, lines: Lines, columns: Mapping[str, int]) -> None:
        """`columns` are those of names, with their numbers."""
        self.lines = lines
        self._columns = columns
        self.rows, self.columns = array("q"), array("q")

    def at(self, row: int) -> int:
        """The line of a data row, counted from 1."""
        return self.lines.at(self.rows[row - 1])

    def shared(self, row: int) -> bool:  # noqa: ARG002 -- as of all lines
        """Each row has a cell of its own."""
        return False

    def cell(self, row: int, header: str | None) -> tuple[int, int] | None:
        """The line and column of a name; of all else those of the mark."""
        return self.at(row), self._columns.get(header or "", self.columns[row - 1])

    def key(self, row: int) -> str | None:  # noqa: ARG002 -- as of all lines
        """There are lines."""
        return None


class RegisterRows:
    """A row for each name and day: the cells of the columns of names, the day, and the cell of the mark if that has a field.

    Of `days` each has a column, by number, and the text that is its cell.
    """

    def __init__(self, inner: Rows, names: Sequence[int], days: Mapping[int, str], marks: Marks, lines: RegisterLines) -> None:
        self._inner, self._names, self._days, self._marks, self._lines = inner, names, days, marks, lines
        self._left_out: set[int] = set()

    def __len__(self) -> int:
        return len(self._lines.rows) or len(self._inner) * len(self._days)

    def look(self, header: Place) -> Iterator[Problem]:
        """Looks for totals, and for lines and columns without any mark: these make no rows, and are told of."""
        totals: list[int] = []
        unmarked: list[int] = []
        marked: set[int] = set()
        for row, names, marks in self._by_line():
            filled = [number for number, mark in zip(self._days, marks, strict=True) if bare(mark)]
            if any(_TOTAL.fullmatch(fold(name)) for name in names):
                totals.append(row)
            elif not filled and self._marks.empty is None:
                unmarked.append(row)
            else:
                marked.update(filled)
        self._left_out = {*totals, *unmarked}
        yield from self._of_lines(totals, "register-total", header)
        yield from self._of_lines(unmarked, "register-line-without-marks", header)
        without = [day for number, day in self._days.items() if number not in marked]
        self._days = {number: day for number, day in self._days.items() if number in marked}
        if without:
            said = message("register-days-without-marks", days=all_of(read_day(day) or day for day in without))
            yield Problem("register-empty-days", said, message("register-days-without-marks-fix"), header)

    def _of_lines(self, rows: Sequence[int], text: str, header: Place) -> Iterator[Problem]:
        fix = message(f"{text}-fix")
        for row in rows[:_NAMED_EACH]:
            yield Problem("no-row", message(text), fix, header._replace(line=self._lines.lines.at(row)))
        if len(rows) > _NAMED_EACH:
            yield Problem("no-row", message("no-rows-more", n=len(rows) - _NAMED_EACH), fix, header)

    def batches(self, columns: Sequence[int]) -> Iterator[Batch]:
        """The rows in their order, some at a time; of each the columns of those numbers."""
        self._lines.rows[:] = self._lines.columns[:] = array("q")
        made: list[tuple[str, ...]] = []
        for row, names, marks in self._by_line():
            if row in self._left_out:
                continue
            for (number, day), mark in zip(self._days.items(), marks, strict=True):
                cells = self._cells(day, mark)
                if cells is not None:
                    made.append((*names, *cells))
                    self._lines.rows.append(row)
                    self._lines.columns.append(number)
            if len(made) >= BATCH:
                yield self._turned(made, columns)
                made.clear()
        if made:
            yield self._turned(made, columns)

    def _cells(self, day: str, mark: str) -> tuple[str, ...] | None:
        """The day and the cell of a mark; None where it makes no row."""
        marks = self._marks
        cell = marks.cell(mark) if bare(mark) else marks.empty or ""
        if marks.field is not None:
            return day, cell
        if cell.startswith(UNREADABLE):
            return (cell,)
        return (day,) if cell == "yes" else None

    def _by_line(self) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
        """Every line, by its number from 1: the cells of names, and the marks."""
        row = 0
        for batch in self._inner.batches([*self._names, *self._days]):
            for cells in zip(*batch, strict=True):
                row += 1
                yield row, cells[: len(self._names)], cells[len(self._names) :]

    def _turned(self, made: Sequence[Sequence[str]], columns: Sequence[int]) -> Batch:
        return [[cells[number - 1] for cells in made] for number in columns]
