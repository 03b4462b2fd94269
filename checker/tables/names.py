"""The names of tables and columns in the engine, in words of the records."""

from __future__ import annotations

from checker.model.quoting import quoted
from checker.model.schema import Record
from checker.model.sql import Rows, Sql


def raw(record: Record) -> str:
    """The name of a record's table of text, in SQL."""
    return quoted(f"raw_{record.name}")


def apart(record: Record) -> str:
    """The name of the table of the rows that are none of a record, by number."""
    return f"apart_{record.name}"


BETWEEN_SIGN = "\x1f"
BETWEEN = "CHR(31)"
"""What stands between the elements of a list in its value, and in SQL: a sign that is in no text that people write."""

ONCE = "once"
"""The step of a query that has each related row once; where no row has several lines, the step before may be read for it."""


def table(record: str) -> str:
    """The typed table of a record."""
    return f"t_{record}"


def related_rows(record: str) -> str:
    """The rows of a record as related rows."""
    return f"rows_{record}"


def standing_rows(record: str) -> str:
    """The rows of a record as subjects, and as what references lead to."""
    return f"subjects_{record}"


def related(record: str) -> Sql:
    """The rows `r` of a record as related rows, as they stand after FROM."""
    return Sql.of(Sql((Rows(related_rows(record), "r"),)), " AS r")


def standing(record: str) -> Sql:
    """The rows `s` of a record as subjects, as they stand after FROM."""
    return Sql.of(Sql((Rows(standing_rows(record), "s"),)), " AS s")


def state(field: str) -> str:
    """The column that says what is known of a cell."""
    return f"_state_{field}"


def was_empty(field: str) -> str:
    """The column that says of a required field with a default whether the cell was empty."""
    return f"_empty_{field}"


def low_of(field: str) -> str:
    """The column of the lower neighbours of a number field; of a date field, of the first days that partial ones may be."""
    return f"_low_{field}"


def high_of(field: str) -> str:
    """The column of the last days that the partial days of a date field may be."""
    return f"_high_{field}"
