"""The subjects of a rule in their windows: who is judged, for what, and how surely (docs/meaning.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from checker.forms.measure import Measure, all_of, denied, first_of, perhaps, surely, template
from checker.measure.quantities import stages
from checker.measure.relations import REF, Link
from checker.measure.rows import day
from checker.measure.site import FIRST, RuleSite


@dataclass(frozen=True)
class Frame:
    """One row per subject and window that is due, or per subject with the reason why none is.

    Columns: `subject`, `no` (the window; for subjects without windows the epoch), `reason` (why they certainly are not
    judged), `over` and `begun` (the window), `closes` (its last day), `perhaps` (they may not be judged), `link` and
    `any_link` (what related rows refer to, and whether it may be anything), and those that the measure needs.
    """

    site: RuleSite
    measure: Measure
    link: Link | None
    no: exp.Expression

    def query(self) -> tuple[exp.Select, list[str]]:
        """The query, and the columns by name without those of the measure's own rows."""
        columns = self._windowed() if self.site.unit is not None else self._alone()
        if self.link is not None:
            subject = self.site.subject
            columns["link"] = subject.own(self.link.subject_field)
            columns["any_link"] = subject.adrift((self.link.subject_field,))
        columns |= self.measure.own
        columns |= {f"bound_{number}": bound for number, bound in enumerate(self.measure.shown_bounds, 1)}
        kept = list(columns)
        if self.link is None:
            columns |= stages(self.measure)[0]
        return self._select(columns), kept

    def _select(self, columns: dict[str, exp.Expression]) -> exp.Select:
        s = self.site.subject
        select = s.source().select(*(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
        select = s.joined(select).where(all_of(s.own("_first"), perhaps(self._selected())), copy=False)
        if self.site.unit is None:
            return select
        exists = s.exists(exp.column("first", table="w"), exp.column("last", table="w"))
        on = all_of(self._due(), perhaps(exists))
        return select.join(exp.to_table("windows").as_("w", copy=False), on=on, join_type="left", copy=False)

    def _selected(self) -> exp.Expression:
        """Whether the subject is judged at all."""
        s, selected = self.site.subject, self.site.selected()
        if self.site.unit is not None or s.record.date is None:
            return selected
        return all_of(selected, template(":at BETWEEN :first AND :ref", at=s.own(s.record.date), first=FIRST, ref=REF))

    def _due(self) -> exp.Expression:
        """Whether window `w` is one in which the rule is in force."""
        in_unit = template("w.unit = :unit", unit=exp.Literal.string(str(self.site.unit)))
        return all_of(in_unit, *self._in_force(exp.column("first", table="w"), exp.column("last", table="w")))

    def _windowed(self) -> dict[str, exp.Expression]:
        s = self.site.subject
        exists = s.exists(exp.column("first", table="w"), exp.column("last", table="w"))
        return {
            "subject": s.own("_row"),
            "no": exp.column("no", table="w"),
            "reason": template(
                "CASE WHEN w.no IS NULL THEN CASE WHEN :due THEN 'not-in-existence' ELSE 'not-in-force' END END",
                due=exp.Placeholder(this="due"),
            ),
            "over": exp.column("over", table="w"),
            "begun": exp.column("begun", table="w"),
            "closes": exp.column("last", table="w"),
            "perhaps": denied(surely(all_of(self._selected(), exists))),
        }

    def _alone(self) -> dict[str, exp.Expression]:
        s = self.site.subject
        at = REF if s.record.date is None else s.own(s.record.date)
        in_force, exists = all_of(*self._in_force(at, at)), s.exists(at)
        return {
            "subject": s.own("_row"),
            "no": self.no,
            "reason": first_of(
                (denied(in_force), exp.Literal.string("not-in-force")),
                (denied(exists), exp.Literal.string("not-in-existence")),
            ),
            "perhaps": denied(surely(all_of(self._selected(), in_force, exists))),
        }

    def _in_force(self, first: exp.Expression, last: exp.Expression) -> list[exp.Expression]:
        span = self.site.rule.in_force
        conditions = []
        if span.first is not None:
            conditions.append(template(":first >= :day", first=first, day=day(span.first)))
        if span.last is not None:
            conditions.append(template(":last <= :day", last=last, day=day(span.last)))
        return conditions
