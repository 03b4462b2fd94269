"""`rate`: a part over its whole, summed over rows."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from checker.forms.base import Bounded, ExpressionText, Partial, Ratio, Related
from checker.forms.measure import Measure, Site
from checker.forms.ratio import parts_of_wholes
from checker.forms.words import Words


class Rate(Bounded, Ratio, Related, Partial):
    """A part over its whole, pooled over the related rows or of the subject's own row: attendance above 85 %."""

    example: ClassVar[str] = """\
for: branches
require:
  rate: {of: meetings, where: held, part: present, whole: eligible, per: year, more_than: 85%}
"""

    part: ExpressionText
    """The number of a row that is the part, such as those present."""
    whole: ExpressionText
    """The number of a row that is the whole, such as those entitled to vote."""

    @model_validator(mode="after")
    def _is_bounded(self) -> Rate:
        if not self.bounds():
            raise ValueError("give a bound: at_least, more_than, at_most, less_than or exactly")
        return self

    def measure(self, site: Site) -> Measure:
        """Sums the parts and the wholes of the rows."""
        return parts_of_wholes(site, nothing_breaches=self.nothing is not None)

    def sentence(self, words: Words) -> str:
        """The part and the whole, pooled where there are related rows, and the bounds of their ratio."""
        parts = {
            "part": words.quantity(self.part, related=True),
            "whole": words.quantity(self.whole, related=True),
            "bounds": words.bounds(self.bounds()),
        }
        if self.of is None:
            said = words.say(en="{part} divided by {whole} is {bounds}", vi="{part} chia cho {whole} là {bounds}", **parts)
        else:
            said = words.say(
                en="the sum of {part} divided by the sum of {whole}, over all {what}, is {bounds}",
                vi="tổng của {part} chia cho tổng của {whole}, tính trên tất cả {what}, là {bounds}",
                **parts,
            )
        return self.and_nothing(words, said)
