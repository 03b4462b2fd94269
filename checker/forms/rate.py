"""`rate`: a part over its whole, summed over rows."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from checker.forms.base import Bounded, ExpressionText, Partial, Ratio, Related, unfit
from checker.forms.mean import mean_of_rows
from checker.forms.measure import Measure
from checker.forms.ratio import parts_of_wholes
from checker.forms.site import Site
from checker.forms.words import Words
from checker.words.message import message


class Rate(Bounded, Ratio, Related, Partial):
    """A part over its whole, of all related rows, each row's or the subject's own: attendance above 85 %."""

    example: ClassVar[str] = """\
for: branches
require:
  rate: {of: meetings, where: held, part: present, whole: eligible, per: year, more_than: 85%}
"""

    part: ExpressionText
    """The number of a row that is the part, such as those present."""
    whole: ExpressionText
    """The number of a row that is the whole, such as those entitled to vote."""
    mean: Literal["rows"] | None = None
    """`rows`: the mean of the rows' own ratios; without it all parts over all wholes, where large rows weigh more."""

    @model_validator(mode="after")
    def _is_bounded(self) -> Rate:
        if not self.bounds():
            raise unfit(message("form-no-bound"))
        if self.mean is not None and self.of is None:
            raise unfit(message("form-mean-of"))
        return self

    def measure(self, site: Site) -> Measure:
        """Sums the parts and the wholes of the rows, or the ratios of each."""
        measured = parts_of_wholes if self.mean is None else mean_of_rows
        return measured(site, nothing_breaches=self.nothing is not None)

    def sentence(self, words: Words) -> str:
        """The part and the whole, pooled over the rows or row by row, and the bounds of their ratio."""
        parts = {
            "part": words.quantity(self.part, related=True),
            "whole": words.quantity(self.whole, related=True),
            "bounds": words.bounds(self.bounds()),
        }
        if self.of is None:
            said = words.say("restated-rate", **parts)
        else:
            said = words.say("restated-rate-mean" if self.mean is not None else "restated-rate-of-sums", **parts)
        return self.and_nothing(words, said)
