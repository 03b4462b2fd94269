"""`target`: progress of a count or sum of related rows against a number that the subject sets."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pydantic import Field, model_validator
from sqlglot import exp

from checker.forms.base import Bounded, BoundText, DateText, ExpressionText, Flag, Related, unfit
from checker.forms.bounds import already, columns_of, exactly, placed, product, within
from checker.forms.flow import flowing
from checker.forms.measure import Ends, Measure, Quantity, all_of, m, template
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.words.message import message

_ONE = exp.Literal.number(1)


class Target(Bounded, Related):
    """What was done in a span of days, against a target: 866 admitted of 1,250. Two targets are two subjects."""

    example: ClassVar[str] = """\
for: targets
require:
  target: {of: people, by: {branch: branch}, on: joined, count: true, target: number, from: first, until: last}
"""

    of: str
    """The record, or the term, whose rows are counted or summed."""
    count: Flag = False
    """`true`: the rows are counted."""
    sum: ExpressionText | None = None
    """The numeric expression over each row that is summed."""
    target: ExpressionText
    """The number to be reached: a field of the subject, or an expression over it; of 0 there is nothing to measure."""
    from_: DateText = Field(alias="from")
    """The first day that counts: a date expression over the subject."""
    until: DateText
    """The last day that counts: a date expression over the subject. Before it is over, the target may still be reached."""
    on: str | None = None
    """The date field that says when a row is; the record's own `date`, if not given."""
    at_least: BoundText | None = None
    """Such a part of the target, or more; 100%, if no bound is given."""

    @model_validator(mode="after")
    def _counts_or_sums(self) -> Target:
        if self.count == (self.sum is not None):
            raise unfit(message("form-count-or-sum"))
        return self

    @property
    def dated(self) -> bool:
        """It always does."""
        return True

    def bounds(self) -> tuple[tuple[str, str], ...]:
        """The whole target, unless the form says otherwise."""
        return super().bounds() or (("at_least", "100%"),)

    def measure(self, site: Site) -> Measure:
        """Sums the rows of each subject's own days, and compares with its target without dividing."""
        size = Quantity(_ONE, _ONE) if self.count else site.number("sum", related=True)
        row = {"day": site.day(related=True), "least": size.low, "most": size.high}
        inside = template("day >= since AND day <= until")
        said, done = flowing(Quantity(exp.column("least"), exp.column("most"), size.signed), inside, exp.false())
        told, target = site.bounds(related=False), site.ends("target")
        own, aim = columns_of(
            "aim", Ends(*(template("CASE WHEN :low >= 0 THEN :end END", low=target.low, end=end) for end in target))
        )
        limits = placed(tuple(replace(bound, ends=product(bound.ends, target)) for bound in told), shown=False)
        met, breached = within(limits.bounds, m("done_lo"), m("done_hi"))
        reached, passed = already(limits.bounds, m("done_lo"))
        grows = self.count or site.never_negative("sum")
        return Measure(
            kind=MeasureKind.RATIO,
            paired=True,
            steps=(row, said),
            quantities={"done": done},
            own={
                **own,
                "since": site.date("from"),
                "until": site.date("until"),
                **limits.own,
            },
            met=_tried(template(":aim >= 0 AND NOT m.until IS NULL", aim=aim.low), met),
            breached=_tried(template(":aim >= 0 AND NOT m.until IS NULL", aim=aim.low), breached),
            already_met=_tried(template(":aim > 0", aim=aim.low), reached) if grows else exp.false(),
            already_breached=_tried(template(":aim > 0", aim=aim.low), passed) if grows else exp.false(),
            over=template("m.until <= :ref"),
            nothing=template("CASE WHEN :hi = 0 THEN TRUE WHEN :lo > 0 THEN FALSE END", lo=aim.low, hi=aim.high),
            due=m("until"),
            low=m("done_lo"),
            high=m("done_hi"),
            whole_low=aim.low,
            whole_high=aim.high,
            shown_bounds=exactly(told),
        )

    def sentence(self, words: Words) -> str:
        """What is counted, on which days, and how much of the target it is."""
        return words.say(
            "restated-target",
            done=words.counted(self.sum),
            first=words.quantity(self.from_, related=False),
            until=words.quantity(self.until, related=False),
            bounds=words.bounds(self.bounds()),
            target=words.quantity(self.target, related=False),
        )


def _tried(known: exp.Expression, condition: exp.Expression) -> exp.Expression:
    return template("COALESCE(:condition, FALSE)", condition=exp.Try(this=all_of(known, condition)))
