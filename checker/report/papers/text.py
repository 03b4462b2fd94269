"""A paper as text: tables that fit into the width stand in columns, all others row by row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TextIO

from checker.display_width import text_width, visible
from checker.report import Presentation
from checker.report.page import Page
from checker.report.papers import Paper
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table, shown

_GAP = 2


def write(paper: Paper, stream: TextIO, presentation: Presentation) -> None:
    """Writes the facts, the tables, and what it comes to."""
    page, wording = Page(stream, presentation.width, colour=presentation.colour), paper.wording
    if not presentation.brief:
        page.title(paper.title)
        column = max((text_width(label) for label, _ in paper.facts), default=0) + _GAP
        for label, value in paper.facts:
            page.labelled(label, value, column=column)
        for table in paper.tables:
            _table(table, page, wording, presentation.width)
        page.blank()
    for said in paper.said:
        page.line(said, style="bold")


def _table(table: Table, page: Page, wording: Wording, width: int) -> None:
    kept = len(table.columns) - table.details
    head = [wording(key) for key in table.columns[:kept]]
    cells = list(table.rows)
    rows = [[_said(cell, wording) for cell in row[:kept]] for row in cells]
    page.section(wording(table.name))
    widths = [max(map(text_width, column)) for column in zip(head, *rows, strict=True)]
    if sum(widths) + _GAP * (kept - 1) > width:
        _row_by_row(head, rows, page)
        return
    right = [all(isinstance(row[number], int | None) for row in cells) for number in range(kept)]
    for row in (head, *rows):
        page.verbatim(_row(row, widths, right) + "\n")


def _row_by_row(head: Sequence[str], rows: Sequence[Sequence[str]], page: Page) -> None:
    """Writes what stands in the first column as a heading of the rows that have it, and of each row what else it says."""
    for first, group in groupby(rows, key=lambda row: row[0]):
        page.line(first, hang=2, style="bold")
        for row in group:
            facts = [f"{label}: {said}" for label, said in zip(head[1:], row[1:], strict=True) if said]
            page.line(f"- {'; '.join(facts)}", indent=2, hang=2)


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [
        " " * (width - text_width(cell)) + cell if to_the_right else cell + " " * (width - text_width(cell))
        for cell, width, to_the_right in zip(cells, widths, right, strict=True)
    ]
    return (" " * _GAP).join(padded).rstrip()


def _said(cell: Cell, wording: Wording) -> str:
    value = shown(cell, wording)
    if value is None:
        return ""
    return " ".join(visible(value).split()) if isinstance(value, str) else wording.number(value)
