"""Writes exact amounts as a language does. Rounding is for display only, and what is displayed never contradicts a bound."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

Amount = int | Decimal | Fraction | date
"""An exact value: never a float."""

_PLACES = 2


class Marks(NamedTuple):
    """The signs with which a language writes numbers: before decimals, and between thousands."""

    decimal: str = "."
    thousands: str = ""


MACHINE = Marks()
"""How numbers are written for programs, and in the cells of a submission."""


def number(value: Amount, marks: Marks = MACHINE) -> str:
    """The value exactly: an integer, a decimal, `2/3` where no decimal is exact, or a day, `2019-01-31`."""
    if isinstance(value, date):
        return value.isoformat()
    exact = Fraction(value)
    places = decimal_places(exact)
    return _ratio(exact, marks) if places is None else _decimal(exact, places, marks)


def percent(ratio: Fraction, bounds: Iterable[Fraction] = (), marks: Marks = MACHINE) -> str:
    """The ratio as a percentage of two places, or of as many as it takes to stay on its side of every bound.

    It also stays on its side of 0 % and 100 %. A ratio that equals a bound which no decimal can show is shown as the
    fraction it is.
    """
    # In integers: thousands of these are shown, and fractions are slow.
    top, bottom = ratio.numerator * 100, ratio.denominator
    fixed = [(0, 1), (100, 1), *((bound.numerator * 100, bound.denominator) for bound in bounds)]
    exact = decimal_places(Fraction(top, bottom))
    if exact is None and any(top * b == a * bottom for a, b in fixed):
        return _ratio(ratio, marks)
    places = _PLACES if exact is None else min(exact, _PLACES)
    while any(_side(_units(top, bottom, places) * b, a * 10**places) != _side(top * b, a * bottom) for a, b in fixed):
        places += 1
    return _decimal(Fraction(top, bottom), places, marks) + "%"


def approximate(value: Amount | None) -> str | None:
    """A decimal near a value that no decimal shows exactly; None where there is nothing to approximate."""
    if not isinstance(value, Fraction) or decimal_places(value) is not None:
        return None
    return _decimal(value, 6, MACHINE)


def decimal_places(value: Fraction) -> int | None:
    """How many decimal places show the value exactly; None where no number of them does."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def as_fraction(value: Amount | None) -> Fraction | None:
    """The value as a fraction; None for a day and for what is not known."""
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else None


def _units(top: int, bottom: int, places: int) -> int:
    """The ratio in units of the last place, rounded half to even."""
    scale: int = 10**places
    units, rest = divmod(top * scale, bottom)
    up = 2 * rest > bottom or (2 * rest == bottom and units % 2 == 1)
    return units + 1 if up else units


def _side(value: int, bound: int) -> int:
    return (value > bound) - (value < bound)


def _ratio(value: Fraction, marks: Marks) -> str:
    return f"{_grouped(value.numerator, marks)}/{_grouped(value.denominator, marks)}"


def _decimal(value: Fraction, places: int, marks: Marks) -> str:
    units = _units(value.numerator, value.denominator, places)
    whole, rest = divmod(abs(units), 10**places)
    said = ("-" if units < 0 else "") + _grouped(whole, marks)
    return f"{said}{marks.decimal}{rest:0{places}d}" if places else said


def _grouped(value: int, marks: Marks) -> str:
    return f"{value:,}".replace(",", marks.thousands)
