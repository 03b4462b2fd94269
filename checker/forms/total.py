"""`total`: a declared number equals the sum or count of related rows, or an opening with what came and less what went."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from types import MappingProxyType
from typing import ClassVar

from pydantic import Field, model_validator
from sqlglot import exp

from checker.forms.base import ExpressionText, Flag, PredicateText, Related, Tighter, unfit
from checker.forms.bounds import columns_of, difference, total
from checker.forms.flow import flowing
from checker.forms.measure import Columns, Ends, Exact, Measure, Quantity, m, template
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.words.message import message


class Total(Related):
    """A declared number equals the count, or the sum, of the related rows, within a tolerance: 52 = 12 + 33 + 5 + 2."""

    example: ClassVar[str] = """\
for: branches
require:
  total: {declared: members, of: people, count: true}
"""
    tighter = MappingProxyType({"tolerance": Tighter.SMALLER})

    of: str
    """The record, or the term, whose rows are counted or summed."""
    declared: ExpressionText
    """The number that is declared: a field of the subject, or an expression over it."""
    count: Flag = False
    """`true`: the rows are counted."""
    sum: ExpressionText | None = None
    """The numeric expression over each row that is summed."""
    opening: ExpressionText | None = None
    """What there was at the start, to which the rows are added: a field of the subject, or an expression over it."""
    in_: PredicateText | None = Field(None, alias="in")
    """The predicate that tells the rows that are added; with neither `in` nor `out`, all are."""
    out: PredicateText | None = None
    """The predicate that tells the rows that are taken away."""
    tolerance: ExpressionText = "0"
    """By how much the two may differ."""

    @model_validator(mode="after")
    def _counts_or_sums(self) -> Total:
        if self.count == (self.sum is not None):
            raise unfit(message("form-count-or-sum"))
        return self

    def measure(self, site: Site) -> Measure:
        """Compares the declared number with what the opening and the rows give; each of them may be an interval."""
        steps, change = self._change(site)
        declared, opening = site.ends("declared"), site.ends("opening") if self.opening is not None else None
        own, asked = columns_of("declared", declared)
        measured, opened = Ends(m("n_lo"), m("n_hi")), Ends(exp.null(), exp.null())
        if opening is not None:
            columns, opened = columns_of("opening", opening)
            own, measured = {**own, **columns}, total(opened, measured)
        less = difference(asked, measured)
        ends = {"tolerance": exp.Literal.number(self.tolerance), "lo": less.low, "hi": less.high}
        tolerance = (("within", self.tolerance),) if Decimal(self.tolerance) else ()
        return Measure(
            kind=MeasureKind.SUM,
            steps=steps,
            quantities={"n": change},
            exact=self._exact(site),
            own=own,
            met=template(":lo >= -:tolerance AND :hi <= :tolerance", **ends),
            breached=template(":hi < -:tolerance OR :lo > :tolerance", **ends),
            low=measured.low,
            high=measured.high,
            whole_low=opened.low,
            whole_high=opened.high,
            shown_bounds=(declared.exact,),
            limits=(("=", self.declared), *tolerance),
        )

    def _exact(self, site: Site) -> Exact | None:
        if self.in_ is not None or self.out is not None:
            return None
        if self.count:
            return Exact({"n": _ONE})
        value = site.value("sum", related=True)
        return Exact({"n": value}, template(":value BETWEEN -1000000000000 AND 1000000000000", value=value))

    def _change(self, site: Site) -> tuple[tuple[Columns, ...], Quantity]:
        """What a row adds, and the columns it is computed from."""
        size = Quantity(_ONE, _ONE) if self.count else site.number("sum", related=True)
        if self.in_ is None and self.out is None:
            return (), size
        comes, goes = (exp.false() if self.text(key) is None else site.predicate(key, related=True) for key in ("in", "out"))
        said, change = flowing(size, comes, goes)
        return (said,), change

    def sentence(self, words: Words) -> str:
        """What is declared, and the count or sum it equals, or what came and went since the opening."""
        exact = Decimal(self.tolerance) == 0
        return words.say(
            "restated-total" if exact else "restated-total-about",
            declared=words.quantity(self.declared, related=False),
            counted=self._balance(words, words.counted(self.sum)),
            tolerance=self.tolerance,
        )

    def _balance(self, words: Words, counted: str) -> str:
        """The opening, what is added, and what is taken away."""
        said = [] if self.opening is None else [words.quantity(self.opening, related=False)]
        if self.in_ is None and self.out is None:
            said.append(counted)
        if self.in_ is not None:
            said.append(words.say("restated-counted-if", counted=counted, that=words.expression(self.in_, related=True)))
        balance = reduce(lambda sum_, more: words.say("restated-plus", balance=sum_, more=more), said) if said else ""
        if self.out is None:
            return balance
        less = words.say("restated-less", counted=counted, that=words.expression(self.out, related=True))
        return words.say("restated-and-less", balance=balance, less=less) if balance else less


_ONE = exp.Literal.number(1)
