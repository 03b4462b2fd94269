"""The rows behind the findings of one rule: those that count, and those that may (docs/meaning.md, 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from checker.forms.measure import all_of, any_of, perhaps, surely, template
from checker.model.measures import MeasureKind
from checker.model.plan import WHOSE
from checker.plan.emit.printing import part, rows_as
from checker.plan.logical.rows import Row
from checker.plan.logical.rule_query import RuleQuery
from checker.tables.names import standing_rows

_NEAR_ITS_DAYS = """
o.rule = :rule AND o.subject = wanted.subject AND o.no = wanted.no AND (:low IS NULL
  OR (:high >= LEAST(w.first, COALESCE(o.allowed_from, w.first))
    AND :low <= GREATEST(w.last, o.allowed_until, o.day_low, o.day_high)))
"""
"""The rows from the beginning of a window until its last allowed day, or until the first that came later."""
_ITS_OUTCOME = "o.rule = :rule AND o.subject = wanted.subject AND o.no = wanted.no"
_ON_AN_ALLOWED_DAY = """
COALESCE(:sure, FALSE) OR :low IS NULL
  OR (COALESCE(:high >= o.allowed_from, TRUE) AND COALESCE(:low <= o.allowed_until, TRUE))
"""
"""The rows that are certainly the subject's, and of the others those whose day may be an allowed one."""


@dataclass(frozen=True, slots=True)
class RuleEvidence:
    """The queries for the rows behind the outcomes of a rule that are in `wanted`."""

    query: RuleQuery

    def evidence(self) -> exp.Select | None:
        """The related rows of the subjects and windows in `wanted`: subject, no, row, sure; unsure rows first."""
        if self.query.link is None:
            return None
        subject = Row(self.query.site.subject.record, "s", self.query.site.book.records)
        links = self.query.link.columns(subject, its=True)
        near, ordered = links["link"], self.query.measured.in_order
        no = exp.column("no", table="wanted") if self.query.epochs is None and not ordered else self.query.epoch()
        # An equality alone is a hash join; the run says whether there is anything else to be found.
        matches: exp.Expression = part(WHOSE.name)
        if not self.query.of_terms:
            matches = all_of(template("r.no = :no", no=no), matches)
        cut = self.query.site.cut
        inside = exp.true() if cut is None else cut.inside("r")
        its = all_of(*(template(f"r.{name} = :near", near=value) for name, value in links.items()))
        sure = all_of(exp.column("sure", table="r"), surely(its), surely(inside))
        matches = all_of(matches, perhaps(inside))
        rows = (
            exp.select(*_wanted(), template("r._row AS row"), template("MAX(:sure) AS sure", sure=sure))
            .with_("related", as_=self._evident(near), copy=False)
            .from_(exp.table_("wanted"), copy=False)
            .join(rows_as(standing_rows(subject.record.name), "s"), on=template("s._row = wanted.subject"), copy=False)
        )
        for join in self._ways_to(subject):
            rows = rows.join(join, copy=False)
        if cut is not None:
            rows = rows.join(exp.table_("windows", alias="w"), on=template("w.no = wanted.no"), copy=False)
        rows = rows.join(exp.table_("related", alias="r"), on=matches, copy=False)
        if self._anywhere:
            rows = rows.join(exp.table_("windows", alias="w"), on=template("w.no = wanted.no"), copy=False)
            rows = rows.join(exp.table_("outcomes", alias="o"), on=template(_NEAR_ITS_DAYS, **self._day()), copy=False)
        if self._between_days:
            rows = rows.join(exp.table_("outcomes", alias="o"), on=template(_ITS_OUTCOME), copy=False)
            rows = rows.where(template(_ON_AN_ALLOWED_DAY, sure=sure, **self._day()), copy=False)
        if ordered:
            in_window = "r.day IS NULL OR o.day_low IS NULL OR r.day BETWEEN o.day_low AND o.day_high"
            if self.query.measured.spells is not None:
                # Those who left right before it, and came right after it, are behind it too.
                in_window = "COALESCE(r.begins <= o.day_high + 1, TRUE) AND COALESCE(r.ends >= o.day_low - 1, TRUE)"
            found_in = template(f"{_ITS_OUTCOME} AND ({in_window})")
            rows = rows.join(exp.table_("outcomes", alias="o"), on=found_in, copy=False)
        return rows.group_by(*_wanted(), exp.column("_row", table="r"), copy=False)

    def _day(self) -> dict[str, exp.Expression]:
        """The day of a related row: the first and the last that it may be."""
        return self.query.site.days(related=True).named("day", "r")._asdict()

    def _ways_to(self, subject: Row) -> Iterator[exp.Join]:
        """The joins by which the values of a subject are found that its rows name."""
        for pair in () if self.query.link is None else self.query.link.pairs:
            pair.subject_adrift(subject)
        return subject.joins()

    def sharing(self) -> exp.Select | None:
        """The subjects and windows in `wanted`: subject, no, unknown (the rows of the subject may be any), epoch.

        The rows that may be anybody's are the same for those that agree in all but the subject, among them, where rows are asked
        for between two days, in these. None where that depends on the subject's own gaps or runs, or on where a window lies.
        """
        if (
            self.query.link is None
            or self.query.measured.in_order
            or self._anywhere
            or self.query.several
            or len(self.query.link.first.its) > 1
        ):
            return None
        subject = Row(self.query.site.subject.record, "s", self.query.site.book.records)
        unknown = template(":near IS NULL", near=self.query.link.first.of_subject(subject))
        epoch = template("CONCAT_WS(' ', :no, o.allowed_from, o.allowed_until)", no=self.query.epoch())
        columns = {"unknown": unknown, "epoch": epoch if self._between_days else self.query.epoch()}
        query = exp.select(*_wanted(), *(tree.as_(name, copy=False) for name, tree in columns.items()))
        named = rows_as(standing_rows(subject.record.name), "s")
        query = query.from_(exp.table_("wanted"), copy=False).join(named, on=template("s._row = wanted.subject"), copy=False)
        if self._between_days:
            query = query.join(exp.table_("outcomes", alias="o"), on=template(_ITS_OUTCOME), copy=False)
        return query

    def _evident(self, near: exp.Expression) -> exp.Expression:
        """The related rows; of a tree those of the subjects in `wanted`, and those that may be anybody's."""
        related = self.query.related(plain=False)
        if self.query.tree is None:
            return related
        subjects = rows_as(standing_rows(self.query.site.subject.record.name), "s")
        wanted = exp.select(near.copy()).from_("wanted").join(subjects, on="s._row = wanted.subject")
        nameless = exp.Exists(this=wanted.where(template(":near IS NULL", near=near)))
        named = any_of(exp.column("ancestor", table="up").isin(query=wanted), nameless)
        climbs = self.query.climbed_rows("below", any_of(template("up.ancestor IS NULL"), named))
        return climbs.with_("below", as_=related, copy=False)

    @property
    def _anywhere(self) -> bool:
        """Whether a row of a window need not be dated in it: it lies where the measure says."""
        return (
            self.query.measured.paired
            and self.query.measured.about is None
            and self.query.site.unit is not None
            and not self.query.of_terms
        )

    @property
    def _between_days(self) -> bool:
        """Whether some row is asked for between two days that the subject itself tells."""
        asked = self.query.measured.kind is MeasureKind.DATE and self.query.measured.paired
        return asked and self.query.link is not None and self.query.site.unit is None


def _wanted() -> tuple[exp.Column, exp.Column]:
    """The columns by which evidence is told apart: of whom, and in which window."""
    return exp.column("subject", table="wanted"), exp.column("no", table="wanted")
