"""Says things in one language: texts of the catalogue, numbers, intervals and lengths of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from checker.model.report import Amount
from checker.report.say.amounts import number, percent
from checker.words.message import Words

_SPAN = re.compile(r"\s*([0-9]+)\s*(d|day|working\s+day|month|year)s?\s*")
_UNITS = {"d": "days", "day": "days", "working day": "working-days", "month": "months", "year": "years"}


class Wording(Words):
    """The words of one language, with the numbers of reports."""

    def number(self, value: Amount) -> str:
        """The value exactly, as this language writes it."""
        return number(value, self("decimal"))

    def percent(self, ratio: Fraction, bounds: Sequence[Fraction] = ()) -> str:
        """The ratio as a percentage that contradicts none of the bounds."""
        return percent(ratio, bounds, self("decimal"))

    def span(self, written: str) -> str:
        """A length of time, as a rulebook writes it (`365d`, `12 months`), in words."""
        match = _SPAN.fullmatch(written)
        return self.several(_UNITS[" ".join(match[2].split())], int(match[1])) if match else written

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
