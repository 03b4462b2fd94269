"""Days of which only the month or the year is known: known to lie between two days, and no more (docs/meaning.md, section 2).

Of such a cell of `f` the column `f` is NULL, as of all that is not known; `_low_f` and `_high_f` are the first and the last day
that it may be. What is compared with a day is decided where all days between them lie on one side of it.
"""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from checker.forms.day import Day
from checker.forms.measure import template
from checker.model.formats import month_formats, pattern
from checker.model.partial_days import MONTH, YEAR
from checker.model.schema import Field, Precision

_FIRST = exp.cast(exp.Literal.string(date.min.isoformat()), "DATE")


_COMPARED: dict[type[exp.Expression], str] = {
    exp.GT: "CASE WHEN :low > :other THEN TRUE WHEN :high <= :other THEN FALSE END",
    exp.GTE: "CASE WHEN :low >= :other THEN TRUE WHEN :high < :other THEN FALSE END",
    exp.LT: "CASE WHEN :high < :other THEN TRUE WHEN :low >= :other THEN FALSE END",
    exp.LTE: "CASE WHEN :high <= :other THEN TRUE WHEN :low > :other THEN FALSE END",
    exp.EQ: "CASE WHEN :low > :other OR :high < :other THEN FALSE WHEN :low = :high THEN :low = :other END",
    exp.NEQ: "CASE WHEN :low > :other OR :high < :other THEN TRUE WHEN :low = :high THEN :low <> :other END",
}


def compared(day: Day, kind: type[exp.Expression], other: exp.Expression) -> exp.Expression:
    """A comparison of a date field with a day: decided where all days that it may be say the same."""
    return template(_COMPARED[kind], low=day.low, high=day.high, other=other)


def partial_days(field: Field, cell: exp.Expression) -> tuple[exp.Expression, exp.Expression]:
    """The first and the last day that a text may be, which is a month, or a year; NULL where it is neither."""
    month = exp.Coalesce(this=_month(cell), expressions=[_month_in(cell, form) for form in month_formats(field.writing.formats)])
    last = template("LAST_DAY(:first)", first=month)
    if field.precision is Precision.MONTH:
        return month, last
    year = template("CASE WHEN :written THEN :first END", written=_like(cell, YEAR), first=_calendar(_cast(cell, "-01-01")))
    ends = template("CASE WHEN :written THEN :last END", written=_like(cell, YEAR), last=_calendar(_cast(cell, "-12-31")))
    return exp.Coalesce(this=month, expressions=[year]), exp.Coalesce(this=last, expressions=[ends])


def _month(cell: exp.Expression) -> exp.Expression:
    return template("CASE WHEN :written THEN :first END", written=_like(cell, MONTH), first=_calendar(_cast(cell, "-01")))


def _month_in(cell: exp.Expression, form: str) -> exp.Expression:
    first = template("CAST(TRY_STRPTIME(:cell, :format) AS DATE)", cell=cell, format=exp.Literal.string(form))
    return template("CASE WHEN :written THEN :first END", written=_like(cell, pattern(form)), first=_calendar(first))


def _cast(cell: exp.Expression, rest: str) -> exp.Expression:
    return template("TRY_CAST(CONCAT(:cell, :rest) AS DATE)", cell=cell, rest=exp.Literal.string(rest))


def _calendar(day: exp.Expression) -> exp.Expression:
    """The day, if it is of the years from 1 on."""
    return template("CASE WHEN :day >= :first THEN :day END", day=day, first=_FIRST)


def _like(cell: exp.Expression, regex: str) -> exp.Expression:
    return template("REGEXP_MATCHES(:cell, :regex)", cell=cell, regex=exp.Literal.string(f"^({regex})$"))
