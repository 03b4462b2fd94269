"""Periods and windows: how a span of days is written, read and cut into calendar windows."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class Unit(StrEnum):
    """The windows a rule can be measured in. `PERIOD` is the reporting period itself."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    PERIOD = "period"

    @property
    def months(self) -> int:
        """How many months a calendar window has."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends included, with the name it is written by (`2019`, `2019-Q2`, `2019-03`)."""

    first: date
    last: date
    label: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads `2019`, `2019-H1`, `2019-Q2`, `2019-03`, `2019-03-01` or `2019-03-01..2019-08-31`.

        Raises ValueError with a sentence that says what is accepted.
        """
        text = text.strip()
        if ".." in text:
            first, _, last = text.partition("..")
            span = cls.parse(first).first, cls.parse(last).last
            if span[0] > span[1]:
                raise ValueError(f"'{text}' ends before it begins")
            return cls(*span, text)
        try:
            if match := re.fullmatch(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)))?", text):
                year, half, quarter, month = match.groups()
                unit, index = (
                    (Unit.HALF, int(half) - 1)
                    if half
                    else (Unit.QUARTER, int(quarter) - 1)
                    if quarter
                    else (Unit.MONTH, int(month) - 1)
                    if month
                    else (Unit.YEAR, 0)
                )
                start = date(int(year), index * unit.months + 1, 1)
                return cls(start, _last_day(start, unit), text)
            day = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            return cls(day, day, text)
        raise ValueError(f"'{text}' is not a period: write 2019, 2019-H1, 2019-Q2, 2019-03 or 2019-03-01..2019-08-31")

    def windows(self, unit: Unit) -> tuple[Period, ...]:
        """The windows of that unit which lie wholly inside, in order."""
        if unit is Unit.PERIOD:
            return (self,)
        found = []
        start = date(self.first.year, 1, 1)
        while start <= self.last:
            last = _last_day(start, unit)
            if start >= self.first and last <= self.last:
                found.append(Period(start, last, _label(start, unit)))
            if last == date.max:
                break
            start = last + _DAY
        return tuple(found)


def _label(start: date, unit: Unit) -> str:
    match unit:
        case Unit.YEAR:
            return f"{start.year:04d}"
        case Unit.HALF:
            return f"{start.year:04d}-H{(start.month - 1) // 6 + 1}"
        case Unit.QUARTER:
            return f"{start.year:04d}-Q{(start.month - 1) // 3 + 1}"
        case _:
            return f"{start:%Y-%m}"


def _last_day(first_of_month: date, unit: Unit) -> date:
    """The last day of the window that begins on that day."""
    month = first_of_month.month + unit.months - 1
    return date(first_of_month.year, month, monthrange(first_of_month.year, month)[1])
