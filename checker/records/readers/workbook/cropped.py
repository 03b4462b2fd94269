"""A sheet of which only some rows and columns are looked at, as a manifest states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.records.matching import HEAD

if TYPE_CHECKING:
    from checker.records.readers.workbook.faulty_cells import Cells
    from checker.records.readers.workbook.sheets import Sheet
    from checker.records.stating.layout import Cut

_Range = tuple[tuple[int, int], tuple[int, int]]


class Cropped:
    """The sheet with all other rows and columns blank, so that what is left keeps its place.

    Where the header is stated, only what stands closely above it is left.
    """

    start = (0, 0)

    def __init__(self, sheet: Sheet, cut: Cut) -> None:
        self._sheet, self._cut = sheet, cut

    @property
    def merged_cell_ranges(self) -> Sequence[_Range]:
        """The merged cells that begin in what is looked at."""
        area, cut = self._cut.area, self._cut
        return [
            (first, last)
            for first, last in self._sheet.merged_cell_ranges or []
            if area.first_row <= first[0] + 1 <= area.last_row
            and area.first_column <= first[1] + 1 <= area.last_column
            and not cut.leaves_out(first[0] + 1)
        ]

    def iter_rows(self) -> Iterator[Sequence[object]]:
        """The rows down to the last that is looked at, from the first column on."""
        area, cut = self._cut.area, self._cut
        margin = [""] * (self._sheet.start[1] if self._sheet.start else 0)
        left = [""] * (area.first_column - 1)
        first_row = first_looked_at(cut)
        for number, row in enumerate(self._sheet.iter_rows(), 1):
            if number > area.last_row:
                return
            if number < first_row or cut.leaves_out(number):
                yield ()
            else:
                whole = [*margin, *row] if margin else row
                yield [*left, *whole[area.first_column - 1 : area.last_column]] if left else whole[: area.last_column]


def first_looked_at(cut: Cut) -> int:
    """The first row that is looked at."""
    above = 1 if cut.header is None else cut.header[0] - HEAD
    return max(cut.area.first_row, above)


def within(faulty: Cells, cut: Cut) -> Cells:
    """Those of the cells that are looked at."""
    area, first_row = cut.area, first_looked_at(cut)
    return {
        (row, column): text
        for (row, column), text in faulty.items()
        if first_row <= row <= area.last_row and area.first_column <= column <= area.last_column and not cut.leaves_out(row)
    }
