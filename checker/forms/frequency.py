"""`frequency`: how many related rows there are in every window."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from checker.forms.base import Partial, PerValue, Related, unfit
from checker.forms.each import Counted
from checker.forms.measure import Measure
from checker.forms.rounding import Rounded
from checker.forms.site import Site
from checker.forms.words import Words
from checker.words.message import message


class Frequency(Rounded, Related, Partial, Counted):
    """So many related rows in every window: two plenaries a year."""

    example: ClassVar[str] = """\
for: branches
require:
  frequency: {of: meetings, where: "kind = 'plenary' and held", at_least: 2, per: year}
"""

    prorates: ClassVar[bool] = True

    of: str
    """The record, or the term, whose rows are counted."""
    per: PerValue
    """The windows in each of which there must be so many."""

    @model_validator(mode="after")
    def _is_bounded(self) -> Frequency:
        if not self.bounds():
            raise unfit(message("form-no-bound"))
        if self.partial == "prorate" and self.exactly is not None and self.round is None:
            raise unfit(message("form-exactly-part"))
        return self

    def measure(self, site: Site) -> Measure:
        """Counts rows; a count can only grow while its window is open."""
        return self.counted(site)

    def sentence(self, words: Words) -> str:
        """The number of rows, and its bounds."""
        said = words.say("restated-count-bounded", bounds=words.bounds(self.bounds(), self.round))
        return self.and_counted(words, said)
