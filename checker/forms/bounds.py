"""Bounds, and what is compared with them (docs/meaning.md, sections 6 and 17).

A bound lies between two ends, and what is known has the same one twice: so all forms compare with both of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sqlglot import exp

from checker.forms.measure import Bound, Columns, Ends, all_of, any_of, one, template, times, tried

UNBOUNDED = Ends(exp.null(), exp.null())


class Placed(NamedTuple):
    """Bounds as columns: those that the subject has for them, and the bounds as they are there."""

    own: Columns
    bounds: tuple[Bound, ...]


def columns_of(name: str, ends: Ends, table: str | None = "m") -> tuple[Columns, Ends]:
    """The columns with both ends of a number, one of what is known, and the number as it is there."""
    names = (name, name) if ends.single else (f"{name}_lo", f"{name}_hi")
    return dict(zip(names, ends, strict=True)), Ends(*(exp.column(each, table=table) for each in names))


def placed(bounds: tuple[Bound, ...], table: str | None = "m", *, shown: bool = True) -> Placed:
    """The bounds as columns of the measured rows; what is known, and `shown`, stands where it is shown."""
    own: dict[str, exp.Expression] = {}
    found = []
    for number, bound in enumerate(bounds, 1):
        if bound.ends.single and shown:
            there = one(exp.column(f"bound_{number}", table=table))
        else:
            columns, there = columns_of(f"limit_{number}", bound.ends, table)
            own |= columns
        found.append(replace(bound, ends=there))
    return Placed(own, tuple(found))


def exactly(bounds: tuple[Bound, ...]) -> tuple[exp.Expression, ...]:
    """What is shown of bounds: each where it is known."""
    return tuple(bound.ends.exact for bound in bounds)


def within(bounds: tuple[Bound, ...], low: exp.Expression, high: exp.Expression) -> tuple[exp.Expression, exp.Expression]:
    """(met, breached) of the interval [low, high] against bounds, compared without dividing."""
    met, breached = [], []
    for bound in bounds:
        ends = {"b_lo": bound.ends.low, "b_hi": bound.ends.high}
        parts = {"lo": times(low, bound.denominator), "hi": times(high, bound.denominator), **ends}
        satisfied, missed = _COMPARISONS[bound.key]
        met.append(tried(template(satisfied, **parts)))
        breached.append(tried(template(missed, **parts)))
    return all_of(*met), any_of(*breached)


def already(bounds: tuple[Bound, ...], low: exp.Expression) -> tuple[exp.Expression, exp.Expression]:
    """(met, breached) of a count that can only grow from `low`."""
    met, breached = [], []
    for bound in bounds:
        parts = {"lo": times(low, bound.denominator), "b_hi": bound.ends.high}
        met.append(tried(template({"at_least": ":lo >= :b_hi", "more_than": ":lo > :b_hi"}.get(bound.key, "FALSE"), **parts)))
        past = {"at_most": ":lo > :b_hi", "less_than": ":lo >= :b_hi", "exactly": ":lo > :b_hi"}.get(bound.key, "FALSE")
        breached.append(tried(template(past, **parts)))
    return all_of(*met), any_of(*breached)


_COMPARISONS = {
    "at_least": (":lo >= :b_hi", ":hi < :b_lo"),
    "more_than": (":lo > :b_hi", ":hi <= :b_lo"),
    "at_most": (":hi <= :b_lo", ":lo > :b_hi"),
    "less_than": (":hi < :b_lo", ":lo >= :b_hi"),
    "exactly": (":lo = :b_hi AND :hi = :b_lo", ":lo > :b_hi OR :hi < :b_lo"),
}


def calculated(sql: tuple[str, str], *, a: Ends, b: Ends = UNBOUNDED, lacks: exp.Expression | None = None) -> Ends:
    """Both ends of what is calculated from the ends of others; what is too large for any number is no limit."""
    parts = {"a_lo": a.low, "a_hi": a.high, "b_lo": b.low, "b_hi": b.high, "lacks": lacks or exp.null()}
    return Ends(*(exp.Try(this=template(each, **parts)) for each in sql))


def total(a: Ends, b: Ends) -> Ends:
    """The sum of two numbers."""
    return calculated((":a_lo + :b_lo", ":a_hi + :b_hi"), a=a, b=b)


def difference(a: Ends, b: Ends) -> Ends:
    """By how much the first number is more than the second."""
    return calculated((":a_lo - :b_hi", ":a_hi - :b_lo"), a=a, b=b)


def product(a: Ends, b: Ends) -> Ends:
    """The product of two numbers: without limits where an end is infinite, but for what neither can be negative."""
    return calculated((":a_lo * :b_lo",) * 2 if a.single and b.single else _PRODUCT, a=a, b=b)


_FINITE = "NOT :a_lo IS NULL AND NOT :a_hi IS NULL AND NOT :b_lo IS NULL AND NOT :b_hi IS NULL"
_EACH = ":a_lo * :b_lo, :a_lo * :b_hi, :a_hi * :b_lo, :a_hi * :b_hi"
_PRODUCT = (
    f"CASE WHEN {_FINITE} THEN LEAST({_EACH}) WHEN :a_lo >= 0 AND :b_lo >= 0 THEN :a_lo * :b_lo END",
    f"CASE WHEN {_FINITE} THEN GREATEST({_EACH}) END",
)
