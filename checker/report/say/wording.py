"""Says things in one language: texts of the catalogue, numbers, intervals and lengths of time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from checker.model.names import Names
from checker.model.period import Period
from checker.words.amounts import Amount, Marks, number, percent
from checker.words.message import Words

_NAMED = {1: "pattern-month", 3: "pattern-quarter", 12: "pattern-year"}
"""The patterns of spans of so many months that have a name."""


class Wording(Words):
    """The words of one language, with the numbers, days and windows of reports, and the names of what they are about.

    `said` are messages that were made before, by all that they say.
    """

    def __init__(self, language: str, names: Names | None = None) -> None:
        super().__init__(language)
        self.names = Names() if names is None else names
        self.said: dict[Hashable, str] = {}

    @cached_property
    def marks(self) -> Marks:
        """The signs with which this language writes numbers."""
        return Marks(self("decimal"), self("thousands"))

    def number(self, value: Amount) -> str:
        """The value exactly, or the day, as this language writes it."""
        return self.day(value) if isinstance(value, date) else number(value, self.marks)

    def window(self, window: Period | str) -> str:
        """The name of a window, or of a label of one: `March 2019`, `Q2 2019`, or from which day or month to which."""
        label = window if isinstance(window, str) else window.label
        span = _span(label)
        return label if span is None else self._span(*span)

    def percent(self, ratio: Fraction, bounds: Sequence[Fraction] = ()) -> str:
        """The ratio as a percentage that contradicts none of the bounds."""
        return percent(ratio, bounds, self.marks)

    def interval(self, low: Amount | None, high: Amount | None) -> str:
        """An interval in words; one value where its ends agree."""
        if low is None:
            return self("unknown") if high is None else self("until", high=self.number(high))
        if high is None:
            return self("from", low=self.number(low))
        if low == high:
            return self.number(low)
        return self("range", low=self.number(low), high=self.number(high))

    def change(self, low: Fraction | None, high: Fraction | None) -> str:
        """An interval of what was added (+2) or taken away (-2), in words."""
        if low is None or high is None:
            return self.interval(low, high)
        ends = [("+" if end > 0 else "") + self.number(end) for end in (low, high)]
        return ends[0] if low == high else self("range", low=ends[0], high=ends[1])

    def _span(self, first: date, last: date) -> str:
        if first == last:
            return self.day(first)
        if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
            return self("to", first=first, last=last)
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if months in _NAMED and (first.month - 1) % months == 0:
            return self.day(first, _NAMED[months])
        if months == _HALF and first.month in {1, 1 + _HALF}:
            return self.day(first, "pattern-half-1" if first.month == 1 else "pattern-half-2")
        return self("to", first=self.day(first, "pattern-month"), last=self.day(last, "pattern-month"))

    def _filled(self, value: object) -> object:
        match value:
            case Period():
                return self.window(value)
            case Decimal() | Fraction():
                return self.number(value)
            case _:
                return super()._filled(value)


_HALF = 6


@lru_cache(maxsize=4096)
def _span(label: str) -> tuple[date, date] | None:
    """The days that the name of a window says: of one that is cut, those of the whole; None of what is no such name."""
    try:
        period = Period.parse(label)
    except ValueError:
        return None
    return period.first, period.last
