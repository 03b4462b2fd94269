"""Finds the header among the first rows of a table, matches its columns to the fields of a record, and takes the rows below.

Whatever the format, a table goes this way: its reader gives the first rows (`Head`), here it is decided which of them is the
header and which columns there are, and the reader gives what stands below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.errors import Place, Problem, RecordsError
from checker.files import reason_of
from checker.model.blanks import bare
from checker.model.schema import Record
from checker.records.headings import heading, stated_heading
from checker.records.legacy_fonts import written_for_fonts
from checker.records.limits import Limits, too_many_columns
from checker.records.matching import Names, match_columns, rival_headers, rows_above
from checker.records.readers.protocol import Found, Head, HeadRow
from checker.records.stating.layout import Cut, Layout
from checker.records.values import Reading, Table
from checker.words.message import message

if TYPE_CHECKING:
    from checker.records.stating.resolving import Terms


def read_table(found: Found, record: Record, limits: Limits, layout: Layout | None = None) -> Reading:
    """Reads a table as that of a record, laid out as is stated; where it cannot be read the problems say why."""
    try:
        cut = None if layout is None else layout.cut
        return _shaped(found.head(record, cut), record, limits, layout, cut or Cut())
    except RecordsError as error:
        return Reading(None, error.problems)
    except OSError as error:
        return Reading(None, (unreadable_file(error, found.place),))


def unreadable_file(error: OSError, place: Place) -> Problem:
    """The problem of a file that cannot be read."""
    wrong = message("unreadable-table", why=reason_of(error))
    return Problem("unreadable-file", wrong, message("unreadable-table-fix"), place)


def _shaped(head: Head, record: Record, limits: Limits, layout: Layout | None, cut: Cut) -> Reading:
    rows = head.rows
    if layout is not None and layout.register is not None:
        from checker.records.register import read_register  # noqa: PLC0415 -- few submissions have one

        return read_register(head, record, limits, layout, layout.register)
    terms = None if layout is None else _terms(record, layout, rows, cut)
    names = Names(record.fields) if terms is None else terms.names
    header = stated_heading(rows, cut) if cut.header else heading(rows, names)
    place, cells = header.place, header.cells
    if len(cells) > limits.columns:
        return Reading(None, (too_many_columns(len(cells), limits, place),), head.notices)
    headers = list(enumerate(cells, 1))
    filled = head.filled(header.last, [number for number, each in headers if not bare(each)])
    stated = {} if terms is None else terms.letters(cells)
    matched = match_columns(record, headers, place, filled, numbered=head.numbered, names=names, stated=stated)
    above = () if cut.header else rows[: header.first]
    notices = (*head.notices, *rows_above(len(above), place), *header.notices, *matched.notices)
    foreign = written_for_fonts(rows)
    rivals = rival_headers([(row.place.line or 0, row.cells) for row in above], names, place)
    if rivals or not matched.known:
        return Reading(None, (*foreign, *rivals, *matched.problems), notices)
    fill_down = tuple(dict.fromkeys((*record.fill_down, *(terms.fill_down if terms else ()))))
    columns = tuple(column._replace(fills=column.field in fill_down) for column in matched.columns)
    body = head.body(header.last, columns)
    given = () if terms is None else tuple(terms.given.items())
    table = Table(record.name, place.file, place.sheet, body.source, columns, body.first_line, body.lines, given, fill_down)
    return Reading(table, matched.problems + body.problems, (*foreign, *notices, *body.notices))


def _terms(record: Record, layout: Layout, rows: Sequence[HeadRow], cut: Cut) -> Terms:
    """The layout in terms of the fields."""
    from checker.records.stating.resolving import resolve  # noqa: PLC0415 -- few submissions say so much

    def above(names: Names) -> Sequence[HeadRow]:
        return rows[: (stated_heading(rows, cut) if cut.header else heading(rows, names)).first]

    return resolve(record, layout, above)
