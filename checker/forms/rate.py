"""`rate`: a part over its whole, summed over rows."""

from __future__ import annotations

from pydantic import model_validator

from checker.forms.base import Bounded, ExpressionText, Related, Windowed


class Rate(Bounded, Related, Windowed):
    """A part over its whole, pooled over the related rows or of the subject's own row: attendance above 85 %."""

    part: ExpressionText
    whole: ExpressionText

    @model_validator(mode="after")
    def _is_bounded(self) -> Rate:
        if not self.bounds():
            raise ValueError("give a bound: at_least, more_than, at_most, less_than or exactly")
        return self
