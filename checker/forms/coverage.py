"""`coverage`: every subject has a related row."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from checker.forms.base import BoundText, Related
from checker.forms.counting import count
from checker.forms.measure import Measure, Site, m, template
from checker.forms.rounding import Rounded
from checker.forms.words import Words


class Coverage(Rounded, Related):
    """Every subject has related rows, one at least unless a bound says otherwise: every hamlet has a cell."""

    example: ClassVar[str] = """\
for: wards
require:
  coverage: {of: branches, by: {ward: id}}
"""

    of: str
    """The record, or the term, whose rows are counted."""
    at_least: BoundText | None = None
    """As many as this, or more; 1, if no bound is given."""
    nothing: Literal["not-applicable"] | None = None
    """`not-applicable` judges only those who have a related row at all: who chairs a committee, chairs no other."""

    def bounds(self) -> tuple[tuple[str, str], ...]:
        """At least one related row, unless the form says otherwise."""
        return super().bounds() or (("at_least", "1"),)

    def measure(self, site: Site) -> Measure:
        """Counts rows."""
        counted = count(site.bounds(related=False))
        if self.nothing is None:
            return counted
        none = template("CASE WHEN :hi = 0 THEN TRUE WHEN :lo = 0 THEN NULL ELSE FALSE END", lo=m("n_lo"), hi=m("n_hi"))
        return replace(counted, nothing=none)

    def sentence(self, words: Words) -> str:
        """The number of rows, and its bounds."""
        said = words.say("restated-count-bounded", bounds=words.bounds(self.bounds(), self.round))
        if self.nothing is None:
            return said
        return words.say("restated-if-any", said=said)
