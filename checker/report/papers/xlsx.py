"""A paper as a workbook: a sheet with what it comes to, a sheet for each table, and one with charts, if there are lines."""

from __future__ import annotations

from typing import BinaryIO

from checker.report import Presentation
from checker.report.papers import Paper
from checker.report.xlsx.book import Book

_WIDTHS = (28, 100)
_MOST_LETTERS = 26
"""A sheet's name has 31 letters at most, and may get a number."""


def write(paper: Paper, stream: BinaryIO, presentation: Presentation) -> None:  # noqa: ARG001 -- as all formats
    """Writes the workbook."""
    book = Book(stream, paper.wording, paper.made)
    sheet = book.add_sheet(paper.wording("summary"))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    book.row(sheet, 0, [paper.title], _WIDTHS, ["title"])
    for number, (label, value) in enumerate(paper.facts, 2):
        book.row(sheet, number, [label, value], _WIDTHS, ["bold", "text"])
    for number, said in enumerate(paper.said, 3 + len(paper.facts)):
        book.row(sheet, number, ["", said], _WIDTHS, ["text", "bold"])
    for table in paper.tables:
        book.add_table(table, _sheet_name(paper.wording(table.name)))
    for chart in paper.charts:
        book.add_chart(_sheet_name(chart.name), chart.points, [(line.name, line.values, line.share) for line in chart.lines])
    book.close()


def _sheet_name(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
