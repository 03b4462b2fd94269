"""Rounded bounds: a third of the members, rounded up. Exact, and without dividing until the quotient is whole."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Literal

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import Bounded, unfit
from checker.forms.measure import Bound, Ends, template, times
from checker.words.message import message

Rounding = Literal["up", "down", "nearest"]
"""To which whole number: of two that are equally near, `nearest` takes the greater."""

MILLION = 10**6
_WHOLE = re.compile(r"\s*-?[0-9]+\s*")


class Rounded(Bounded):
    """Bounds on a number of things, which may be rounded to a whole number before anything is compared with them."""

    round: Rounding | None = None
    """Rounds the bounds to a whole number: `up`, `down`, or to the `nearest`, which is the greater one at a half."""

    @model_validator(mode="after")
    def _has_something_to_round(self) -> Rounded:
        prorated = getattr(self, "partial", None) == "prorate"
        if self.round is not None and not prorated and all(_WHOLE.fullmatch(text) for _, text in self.bounds()):
            raise unfit(message("form-round-nothing"))
        return self


def rounded(bound: Bound, rounding: Rounding | None) -> Bound:
    """The bound, rounded."""
    if rounding is None:
        return bound
    return replace(bound, ends=_quotients(bound, (rounding, rounding)), denominator=1)


def in_millionths(bound: Bound) -> Bound:
    """The bound in whole millionths, the low end put down, and the high one up."""
    larger = replace(bound, ends=Ends(*(times(end, MILLION) for end in bound.ends)))
    return replace(bound, ends=_quotients(larger, ("down", "up")), denominator=MILLION)


def _quotients(bound: Bound, roundings: tuple[Rounding, Rounding]) -> Ends:
    denominator = exp.Literal.number(bound.denominator)
    low, high = (exp.Try(this=quotient(end, denominator, way)) for end, way in zip(bound.ends, roundings, strict=True))
    return Ends(low, high)


def quotient(numerator: exp.Expression, denominator: exp.Expression, rounding: Rounding) -> exp.Expression:
    """The number divided by a whole number above 0, rounded."""
    match rounding:
        case "down":
            return _floor(numerator, denominator)
        case "up":
            return template("-1 * :n", n=_floor(template("-1 * :b", b=numerator), denominator))
        case "nearest":
            raised = template("2 * :b + :q", b=numerator, q=denominator)
            return _floor(raised, template("2 * :q", q=denominator))


def rounded_value(value: Fraction, rounding: Rounding | None) -> Fraction:
    """The same for a bound whose value is known."""
    match rounding:
        case None:
            return value
        case "down":
            return Fraction(floor(value))
        case "up":
            return Fraction(-floor(-value))
        case "nearest":
            return Fraction(floor(value + Fraction(1, 2)))


def _floor(numerator: exp.Expression, denominator: exp.Expression) -> exp.Expression:
    """The greatest integer not above the quotient: that of the numerator's own floor, less what does not divide."""
    whole = exp.cast(template("FLOOR(CAST(:n AS DECIMAL(38, 6)))", n=numerator), "HUGEINT")
    if denominator == exp.Literal.number(1):
        return whole
    return template("(:n - (:n % :q + :q) % :q) // :q", n=whole, q=denominator)
