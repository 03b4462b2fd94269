"""The days that the columns of a register are for, as people write them above it: dates, and numbers of a month."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from checker.model.blanks import bare
from checker.model.days import read_day
from checker.model.formats import read_format
from checker.records.stating.layout import Value

_NUMBER = re.compile(r"(?:ngày\s*|day\s*)?([0-9]{1,2})", re.IGNORECASE)
_OF_MONTH = re.compile(r"(?:ngày\s*|day\s*)?([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})", re.IGNORECASE)
_FIRST_OF = re.compile(r"([0-9]{4})-([0-9]{1,2})|([0-9]{1,2})[/-]([0-9]{4})|([0-9]{1,2})")


class Month(NamedTuple):
    """The month and year of days that do not say theirs, as far as these are known."""

    month: int | None = None
    year: int | None = None

    def named(self, time: Mapping[str, Value]) -> Month:
        """With what names and titles give: `3`, `03`, `2025-03`, `3/2025`; what is stated goes before."""
        month, year = self
        if "month" in time and (match := _FIRST_OF.fullmatch(time["month"].text)) is not None:
            month = month or int(match[2] or match[3] or match[5])
            year = year or (int(match[1] or match[4]) if match[1] or match[4] else None)
        if "year" in time and time["year"].text.isdecimal():
            year = year or int(time["year"].text)
        return Month(month, year)


def day_of(header: str, month: Month, formats: Sequence[str]) -> str | None:
    """The day that a header is for, if it is one of the calendar, as it is written in a cell."""
    text = bare(header)
    for read in (read_day(text), *(read_format(form, text) for form in formats)):
        if read is not None:
            return read.isoformat()
    if month.year is not None and (match := _OF_MONTH.fullmatch(text)) is not None:
        return _day(month.year, int(match[2]), int(match[1]))
    if month.year is not None and month.month is not None and (match := _NUMBER.fullmatch(text)) is not None:
        return _day(month.year, month.month, int(match[1]))
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
