"""Finds the header among the first rows of a table, matches its columns to the fields of a record, and takes the rows below.

Whatever the format, a table goes this way: its reader gives the first rows (`Head`), here it is decided which of them is the
header and which columns there are, and the reader gives what stands below.
"""

from __future__ import annotations

from checker.errors import Place, Problem, RecordsError
from checker.files import reason_of
from checker.model.blanks import bare
from checker.model.schema import Record
from checker.records.headings import heading
from checker.records.limits import Limits, too_many_columns
from checker.records.matching import Names, match_columns, rival_headers, rows_above
from checker.records.readers.protocol import Found, Head
from checker.records.values import Reading, Table
from checker.words.message import message


def read_table(found: Found, record: Record, limits: Limits) -> Reading:
    """Reads a table as that of a record; where it cannot be read the problems say why."""
    try:
        return _shaped(found.head(record), record, limits)
    except RecordsError as error:
        return Reading(None, error.problems)
    except OSError as error:
        return Reading(None, (unreadable_file(error, found.place),))


def unreadable_file(error: OSError, place: Place) -> Problem:
    """The problem of a file that cannot be read."""
    wrong = message("unreadable-table", why=reason_of(error))
    return Problem("unreadable-file", wrong, message("unreadable-table-fix"), place)


def _shaped(head: Head, record: Record, limits: Limits) -> Reading:
    names = Names(record.fields)
    header = heading(head.rows, names)
    place, cells = header.place, header.cells
    if len(cells) > limits.columns:
        return Reading(None, (too_many_columns(len(cells), limits, place),), head.notices)
    headers = list(enumerate(cells, 1))
    filled = head.filled(header.last, [number for number, each in headers if not bare(each)])
    matched = match_columns(record, headers, place, filled, numbered=head.numbered)
    above = head.rows[: header.first]
    notices = (*head.notices, *rows_above(len(above), place), *header.notices, *matched.notices)
    rivals = rival_headers([(row.place.line or 0, row.cells) for row in above], names, place)
    if rivals or not matched.known:
        return Reading(None, (*rivals, *matched.problems), notices)
    body = head.body(header.last, matched.columns)
    table = Table(record.name, place.file, place.sheet, body.source, matched.columns, body.first_line, body.lines)
    return Reading(table, matched.problems + body.problems, notices + body.notices)
