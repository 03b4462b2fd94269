"""A register of names by days: every mark in it becomes a row of who and when, as the manifest states.

The names stand in columns that are called as fields are; all columns whose header is a day have marks. Nothing is guessed of a
mark that nobody knows: the row is there, and its cell is unreadable. Columns and lines without any mark make no rows, for
nobody was asked, unless it is stated what an empty cell means.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare
from checker.model.schema import FieldType, Record
from checker.records.days import Month, day_of
from checker.records.headings import stated_heading
from checker.records.limits import Limits, too_many_columns
from checker.records.marks import marks_of
from checker.records.matching import Names, match_columns
from checker.records.readers.protocol import Head, HeadRow
from checker.records.register_rows import RegisterLines, RegisterRows
from checker.records.stating.layout import Cut, Layout, Register, Value
from checker.records.stating.resolving import resolve
from checker.records.values import Column, Reading, RowsSource, Table
from checker.words.message import message

_NAMED_EACH = 20


class Shape(NamedTuple):
    """Where things stand in a register: the header, its row, the columns of days with what each stands for, all by number."""

    header: int
    place: Place
    cells: Sequence[str]
    days: dict[int, str]


def read_register(head: Head, record: Record, limits: Limits, layout: Layout, register: Register) -> Reading:
    """Reads a register as a table of the record. Raises RecordsError."""
    cut, rows = layout.cut or Cut(), head.rows
    days = _field(record, register.days, record.date, "days", layout.place)
    mark = None if register.mark is None else _field(record, register.mark, None, "mark", layout.place)
    plain = Month(register.month, register.year)
    terms = resolve(record, layout, lambda names: rows[: _shape(rows, cut, record, names, days, plain).header])
    month = plain.named(terms.time)
    shape = _shape(rows, cut, record, terms.names, days, month)
    if len(shape.cells) > limits.columns:
        return Reading(None, (too_many_columns(len(shape.cells), limits, shape.place),), head.notices)
    names = [(number, cell) for number, cell in enumerate(shape.cells, 1) if number not in shape.days]
    stated = terms.letters(shape.cells)
    matched = match_columns(record, names, shape.place, names=terms.names, stated=stated)
    if not matched.known or not shape.days:
        problems = matched.problems if not matched.known else (_no_days(shape, layout),)
        return Reading(None, problems, head.notices + matched.notices)
    known = tuple(column for column in matched.columns if column.field is not None)
    body = head.body(shape.header, tuple(Column(cell, number) for number, cell in enumerate(shape.cells, 1)))
    if not isinstance(body.source, RowsSource):
        raise RecordsError(Problem("no-sheet", message("stated-no-sheet"), message("stated-no-sheet-fix"), cut.place))
    marks = marks_of(record, register, mark)
    lines = RegisterLines(body.lines, {column.header: column.number for column in known})
    made = RegisterRows(body.source.rows, [column.number for column in known], shape.days, marks, lines)
    columns = [*(column._replace(number=at) for at, column in enumerate(known, 1)), Column("", len(known) + 1, days)]
    if mark is not None:
        columns.append(Column("", len(known) + 2, mark))
    left = [column for column in matched.columns if column.field is None and bare(column.header)]
    columns += [column._replace(number=at) for at, column in enumerate(left, len(columns) + 1)]
    table = Table(
        record.name,
        shape.place.file,
        shape.place.sheet,
        RowsSource(made),
        tuple(columns),
        body.first_line,
        lines,
        tuple(terms.given.items()),
    )
    notices = (*head.notices, *matched.notices, *body.notices, *made.look(shape.place))
    return Reading(table, matched.problems + body.problems, notices)


def _shape(rows: Sequence[HeadRow], cut: Cut, record: Record, names: Names, days: str, month: Month) -> Shape:
    """The header: the row that is stated, else the one that has the most days and names of fields."""
    field = record.field(days)
    formats = field.writing.formats if field is not None else ()
    is_day = field is None or field.type is FieldType.DATE

    def columns(cells: Sequence[str]) -> dict[int, str]:
        found = {}
        for number, cell in enumerate(cells, 1):
            if bare(cell) and names.meant(cell) is None:
                day = day_of(cell, month, formats) if is_day else bare(cell)
                if day is not None:
                    found[number] = day
        return found

    if cut.header is not None:
        header = stated_heading(rows, cut)
        return Shape(header.last, header.place, header.cells, columns(header.cells))
    found = [(names.score(row.cells), columns(row.cells)) for row in rows]
    best = max(range(len(found)), key=lambda at: (found[at][0] > 0, found[at][0] + len(found[at][1]) * is_day, -at))
    return Shape(best, *rows[best], found[best][1])


def _field(record: Record, stated: Value | None, default: str | None, key: str, place: Place) -> str:
    """The field that is stated, else that one. Raises RecordsError where there is none."""
    name = Names(record.fields).match(stated.text) if stated is not None else default
    if name is None:
        fields = ", ".join(field.name for field in record.fields)
        wrong = message("register-no-field", key=key, record=record.name)
        fix = message("stated-field-fix", fields=fields)
        raise RecordsError(Problem("unknown-field", wrong, fix, place if stated is None else stated.place))
    return name


def _no_days(shape: Shape, layout: Layout) -> Problem:
    listed = ", ".join(f"'{bare(cell)}'" for cell in shape.cells[:_NAMED_EACH] if bare(cell))
    wrong = message("register-no-days", found=listed)
    return Problem("register-no-days", wrong, message("register-no-days-fix"), shape.place or layout.place)
