"""The tables of a submission as plain rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

Cell = str | int | bool | date | Decimal | None
Row = dict[str, Cell]
Tables = dict[str, list[Row]]


def number(row: Row, field: str) -> int:
    """The whole number in that cell; anything else is a mistake of the generator."""
    value = row[field]
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{field} of {row} is not a whole number")
    return value


def text(row: Row, field: str) -> str:
    """The text in that cell; anything else is a mistake of the generator."""
    value = row[field]
    if not isinstance(value, str):
        raise TypeError(f"{field} of {row} is not text")
    return value


def day(row: Row, field: str) -> date:
    """The day in that cell; anything else is a mistake of the generator."""
    value = row[field]
    if not isinstance(value, date):
        raise TypeError(f"{field} of {row} is not a day")
    return value
