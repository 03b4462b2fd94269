"""Reckoning with numbers of which only the ends are known (section 17 of the contract)."""

import math
from fractions import Fraction

from tests.second_reading.cells import EMPTY, INFINITE, UNKNOWN, Cell, End, Interval
from tests.second_reading.truth import Truth, either, opposite

ANY = Interval(-INFINITE, INFINITE)


def reckoned(sign: str, left: Interval, right: Interval) -> Cell:
    """All that a sum, a difference, or a product of two numbers may be."""
    none = either((left.none, right.none))
    if sign == "+":
        return Interval(left.low + right.low, left.high + right.high, none)
    if sign == "-":
        return Interval(left.low - right.high, left.high - right.low, none)
    if sign == "/":
        if right.low != right.high or not right.low:
            return UNKNOWN
        low, high = sorted((left.low / right.low, left.high / right.low))
        return Interval(low, high, none)
    ends = (left.low, left.high, right.low, right.high)
    if min(ends) < 0 and any(math.isinf(end) for end in ends):
        return UNKNOWN
    products = [times(one, other) for one in ends[:2] for other in ends[2:]]
    return Interval(min(products), max(products), none)


def times(one: End, other: End) -> End:
    """A product in which nothing of the infinite is nothing."""
    return one * other if one and other else Fraction(0)


def size(number: Interval) -> Interval:
    """All that the absolute value may be."""
    ends = (max(number.low, -number.low), max(number.high, -number.high))
    return Interval(Fraction(0) if number.low <= 0 <= number.high else min(ends), max(ends), number.none)


def first(given: list[Cell]) -> Cell:
    """The first value that there is; any of several where that is not known."""
    if not given:
        return EMPTY
    value, *others = given
    none = value is EMPTY or (isinstance(value, Interval) and value.none)
    if none is False:
        return value
    following = first(others)
    if none:
        return following
    assert isinstance(value, Interval)
    if not isinstance(following, Fraction | Interval):
        return UNKNOWN
    other = of(following)
    low, high = (other.low, other.high) if other.none is False else other.likely
    ends = (min(value.likely[0], low), max(value.likely[1], high))
    if other.none is False:
        return Interval(*ends)
    return Interval(-INFINITE, INFINITE, None, value.likely if other.none else ends)


def of(value: Fraction | Interval) -> Interval:
    """A number as an interval."""
    return value if isinstance(value, Interval) else Interval(value, value)


def compared(sign: str, left: Interval, right: Interval) -> Truth:
    """What a comparison says of all the numbers that may be meant."""
    if sign in {"<>", "!="}:
        return opposite(compared("=", left, right))
    if sign in {">", ">="}:
        return compared({">": "<", ">=": "<="}[sign], right, left)
    if sign == "=":
        apart = left.high < right.low or right.high < left.low
        return False if apart else True if left.low == left.high == right.low == right.high else None
    if sign == "<":
        return True if left.high < right.low else False if left.low >= right.high else None
    return True if left.high <= right.low else False if left.low > right.high else None
