"""Working days: the table `workdays`, and the day that is so many of them away (docs/meaning.md, section 2).

`workdays` has each `day` on which a calendar is told, its number `no` among the working days (NULL where it is none), and
the numbers before the first working day `after` it, and behind the last one before it: the n-th working day after a day
has the number `after` + n, the n-th before it `before` - n.
"""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from checker.forms.measure import template, wrap
from checker.plan.emit.printing import plain
from checker.plan.logical.rows import day
from checker.rules.bounds import check_duration
from checker.rules.rulebook import Calendar, Rulebook

# Rows are only numbered: without its optimizer DuckDB 2.0.0 counts over a window in time that grows with the square of its days.
ALL = "ROW_NUMBER() OVER (ORDER BY day)"
ALIKE = "ROW_NUMBER() OVER (PARTITION BY works ORDER BY day)"


def workday(start: exp.Expression, steps: int) -> exp.Expression:
    """The working day so many (if negative, before) the start; NULL where the calendar does not tell it."""
    number = "near.after + :steps" if steps > 0 else "near.before - :steps"
    return wrap(
        template(
            "(SELECT MAX(far.day) FROM workdays AS near JOIN workdays AS far "
            f"ON far.no = {number} WHERE near.day = CAST(:start AS DATE))",
            start=start,
            steps=exp.Literal.number(abs(steps)),
        )
    )


def rolled(start: exp.Expression, sign: int) -> exp.Expression:
    """The start where it is a working day, else the next one, or (-1) the one before; NULL where the calendar does not tell."""
    number = "near.after + 1" if sign > 0 else "near.before - 1"
    return wrap(
        template(
            "(SELECT MAX(far.day) FROM workdays AS near JOIN workdays AS far "
            f"ON far.no = COALESCE(near.no, {number}) WHERE near.day = CAST(:start AS DATE))",
            start=start,
        )
    )


def workdays(book: Rulebook, dialect: str) -> str | None:
    """The statement that makes `workdays`; None where no rule asks for working days."""
    forms = [rule.require for rule in book.requirements]
    spans = [span for form in forms for key in form.durations if (span := form.text(key)) is not None]
    counted = any(check_duration(span).unit == "working day" for span in spans)
    if not counted and all(form.text("roll") is None for form in forms):
        return None
    table = exp.Create(this=exp.to_table("workdays"), kind="TABLE", replace=True, expression=_days(book.calendar))
    return plain(table, dialect)


def _days(calendar: Calendar) -> exp.Expression:
    weekend = ", ".join(map(str, calendar.weekend or (0,)))
    days = template(
        "SELECT CAST(UNNEST(GENERATE_SERIES(:first, :last, INTERVAL 1 DAY)) AS DATE) AS day",
        first=day(calendar.first),
        last=day(calendar.last),
    )
    # One text instead of thousands of literals, each of which the engine would have to plan.
    free = template(
        "SELECT CAST(UNNEST(STRING_SPLIT(:free, ',')) AS DATE) AS day",
        free=exp.Literal.string(",".join(map(str, calendar.holidays or (date.max,)))),
    )
    works = f"free.day IS NULL AND NOT EXTRACT(ISODOW FROM days.day) IN ({weekend})"
    return (
        exp.select("day", "upto AS after", "upto + IF(works, 0, 1) AS before", "IF(works, upto, NULL) AS no")
        .from_("counted", copy=False)
        .with_("days", as_=days, copy=False)
        .with_("free", as_=free, copy=False)
        .with_(
            "told", as_=template(f"SELECT days.day, {works} AS works FROM days LEFT JOIN free ON free.day = days.day"), copy=False
        )
        .with_("numbered", as_=template(f"SELECT day, works, {ALL} AS all_upto, {ALIKE} AS alike_upto FROM told"), copy=False)
        .with_(
            "counted",
            as_=template("SELECT day, works, IF(works, alike_upto, all_upto - alike_upto) AS upto FROM numbered"),
            copy=False,
        )
    )
