"""`rate`: a part over its whole, summed over rows."""

from __future__ import annotations

from pydantic import model_validator

from checker.forms.base import Bounded, ExpressionText, Related, Windowed
from checker.forms.measure import Measure, Site
from checker.forms.ratio import ratio


class Rate(Bounded, Related, Windowed):
    """A part over its whole, pooled over the related rows or of the subject's own row: attendance above 85 %."""

    part: ExpressionText
    whole: ExpressionText

    @model_validator(mode="after")
    def _is_bounded(self) -> Rate:
        if not self.bounds():
            raise ValueError("give a bound: at_least, more_than, at_most, less_than or exactly")
        return self

    def measure(self, site: Site) -> Measure:
        """Sums the parts and the wholes of the rows."""
        part, whole = site.value("part", related=True), site.value("whole", related=True)
        return ratio(site, part, whole, site.upper("whole", related=True))
