"""The rows of a sheet in batches of columns, so that no row of a large sheet is kept by the program."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from checker.model.blanks import bare
from checker.records.readers.workbook.cells import column_texts
from checker.records.values import BATCH, Batch, Column, unreadable

if TYPE_CHECKING:
    from checker.records.readers.workbook.faulty_cells import Cells
    from checker.records.readers.workbook.sheets import Sheet

_SEEN = ("!", "~")
"""Between these are the signs that nobody takes for a blank."""


class SheetRows:
    """The rows of a sheet below a row; their `numbers` in the sheet are known when they have been read."""

    def __init__(self, sheet: Sheet, faulty: Cells, above: int, columns: Sequence[Column]) -> None:
        self._sheet, self._faulty = sheet, faulty
        self._above, self._width = above, len(columns)
        self._decimals = {column.number: column.decimal for column in columns}
        self.numbers = array("q")

    def __len__(self) -> int:
        return len(self.numbers) or sum(1 for _ in self._sheet.iter_rows())

    def batches(self, columns: Sequence[int]) -> Iterator[Batch]:
        """The rows in their order, some at a time; of each the columns of those numbers."""
        self.numbers[:] = array("q")
        rows = islice(_all_rows(self._sheet, self._faulty), self._above, None)
        begin = self._above + 1
        while some := [*islice(rows, BATCH)]:
            turned, numbers = _columns(some), [*range(begin, begin + len(some))]
            begin += len(some)
            if not any(map(_all_filled, turned)):
                kept = [(number, row) for number, row in zip(numbers, some, strict=True) if _has_data(row)]
                if not kept:
                    continue
                numbers, some = map(list, zip(*kept, strict=True))
                turned = _columns(some)
            self.numbers.extend(numbers)
            nothing = [""] * len(some)
            yield [
                column_texts(turned[number - 1], self._decimals[number]) if number <= len(turned) else nothing
                for number in columns
            ]


def filled_rows(sheet: Sheet, faulty: Cells) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows that are not blank with their number, each from the first column on."""
    return ((number, row) for number, row in enumerate(_all_rows(sheet, faulty), 1) if _has_data(row))


def _columns(rows: Sequence[Sequence[object]]) -> list[tuple[object, ...]]:
    # Rows to which an error was added may be longer than others.
    return [*zip_longest(*rows, fillvalue="")]


def _all_filled(column: Sequence[object]) -> bool:
    """Whether it is plain to see that no cell of a column is blank: all are figures, or texts that begin with a plain sign."""
    kinds = {*map(type, column)}
    if kinds != {str}:
        return str not in kinds
    return min(column) >= _SEEN[0] and max(column) <= _SEEN[1]  # type: ignore[type-var, operator]  # all of them are text


def _has_data(row: Sequence[object]) -> bool:
    return any(map(_is_filled, row))


def _is_filled(cell: object) -> bool:
    return not isinstance(cell, str) or bool(bare(cell))


def _all_rows(sheet: Sheet, faulty: Cells) -> Iterator[Sequence[object]]:
    """All rows of a sheet, with what the reader gave as empty although it is not."""
    margin = [""] * sheet.start[1] if sheet.start else []
    rows: Iterator[Sequence[object]] = ([*margin, *row] for row in sheet.iter_rows()) if margin else sheet.iter_rows()
    return _with_faults(rows, faulty) if faulty else rows


def _with_faults(rows: Iterator[Sequence[object]], faulty: Cells) -> Iterator[Sequence[object]]:
    left: dict[int, dict[int, str]] = {}
    for (number, column), text in faulty.items():
        left.setdefault(number, {})[column] = text
    last = 0
    for last, row in enumerate(rows, 1):
        yield _faulted(row, left[last]) if last in left else row
    for number in range(last + 1, max(left) + 1):
        yield _faulted((), left[number]) if number in left else ()


def _faulted(row: Sequence[object], cells: Mapping[int, str]) -> list[object]:
    whole = [*row, *[""] * (max(cells) - len(row))]
    for column, text in cells.items():
        whole[column - 1] = unreadable(text)
    return whole
