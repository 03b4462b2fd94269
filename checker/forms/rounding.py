"""Rounded bounds: a third of the members, rounded up. Exact, and without dividing until the quotient is whole."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Literal

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import Bounded
from checker.forms.measure import Bound, template

Rounding = Literal["up", "down", "nearest"]
"""To which whole number: of two that are equally near, `nearest` takes the greater."""

_WHOLE = re.compile(r"\s*-?[0-9]+\s*")


class Rounded(Bounded):
    """Bounds on a number of things, which may be rounded to a whole number before anything is compared with them."""

    round: Rounding | None = None
    """Rounds the bounds to a whole number: `up`, `down`, or to the `nearest`, which is the greater one at a half."""

    @model_validator(mode="after")
    def _has_something_to_round(self) -> Rounded:
        if self.round is not None and all(_WHOLE.fullmatch(text) for _, text in self.bounds()):
            raise ValueError("'round' rounds nothing: every bound is a whole number")
        return self


def rounded(bound: Bound, rounding: Rounding | None) -> Bound:
    """The bound, rounded."""
    match rounding:
        case None:
            return bound
        case "down":
            whole = _floor(bound.numerator, bound.denominator)
        case "up":
            mirrored = _floor(template("-1 * :b", b=bound.numerator), bound.denominator)
            whole = template("-1 * :n", n=mirrored)
        case "nearest":
            raised = template("2 * :b + :q", b=bound.numerator, q=exp.Literal.number(bound.denominator))
            whole = _floor(raised, 2 * bound.denominator)
    return replace(bound, numerator=exp.Try(this=whole), denominator=1)


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


def _floor(numerator: exp.Expression, denominator: int) -> exp.Expression:
    """The greatest integer not above the quotient: that of the numerator's own floor, less what does not divide."""
    whole = exp.cast(template("FLOOR(CAST(:n AS DECIMAL(38, 6)))", n=numerator), "HUGEINT")
    if denominator == 1:
        return whole
    return template("(:n - (:n % :q + :q) % :q) // :q", n=whole, q=exp.Literal.number(denominator))
