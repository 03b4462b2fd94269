"""A form as a workbook: a sheet for each table, with lists to choose from, and sheets that explain every column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from checker.display_width import text_width
from checker.exchange.explained import explained, read_by
from checker.exchange.form import Column, Form, Sheet
from checker.exchange.forms.cells import cell, style_of, styles
from checker.exchange.forms.checks import Checks
from checker.exchange.forms.submission import write_submission
from checker.exchange.rows import FilledRows
from checker.exchange.values import accepted_of, empty_of
from checker.model.schema import FieldType
from checker.report import Presentation
from checker.report.xlsx.book import Book

_MADE = date(2000, 1, 1)
"""When every form says to have been made: the time of the run would make two equal forms differ."""

_LEAST, _NAME, _MOST = 11, 36, 40
"""The widths of columns, in letters: of any, of names, and the greatest."""
_LONG = date(2000, 9, 30)
"""A day that takes as much room as any."""
_HEADER, _AROUND = 14, 4
"""So many letters of a header stand on one line at least, and so many more have room, for the buttons beside them."""

_NOTE_WIDTH, _NOTE_LINE = 260, 20
"""Of a note at a header, in pixels: how wide it is, and how high a line of it."""


def write(form: Form, stream: BinaryIO, _: Presentation) -> None:
    """Writes the form."""
    book = Book(stream, form.wording, form.period.first if form.period else _MADE, styles=styles(form.wording))
    write_submission(book, form)
    checks = Checks(form)
    for sheet in form.sheets:
        _write_sheet(book, form, sheet, checks)
    book.add_table(explained(form), form.names.own("sheet-explained"))
    book.add_table(read_by(form), form.names.own("sheet-read-by"))
    _write_lists(book, form, checks)
    book.close()


def _write_sheet(book: Book, form: Form, sheet: Sheet, checks: Checks) -> None:
    made = book.add_sheet(sheet.name)
    for place, column in enumerate(sheet.columns):
        book.set_column(made, place, _width(form, sheet, column), style_of(column.field))
    headers = [column.header for column in sheet.columns]
    looks = ["must-header" if column.field.required else "header" for column in sheet.columns]
    book.row(made, 0, headers, [_width(form, sheet, column) for column in sheet.columns], looks)
    for place, column in enumerate(sheet.columns):
        note = help_text(form, column)
        lines = sum(1 + text_width(line) // 36 for line in note.split("\n"))
        size = {"width": _NOTE_WIDTH, "height": _NOTE_LINE * (lines + 1)}
        made.write_comment(0, place, note, {"author": "checker", **size})
        checks.set(made, sheet, place, note)
    last, others = 0, False
    for last, (own, cells) in enumerate(_rows(form, sheet), 1):
        if not own and not others:
            made.write_comment(last, 0, form.wording("form-others"), {"author": "checker"})
        others = not own
        book.row(made, last, cells, (), [style_of(column.field, own=own) for column in sheet.columns])
    made.freeze_panes(1, 0)
    made.repeat_rows(0)
    made.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)


def _rows(form: Form, sheet: Sheet) -> Iterator[tuple[bool, Sequence[Any]]]:
    """The rows that stand there already, each with whether it is the submitter's own."""
    rows: FilledRows = form.filled.get(sheet.record.name, ())
    for own, values in rows:
        yield (
            own,
            [cell(column.field, *value, form.wording.language) for column, value in zip(sheet.columns, values, strict=True)],
        )


def _write_lists(book: Book, form: Form, checks: Checks) -> None:
    """The sheet of what can be chosen; nobody needs to see it."""
    made = book.add_sheet(form.names.own("sheet-lists"))
    for number, row in enumerate(checks.lists()):
        book.row(made, number, row, (), ["word"] * len(row))
    made.hide()


def help_text(form: Form, column: Column) -> str:
    """What is said of a column where it is filled in."""
    wording = form.wording
    accepted = accepted_of(column.field, column.words, form.key_of(column.field), wording)
    lines = [accepted[:1].upper() + accepted[1:] + ".", empty_of(column.field, names_row=column.names_row, wording=wording)]
    if column.rules:
        lines.append(wording.several("form-read-by", len(column.rules)))
    return "\n".join(lines)


def _width(form: Form, sheet: Sheet, column: Column) -> int:
    """Wide enough for its words, or for a name; a long header takes several lines."""
    days = [form.wording.day(_LONG)] if column.field.type is FieldType.DATE else []
    texts = (*column.header.split(), column.header[:_HEADER], *column.words, *days)
    longest = max(map(text_width, texts)) + _AROUND
    return min(max(longest, _NAME if column.field.name == sheet.record.label else _LEAST), _MOST)
