"""A workbook: sheets of rows with a frozen header, filters, links and colours, in which nothing is a formula.

Rows go to disk as they come, so that a sheet of a million of them takes no memory. The same report gives the same bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from checker.display_width import visible, wrap
from checker.model.words import Severity, Verdict
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table, shown
from checker.report.xlsx.widths import WIDTHS, usual
from checker.temporary import temporary_folder

MOST_ROWS = 1_048_576
"""The rows that a sheet can have."""

_MOST_TEXT = 32_767 // 2
"""The characters that a cell can surely have: some are two of the units in which they are counted."""

_LINE, _MOST_LINES = 15, 20
"""The height of a line, in points, and the most that a row shows."""

_ROWS_WITH_HEIGHT = 20_000
"""So many rows of a sheet are given a height: each is kept until the workbook is closed."""

_TAKEN_FOR_FORMULAS = tuple("=+-@")
_COLOURED = frozenset({"column-verdict", "column-severity"})
_COLOURS: Mapping[Verdict | Severity, tuple[str, str]] = {
    Verdict.VIOLATED: ("#FFC7CE", "#9C0006"),
    Verdict.UNDETERMINED: ("#FFEB9C", "#7F4A00"),
    Verdict.PENDING: ("#DDEBF7", "#1F4E79"),
    Verdict.WAIVED: ("#E4DFEC", "#403151"),
    Verdict.SATISFIED: ("#C6EFCE", "#006100"),
    Severity.CRITICAL: ("#9C0006", "#FFFFFF"),
    Severity.MAJOR: ("#F8CBAD", "#833C0B"),
    Severity.MINOR: ("#FFF2CC", "#7F6000"),
}
"""Behind the words and of the words: each pair has a contrast of 4.5 to 1 or more."""


class Sheet(NamedTuple):
    """A sheet that was written: its name, and how many rows it has under its header."""

    name: str
    rows: int


class Book:
    """A workbook that is written to a stream. `most_rows` are those of a sheet, its header included; `styles` are added."""

    def __init__(
        self,
        stream: BinaryIO,
        wording: Wording,
        made: date,
        most_rows: int = MOST_ROWS,
        styles: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
    ) -> None:
        self.wording = wording
        self.most_rows = most_rows
        folder = temporary_folder(self)
        # A pipe would be written otherwise than a file.
        self._stream, self._file = stream, folder / "book.xlsx"
        self._book = xlsxwriter.Workbook(self._file, {"constant_memory": True, "tmpdir": str(folder)})
        self._book.use_zip64()
        # Else it would be the time of the run.
        self._book.set_properties({"created": datetime.combine(made, time())})
        top = {"valign": "top"}
        known: dict[str, Mapping[str, object]] = {
            "text": {**top, "text_wrap": True},
            "quoted": {**top, "text_wrap": True, "quote_prefix": True},
            "plain": {**top, "quote_prefix": True},
            "number": {**top, "num_format": "#,##0"},
            "decimal": {**top, "num_format": "#,##0.######"},
            "day": {**top, "num_format": wording("pattern-day-of-a-sheet"), "align": "left"},
            "header": {**top, "text_wrap": True, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"},
            "title": {"bold": True, "font_size": 16},
            "bold": {**top, "bold": True},
            "percent": {**top, "num_format": "0.0%"},
            **styles,
        }
        self._styles = {name: self._book.add_format(dict(style)) for name, style in known.items()}
        self._colours = {
            word: self._book.add_format({"bg_color": back, "font_color": front}) for word, (back, front) in _COLOURS.items()
        }

    def close(self) -> None:
        """Writes the workbook."""
        self._book.close()
        with self._file.open("rb") as written:
            shutil.copyfileobj(written, self._stream, 1 << 20)

    def add_sheet(self, name: str) -> Worksheet:
        """A sheet of that name, printed across on A4, as many pages down as it takes."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def set_column(self, sheet: Worksheet, column: int, width: int, style: str = "") -> None:
        """How wide a column is, and in which style what is written into it later."""
        sheet.set_column(column, column, width, self._styles[style] if style else None)

    def add_table(self, table: Table, name: str | None = None) -> list[Sheet]:
        """A sheet with the rows of a table; as many more as it takes where they are more than one holds."""
        written: list[Sheet] = []
        name = name or self.wording(table.name)
        part = _Part(self, name, table)
        for row in table.rows:
            if part.next == self.most_rows:
                written.append(part.close())
                part = _Part(self, f"{name} ({len(written) + 1})", table)
            part.write(row)
        return [*written, part.close()]

    def row(self, sheet: Worksheet, number: int, cells: Sequence[Cell], widths: Sequence[int], styles: Sequence[str]) -> None:
        """Writes a row, as high as its longest text takes in columns of these widths; an empty style is the usual one."""
        values = [_fitting(value) if isinstance(value := shown(cell, self.wording), str) else value for cell in cells]
        lines = max((_lines(value, width) for value, width in zip(values, widths, strict=False)), default=1)
        if lines > 1:
            # Not every program does this by itself when it opens a workbook.
            sheet.set_row(number, _LINE * min(lines, _MOST_LINES))
        for column, value in enumerate(values):
            self._put(sheet, number, column, value, styles[column] if styles else "")

    def link(self, sheet: Worksheet, row: int, column: int, to: str) -> None:
        """A link to another sheet, which is called as the sheet is."""
        sheet.write_url(row, column, f"internal:'{to}'!A1", string=to)

    def add_chart(self, name: str, points: Sequence[str], lines: Sequence[tuple[str, Sequence[Fraction | None], bool]]) -> None:
        """A sheet with the values of some lines, each a name, its values and whether these are shares; and these drawn."""
        sheet, last = self.add_sheet(name), len(points)
        sheet.set_column(0, 0, usual(max((line for line, _, _ in lines), key=len, default="")))
        for column, point in enumerate(points, 1):
            self._put(sheet, 0, column, point, "header")
        chart = self._book.add_chart({"type": "line"})
        for row, (line, values, share) in enumerate(lines, 1):
            self._put(sheet, row, 0, _fitting(line), "plain")
            for column, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, float(value), self._styles["percent" if share else "number"])
            places = {"name": [name, row, 0], "categories": [name, 0, 1, 0, last], "values": [name, row, 1, row, last]}
            chart.add_series({**places, "marker": {"type": "circle"}})
        chart.set_size({"width": 900, "height": 420})
        sheet.insert_chart(len(lines) + 2, 0, chart, {"description": name})

    def colour(self, sheet: Worksheet, first: int, last: int, columns: Sequence[str]) -> None:
        """Colours verdicts and severities by what they are, in the columns that have such."""
        for column in (number for number, key in enumerate(columns) if key in _COLOURED):
            for word, style in self._colours.items():
                said = self.wording(word.value).replace('"', '""')
                rule = {"type": "cell", "criteria": "==", "value": f'"{said}"', "format": style}
                sheet.conditional_format(first, column, last, column, rule)

    def _put(self, sheet: Worksheet, row: int, column: int, value: str | int | Decimal | date | None, style: str) -> None:
        """Writes a cell as what it is, never as a formula."""
        if isinstance(value, int | Decimal):
            usual = "number" if value == int(value) else "decimal"
            sheet.write_number(row, column, value, self._styles[style or usual])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), self._styles[style or "day"])
        elif value:
            kind = style or ("quoted" if value.startswith(_TAKEN_FOR_FORMULAS) else "text")
            sheet.write_string(row, column, value, self._styles[kind])
        elif style:
            sheet.write_blank(row, column, None, self._styles[style])


class _Part:
    """A sheet of a table while it is written."""

    def __init__(self, book: Book, name: str, table: Table) -> None:
        self._book = book
        self._name = name
        self._table = table
        self._sheet = book.add_sheet(name)
        self._sheet.hide_gridlines(0)  # on paper too, since rows are of several lines
        self._widths = [WIDTHS.get(key, usual(book.wording(key))) for key in table.columns]
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)
        self.next = 0
        self._write([book.wording(key) for key in table.columns], ["header"] * len(table.columns))

    def write(self, row: Sequence[Cell]) -> None:
        self._write(row, ())

    def _write(self, row: Sequence[Cell], styles: Sequence[str]) -> None:
        self._book.row(self._sheet, self.next, row, self._widths if self.next < _ROWS_WITH_HEIGHT else (), styles)
        self.next += 1

    def close(self) -> Sheet:
        sheet, columns, last = self._sheet, self._table.columns, self.next - 1
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.print_area(0, 0, last, len(columns) - 1 - self._table.details)
        if last:
            self._book.colour(sheet, 1, last, columns)
        return Sheet(self._name, last)


def _lines(value: str | int | Decimal | date | None, width: int) -> int:
    """How many lines the text takes."""
    return 1 if not isinstance(value, str) or len(value) <= width else _broken(value, width)


@lru_cache(maxsize=4096)
def _broken(text: str, width: int) -> int:
    """The same of a long one; titles and remedies come again and again."""
    return len(wrap(text, width))


def _fitting(text: str) -> str:
    """The text without control characters, and cut where a cell cannot hold it."""
    seen = visible(text)
    return seen if len(seen) <= _MOST_TEXT else f"{seen[: _MOST_TEXT - 1]}…"
