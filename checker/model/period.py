"""Periods and windows: how a span of days is written, read and cut into calendar windows."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checker.model.days import read_day
from checker.words.message import Message, message


class Unit(StrEnum):
    """The windows a rule can be measured in, by name. `PERIOD` is the reporting period itself."""

    MONTH = "month"
    """Every calendar month."""
    QUARTER = "quarter"
    """Every quarter of the calendar year."""
    HALF = "half"
    """Every half of the calendar year."""
    YEAR = "year"
    """Every calendar year."""
    PERIOD = "period"
    """The reporting period itself, as one window."""

    @property
    def months(self) -> int:
        """How many months a calendar window has."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]

    def key(self, day: date, year_starts: int = 1) -> int:
        """The integer that is the same for all days of one calendar window and differs between windows.

        `year_starts` is the month, counted from 1, with which years, halves and quarters begin.
        """
        return (day.year * 12 + day.month - year_starts) // self.months


@dataclass(frozen=True, slots=True)
class Trailing:
    """The window of so many days that ends on the reference date, written `90d`."""

    days: int

    def __str__(self) -> str:
        return f"{self.days}d"


@dataclass(frozen=True, slots=True)
class Term:
    """The windows that are the lifespans of the rows of a record, or of what a term selects: `term of mandates`."""

    of: str

    def __str__(self) -> str:
        return f"term of {self.of}"


Per = Unit | Trailing | Term
"""What `per:` says."""

MAX_TRAILING = 36_525
"""The most days that a trailing window has: a hundred years."""


def read_per(text: str) -> Per:
    """Reads `month` … `period`, `90d` or `term of mandates`. Raises ValueError."""
    match = re.fullmatch(r"([0-9]{1,5})\s*(?:d|days?)", text)
    if match and 1 <= int(match[1]) <= MAX_TRAILING:
        return Trailing(int(match[1]))
    if term := re.fullmatch(r"term of ([a-z][a-z0-9_-]*)", text):
        return Term(term[1])
    if text in set(Unit):
        return Unit(text)
    raise ValueError(text)


class PeriodError(ValueError):
    """A text is no period; the message says what one looks like."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.message = said


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends included, with the name it is written by (`2019`, `2019-Q2`, `2019-03`)."""

    first: date
    last: date
    label: str

    def __str__(self) -> str:
        return self.label

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads `2019`, `2019-H1`, `2019-Q2`, `2019-03`, `2019-03-01` or `2019-03-01..2019-08-31`.

        Raises PeriodError, which says what is accepted.
        """
        text = text.strip()
        if ".." in text:
            first, _, last = text.partition("..")
            span = cls.parse(first).first, cls.parse(last).last
            if span[0] > span[1]:
                raise PeriodError(message("period-ends-before", text=text))
            return cls(*span, text)
        try:
            if match := re.fullmatch(r"([0-9]{4})(?:-(?:H([12])|Q([1-4])|([0-9]{2})))?", text):
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
        except ValueError:
            pass
        if day := read_day(text):
            return cls(day, day, text)
        raise PeriodError(message("not-a-period", text=text))

    def windows(self, per: Per, as_of: date, year_starts: int = 1, *, partial: bool = False) -> tuple[Period, ...]:
        """The windows of that kind which lie wholly inside, or `partial`ly, in order; of trailing ones that as of that day."""
        match per:
            case Unit.PERIOD:
                return (self,)
            case Term():
                return ()  # They are in the records.
            case Trailing(days):
                # Before the period has begun there is nothing to look back on yet.
                last = min(as_of, self.last) if as_of >= self.first else self.last
                first = date.fromordinal(max(1, last.toordinal() - days + 1))
                return (Period(first, last, f"{first}..{last}"),)
            case _:
                keys = range(per.key(self.first, year_starts), per.key(self.last, year_starts) + 1)
                windows = (_calendar_window(per, key, year_starts) for key in keys)
                return tuple(window for window in windows if window and (partial or self.covers(window)))

    def within(self, other: Period) -> Period:
        """The days that both have in common; there must be some."""
        return Period(max(self.first, other.first), min(self.last, other.last), other.label)

    def covers(self, other: Period) -> bool:
        """Whether the other lies wholly inside."""
        return self.first <= other.first and other.last <= self.last


def _calendar_window(unit: Unit, key: int, year_starts: int) -> Period | None:
    """The window with that key; None where it leaves the calendar."""
    year, month = divmod(key * unit.months + year_starts - 1, 12)
    end_year, end_month = divmod(key * unit.months + year_starts - 2 + unit.months, 12)
    if year < date.min.year or end_year > date.max.year:
        return None
    first = date(year, month + 1, 1)
    last = date(end_year, end_month + 1, monthrange(end_year, end_month + 1)[1])
    return Period(first, last, _label(first, last, unit, year_starts))


def _label(first: date, last: date, unit: Unit, year_starts: int) -> str:
    if unit is Unit.MONTH:
        return f"{first:%Y-%m}"
    if year_starts != 1:
        # Neither a financial year nor its quarters have a name that everybody reads alike.
        return f"{first:%Y-%m}..{last:%Y-%m}"
    number = (first.month - 1) // unit.months + 1
    return f"{first.year:04d}" + {Unit.HALF: f"-H{number}", Unit.QUARTER: f"-Q{number}"}.get(unit, "")


def _last_day(first_of_month: date, unit: Unit) -> date:
    """The last day of the calendar window that begins on that day."""
    month = first_of_month.month + unit.months - 1
    return date(first_of_month.year, month, monthrange(first_of_month.year, month)[1])
