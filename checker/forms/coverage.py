"""`coverage`: every subject has a related row."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import model_validator

from checker.forms.base import BoundText, Related, unfit
from checker.forms.each import Counted
from checker.forms.measure import Measure, m, template
from checker.forms.rounding import Rounded
from checker.forms.site import Site
from checker.forms.words import Words
from checker.words.message import message


class Coverage(Rounded, Related, Counted):
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

    @model_validator(mode="after")
    def _asks_once_whom(self) -> Coverage:
        if self.each is not None and self.nothing is not None:
            raise unfit(message("form-each-nothing"))
        return self

    def bounds(self) -> tuple[tuple[str, str], ...]:
        """At least one related row, unless the form says otherwise."""
        return super().bounds() or (("at_least", "1"),)

    def measure(self, site: Site) -> Measure:
        """Counts rows."""
        counted = self.counted(site)
        if self.nothing is None:
            return counted
        none = template("CASE WHEN :hi = 0 THEN TRUE WHEN :lo = 0 THEN NULL ELSE FALSE END", lo=m("n_lo"), hi=m("n_hi"))
        return replace(counted, nothing=none)

    def sentence(self, words: Words) -> str:
        """The number of rows, and its bounds."""
        said = self.and_counted(words, words.say("restated-count-bounded", bounds=words.bounds(self.bounds(), self.round)))
        if self.nothing is None:
            return said
        return words.say("restated-if-any", said=said)
