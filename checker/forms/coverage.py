"""`coverage`: every subject has a related row."""

from __future__ import annotations

from checker.forms.base import Bounded, Related
from checker.forms.counting import count
from checker.forms.measure import Measure, Site
from checker.forms.words import Words


class Coverage(Bounded, Related):
    """Every subject has related rows, one at least unless a bound says otherwise: every hamlet has a cell."""

    of: str

    def bounds(self) -> tuple[tuple[str, str], ...]:
        """At least one related row, unless the form says otherwise."""
        return super().bounds() or (("at_least", "1"),)

    def measure(self, site: Site) -> Measure:
        """Counts rows."""
        return count(site.bounds(related=False))

    def sentence(self, words: Words) -> str:
        """The number of rows, and its bounds."""
        return words.say(
            en="the number of {what} is {bounds}",
            vi="số {what} là {bounds}",
            bounds=words.bounds(self.bounds()),
        )
