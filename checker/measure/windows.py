"""The calendar windows of a run as rows of the table `windows`, keyed by integer arithmetic on dates."""

from __future__ import annotations

from datetime import date

from checker.model.period import Period, Unit

WindowRow = tuple[str, int, int, date, date, str, bool, bool]
"""unit, no, key, first, last, label, whether it has begun, whether it is over"""


def key(unit: Unit, day: date) -> int:
    """The integer that is the same for all days of one window and differs between windows."""
    match unit:
        case Unit.MONTH:
            return day.year * 12 + day.month - 1
        case Unit.QUARTER:
            return day.year * 4 + (day.month - 1) // 3
        case Unit.HALF:
            return day.year * 2 + (1 if day.month > 6 else 0)  # noqa: PLR2004 - the months of a half-year
        case Unit.YEAR:
            return day.year
        case Unit.PERIOD:
            return 0


def rows(period: Period, as_of: date) -> list[WindowRow]:
    """Every window of every unit that lies wholly inside the period; `no` counts from 1 over all of them."""
    found: list[WindowRow] = []
    for unit in Unit:
        for window in period.windows(unit):
            span = (window.first, window.last, window.label, window.first <= as_of, window.last <= as_of)
            found.append((unit.value, len(found) + 1, key(unit, window.first), *span))
    return found
