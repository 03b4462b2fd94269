"""Windows of which only a part may be due, cut to the days on which the duty exists (docs/meaning.md, section 4).

The columns of the frame: `opened` and `closed`, the first and last day of the cut as far as the rulebook and the period tell,
and `begins` and `ends` of the subject, NULL where unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlglot import exp

from checker.forms.measure import Bound, all_of, greatest, least, one, template
from checker.forms.rounding import Rounding, quotient, rounded
from checker.model.period import Months, Per, Unit
from checker.model.schema import Span
from checker.plan.logical.rows import Row, day

_LENIENT: dict[str, Rounding] = {"at_least": "down", "more_than": "down", "at_most": "up", "less_than": "up"}
"""How a bound is rounded that a part of a window asks for: in favour of the subject."""


@dataclass(frozen=True)
class Cut:
    """The windows `w` of a rule for a subject: cut, or with `whole` as they are.

    `lived` are the columns of a related row with the ends of its existence, where undated rows are not numbered by windows.
    """

    per: Per
    in_force: Span
    subject: Row
    whole: bool
    lived: tuple[str, ...] = ()

    def columns(self) -> dict[str, exp.Expression]:
        """The columns that the frame has besides."""
        found = {"opened": self.opened(), "closed": self.closed()}
        if self.lived:
            found |= {"term_first": _W_FIRST, "term_last": _W_LAST}
        if self.subject.record.begins is not None and not self.whole:
            found["begins"] = self.subject.own("_begins")
        if self.subject.record.ends is not None and not self.whole:
            found["ends"] = self.subject.own("_ends")
        return found

    def first(self) -> exp.Expression:
        """The first day of the cut; where it is unknown, the first that it may be."""
        return greatest(self.opened(), *([self.subject.own("_begins")] if "begins" in self.columns() else ()))

    def last(self) -> exp.Expression:
        """The last day of the cut; where it is unknown, the last that it may be."""
        return least(self.closed(), *([self.subject.own("_ends")] if "ends" in self.columns() else ()))

    def inside(self, rows: str, table: str | None = None) -> exp.Expression:
        """Whether a row is dated in the cut, NULL where that is unknown: of the frame under an alias, or of `w` and the subject.

        A row without a day may be, if it may have existed on a day of the whole window.
        """
        ends = self.columns() if table is None else {name: exp.column(name, table=table) for name in self.columns()}
        date, lived = exp.column("_day", table=rows), []
        dated = [template(f":day {_SIGNS[name]} :end", day=date, end=end) for name, end in ends.items() if name in _SIGNS]
        for name in self.lived:
            sign, end = _LIVED[name]
            lived.append(
                template(f"NOT :day IS NULL OR :own {sign} :end", day=date, own=exp.column(name, table=rows), end=ends[end])
            )
        return all_of(*dated, *lived)

    def prorated(self, bound: Bound, rounding: Rounding | None) -> Bound:
        """The bound times the cut's share of the days of its window; rounded, as a number of things is asked for."""
        ends = [self.subject.own(f"_{name}") for name in self.columns() if name in {"begins", "ends"}]
        known = all_of(*(template("NOT :end IS NULL", end=end) for end in ends))
        length = template("DATE_DIFF('day', :first, :last) + 1", first=_W_FIRST, last=_W_LAST)
        days = template(
            "CASE WHEN :known THEN DATE_DIFF('day', :first, :last) + 1 END", known=known, first=self.first(), last=self.last()
        )
        asked = template(":b * :days", b=bound.ends.exact, days=days)
        whole = template(":q * :length", q=exp.Literal.number(bound.denominator), length=length)
        part = quotient(asked, whole, rounding or _LENIENT[bound.key])
        entire = rounded(bound, rounding)
        value = template(
            "CASE WHEN :days = :length THEN :entire ELSE :q * :part END",
            days=days,
            length=length,
            entire=entire.ends.exact,
            q=exp.Literal.number(entire.denominator),
            part=part,
        )
        return replace(entire, ends=one(exp.Try(this=value)))

    def opened(self) -> exp.Expression:
        """The first day of the window that lies in the period and on which the rule is in force."""
        if self.whole:
            return _W_FIRST
        inside = (exp.Placeholder(this="first"),) if isinstance(self.per, Unit | Months) else ()
        return greatest(_W_FIRST, *inside, *([day(self.in_force.first)] if self.in_force.first else ()))

    def closed(self) -> exp.Expression:
        """The last such day; before the first where there is none."""
        if self.whole:
            return _W_LAST
        inside = (exp.Placeholder(this="last"),) if isinstance(self.per, Unit | Months) else ()
        return least(_W_LAST, *inside, *([day(self.in_force.last)] if self.in_force.last else ()))


_W_FIRST, _W_LAST = (exp.column(name, table="w") for name in ("first", "last"))
_LIVED = {"_begun": ("<=", "term_last"), "_ended": (">=", "term_first")}
_SIGNS = {"opened": ">=", "closed": "<=", "begins": ">=", "ends": "<="}
