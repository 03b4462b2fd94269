"""The windows of a run as rows of the table `windows`, keyed by integer arithmetic on dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from checker.model.period import Per, Period, Trailing, Unit

WindowRow = tuple[str, int, int, date, date, str, bool, bool]
"""unit, no, key, first, last, label, whether it has begun, whether it is over"""


def rows(period: Period, as_of: date, asked: Iterable[Per], year_starts: int) -> list[WindowRow]:
    """Every window of the calendar, and of what rules ask for besides; `no` counts from 1 over all of them."""
    found: list[WindowRow] = []
    trailing = sorted({per for per in asked if isinstance(per, Trailing)}, key=lambda per: per.days)
    for per in (*Unit, *trailing):
        for window in period.windows(per, as_of, year_starts):
            key = per.key(window.first, year_starts) if isinstance(per, Unit) and per is not Unit.PERIOD else 0
            span = (window.first, window.last, window.label, window.first <= as_of, window.last <= as_of)
            found.append((str(per), len(found) + 1, key, *span))
    return found
