"""The first sheet of a workbook: what was run, the overview, and where to find what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.report.tables import Cell, Table
from checker.report.xlsx.book import Book, Sheet

_WIDTHS = (56, 18, 18, 50)
_NAMES = len(_WIDTHS) - 1
"""The column that has room for names."""

_WRAPPED = frozenset({"", "header"})
_ENDLESS = 1 << 15


class Summary:
    """A sheet of blocks, one under the other; it is begun first, so that it comes first, and written last."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sheet = book.add_sheet(book.wording("summary"))
        self._sheet.hide_gridlines(2)
        self._row = 0
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)

    def write(self, title: str, facts: Iterable[tuple[str, str]], said: Iterable[str]) -> None:
        """The title, what was run, and what is to be known before all else."""
        self._line([title], ["title"])
        for fact in facts:
            self._line(fact, ["bold", "plain"])
        self._row += 1
        for text in said:
            self._line([text], ["bold"])
        self._row += 1

    def contents(self, sheets: Iterable[Sequence[Sheet]]) -> None:
        """The other sheets, each a link, with how many rows it has; and which of them go on in another."""
        wording = self._book.wording
        self._header(("column-sheet", "column-rows"))
        for parts in sheets:
            for number, sheet in enumerate(parts):
                after = parts[number + 1].name if number + 1 < len(parts) else None
                said = wording("sheet-goes-on", rows=self._book.most_rows, next=after) if after else ""
                self._book.link(self._sheet, self._row, 0, sheet.name)
                self._line([None, sheet.rows, said], ["", "", "plain"])
        self._row += 1

    def table(self, table: Table) -> None:
        """A small table under its name."""
        self._line([self._book.wording(table.name)], ["bold"])
        self._header(table.columns)
        first = self._row
        for row in table.rows:
            # What stands beside the first column may reach over cells that are empty.
            reaching = {column for column, cell in enumerate(row) if isinstance(cell, str)} - {0, _NAMES}
            self._line(row, ["plain" if column in reaching else "" for column in range(len(row))])
        self._book.colour(self._sheet, first, self._row - 1, table.columns)
        self._row += 1

    def _header(self, columns: Sequence[str]) -> None:
        self._line([self._book.wording(key) for key in columns], ["header"] * len(columns))

    def _line(self, cells: Sequence[Cell], styles: Sequence[str]) -> None:
        widths = [width if style in _WRAPPED else _ENDLESS for width, style in zip(_WIDTHS, styles, strict=False)]
        self._book.row(self._sheet, self._row, cells, widths, styles)
        self._row += 1
