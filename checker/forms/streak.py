"""`streak`: the longest run of dated rows, one after the other, of which a predicate holds."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import PredicateText, Related, unfit
from checker.forms.counting import count
from checker.forms.measure import Measure, Runs, m
from checker.forms.rounding import Rounded
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.words.message import message


class Streak(Rounded, Related):
    """The longest run of related rows of which a predicate holds: no three absences in a row."""

    example: ClassVar[str] = """\
for: branches
require:
  streak: {of: meetings, that: not held, at_most: 2}
"""

    of: str
    """The record, or the term, whose rows follow one another."""
    that: PredicateText
    """The predicate that holds of each row of a run."""
    since: PredicateText | None = None
    """Rows before the first of which this predicate holds do not count."""
    on: str | None = None
    """The date field by which rows follow one another; the record's own `date`, if not given."""

    @property
    def dated(self) -> bool:
        """The rows follow one another by their days."""
        return True

    @model_validator(mode="after")
    def _is_bounded(self) -> Streak:
        if not self.bounds():
            raise unfit(message("form-no-bound"))
        return self

    def measure(self, site: Site) -> Measure:
        """Counts the rows of the longest run."""
        after = exp.true() if self.since is None else site.predicate("since", related=True)
        columns = {"day": site.day(related=True), "that": site.predicate("that", related=True), "after": after}
        counted = count(site.bounds(related=False))
        return replace(
            counted,
            kind=MeasureKind.RUN,
            paired=True,
            runs=Runs(columns),
            quantities={},
            own={"started": site.started(), "owed": site.began(), **counted.own},
            day_low=m("since"),
            day_high=m("until"),
        )

    def sentence(self, words: Words) -> str:
        """The predicate, from where on it is asked, and the bounds of the run."""
        parts = {"that": words.expression(self.that, related=True), "bounds": words.bounds(self.bounds(), self.round)}
        if self.since is None:
            return words.say("restated-streak", **parts)
        return words.say("restated-streak-since", after=words.expression(self.since, related=True), **parts)
