"""Numbers are shown exactly, or so that they never contradict a verdict."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.words.amounts import Amount, Marks, approximate, number, percent

COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}
RATIOS = st.fractions(0, 1) | st.builds(Fraction, st.integers(0, 10**6), st.just(10**6))
BOUNDS = st.sampled_from([Fraction(85, 100), Fraction(2, 3), Fraction(1, 3), Fraction(0), Fraction(1)]) | RATIOS

VIETNAMESE = Marks(",", ".")


def read(shown: str, mark: str) -> Fraction:
    """What a reader takes the shown number to be."""
    if shown.endswith("%"):
        return Fraction(Decimal(shown[:-1].replace(mark, "."))) / 100
    return Fraction(shown)


@given(RATIOS, st.lists(BOUNDS, max_size=3), st.sampled_from([".", ","]))
def test_a_shown_percentage_never_contradicts_a_verdict(ratio: Fraction, bounds: list[Fraction], mark: str) -> None:
    shown = read(percent(ratio, bounds, Marks(mark)), mark)
    for bound in (*bounds, Fraction(0), Fraction(1)):
        for holds in COMPARISONS.values():
            assert holds(shown, bound) == holds(ratio, bound)
    assert abs(shown - ratio) <= Fraction(1, 2 * 10**4)


@given(st.integers(1, 10**6), st.integers(1, 30))
def test_a_near_miss_shows_as_many_places_as_it_takes(whole: int, places: int) -> None:
    bound = Fraction(85, 100)
    miss = bound - Fraction(1, whole * 10**places)
    assert read(percent(miss, [bound]), ".") < bound


@pytest.mark.parametrize(
    ("ratio", "bounds", "shown"),
    [
        (Fraction(849999, 10**6), ["17/20"], "84.9999%"),
        (Fraction(8496, 10**4), ["17/20"], "84.96%"),
        (Fraction(17, 20), ["17/20"], "85%"),
        (Fraction(2, 3), ["2/3"], "2/3"),
        (Fraction(2, 3), ["1/2"], "66.67%"),
        (Fraction(6667, 10**4), ["2/3"], "66.67%"),
        (Fraction(66666, 10**5), ["2/3"], "66.666%"),
        (Fraction(99999, 10**5), [], "99.999%"),
        (Fraction(1, 10**6), [], "0.0001%"),
        (Fraction(0), [], "0%"),
        (Fraction(1), [], "100%"),
    ],
)
def test_percent(ratio: Fraction, bounds: list[str], shown: str) -> None:
    assert percent(ratio, [Fraction(bound) for bound in bounds]) == shown


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        (12, "12", "12"),
        (Decimal("12.50"), "12.5", "12,5"),
        (Decimal("-0.000001"), "-0.000001", "-0,000001"),
        (Decimal("1E+3"), "1000", "1.000"),
        (Decimal("-1250000.5"), "-1250000.5", "-1.250.000,5"),
        (Fraction(1000, 3), "1000/3", "1.000/3"),
        (Fraction(10, 3), "10/3", "10/3"),
        (Fraction(1, 8), "0.125", "0,125"),
        (Fraction(-7, 2), "-3.5", "-3,5"),
    ],
)
def test_number(value: Amount, english: str, vietnamese: str) -> None:
    assert (number(value), number(value, VIETNAMESE)) == (english, vietnamese)


@given(st.fractions())
def test_a_number_is_exact(value: Fraction) -> None:
    assert Fraction(number(value)) == value


def test_only_what_no_decimal_shows_is_approximated() -> None:
    assert approximate(Fraction(2, 3)) == "0.666667"
    assert approximate(Fraction(1, 8)) is None
    assert approximate(3) is None
