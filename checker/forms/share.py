"""`share`: how many rows satisfy a predicate, of all rows of a group or of those that satisfy another."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import Bounded, Partial, PredicateText, Ratio, Related, unfit
from checker.forms.measure import Exact, Measure, Quantity, Site, all_of, template
from checker.forms.ratio import pooled
from checker.forms.words import Words
from checker.words.message import message

_ONE = exp.Literal.number(1)


class Share(Bounded, Ratio, Related, Partial):
    """The rows of which `that` holds against all related rows, or those of which `base` holds: excellent against good."""

    example: ClassVar[str] = """\
for: branches
require:
  share: {of: ratings, that: "rating in ('excellent', 'good')", per: year, more_than: 93%}
"""

    of: str
    """The record, or the term, of whose rows it is a share."""
    that: PredicateText
    """The predicate that tells the rows whose share it is."""
    base: PredicateText | None = None
    """The predicate that tells the rows they are compared with; all rows, if not given."""

    @model_validator(mode="after")
    def _is_bounded(self) -> Share:
        if not self.bounds():
            raise unfit(message("form-no-bound"))
        return self

    def measure(self, site: Site) -> Measure:
        """Counts the rows of which `that` holds and, independently, those of the base."""
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
        parts = {"that": words.expression(self.that, related=True), "bounds": words.bounds(self.bounds())}
        if self.base is None:
            said = words.say("restated-share", **parts)
        else:
            said = words.say("restated-share-of-base", base=words.expression(self.base, related=True), **parts)
        return self.and_nothing(words, said)


_ONE_ROW = Quantity(_ONE, _ONE)


def _told(predicate: exp.Expression) -> exp.Expression:
    """1 where the predicate holds, 0 where it does not, NULL where that is unknown."""
    return template("CASE WHEN :holds THEN 1 WHEN NOT :holds THEN 0 END", holds=predicate)


def _either(column: str) -> Quantity:
    """What a row counts of which a predicate holds, or may hold."""
    said = exp.column(column)
    return Quantity(template("COALESCE(:said, 0)", said=said), template("COALESCE(:said, 1)", said=said))
