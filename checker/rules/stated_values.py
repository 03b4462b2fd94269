"""What a case states of an indicator: `12`, `98.76%`, `3..5`, `none`, `12 so far`, `0..3 or none` (docs/language.md, Cases).

A number is met by what comes to it rounded to as many decimals as it has; one without decimals is exact, and so is a
fraction. Values are multiples of a millionth, put down or up to one, and so nothing is more exact than that.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from checker.model.indicators import IndicatorState, Reading
from checker.model.measures import MeasureKind
from checker.model.words import Reason
from checker.rules.bounds import read_number
from checker.words.amounts import as_fraction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checker.words.amounts import Amount

NONE = "none"
SO_FAR = " so far"
OR_NONE = " or none"
_BETWEEN = ".."
_SUFFIXES = {SO_FAR: IndicatorState.OPEN, OR_NONE: IndicatorState.PERHAPS}
_MILLIONTH = Fraction(1, 1_000_000)
_PLACES, _MOST_PLACES = 2, 6
"""In so many places a percentage is rounded in reports, and in no more anything is written."""

_END = r"(-?[0-9]{1,18}(\.[0-9]{1,6})?|[0-9]{1,18}((\.[0-9]{1,6})?\s*%|\s*/\s*[0-9]{1,18}))"
PATTERN = rf"^(({_END}|{_END}?\s*\.\.\s*{_END}?)({SO_FAR}|{OR_NONE})?|{NONE}({SO_FAR})?)$"
"""What an editor accepts where such a value is read."""


class End(NamedTuple):
    """A number as a case states it, and how far from it what is measured may be."""

    value: Fraction
    apart: Fraction
    percent: bool

    def meets(self, measured: Amount | None) -> bool:
        """Whether what is measured comes to it."""
        exact = as_fraction(measured)
        return exact is not None and self.takes(exact)

    def takes(self, measured: Fraction) -> bool:
        """Whether that number comes to it."""
        return abs(measured - self.value) <= self.apart


class StatedValue(NamedTuple):
    """What an indicator should measure, as written: a value from `low` to `high`, of which None is no limit, or `nothing`."""

    text: str
    state: IndicatorState
    low: End | None = None
    high: End | None = None
    nothing: bool = False

    def meets(self, measured: Reading) -> bool:
        """Whether what is measured is what is stated."""
        if (measured.state, measured.reason is not None) != (self.state, self.nothing):
            return False
        ends = ((self.low, measured.low), (self.high, measured.high))
        return all(there is None if end is None else end.meets(there) for end, there in ends)

    @property
    def reading(self) -> Reading:
        """The same as what was measured, to be told in words."""
        low, high = (None if end is None else end.value for end in (self.low, self.high))
        nothing_yet = self.nothing and self.state is IndicatorState.OPEN
        return Reading(low, high, self.state, Reason.NOTHING_TO_MEASURE if nothing_yet else None)

    @property
    def kind(self) -> MeasureKind:
        """In percent it is a ratio."""
        return MeasureKind.RATIO if any(end is not None and end.percent for end in (self.low, self.high)) else MeasureKind.SUM

    @property
    def decided(self) -> bool:
        """Whether it is one number, or none, and not what may be or is so far."""
        return self.state in {IndicatorState.VALUE, IndicatorState.NONE} and self.low == self.high

    @property
    def bounds(self) -> tuple[Fraction, ...]:
        """The numbers that are written."""
        return tuple(end.value for end in (self.low, self.high) if end is not None)


def read_value(text: str) -> StatedValue | None:
    """The value that a case states; None of what is no such text."""
    said, state = text.strip(), IndicatorState.VALUE
    for suffix, meant in _SUFFIXES.items():
        if said.endswith(suffix):
            said, state = said.removesuffix(suffix).strip(), meant
            break
    if said == NONE:
        if state is IndicatorState.PERHAPS:
            return None
        return StatedValue(text, IndicatorState.NONE if state is IndicatorState.VALUE else state, nothing=True)
    first, between, last = said.partition(_BETWEEN)
    if not between:
        end = _end(said)
        return None if end is None else StatedValue(text, state, end, end)
    ends = [_end(part.strip()) for part in (first, last)]
    if any(end is None and part.strip() for end, part in zip(ends, (first, last), strict=True)):
        return None
    low, high = ends
    if low is not None and high is not None and low.value > high.value:
        return None
    return StatedValue(text, state, low, high)


def _end(text: str) -> End | None:
    value = read_number(text)
    if value is None:
        return None
    share = text.endswith("%")
    decimals = re.search(r"\.([0-9]+)", text)
    half = Fraction(1, 2 * 10 ** len(decimals[1])) / (100 if share else 1) if decimals else Fraction(0)
    return End(value, max(half, _MILLIONTH), share)


def value_written(measured: Reading, others: Iterable[Fraction], *, ratio: bool) -> str:
    """The text by which a case states what is measured, ratios in percent, in as many places as keep it apart from `others`."""
    if measured.reason is not None:
        return NONE if measured.state is IndicatorState.NONE else NONE + SO_FAR
    apart = tuple(others)
    low, high = (
        "" if exact is None else _written(exact, apart, ratio=ratio)
        for exact in (as_fraction(measured.low), as_fraction(measured.high))
    )
    suffix = next((text for text, state in _SUFFIXES.items() if state is measured.state), "")
    return (low if low == high and low else f"{low}{_BETWEEN}{high}") + suffix


def _written(value: Fraction, others: Iterable[Fraction], *, ratio: bool) -> str:
    text = ""
    for places in range(_MOST_PLACES + 1):
        units = round(value * 10**places * (100 if ratio else 1))
        text = f"{Decimal(units).scaleb(-places):f}{'%' if ratio else ''}"
        end = _end(text)
        # A percentage is rounded as reports round it; all else is written as it is.
        right = end is not None and (end.value == value or (ratio and places >= _PLACES)) and end.takes(value)
        if end is not None and right and not any(other != value and end.takes(other) for other in others):
            break
    return text
