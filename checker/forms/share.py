"""`share`: how many rows satisfy a predicate, of all rows of a group or of those that satisfy another."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import Bounded, Partial, PredicateText, Ratio, Related, unfit
from checker.forms.each import Each, of_groups
from checker.forms.measure import (
    Bound,
    Exact,
    Groups,
    Measure,
    Quantity,
    Valued,
    all_of,
    any_of,
    m,
    template,
    tried,
    within,
)
from checker.forms.ratio import NOTHING, pooled
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

        def difference(p: exp.Expression, q: int) -> Quantity:
            asked = {"p": p, "q": exp.Literal.number(q)}
            low = template(":q * :part - :p * :whole", part=part.low, whole=whole.high, **asked)
            high = template(":q * :part - :p * :whole", part=part.high, whole=whole.low, **asked)
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
    columns, met, breached = dict[str, exp.Expression](), [], []
    for number, bound in enumerate(site.bounds(related=False), 1):
        parts = {"q": exp.Literal.number(bound.denominator), "p": m(f"bound_{number}")}
        columns[f"d{number}_lo"] = tried(template(_LEAST, **parts))
        columns[f"d{number}_hi"] = tried(template(_MOST, **parts))
        against_zero = (Bound(bound.key, exp.Literal.number(0), 1),)
        one_met, one_breached = within(against_zero, m(f"d{number}_lo"), m(f"d{number}_hi"))
        met.append(one_met)
        breached.append(one_breached)
    whole = {"lo": m("all_lo"), "hi": m("all_hi")}
    groups = Groups(field, columns, all_of(*met), any_of(*breached))
    nothing = exp.false() if nothing_breaches else template(NOTHING, **whole)
    measured = replace(of_groups(groups, site.bounds(related=False), nothing=nothing), kind=MeasureKind.SHARES)
    if not nothing_breaches:
        return measured
    return replace(
        measured,
        met=all_of(measured.met, template(":lo > 0", **whole)),
        breached=any_of(measured.breached, template(":hi = 0", **whole)),
    )


_LEAST = ":q * m.own_lo - :p * (m.all_hi - (m.own_hi - m.own_lo))"
"""All rows that may count do, but those of the value."""
_MOST = ":q * (m.own_hi + m.any_hi) - :p * (m.all_lo + m.own_hi - m.own_lo + m.any_hi - m.any_lo)"
"""All rows that may be of the value are, and of the others only those count that certainly do."""

_ONE_ROW = Quantity(_ONE, _ONE)


def _told(predicate: exp.Expression) -> exp.Expression:
    """1 where the predicate holds, 0 where it does not, NULL where that is unknown."""
    return template("CASE WHEN :holds THEN 1 WHEN NOT :holds THEN 0 END", holds=predicate)


def _either(column: str) -> Quantity:
    """What a row counts of which a predicate holds, or may hold."""
    said = exp.column(column)
    return Quantity(template("COALESCE(:said, 0)", said=said), template("COALESCE(:said, 1)", said=said))
