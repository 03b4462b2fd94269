"""The windows of a run as rows of the table `windows`, keyed by integer arithmetic on dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from checker.model.period import Months, Per, Period, Term, Unit

WindowRow = tuple[str, int, int, int, date, date, str, bool, bool]
"""unit, no, its place among those of the unit, key, first, last, label, whether it has begun, whether it is over"""


_ALWAYS = tuple(unit for unit in Unit if unit is not Unit.WEEK)
"""The windows that there are whether or not a rule asks for them."""


def base_of(per: Unit | Months) -> str:
    """The parameter that is the key of the first window of that kind."""
    return re.sub(r"\W", "_", f"base_{per}")


def window_unit(per: Per, *, partial: bool) -> str:
    """The unit of windows in the table; those of the calendar of which a part is enough are another."""
    return f"{per} or part" if partial and not isinstance(per, Term) else str(per)


def rows(period: Period, as_of: date, asked: Iterable[tuple[Per, bool]], year_starts: int) -> list[WindowRow]:
    """Every window of the calendar, and of what rules ask for besides; `no` counts from 1 over all of them.

    What they ask for: the kind of window, and whether those are wanted too that lie only partly inside the period.
    """
    found: list[WindowRow] = []
    besides = {(per, partial) for per, partial in asked if partial or per not in _ALWAYS}
    for per, partial in (*((unit, False) for unit in _ALWAYS), *sorted(besides, key=_in_order)):
        for index, window in enumerate(period.windows(per, as_of, year_starts, partial=partial)):
            key = per.key(window.first, year_starts) if isinstance(per, Unit | Months) and per is not Unit.PERIOD else 0
            span = (window.first, window.last, window.label, window.first <= as_of, window.last <= as_of)
            found.append((window_unit(per, partial=partial), len(found) + 1, index, key, *span))
    return found


def _in_order(asked: tuple[Per, bool]) -> tuple[str, bool]:
    per, partial = asked
    return str(per), partial
