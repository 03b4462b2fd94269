"""`share`: how many rows satisfy a predicate, of all rows of a group or of those that satisfy another."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import Bounded, Partial, PredicateText, Ratio, Related, unfit
from checker.forms.bounds import placed
from checker.forms.each import Each, of_groups
from checker.forms.measure import Ends, Exact, Groups, Measure, Quantity, Valued, all_of, first_of, template, tried
from checker.forms.ratio import against_zero, or_nothing, pooled
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.words.message import message

_ONE = exp.Literal.number(1)


class Share(Bounded, Ratio, Related, Partial, Each):
    """The rows of which `that` holds against all related rows, or those of which `base` holds: excellent against good."""

    example: ClassVar[str] = """\
for: branches
require:
  share: {of: ratings, that: "rating in ('excellent', 'good')", per: year, more_than: 93%}
"""

    of: str
    """The record, or the term, of whose rows it is a share."""
    that: PredicateText | None = None
    """The predicate that tells the rows whose share it is; or `each`, for the share of each value of a field."""
    base: PredicateText | None = None
    """The predicate that tells the rows they are compared with; all rows, if not given."""

    @model_validator(mode="after")
    def _is_bounded(self) -> Share:
        if not self.bounds():
            raise unfit(message("form-no-bound"))
        if (self.that is None) is (self.each is None):
            raise unfit(message("form-that-or-each"))
        if self.base is not None and self.each is not None:
            raise unfit(message("form-base-and-each"))
        return self

    def measure(self, site: Site) -> Measure:
        """Counts the rows of which `that` holds and, independently, those of the base; or those of each value."""
        each = site.valued("each")
        if each is not None:
            return share_of_each(site, each, nothing_breaches=self.nothing is not None)
        said = {"that": _told(site.predicate("that", related=True))}
        if self.base is not None:
            said["base"] = _told(site.predicate("base", related=True))
        part, whole = _either("that"), _ONE_ROW if self.base is None else _either("base")

        def difference(p: Ends, q: int) -> Quantity:
            # Below 0, a p takes the wholes the other way round.
            ends = (
                (part.low, p.high, _where(":p < 0", p.high, whole.low, whole.high)),
                (part.high, p.low, _where(":p < 0", p.low, whole.high, whole.low)),
            )
            low, high = (
                template(":q * :part - :p * :whole", part=own, whole=of, p=end, q=exp.Literal.number(q)) for own, end, of in ends
            )
            return Quantity(exp.Try(this=low), exp.Try(this=high), signed=True)

        told = all_of(*(template("NOT :said IS NULL", said=exp.column(name)) for name in said))
        exact = Exact({"part": part.low, "whole": whole.low}, told)
        return pooled(site, (said,), part, whole, difference, exact=exact, nothing_breaches=self.nothing is not None)

    def sentence(self, words: Words) -> str:
        """The base, the predicate, and the bounds of the share."""
        if self.that is None:
            said = words.say("restated-share-of-each", bounds=words.bounds(self.bounds()))
            return self.and_nothing(words, self.and_each(words, said))
        parts = {"that": words.expression(self.that, related=True), "bounds": words.bounds(self.bounds())}
        if self.base is None:
            said = words.say("restated-share", **parts)
        else:
            said = words.say("restated-share-of-base", base=words.expression(self.base, related=True), **parts)
        return self.and_nothing(words, said)


def share_of_each(site: Site, field: Valued, *, nothing_breaches: bool) -> Measure:
    """Compares the number of rows of each value with that of all, without dividing, as `checker.forms.ratio` does."""
    bounds, columns = site.bounds(related=False), dict[str, exp.Expression]()
    for number, bound in enumerate(placed(bounds).bounds, 1):
        q = exp.Literal.number(bound.denominator)
        columns[f"d{number}_lo"] = tried(template(_LEAST, q=q, p=bound.ends.high))
        columns[f"d{number}_hi"] = tried(template(_MOST, q=q, p=bound.ends.low))
    of_value = Groups(field, columns, *against_zero(bounds))
    measured = replace(of_groups(of_value, bounds, nothing=exp.false()), kind=MeasureKind.SHARES)
    return or_nothing(measured, "all", nothing_breaches=nothing_breaches)


_LEAST = """
:q * m.own_lo + LEAST(:q - :p, 0) * (m.own_hi - m.own_lo) - :p * m.all_lo
  - GREATEST(:p, 0) * (m.all_hi - m.own_hi - m.all_lo + m.own_lo)
"""
"""Of the rows that only may count those do that make it less, and the rows of unknown value are of another."""
_MOST = """
:q * (m.own_lo + m.any_lo) + GREATEST(:q - :p, 0) * (m.own_hi - m.own_lo + m.any_hi - m.any_lo) - :p * m.all_lo
  - LEAST(:p, 0) * (m.all_hi - m.own_hi - m.any_hi - m.all_lo + m.own_lo + m.any_lo)
"""
"""Of the rows that only may count those do that make it more, and the rows of unknown value are of this one."""

_ONE_ROW = Quantity(_ONE, _ONE)


def _where(condition: str, p: exp.Expression, then: exp.Expression, otherwise: exp.Expression) -> exp.Expression:
    return otherwise if then == otherwise else first_of((template(condition, p=p), then), default=otherwise)


def _told(predicate: exp.Expression) -> exp.Expression:
    """1 where the predicate holds, 0 where it does not, NULL where that is unknown."""
    return template("CASE WHEN :holds THEN 1 WHEN NOT :holds THEN 0 END", holds=predicate)


def _either(column: str) -> Quantity:
    """What a row counts of which a predicate holds, or may hold."""
    said = exp.column(column)
    return Quantity(template("COALESCE(:said, 0)", said=said), template("COALESCE(:said, 1)", said=said))
