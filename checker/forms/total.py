"""`total`: a declared number equals the sum or count of related rows."""

from __future__ import annotations

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import ExpressionText, Flag, Related
from checker.forms.measure import Measure, Quantity, Site, m, template


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
