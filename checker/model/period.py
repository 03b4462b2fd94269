"""Periods and windows: how a span of days is written, read and cut into calendar windows."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from checker.model.days import read_day
from checker.words.message import Message, message


class Unit(StrEnum):
    """The windows a rule can be measured in, by name. `PERIOD` is the reporting period itself."""

    WEEK = "week"
    """Every week from Monday to Sunday, numbered as ISO 8601 does."""
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
        return _MONTHS[self.value]

    def key(self, day: date, year_starts: int = 1) -> int:
        """The integer that is the same for all days of one calendar window and differs between windows.

        `year_starts` is the month, counted from 1, with which years, halves and quarters begin.
        """
        if self is Unit.WEEK:
            return (day.toordinal() - 1) // 7
        return (day.year * 12 + day.month - year_starts) // self.months

    def first_day(self, key: int, year_starts: int = 1) -> date | None:
        """The first day of the window with that key; None where it leaves the calendar."""
        if self is Unit.WEEK:
            return date.fromordinal(key * 7 + 1) if 0 <= key * 7 < date.max.toordinal() else None
        return _month(key * self.months + year_starts - 1)


_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}

_NAMED = {months: name for name, months in _MONTHS.items()}


@dataclass(frozen=True, slots=True)
class Months:
    """Windows of so many months, counted from a month (of the year 0: 1); else from the beginning of each year."""

    months: int
    since: int | None = None

    def __str__(self) -> str:
        if self.since is None:
            return f"{self.months} months"
        year, month = divmod(self.since - 1, 12)
        return f"{self.months} months from {year:04d}-{month + 1:02d}"

    def key(self, day: date, year_starts: int = 1) -> int:
        """As of a `Unit`."""
        return (day.year * 12 + day.month - self.offset(year_starts)) // self.months

    def first_day(self, key: int, year_starts: int = 1) -> date | None:
        """As of a `Unit`."""
        return _month(key * self.months + self.offset(year_starts) - 1)

    def offset(self, year_starts: int) -> int:
        """The month, counted as `since`, with which some window begins; no day of the calendar is before it by a window."""
        return (year_starts if self.since is None else self.since) % self.months


Calendar = Unit | Months
"""Windows that follow one another on the calendar; `Unit.PERIOD` is one of them by name only."""


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


Per = Unit | Months | Trailing | Term
"""What `per:` says."""

MAX_TRAILING = 36_525
"""The most days that a trailing window has: a hundred years."""

MOST_MONTHS = 1200
"""The most months that a window has: a hundred years too."""


def read_per(text: str) -> Per:
    """Reads `week` … `period`, `4 months`, `90d` or `term of mandates`. Raises ValueError."""
    match = re.fullmatch(r"([0-9]{1,5})\s*(?:d|days?)", text)
    if match and 1 <= int(match[1]) <= MAX_TRAILING:
        return Trailing(int(match[1]))
    if term := re.fullmatch(r"term of ([a-z][a-z0-9_-]*)", text):
        return Term(term[1])
    if text in set(Unit):
        return Unit(text)
    if months := re.fullmatch(r"([0-9]{1,4})\s*(month|year)s?(?:\s+from\s+([0-9]{4})-(0[1-9]|1[0-2]))?", text):
        return _read_months(int(months[1]) * (12 if months[2] == "year" else 1), months[3], months[4])
    raise ValueError(text)


def _read_months(months: int, year: str | None, month: str | None) -> Per:
    if year is not None and month is not None and 1 <= months <= MOST_MONTHS:
        return Months(months, int(year) * 12 + int(month))
    if months in _NAMED:
        raise PeriodError(message("per-has-a-name", unit=_NAMED[months]))
    if months and 12 % months == 0:
        return Months(months)
    raise PeriodError(message("per-counted-from"))


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
    def parse(cls, text: str, year_starts: int = 1) -> Period:
        """Reads `2019`, `2019/20`, `2019-H1`, `2019-Q2`, `2019-03`, `2019-W05`, `2019-03-01` or `2019-03-01..2019-08-31`.

        Both `2019` and `2019/20` are the year that begins in 2019, with the month `year_starts`. Raises PeriodError, which says
        what is accepted.
        """
        text = text.strip()
        if ".." in text:
            first, _, last = text.partition("..")
            span = cls.parse(first, year_starts).first, cls.parse(last, year_starts).last
            if span[0] > span[1]:
                raise PeriodError(message("period-ends-before", text=text))
            return cls(*span, text)
        try:
            if _is_year(text) and (year_starts != 1 or "/" in text):
                start, following = (date(int(text[:4]) + more, year_starts, 1) for more in (0, 1))
                return cls(start, following - timedelta(days=1), text)
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
            if match := re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text):
                start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
                return cls(start, start + timedelta(days=6), text)
        except (ValueError, OverflowError):
            pass
        if day := read_day(text):
            return cls(day, day, text)
        raise PeriodError(message("not-a-period", text=text))

    def in_years(self, year_starts: int) -> Period:
        """What was read, as a rulebook means it whose years begin with that month: there `2019` is the year that begins then.

        Raises PeriodError of `2019/20` where years begin in January.
        """
        if not all(map(_is_year, self.label.split(".."))) or Period.parse(self.label) != self:
            return self
        if year_starts == 1:
            if "/" in self.label:
                raise PeriodError(message("year-of-the-calendar", text=self.label))
            return self
        meant = Period.parse(self.label, year_starts)
        return Period(meant.first, meant.last, f"{meant.first:%Y-%m}..{meant.last:%Y-%m}")

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


def _is_year(text: str) -> bool:
    """Whether a text is a year, by its number or as `2019/20`."""
    match = re.fullmatch(r"([0-9]{4})(?:/([0-9]{2}))?", text.strip())
    return match is not None and (match[2] is None or (int(match[1]) + 1) % 100 == int(match[2]))


def _calendar_window(per: Calendar, key: int, year_starts: int) -> Period | None:
    """The window with that key; None where it leaves the calendar."""
    first, following = (per.first_day(each, year_starts) for each in (key, key + 1))
    if first is None or (following is None and per.key(date.max, year_starts) != key):
        return None
    last = date.max if following is None else following - timedelta(days=1)
    if following is None and last != _last_of(per, first):
        return None
    return Period(first, last, _label(first, last, per, year_starts))


def _last_of(per: Calendar, first: date) -> date | None:
    """The last day of a window at the end of the calendar; None where that is beyond it."""
    if per is Unit.WEEK:
        return date.max if date.max.toordinal() - first.toordinal() == 6 else None  # noqa: PLR2004 -- days after the first
    return date.max if first.year * 12 + first.month + per.months == date.max.year * 12 + 13 else None


def _month(number: int) -> date | None:
    """The first day of the month with that number, from January of the year 0 as 0; None where that is outside the calendar."""
    year, month = divmod(number, 12)
    return date(year, month + 1, 1) if date.min.year <= year <= date.max.year else None


def _label(first: date, last: date, per: Calendar, year_starts: int) -> str:
    if per is Unit.WEEK:
        year, week, _ = first.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if per is Unit.MONTH:
        return f"{first:%Y-%m}"
    if year_starts != 1 or not isinstance(per, Unit):
        # Neither a financial year nor its quarters have a name that everybody reads alike.
        return f"{first:%Y-%m}..{last:%Y-%m}"
    number = (first.month - 1) // per.months + 1
    return f"{first.year:04d}" + {Unit.HALF: f"-H{number}", Unit.QUARTER: f"-Q{number}"}.get(per, "")


def _last_day(first_of_month: date, unit: Unit) -> date:
    """The last day of the calendar window that begins on that day."""
    month = first_of_month.month + unit.months - 1
    return date(first_of_month.year, month, monthrange(first_of_month.year, month)[1])
