"""Days moved by a span of time, and how many of its units lie between two days (docs/meaning.md, section 2)."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from checker.forms.measure import template
from checker.plan.logical.rows import day
from checker.plan.logical.workdays import workday
from checker.rules.bounds import Duration, Months

_CALENDAR = {"first": day(dt.date.min), "last": day(dt.date.max)}
_IN_CALENDAR = "CASE WHEN :day BETWEEN :first AND :last THEN :day END"
_BY_MONTHS = {
    Months.CLIP: "CAST(:start + TO_MONTHS(:months) AS DATE)",
    Months.END_TO_END: """CASE WHEN :start = LAST_DAY(:start) THEN LAST_DAY(CAST(:start + TO_MONTHS(:months) AS DATE))
      ELSE CAST(:start + TO_MONTHS(:months) AS DATE) END""",
    Months.NEXT_DAY: """CAST(:start + TO_MONTHS(:months) AS DATE) + CASE
      WHEN EXTRACT(DAY FROM :start + TO_MONTHS(:months)) < EXTRACT(DAY FROM :start) THEN 1 ELSE 0 END""",
}
"""How the day is found that is so many months away, by what is done where the month has no such day."""

_MONTHS = (
    "CAST((EXTRACT(YEAR FROM :second) - EXTRACT(YEAR FROM :first)) * 12 "
    "+ EXTRACT(MONTH FROM :second) - EXTRACT(MONTH FROM :first) AS INTEGER)"
)


def moved(start: exp.Expression, duration: Duration, sign: int) -> exp.Expression:
    """A day moved by a duration; NULL outside the calendar."""
    if duration.unit == "working day":
        return workday(start, duration.count * sign)
    if duration.months is None:
        step = exp.Interval(this=exp.Literal.string(str(duration.count)), unit=exp.Var(this="DAY"))
        found: exp.Expression = exp.Add(this=start, expression=step) if sign > 0 else exp.Sub(this=start, expression=step)
        return template(_IN_CALENDAR, day=exp.cast(found, "DATE"), **_CALENDAR)
    return template(_IN_CALENDAR, day=_by(duration, start, exp.Literal.number(duration.months * sign)), **_CALENDAR)


def months_between(duration: Duration, first: exp.Expression, second: exp.Expression) -> exp.Expression:
    """The least number of months, counted as the duration counts them, that lead from the first day to the second, or beyond."""
    between = template(_MONTHS, first=first, second=second)
    reached = [
        _by(duration, first, template(":months + :more", months=between, more=exp.Literal.number(more))) for more in (-1, 0)
    ]
    # The month before is enough only where it is too short, and so leads to the first day of this one.
    fewer = (
        exp.false() if duration.months_by is not Months.NEXT_DAY else template(":day >= :second", day=reached[0], second=second)
    )
    enough = template(":day >= :second", day=reached[1], second=second)
    return template(
        "CASE WHEN :fewer THEN :months - 1 WHEN :enough THEN :months ELSE :months + 1 END",
        fewer=fewer,
        enough=enough,
        months=between,
    )


def _by(duration: Duration, start: exp.Expression, months: exp.Expression) -> exp.Expression:
    return template(_BY_MONTHS[duration.months_by], start=exp.cast(start, "DATE"), months=exp.cast(months, "INTEGER"))
