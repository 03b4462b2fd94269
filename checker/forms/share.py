"""`share`: the share of a group's rows that satisfy a predicate."""

from __future__ import annotations

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import Bounded, ExpressionText, Related, Windowed
from checker.forms.measure import Measure, Site, template
from checker.forms.ratio import ratio
from checker.forms.words import Words


class Share(Bounded, Related, Windowed):
    """The share of the related rows (the base) of which `that` holds: more than 93 % rated good or better."""

    of: str
    that: ExpressionText

    @model_validator(mode="after")
    def _is_bounded(self) -> Share:
        if not self.bounds():
            raise ValueError("give a bound: at_least, more_than, at_most, less_than or exactly")
        return self

    def measure(self, site: Site) -> Measure:
        """Counts the rows of the base, and those of which `that` holds."""
        that = site.predicate("that", related=True)
        part = template("CASE WHEN :that THEN 1 WHEN NOT :that THEN 0 END", that=that)
        one = exp.Literal.number(1)
        return ratio(site, part, one, one)

    def sentence(self, words: Words) -> str:
        """The base, the predicate, and the bounds of the share."""
        return words.say(
            en="of all {what}, the share for which ({that}) is true is {bounds}",
            vi="trong tất cả {what}, tỷ lệ thỏa mãn ({that}) là {bounds}",
            that=words.expression(self.that),
            bounds=words.bounds(self.bounds()),
        )
