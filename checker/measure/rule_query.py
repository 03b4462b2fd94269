"""The query of one rule: its subjects in their windows, what is measured, and the outcome (docs/meaning.md, 4 to 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from checker.forms.base import Related
from checker.forms.measure import Measure, all_of, m, template
from checker.measure.quantities import combined, staged, stages, sums
from checker.measure.relations import REF, Link, Relation
from checker.measure.rows import Row, day
from checker.measure.site import AS_OF, FIRST, RuleSite
from checker.model.schema import Record

OUTCOMES = (
    "subject",
    "no",
    "outcome",
    "reason",
    "low",
    "high",
    "whole_low",
    "whole_high",
    "day_low",
    "day_high",
    "bound_1",
    "bound_2",
    "due",
)
"""The columns that a rule's query gives, in order."""
_NUMBER = "DECIMAL(38, 6)"


class RuleQuery:
    """One rule as queries: `measure` gives its outcomes, `evidence` the rows behind those in `wanted`."""

    def __init__(self, site: RuleSite) -> None:
        self.site = site
        self.measured: Measure = site.form.measure(site)
        self.link = None if site.own else _link(site)
        self.epochs = site.epochs()

    def measure(self) -> exp.Select:
        """One row per subject and window, with the columns of OUTCOMES."""
        frame, columns = self._frame()
        query = self._outcomes().from_("m", copy=False)
        if self.link is None:
            for name, tree in staged(frame, "m", columns, self.measured):
                query = query.with_(name, as_=tree, copy=False)
            return query
        query = query.with_("frame", as_=frame, copy=False)
        for name, tree in (*self._related(), *self._groups(), ("m", self._joined())):
            query = query.with_(name, as_=tree, copy=False)
        return query

    def _groups(self) -> Iterator[tuple[str, exp.Expression]]:
        """The related rows summed: of each subject, of none in particular, and all of them for subjects without a name."""
        yield "own", sums(self.measured, group=("link", "no"), sure=True).from_("related").where("NOT link IS NULL")
        yield "stray", sums(self.measured, group=("no",), sure=False).from_("related").where("link IS NULL")
        each_row = exp.select("*").distinct(exp.column("_row"), exp.column("no")).from_("related").order_by("_row", "no")
        needed = template("EXISTS(SELECT 1 FROM frame WHERE link IS NULL AND any_link)")
        yield (
            "anybody",
            sums(self.measured, group=("no",), sure=False).from_(each_row.subquery("each_row")).where(needed),
        )

    def evidence(self) -> exp.Select | None:
        """The related rows of the subjects and windows in `wanted`: subject, no, row, sure; unsure rows first."""
        if self.link is None:
            return None
        subject = Row(self.site.subject.record, "s", self.site.book.records)
        near = subject.own(self.link.subject_field)
        no = exp.column("no", table="wanted") if self.epochs is None else self._no()
        matches = template("r.no = :no AND (r.link = :near OR r.link IS NULL OR :near IS NULL)", no=no, near=near)
        (_, related), *_ = self._related()
        return (
            exp.select("wanted.subject", "wanted.no", "r._row AS row", "MAX(r.sure) AS sure")
            .with_("related", as_=related, copy=False)
            .from_("wanted", copy=False)
            .join(exp.to_table(f"t_{subject.record.name}").as_("s", copy=False), on="s._row = wanted.subject", copy=False)
            .join(exp.to_table("related").as_("r", copy=False), on=matches, copy=False)
            .group_by("wanted.subject", "wanted.no", "r._row", copy=False)
        )

    # -- parts --------------------------------------------------------------------------------------------------------

    def _related(self) -> list[tuple[str, exp.Expression]]:
        site = self.site
        if self.link is None:
            raise TypeError(site.rule.id)
        windowed = site.unit is not None
        dated = windowed or getattr(site.form, "on", None) is not None
        path = site.day_path(site.related) if dated else None
        epochs = None if self.epochs is None else self.epochs[0]
        relation = Relation(site.related, self.link, path, site.unit, site.counted(), self.measured, told=False, epochs=epochs)
        first = relation.query()
        kept = ["link", "no", "sure", "_row", *(("latest",) if self.measured.latest is not None else ())]
        return staged(first, "related", kept, self.measured)

    def _no(self) -> exp.Expression:
        """The number of the epoch that a subject without windows is judged by."""
        return exp.Literal.number(0) if self.epochs is None else self.epochs[1]

    def _frame(self) -> tuple[exp.Select, list[str]]:
        """The subjects in their windows, and the columns by name.

        `perhaps` they are not judged; `reason` says why they certainly are not.
        """
        site, s = self.site, self.site.subject
        windowed = site.unit is not None
        selected = site.selected()
        columns: dict[str, exp.Expression] = {"subject": s.own("_row")}
        if windowed:
            exists = s.exists(exp.column("first", table="w"), exp.column("last", table="w"))
            applies = all_of(selected, exists)
            in_unit = template("w.unit = :unit", unit=exp.Literal.string(str(site.unit)))
            inside = all_of(in_unit, *self._in_force(exp.column("first", table="w"), exp.column("last", table="w")))
            some = exp.select("1").from_(exp.to_table("windows").as_("w", copy=False), copy=False).where(inside, copy=False)
            columns["no"] = exp.column("no", table="w")
            columns["reason"] = template(
                "CASE WHEN w.no IS NULL THEN CASE WHEN :some THEN 'not-in-existence' ELSE 'not-in-force' END END",
                some=exp.Exists(this=some),
            )
            columns["over"] = template("w.last <= :as_of", as_of=AS_OF)
            columns["begun"] = template("w.first <= :as_of", as_of=AS_OF)
            columns["closes"] = exp.column("last", table="w")
        else:
            at: exp.Expression = REF
            if s.record.date is not None:
                at = s.own(s.record.date)
                selected = all_of(selected, template(":at BETWEEN :first AND :ref", at=at, first=FIRST, ref=REF))
            in_force, exists = all_of(*self._in_force(at, at)), s.exists(at)
            applies = all_of(selected, in_force, exists)
            columns["no"] = self._no()
            columns["reason"] = template(
                "CASE WHEN NOT :in_force THEN 'not-in-force' WHEN NOT :exists THEN 'not-in-existence' END",
                in_force=in_force,
                exists=exists,
            )
            columns["over"] = template(":as_of >= :first", as_of=AS_OF, first=FIRST)
            columns["begun"] = exp.false()
            columns["closes"] = exp.cast(exp.null(), "DATE")
        columns["perhaps"] = template("NOT COALESCE(:applies, FALSE)", applies=applies)
        if self.link is not None:
            columns["link"] = s.own(self.link.subject_field)
            columns["any_link"] = s.adrift((self.link.subject_field,))
        columns |= self.measured.own
        columns |= {f"bound_{number}": bound for number, bound in enumerate(self.measured.shown_bounds, 1)}
        kept = list(columns)
        if self.link is None:
            columns |= stages(self.measured)[0]
        select = s.source().select(*(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
        select = s.joined(select).where(s.own("_first"), template("COALESCE(:selected, TRUE)", selected=selected), copy=False)
        if windowed:
            on = all_of(inside, template("COALESCE(:exists, TRUE)", exists=exists))
            select = select.join(exp.to_table("windows").as_("w", copy=False), on=on, join_type="left", copy=False)
        return select, kept

    def _in_force(self, first: exp.Expression, last: exp.Expression) -> list[exp.Expression]:
        span = self.site.rule.in_force
        conditions = []
        if span.first is not None:
            conditions.append(template(":first >= :day", first=first, day=day(span.first)))
        if span.last is not None:
            conditions.append(template(":last <= :day", last=last, day=day(span.last)))
        return conditions

    def _joined(self) -> exp.Select:
        """`m`: the frame with the ends of each quantity."""
        columns: Mapping[str, exp.Expression] = combined(self.measured, ("own", "stray", "anybody"), self._submitted())
        return (
            exp.select("frame.*", *(tree.as_(name, copy=False) for name, tree in columns.items()))
            .from_("frame", copy=False)
            .join("own", on="own.link = frame.link AND own.no = frame.no", join_type="left", copy=False)
            .join("stray", on="NOT frame.link IS NULL AND stray.no = frame.no", join_type="left", copy=False)
            .join(
                "anybody",
                on="frame.link IS NULL AND frame.any_link AND anybody.no = frame.no",
                join_type="left",
                copy=False,
            )
        )

    def needed_tables(self) -> tuple[str, ...]:
        """The records without which the related rows cannot be found."""
        if self.link is None:
            return ()
        return tuple(sorted({self.site.related.record.name} | ({self.link.tree} if self.link.tree else set())))

    def _submitted(self) -> exp.Expression:
        return all_of(*(exp.Placeholder(this=f"submitted_{name}") for name in self.needed_tables()))

    def _outcomes(self) -> exp.Select:
        measured = self.measured
        submitted = self._submitted()
        certain = all_of(exp.not_(m("perhaps")), template("COALESCE(NOT :nothing, FALSE)", nothing=measured.nothing))
        early = template(
            "CASE WHEN NOT m.begun THEN 'open' WHEN :breached THEN CASE WHEN m.perhaps THEN 'unknown' ELSE 'breached' END "
            "WHEN :met THEN 'met' ELSE 'open' END",
            breached=measured.already_breached,
            met=measured.already_met,
        )
        outcome = template(
            "CASE WHEN NOT m.reason IS NULL THEN 'none' WHEN NOT m.over THEN :early WHEN :nothing THEN 'none' "
            "WHEN :met THEN 'met' WHEN :opens THEN 'open' WHEN :breached AND :certain THEN 'breached' ELSE 'unknown' END",
            early=early,
            nothing=measured.nothing,
            met=measured.met,
            opens=measured.opens,
            breached=measured.breached,
            certain=certain,
        )
        reason = template(
            "CASE WHEN NOT m.reason IS NULL THEN m.reason WHEN m.over AND :nothing THEN 'nothing-to-measure' "
            "WHEN NOT :submitted THEN 'not-submitted' WHEN NOT :certain AND :breached THEN 'perhaps' END",
            nothing=measured.nothing,
            submitted=submitted,
            certain=certain,
            breached=measured.breached,
        )
        latest = measured.latest is not None
        empty_day = exp.cast(exp.null(), "DATE")
        bounds = [m(f"bound_{n}") if n <= len(measured.shown_bounds) else exp.null() for n in (1, 2)]
        values = {
            "subject": m("subject"),
            "no": exp.Literal.number(0) if self.site.unit is None else template("COALESCE(m.no, 0)"),
            "outcome": outcome,
            "reason": reason,
            "low": exp.cast(measured.low, _NUMBER),
            "high": exp.cast(measured.high, _NUMBER),
            "whole_low": exp.cast(measured.whole_low, _NUMBER),
            "whole_high": exp.cast(measured.whole_high, _NUMBER),
            "day_low": m("latest_lo") if latest else measured.own_day or empty_day,
            "day_high": m("latest_hi") if latest else measured.own_day or empty_day,
            "bound_1": exp.cast(bounds[0], _NUMBER),
            "bound_2": exp.cast(bounds[1], _NUMBER),
            "due": template(
                "CASE WHEN NOT m.over THEN m.closes WHEN :opens THEN :due END", opens=measured.opens, due=measured.due
            ),
        }
        return exp.select(*(values[name].as_(name, copy=False) for name in OUTCOMES))


def _link(site: RuleSite) -> Link:
    """How the related rows find the subject, from `by`, `via` and the declared references."""
    form, related, subject = site.form, site.related.record, site.subject.record
    if not isinstance(form, Related):
        raise TypeError(site.rule.id)
    near, far = subject.key, form.by if isinstance(form.by, str) else None
    if isinstance(form.by, dict):
        if len(form.by) != 1:
            raise site.wrong(
                "by",
                "one-pair",
                "'by' maps exactly one field",
                "Write by: {field of the related row: field of the subject}.",
            )
        ((far, near),) = form.by.items()
    if near is None or subject.field(near) is None:
        raise site.wrong(
            "by",
            "no-key",
            f"'{subject.name}' has no field '{near or 'key'}' to refer to",
            "Declare its key, or name a field.",
        )
    target = subject if near == subject.key else _referred(site, subject, near)
    for name in (far,) if far is not None else ():
        if related.field(name) is None:
            raise site.wrong(
                "by",
                "unknown-field",
                f"'{name}' is not a field of '{related.name}'",
                f"Name one of: {', '.join(f.name for f in related.fields)}.",
            )
    if form.via is not None:
        return _climbing(site, target, near, far)
    if far is None:
        far = _only_reference(site, related, target)
    return Link((far,), near)


def _referred(site: RuleSite, record: Record, field: str) -> Record | None:
    declared = record.field(field)
    return site.book.records[declared.ref] if declared is not None and declared.ref is not None else None


def _only_reference(site: RuleSite, related: Record, target: Record | None) -> str:
    found = [field.name for field in related.fields if target is not None and field.ref == target.name]
    if len(found) == 1:
        return found[0]
    name = target.name if target is not None else "the subject"
    if not found:
        raise site.wrong(
            "of",
            "no-reference",
            f"no field of '{related.name}' refers to '{name}'",
            f"Give one 'ref: {name}', or say 'by: {{field: field}}'.",
        )
    raise site.wrong(
        "of",
        "several-references",
        f"{len(found)} fields of '{related.name}' refer to '{name}': {', '.join(found)}",
        "Say which with 'by'.",
    )


def _climbing(site: RuleSite, target: Record | None, near: str, far: str | None) -> Link:
    """A link through the tree: to the parent of what the related row refers to, or to any ancestor of that parent."""
    form, related = site.form, site.related.record
    if target is None or target.parent is None:
        raise site.wrong("via", "no-tree", "'via' needs subjects in a tree", "Declare 'parent' in the record of the subjects.")
    if related.name == target.name and far is None:
        path: tuple[str, ...] = (target.parent,)
    else:
        reference = far or _only_reference(site, related, target)
        path = (target.parent,) if related.name == target.name and reference == target.parent else (reference, target.parent)
    tree = target.name if isinstance(form, Related) and form.via == "descendants" else None
    return Link(path, near, tree)
