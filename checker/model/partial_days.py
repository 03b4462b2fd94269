"""Days of which only the month or the year is known: the first and the last day that they may be (docs/meaning.md, section 2)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from checker.model.days import read_day
from checker.model.formats import month_formats, read_format
from checker.model.schema import Field, FieldType, Precision

MONTH, YEAR = "[0-9]{4}-[0-9]{2}", "[0-9]{4}"
"""How a month and a year are written, whatever the formats of the days are."""


def may_be(field: Field, text: str) -> tuple[date, date] | None:
    """The first and the last day that a cell of the field may be; None of one that is a day, or cannot be read."""
    if field.type is not FieldType.DATE or not field.partial:
        return None
    if any(read_format(form, text) is not None for form in field.writing.formats):
        return None
    if (first := _month(field, text)) is not None:
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    if field.precision is Precision.YEAR and re.fullmatch(YEAR, text) and (first := read_day(f"{text}-01-01")) is not None:
        return first, date(first.year, 12, 31)
    return None


def _month(field: Field, text: str) -> date | None:
    if re.fullmatch(MONTH, text):
        return read_day(f"{text}-01")
    return next((day for form in month_formats(field.writing.formats) if (day := read_format(form, text)) is not None), None)
