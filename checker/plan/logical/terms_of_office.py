"""Windows that are terms of office: the lifespans of the rows of a record (docs/meaning.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlglot import exp

from checker.forms.measure import all_of, any_of, perhaps, surely, template
from checker.model.period import Term
from checker.plan.emit.printing import rows_as
from checker.plan.logical.related_rows import REF
from checker.plan.logical.rows import Row, day
from checker.tables.names import standing_rows
from checker.tables.windows import window_unit

_FIRST, _LAST = day(date.min), day(date.max)
_SHAPE = {"first": "DATE", "last": "DATE", "begun": "BOOLEAN", "over": "BOOLEAN"}
UNKNOWN = exp.Literal.number(0)
"""The number of a window of which it is not known when it is, or whose."""

_MADE = """INSERT INTO windows
SELECT :unit, (SELECT COUNT(*) FROM windows) + ROW_NUMBER() OVER (ORDER BY first, last), 0, 0, first, last,
  CAST(first AS VARCHAR) || '..' || CAST(last AS VARCHAR), first <= :as_of, last <= :as_of
FROM (SELECT DISTINCT first, last FROM spans WHERE sure AND NOT EXISTS (
  SELECT 1 FROM windows AS w WHERE w.unit = :unit AND w.first = spans.first AND w.last = spans.last
))"""
"""Rules about subjects of different records may share terms, each of which is one window."""


@dataclass(frozen=True)
class TermsOfOffice:
    """The terms of office of the subjects of a rule: rows of `row` for which `condition` is not false.

    They belong to the subject that `reference` refers to, and to every one where there is none.
    """

    per: Term
    row: Row
    condition: exp.Expression
    reference: str | None

    @property
    def unit(self) -> str:
        """The unit of these windows in the table of windows."""
        return window_unit(self.per, partial=False)

    def made(self) -> exp.Expression:
        """The statement that adds them to the table of windows."""
        made = cast("exp.Insert", template(_MADE, unit=exp.Literal.string(self.unit)))
        return made.with_("spans", as_=self._spans(), copy=False)

    def windows(self, subject: Row) -> exp.Subquery:
        """The windows `w` by `link`, the subject's key; number 0 is one that is not surely known, or not surely its own."""
        known = exp.select("spans.link", *(f"w.{name}" for name in ("no", *_SHAPE))).distinct().from_("spans")
        same = template("w.unit = :unit AND w.first = spans.first AND w.last = spans.last", unit=exp.Literal.string(self.unit))
        known = known.join(exp.to_table("windows").as_("w", copy=False), on=same, copy=False).where("spans.sure")
        parts = [known, self._unknown(exp.column("link", table="spans")).where("NOT spans.sure", "NOT spans.link IS NULL")]
        if self.reference is None:
            parts[1] = self._unknown(exp.null()).where("NOT spans.sure")
        else:
            key = subject.own(str(subject.record.key))
            anybody = self._unknown(key).join(rows_as(standing_rows(subject.record.name), subject.alias), join_type="cross")
            parts.append(anybody.where("spans.link IS NULL", template("NOT :key IS NULL", key=key)))
            parts.append(self._unknown(exp.null()))
        both = exp.union(*parts, distinct=False, copy=False)
        return cast("exp.Query", both).with_("spans", as_=self._spans(), copy=False).subquery("w", copy=False)

    def belongs(self, subject: Row) -> exp.Expression:
        """Whether window `w` is, or may be, the subject's."""
        if self.reference is None:
            return exp.true()
        return template("w.link IS NOT DISTINCT FROM :key", key=subject.own(str(subject.record.key)))

    def _unknown(self, link: exp.Expression) -> exp.Select:
        nothing = [exp.cast(exp.null(), kind).as_(name) for name, kind in _SHAPE.items()]
        return exp.select(exp.cast(link, "TEXT").as_("link"), UNKNOWN.as_("no"), *nothing).distinct().from_("spans")

    def _spans(self) -> exp.Select:
        """`link`, `first`, `last` and `sure` of each row that is, or may be, a term of office around the period."""
        row = self.row
        begins = _FIRST if row.record.begins is None else row.own("_begins")
        ends = _LAST if row.record.ends is None else row.own("_ends")
        # Open ends are infinite, and the calendar is not.
        begins = template("CASE WHEN :day < :end THEN :end ELSE :day END", day=begins, end=_FIRST)
        ends = template("CASE WHEN :day > :end THEN :end ELSE :day END", day=ends, end=_LAST)
        around = template(":begins <= :ref AND :ends >= :first", begins=begins, ends=ends, ref=REF)
        facts = all_of(self.condition, around)
        sure = all_of(surely(facts), exp.not_(row.own("_doubt")), template("NOT :b IS NULL AND NOT :e IS NULL", b=begins, e=ends))
        link: exp.Expression = exp.cast(exp.null(), "TEXT")
        found: list[exp.Expression] = []
        through: exp.Expression = exp.column("_via", table=row.alias).is_(exp.null())
        if self.reference is not None:
            link = row.column((self.reference,))
            through = row.through((self.reference,))
            known = template("NOT :link IS NULL", link=link)
            sure = all_of(sure, known)
            found = [any_of(known, row.adrift((self.reference,)))]
        columns = {"link": link, "first": begins, "last": ends, "sure": sure}
        select = row.source().select(*(tree.as_(name) for name, tree in columns.items()), copy=False)
        return row.joined(select).where(perhaps(facts), through, *found, copy=False)
