"""`total`: a declared number equals the sum or count of related rows."""

from __future__ import annotations

from pydantic import model_validator

from checker.forms.base import ExpressionText, Flag, Related


class Total(Related):
    """A declared number equals the count, or the sum, of the related rows, within a tolerance: 52 = 12 + 33 + 5 + 2."""

    of: str
    declared: ExpressionText
    count: Flag = False
    sum: ExpressionText | None = None
    tolerance: ExpressionText = "0"

    @model_validator(mode="after")
    def _counts_or_sums(self) -> Total:
        if self.count == (self.sum is not None):
            raise ValueError("give either 'count: true' or 'sum: expression'")
        return self
