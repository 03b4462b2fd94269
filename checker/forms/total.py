"""`total`: a declared number equals the sum or count of related rows."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import ExpressionText, Flag, Related
from checker.forms.measure import Measure, Quantity, Site, m, template
from checker.forms.words import Words


class Total(Related):
    """A declared number equals the count, or the sum, of the related rows, within a tolerance: 52 = 12 + 33 + 5 + 2."""

    example: ClassVar[str] = """\
for: branches
require:
  total: {declared: members, of: people, count: true}
"""

    of: str
    """The record, or the term, whose rows are counted or summed."""
    declared: ExpressionText
    """The number that is declared: a field of the subject, or an expression over it."""
    count: Flag = False
    """`true`: the rows are counted."""
    sum: ExpressionText | None = None
    """The numeric expression over each row that is summed."""
    tolerance: ExpressionText = "0"
    """By how much the two may differ."""

    @model_validator(mode="after")
    def _counts_or_sums(self) -> Total:
        if self.count == (self.sum is not None):
            raise ValueError("give either 'count: true' or 'sum: expression'")
        return self

    def measure(self, site: Site) -> Measure:
        """Compares the declared number with what the rows give; each of the two may be an interval."""
        one = exp.Literal.number(1)
        measured = Quantity(one, one) if self.count else site.number("sum", related=True)
        ends = {
            "declared": m("declared"),
            "tolerance": exp.Literal.number(self.tolerance),
            "lo": m("n_lo"),
            "hi": m("n_hi"),
        }
        return Measure(
            kind="sum",
            quantities={"n": measured},
            own={"declared": site.value("declared", related=False)},
            met=template(":declared - :hi >= -:tolerance AND :declared - :lo <= :tolerance", **ends),
            breached=template(":declared - :lo < -:tolerance OR :declared - :hi > :tolerance", **ends),
            low=m("n_lo"),
            high=m("n_hi"),
            shown_bounds=(site.value("declared", related=False),),
        )

    def sentence(self, words: Words) -> str:
        """What is declared, and the count or sum it equals."""
        counted = words.say(en="the number of {what}", vi="số {what}")
        if self.sum is not None:
            summed = words.quantity(self.sum, related=True)
            counted = words.say(en="the sum of {sum} over all {what}", vi="tổng của {sum} trên tất cả {what}", sum=summed)
        exact = Decimal(self.tolerance) == 0
        return words.say(
            en="the declared {declared} equals {counted}" + ("" if exact else ", give or take {tolerance}"),
            vi="số khai báo {declared} bằng {counted}" + ("" if exact else ", sai lệch không quá {tolerance}"),
            declared=words.quantity(self.declared, related=False),
            counted=counted,
            tolerance=self.tolerance,
        )
