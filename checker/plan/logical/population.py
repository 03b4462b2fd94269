"""The subjects of a rule in their windows: who is judged, for what, and how surely (docs/meaning.md, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from checker.forms.day import Day, since, until
from checker.forms.measure import Measure, all_of, any_of, denied, first_of, greatest, least, perhaps, surely, template
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.partial_windows import Cut
from checker.plan.logical.quantities import stages
from checker.plan.logical.related_rows import REF, Link, name_of
from checker.plan.logical.rows import day
from checker.plan.logical.rule_spans import terms_of_office
from checker.plan.logical.terms_of_office import UNKNOWN
from checker.plan.logical.texts import FIRST, LAST
from checker.tables.windows import window_unit


@dataclass(frozen=True)
class Population:
    """One row per subject and window that is due, or per subject with the reason why none is.

    Columns: `subject`, `no` (the window; for subjects without windows the epoch), `reason` (why they certainly are not
    judged), `over` and `begun` (the window), `closes` (its last day), `perhaps` (they may not be judged), `link` and
    `any_link` (what related rows refer to, and whether it may be anything), what was `folded` before, and those that the
    measure needs.
    """

    site: RuleSite
    measure: Measure
    link: Link | None
    no: exp.Expression
    folded: Mapping[str, exp.Expression]

    def query(self) -> tuple[exp.Select, list[str]]:
        """The query, and the columns by name without those of the measure's own rows."""
        columns = self._windowed() if self.site.unit is not None else self._alone()
        if self.link is not None:
            subject = self.site.subject
            columns |= self.link.columns(subject, its=True)
            columns |= {f"any_{name_of(no)}": each.subject_adrift(subject) for no, each in enumerate(self.link.pairs, 1)}
        columns |= self.folded
        columns |= self.measure.own
        if self.measure.spells is None:
            columns |= {f"bound_{number}": bound for number, bound in enumerate(self.measure.shown_bounds, 1)}
        kept = list(columns)
        if self.link is None:
            columns |= stages(self.measure)[0]
        return self._select(columns), kept

    def subjects(self) -> exp.Select:
        """How many subjects are selected, or may be."""
        s = self.site.subject
        condition = all_of(s.own("_first"), perhaps(self.selected()))
        return s.joined(s.source().select("COUNT(*)", copy=False)).where(condition, copy=False)

    def selected(self) -> exp.Expression:
        """Whether the subject is judged at all."""
        s, selected = self.site.subject, self.site.selected()
        if self.site.unit is not None or s.record.date is None:
            return selected
        at = s.day((s.record.date,))
        if not at.exact:
            return all_of(selected, until(Day.of(FIRST), at), until(at, Day.of(REF)))
        return all_of(selected, template(":at BETWEEN :first AND :ref", at=at.low, first=FIRST, ref=REF))

    def certainly(self) -> exp.Expression:
        """Whether a subject without windows certainly is judged."""
        s = self.site.subject
        at = Day.of(REF) if s.record.date is None else s.day((s.record.date,))
        return all_of(exp.Placeholder(this="begun"), self.selected(), *self._in_force(at, at), s.exists(at))

    def _select(self, columns: dict[str, exp.Expression]) -> exp.Select:
        s = self.site.subject
        select = s.source().select(*(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
        judged = all_of(s.own("_first"), perhaps(self.selected()))
        select = s.joined(select).where(judged, copy=False)
        if self.site.unit is None:
            return self._with_indicators(select, exp.Literal.number(0))
        terms = terms_of_office(self.site)
        if terms is None:
            on = all_of(self._due(), perhaps(self._exists()))
            select = select.join(exp.to_table("windows").as_("w", copy=False), on=on, join_type="left", copy=False)
            return self._with_indicators(select, exp.column("no", table="w"))
        due = all_of(self._owed(), perhaps(self._exists()))
        on = all_of(terms.belongs(s), any_of(template("w.no = :no", no=UNKNOWN), due))
        select = select.join(terms.windows(s), on=on, join_type="left", copy=False)
        return self._with_indicators(select, exp.column("no", table="w")).distinct(copy=False)

    def _with_indicators(self, select: exp.Select, no: exp.Expression) -> exp.Select:
        """The query with the values of the indicators that the rule names, of the subject in the window of that number."""
        for _, named in sorted(self.site.named.items()):
            select = select.join(named.join(no), copy=False)
        return select

    def _due(self) -> exp.Expression:
        """Whether window `w` is one in which the rule is in force."""
        if self.site.unit is None:
            raise TypeError(self.site.rule.id)
        unit = window_unit(self.site.unit, partial=self.site.partial)
        return all_of(template("w.unit = :unit", unit=exp.Literal.string(unit)), self._owed())

    def _owed(self) -> exp.Expression:
        """Whether the rule is in force throughout window `w`; of a part, whether on a day of it that lies in the period."""
        cut = self._part
        if cut is not None:
            return template(":opened <= :closed", opened=cut.opened(), closed=cut.closed())
        return all_of(*self._in_force(*(Day.of(exp.column(end, table="w")) for end in ("first", "last"))))

    def _exists(self) -> exp.Expression:
        """Whether the subject exists throughout the window, or on a day of its part."""
        first, last = exp.column("first", table="w"), exp.column("last", table="w")
        cut = self._part
        # To exist on some day of a span is to begin by its last day and not to end before its first.
        ends = (first, last) if cut is None else (cut.closed(), cut.opened())
        return self.site.subject.exists(*map(Day.of, ends))

    @property
    def _part(self) -> Cut | None:
        return self.site.cut if self.site.partial else None

    def _windowed(self) -> dict[str, exp.Expression]:
        s, cut = self.site.subject, self.site.cut
        if cut is None:
            spans: dict[str, exp.Expression] = {
                name: exp.column(of, table="w") for name, of in (("over", "over"), ("begun", "begun"), ("closes", "last"))
            }
        else:
            over, begun = (template(":end <= :as_of", end=end) for end in (cut.last(), cut.first()))
            spans = {
                "over": over,
                "begun": begun,
                "closes": template("NULLIF(:last, :never)", last=cut.last(), never=day(date.max)),
                **cut.columns(),
            }
        return {
            "subject": s.own("_row"),
            "no": exp.column("no", table="w"),
            "reason": self._no_window(),
            "perhaps": denied(surely(all_of(self.selected(), self._exists()))),
            **spans,
        }

    def _no_window(self) -> exp.Expression:
        """Why there is no window; of one that is not known, why it is not."""
        none, windowless = "CASE WHEN w.no IS NULL THEN :why END", exp.Placeholder(this="windowless")
        terms = terms_of_office(self.site)
        if terms is None:
            return template(none, why=windowless)
        existed = self.site.subject.exists(Day.of(LAST), Day.of(FIRST))
        absent = all_of(template(":why = 'no-window'", why=windowless), denied(existed))
        why = first_of((absent, exp.Literal.string("not-in-existence")), default=windowless)
        reason = template(none, why=why)
        told = exp.Placeholder(this=f"submitted_{terms.row.record.name}")
        unknown = template("w.no = :no", no=UNKNOWN)
        said = (exp.Literal.string(each) for each in ("not-submitted", "perhaps"))
        return first_of(*zip((denied(told), unknown), said, strict=True), default=reason)

    def _alone(self) -> dict[str, exp.Expression]:
        s = self.site.subject
        at = Day.of(REF) if s.record.date is None else s.day((s.record.date,))
        ever = [] if s.record.date is None else self._ever_in_force(at)
        in_force, exists = all_of(*self._in_force(at, at), *ever), s.exists(at)
        return {
            "subject": s.own("_row"),
            "no": self.no,
            "reason": first_of(
                (denied(in_force), exp.Literal.string("not-in-force")),
                (denied(exists), exp.Literal.string("not-in-existence")),
            ),
            "perhaps": denied(surely(all_of(self.selected(), in_force, exists))),
        }

    def _ever_in_force(self, at: Day) -> list[exp.Expression]:
        """Whether the rule is in force on any day for which a subject of unknown day may be judged."""
        last, first = (REF, FIRST) if at.exact else (least(REF, at.high), greatest(FIRST, at.low))
        touching = self._in_force(Day.of(last), Day.of(first))
        return [any_of(denied(exp.Placeholder(this="begun")), condition) for condition in touching]

    def _in_force(self, first: Day, last: Day) -> list[exp.Expression]:
        span = self.site.rule.in_force
        conditions = []
        if span.first is not None:
            conditions.append(since(first, Day.of(day(span.first))))
        if span.last is not None:
            conditions.append(until(last, Day.of(day(span.last))))
        return conditions
