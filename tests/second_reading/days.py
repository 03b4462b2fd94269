"""Days, spans of time, and windows of the calendar."""

import calendar as months_of
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

Window = tuple[date, date]
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Calendar:
    """Which days are not worked."""

    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()

    def told(self, day: date) -> bool:
        """Whether the calendar says something about that day."""
        years = {holiday.year for holiday in self.holidays}
        return 1950 <= day.year <= 2099 and (not years or day.year in years)

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        return day.weekday() not in self.weekend and day not in self.holidays


@dataclass(frozen=True)
class Span:
    """A number of days, months or working days."""

    number: int
    unit: str
    calendar: Calendar = field(default_factory=Calendar)


def span(text: str, calendar: Calendar) -> Span:
    """Reads `30d`, `2 months`, `1 year` or `10 working days`."""
    found = re.fullmatch(r"([0-9]+)\s*(d|days?|months?|years?|working days?)", text.strip())
    if found is None:
        raise ValueError(text)
    number, unit = int(found[1]), found[2]
    if unit.startswith("working"):
        return Span(number, "working", calendar)
    if unit.startswith("d"):
        return Span(number, "days")
    return Span(number * (12 if unit.startswith("y") else 1), "months")


def later(day: date, by: int) -> date | None:
    """The day so many days later, if the calendar has it."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def months_later(day: date, by: int) -> date | None:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, months_of.monthrange(year, month + 1)[1]))


def moved(day: date | None, by: Span | None, sign: int = 1) -> date | None:
    """The day moved by a span, forwards or backwards; None where that cannot be told."""
    if day is None or by is None:
        return day
    if by.unit == "days":
        return later(day, sign * by.number)
    if by.unit == "months":
        return months_later(day, sign * by.number)
    left, current = by.number, day
    if not by.calendar.told(day):
        return None
    while left:
        following = later(current, sign)
        if following is None or not by.calendar.told(following):
            return None
        current = following
        left -= by.calendar.works(current)
    return current


def lapse(start: date, end: date, unit: Span) -> int | None:
    """The least whole number of units that moves one day to the other or beyond."""
    if unit.unit == "days":
        return (end - start).days
    number = 0
    while True:
        reached = moved(start, Span(number, unit.unit, unit.calendar))
        if reached is None:
            return None
        if reached >= end:
            return number
        number += 1


def windows(unit: str, first: date, last: date, year_starts: int = 1) -> Iterator[Window]:
    """The calendar windows of a unit that have a day in common with the span."""
    size = MONTHS[unit]
    month = first.year * 12 + first.month - 1
    start = month - (month - (year_starts - 1)) % size
    while True:
        begin = date(start // 12, start % 12 + 1, 1)
        end = date((start + size) // 12, (start + size) % 12 + 1, 1) - timedelta(days=1)
        if begin > last:
            return
        yield begin, end
        start += size


def period(text: str, year_starts: int = 1) -> Window:
    """Reads `2019`, a year that begins with that month, `2019-03` or `2019-01-15..2019-06-30`, and `2019-H1`, `2019-Q2`."""
    if ".." in text:
        first, last = text.split("..")
        return date.fromisoformat(first), date.fromisoformat(last)
    year = int(text[:4])
    if len(text) == 4:
        return date(year, year_starts, 1), date(year + 1, year_starts, 1) - timedelta(days=1)
    size, number = {"H": (6, text[6:]), "Q": (3, text[6:])}.get(text[5], (1, text[5:]))
    last_month = size * int(number)
    return date(year, last_month - size + 1, 1), date(year, last_month, months_of.monthrange(year, last_month)[1])
